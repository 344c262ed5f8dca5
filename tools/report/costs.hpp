#pragma once
#include <string_view>
#include <vector>

#include "models/trial/totals/trial_result.hpp"
#include "sim/statistics/estimate.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan {

/// `outages` or `backbone`.
std::string_view to_string(CostOf cost);

/// The scenario without what costs.
Scenario without(const Scenario& scenario, CostOf cost);

/// One quantity of the run beside that of the same citizens without something.
struct Cost {
  CostOf of = CostOf::outages;
  std::string_view kind;     ///< of stations: `urban offices`, `rural offices`, `counters`, `all`
  std::string_view measure;  ///< e.g. `clerk_h`
  std::string_view unit;
  Estimate with, without;
  PairedEstimate difference;  ///< with less without
};

/// By what costs, kind of stations and measure. Empty if no costs were asked for.
std::vector<Cost> find_costs(const Results& results);

Table make_costs_table(const Results& results);

}  // namespace pishkhan
