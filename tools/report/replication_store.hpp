#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "models/trial/totals/trial_result.hpp"

namespace pishkhan {

/// Name of the file beside the tables.
inline constexpr const char* kStoreFile = "replications.bin";

/// Of which run the sums are.
struct StoreHeader {
  std::string program;          ///< version of the program
  std::string scenario_sha256;  ///< of the resolved scenario, as in the manifest
  std::uint64_t seed = 0;
};

/// Writes the sums of all replications. The file is two lines of text, then the bytes of the results, one
/// after the other, as to_bytes describes them, and a last line. The first line is `pishkhan replications N`,
/// where N is kResultLayout; the second a JSON object with `program`, `scenario_sha256`, `seed`, and `bytes`:
/// the length of each replication's result, from replication 0 on. The last is `sha256 ` and the SHA-256 of
/// all before it.
void write_store(const std::filesystem::path& file, const StoreHeader& header,
                 std::span<const TrialResult> results);

/// Reads it again: all replications, or one alone (`only` >= 0). Throws EnvironmentError when it cannot be
/// read or its bytes are not those that were written, UserError when it is of another layout or run, or has
/// no such replication, or was written by another version of the program than `program`, where that is given.
/// `file_sha256`, if given, becomes the hash of the whole file.
std::vector<TrialResult> read_store(const std::filesystem::path& file, const std::string& scenario_sha256,
                                    int only = -1, const std::string& program = "",
                                    std::string* file_sha256 = nullptr);

/// The same of a folder of results, whose manifest must name the file as it is; else throws UserError.
std::vector<TrialResult> read_store_in(const std::filesystem::path& folder,
                                       const std::string& scenario_sha256, int only = -1,
                                       const std::string& program = "");

}  // namespace pishkhan
