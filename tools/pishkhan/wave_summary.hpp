#pragma once
#include <filesystem>
#include <string>

#include "tools/report/wave_tables.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

struct PlanReport {
  const FoundPlan& plan;
  std::filesystem::path out;
  std::string planned;  ///< name of the scenario's file in it
};

/// For people.
std::string plan_summary(const Texts& texts, const PlanReport& report);
/// One JSON object on a line.
std::string plan_json(const PlanReport& report);

}  // namespace pishkhan
