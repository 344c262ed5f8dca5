#include "tools/report/breaches.hpp"

#include <string>

#include "sim/statistics/discovery.hpp"
#include "tools/report/measures.hpp"

namespace pishkhan {
namespace {

/// The measure of each replication on its own; NaN where it observed nothing.
template <class T>
std::vector<double> by_replication(const Measure<T>& measure, const std::vector<StationTally>& tallies) {
  std::vector<double> values;
  for (const StationTally& tally : tallies)
    values.push_back(measure.numerator(tally) / measure.denominator(tally));
  return values;
}

}  // namespace

std::vector<Breach> find_breaches(const Results& results) {
  if (!results.scenario.province) return {};
  const auto& utilization = find_measure(staff_measures(), "utilization");
  const auto& service_level = find_measure(queue_measures(), "service_level");
  const std::size_t offices = results.scenario.province->offices.size();
  std::vector<Breach> tests;
  std::vector<double> p_values;
  for (std::size_t office = 0; office < offices; ++office) {
    std::vector<StationTally> tallies;
    for (const TrialResult& trial : results.trials) tallies.push_back(trial.stations[office]);
    const double busy = p_value_exceeds(by_replication(utilization, tallies), kUtilizationLimit);
    tests.push_back({office, "utilization", kUtilizationLimit, estimate(utilization, tallies), busy, busy});
    const double late = p_value_falls_below(by_replication(service_level, tallies), kServiceLevelLimit);
    tests.push_back(
        {office, "service_level", kServiceLevelLimit, estimate(service_level, tallies), late, late});
    p_values.insert(p_values.end(), {busy, late});
  }
  const std::vector<double> adjusted = adjust_p_values(p_values);
  std::vector<Breach> breaches;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    tests[i].adjusted_p_value = adjusted[i];
    if (adjusted[i] <= kFalseDiscoveryRate) breaches.push_back(tests[i]);
  }
  return breaches;
}

}  // namespace pishkhan
