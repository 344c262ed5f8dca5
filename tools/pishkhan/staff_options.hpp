#pragma once
#include <CLI/CLI.hpp>

#include "tools/pishkhan/options.hpp"

namespace pishkhan {

/// The command `staff`.
void add_staff(CLI::App& app, StaffOptions& options);
/// The command `plan`.
void add_plan(CLI::App& app, PlanOptions& options);

}  // namespace pishkhan
