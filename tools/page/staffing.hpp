#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/staffing/staffing.hpp"
#include "tools/page/proof_record.hpp"
#include "tools/page/verdict_in_words.hpp"
#include "tools/report/table.hpp"
#include "tools/texts/texts.hpp"

// A staffing as a page. It is made of what `staff` stores, so that it can be made again.
namespace pishkhan::page {

/// What a manifest says of a staffing.
struct StaffingRecord : ProofRecord {
  double service_level_s = 0;
  bool stations_alone = false;
};
StaffingRecord make_staffing_record(std::string version, const Scenario& scenario,
                                    const StaffingResult& result);

/// Writes into a manifest what read_staffing reads.
void add_staffing_record(const StaffingRecord& record, nlohmann::ordered_json& manifest);
/// Whether the text is the manifest of a staffing.
bool is_staffing(std::string_view manifest);
/// Throws EnvironmentError when it is not one that this version has written.
StaffingRecord read_staffing(std::string_view manifest, const std::filesystem::path& file);

struct StaffingSource {
  const StaffingRecord& record;
  std::vector<const Table*> tables;  ///< staffing, staffing_curve, staffing_frontier
};

VerdictInWords staffing_verdict_of(const StaffingSource& source, const Texts& texts);

/// The whole file. The same staffing gives the same bytes.
std::string staffing_html(const StaffingSource& source);

}  // namespace pishkhan::page
