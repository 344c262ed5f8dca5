#pragma once
#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"

namespace pishkhan {

/// By days, or in one unbroken stretch; unknown while the run has mistakes about it.
enum class RunForm : unsigned char { unknown, days, unbroken };

/// The keys of `run`.
Section<Run> run_keys();

/// Checks the keys of a run against each other.
RunForm check_run(const Written<Run>& run, Diagnostics& mistakes);

/// Checks that a run by days is within the years that the calendar knows.
bool check_calendar(const Written<Run>& run, Diagnostics& mistakes);

/// Checks that a province can be simulated so: by days, within the years that the calendar knows.
bool check_run_of_province(const Written<Run>& run, Diagnostics& mistakes);

}  // namespace pishkhan
