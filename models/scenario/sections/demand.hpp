#pragma once
#include <array>
#include <optional>
#include <string>

#include "models/province/month_names.hpp"
#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"
#include "models/scenario/sections/selection.hpp"
#include "sim/base/source_files.hpp"

namespace pishkhan {

/// One entry of `demand.special_days`.
struct SpecialDaysKeys {
  double factor = 1;
  std::vector<DayNumber> dates;
  std::vector<int> days_of_month;
  bool after_holiday = false;
  int from = 0, to = 0;  ///< month * 100 + day
  std::optional<ServiceChoice> services;
  bool adds = false;
};

/// What `demand` says.
struct DemandKeys {
  DemandRules rules;  ///< the factors
  Name profiles;
  Name holidays;  ///< without a location: none
  value::Table<Written<SpecialDaysKeys>> special_days;
  double growth = 0;
};

/// Most visits a year of 1000 residents for one service, after all growth.
inline constexpr double kMostVisitsPer1000 = 1e6;

using WeekdayFactors = std::array<double, kDaysPerWeek>;  ///< index 0 = Saturday

/// Factors by weekday; 1 where none is said, but on Fridays `friday`.
Section<WeekdayFactors> weekday_keys(const std::string& doc, const std::string& friday,
                                     const std::string& name = {});
/// A coefficient of variation of a day's busyness.
Scalar busyness_value();
/// A table of holidays, or none.
Value<Name> holidays_value();

/// Puts the holidays of a table, if there is one, into the scenario. The run must have its days.
void read_holidays(const Name& file, const SourceFiles& sources, Scenario& scenario, Diagnostics& mistakes);

/// The keys of `demand`.
Section<DemandKeys> demand_keys();

/// Puts the factors into the scenario, and the growth into the services of its province.
void apply_demand_factors(const Written<DemandKeys>& demand, Scenario& scenario, Diagnostics& mistakes);

/// Reads profiles and holidays, and finds the special days. The run must have its days.
void read_demand_tables(const Written<DemandKeys>& demand, const SourceFiles& sources, Selector& select,
                        Scenario& scenario, Diagnostics& mistakes);

}  // namespace pishkhan
