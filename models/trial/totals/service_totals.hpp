#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/trial/totals/trial_result.hpp"
#include "sim/base/time_sum.hpp"
#include "sim/statistics/day_sums.hpp"

namespace pishkhan {

/// Visits by service and channel, and citizens whose first visit completed them. Nearly all visits are served
/// first visits: for these a few additions are enough. All others need follow-up: they are listed, and the
/// caller adds the rest of what is known about each with add_follow_up.
/// The sums do not depend on the order of stations and days.
class ServiceTotals {
 public:
  explicit ServiceTotals(std::size_t services);

  /// Adds a station-day. `parts` as StationObserver made them; flags by visit: `reworked` for visits without
  /// the papers, `needs_follow_up` for visits that need it even if they are served. `given`: of the station,
  /// by service, to which the visits are added at which it was given.
  void add(Channel channel, const Visits& visits, const VisitParts& parts,
           std::span<const std::uint8_t> reworked, std::span<const std::uint8_t> needs_follow_up,
           std::span<std::uint32_t> given);
  /// Positions in Visits of the last station-day's visits that need follow-up, ascending: those not served,
  /// reworked or flagged.
  [[nodiscard]] std::span<const std::uint32_t> follow_ups() const {
    return {follow_ups_.data(), follow_up_count_};
  }
  /// Positions of the last station-day's visits that were served after a wait, ascending.
  [[nodiscard]] std::span<const std::uint32_t> waited() const { return {waited_.data(), waited_count_}; }
  /// Adds the outcome of one that needs follow-up; each must be added once. Whether it completed a citizen is
  /// not counted here.
  void add_follow_up(Channel channel, const Visits& visits, std::size_t visit, bool reworked);
  /// As pishkhan::subtract_aside.
  void subtract_aside(Channel channel, const Visits& visits, const Aside& aside);

  [[nodiscard]] std::uint64_t served(Channel channel, std::uint32_t service) const {
    return sums_[row(channel, service)].served;
  }
  /// Adds all to tallies [service * kChannels + channel].
  void add_to(std::vector<VisitTally>& services, std::vector<CitizenTally>& citizens) const;

 private:
  /// Of the served.
  struct alignas(64) Sums {
    TimeSum wait_s, handling_s, system_s;
    std::uint64_t served = 0, in_target = 0;  ///< in_target has the failed in it
  };
  /// Of the visits that need follow-up.
  struct FollowUpSums {
    std::uint64_t served = 0, abandoned = 0, balked = 0, sent_away = 0, inside = 0, failed = 0, reworked = 0;
    TimeSum wait_joined_s;  ///< of the unserved
    TimeSum handling_s, failed_s, aside_s;
  };
  [[nodiscard]] std::size_t row(Channel channel, std::uint32_t service) const {
    return static_cast<std::size_t>(channel) * services_ + service;
  }
  std::size_t services_;
  std::vector<Sums> sums_;  ///< [channel * services + service]: a station's are neighbours in memory
  std::vector<FollowUpSums> follow_up_sums_;  ///< the same
  std::vector<std::uint32_t> follow_ups_, waited_;
  std::size_t follow_up_count_ = 0, waited_count_ = 0;
};

}  // namespace pishkhan
