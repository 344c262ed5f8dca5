#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/totals/attempt.hpp"
#include "models/trial/totals/trial_result.hpp"

namespace pishkhan {

/// The ways of a province's visits, from the citizen's place of residence to the station. The sums are whole
/// metres and counts, so they do not depend on the order of stations and days.
class TravelTotals {
 public:
  /// Of bare stations it stays empty.
  explicit TravelTotals(const Plan::Data& data);

  /// Adds the visits of a station-day, one of each attempt.
  void add(const Plan::Data& data, StationIndex station, std::span<const Attempt> attempts);
  /// Adds all to trips and service_travel of the result, which has neither yet.
  void close(const Plan::Data& data, TrialResult& result) const;

 private:
  std::vector<std::uint32_t> trips_;   ///< [station * places + place]
  std::vector<std::uint64_t> metres_;  ///< [(channel * kKinds + kind of the place) * services + service]
  std::vector<std::uint32_t>
      visits_;  ///< [(channel * bins + bin) * services + service], as Plan::Data::way_bins
};

}  // namespace pishkhan
