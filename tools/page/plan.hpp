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

#include "tools/page/proof_record.hpp"
#include "tools/page/verdict_in_words.hpp"
#include "tools/report/table.hpp"
#include "tools/report/wave_tables.hpp"
#include "tools/texts/texts.hpp"

// A plan of waves as a page. It is made of what `plan` stores, so that it can be made again.
namespace pishkhan::page {

/// What a manifest says of a plan.
struct PlanRecord : ProofRecord {
  bool proven = false;
  bool gains_time = false;                ///< the gain is hours of way; else citizens
  double gain = 0, bound = 0;             ///< and the most that any plan can gain
  double citizens = 0, all_citizens = 0;  ///< who use the new channel, and who would if all moved at once
  struct Wave {
    std::string id, starts;  ///< the date as YYYY-MM-DD
  };
  std::vector<Wave> waves;
  Names services, stations;
};
PlanRecord make_plan_record(std::string version, const FoundPlan& plan);

/// Writes into a manifest what read_plan reads.
void add_plan_record(const PlanRecord& record, nlohmann::ordered_json& manifest);
/// Whether the text is the manifest of a plan.
bool is_plan(std::string_view manifest);
/// Throws EnvironmentError when it is not one that this version has written.
PlanRecord read_plan(std::string_view manifest, const std::filesystem::path& file);

struct PlanSource {
  const PlanRecord& record;
  std::vector<const Table*> tables;  ///< plan, plan_offices, plan_frontier
};

VerdictInWords plan_verdict_of(const PlanSource& source, const Texts& texts);

/// The whole file. The same plan gives the same bytes.
std::string plan_html(const PlanSource& source);

}  // namespace pishkhan::page
