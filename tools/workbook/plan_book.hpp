#pragma once
#include <filesystem>

#include "tools/page/plan.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan::workbook {

/// Writes a plan as a workbook: what it is in words, the services by wave, the stations that get work, and
/// what more clerks would let move. Throws EnvironmentError.
void write_plan_workbook(const std::filesystem::path& file, const page::PlanSource& source,
                         Language language);

}  // namespace pishkhan::workbook
