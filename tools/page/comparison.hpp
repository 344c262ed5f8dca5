#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/page/names_and_places.hpp"
#include "tools/report/compared_run.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/table.hpp"

// A comparison of runs as a page. It is made of what a comparison stores, so that it can be made again.
namespace pishkhan::page {

/// What a manifest says of a comparison. The first run is the one that all others are compared with.
struct ComparisonRecord : NamesAndPlaces {
  std::string version;
  std::uint64_t seed = 0;
  std::size_t replications = 0;                           ///< of each run
  std::optional<AskedPrecision> asked;                    ///< of the differences, which decided how many
  std::vector<std::pair<std::string, std::string>> runs;  ///< name and title
};
ComparisonRecord make_record(std::string version, std::span<const ComparedRun> runs);

/// Writes into a manifest what read_comparison reads, but for the version.
void add_record(const ComparisonRecord& record, nlohmann::ordered_json& manifest);
/// Whether the text is the manifest of a comparison.
bool is_comparison(std::string_view manifest);
/// Throws EnvironmentError when it is not one that this version has written.
ComparisonRecord read_comparison(std::string_view manifest, const std::filesystem::path& file);

struct ComparisonSource {
  const ComparisonRecord& record;
  std::vector<const Table*> tables;  ///< differences, changed, waterfall, ranking
};

/// The whole file. The same comparison gives the same bytes.
std::string comparison_html(const ComparisonSource& source);

}  // namespace pishkhan::page
