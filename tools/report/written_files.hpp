#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace pishkhan {

/// The file in a folder of results that says what they are, and names all others.
inline constexpr const char* kManifestFile = "manifest.json";

/// A file of a result folder, as its manifest names it.
struct WrittenFile {
  std::string name;
  std::uintmax_t bytes = 0;
  std::string sha256;
};

/// The files in a folder, by name. `stop` is asked now and then; true ends it with Interrupted.
/// Throws EnvironmentError when one cannot be read.
std::vector<WrittenFile> list_files(const std::filesystem::path& folder, const std::function<bool()>& stop);

/// Expects a file to have the bytes that manifest.json beside it says that the run wrote. Throws UserError
/// when it has not or is not named there, EnvironmentError when one of the two cannot be read.
void expect_as_written(const std::filesystem::path& file);

/// The same of a file whose SHA-256 is known.
void expect_as_written(const std::filesystem::path& file, const std::string& sha256);

/// Why a folder may not be replaced by the results of another run, one reason each; empty when it may: when a
/// run wrote it and it holds only what its manifest.json names, unchanged, or when it is empty.
/// `stop` and errors are as those of list_files.
std::vector<std::string> what_forbids_replacing(const std::filesystem::path& folder,
                                                const std::function<bool()>& stop);

}  // namespace pishkhan
