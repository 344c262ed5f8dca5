#pragma once
#include <filesystem>
#include <string_view>
#include <vector>

#include "tools/page/plan.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan::workbook {

/// Columns that stand in its sheets even where all rows have the same.
extern const std::vector<std::string_view> kColumnsOfPlan;

/// Writes a plan as a workbook: what it is in words, the services by wave, the stations that get work, and
/// what more clerks would let move. Throws EnvironmentError.
void write_plan_workbook(const std::filesystem::path& file, const page::PlanSource& source,
                         Language language);

}  // namespace pishkhan::workbook
