#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/province/province.hpp"
#include "sim/base/time.hpp"

namespace pishkhan {

/// How an attempt was in vain.
enum class InVain : std::uint8_t { balked, abandoned, sent_away, failed, online };

/// What an unserved citizen does next. The first four and the last follow a visit, the last four an online
/// attempt. Today's visits are made when doors open again later on the day; where none do, the citizen goes
/// there on the next working day.
enum class NextStep : std::uint8_t {
  same_today,   ///< the same station, later on the same day
  other_today,  ///< the most attractive other office, later on the same day
  same_later,   ///< the same station, on a later day
  other_later,  ///< the most attractive other office, on a later day
  office,       ///< the office that the citizen chooses
  counter,      ///< the agency's counter for the citizen's place, or an office where there is none
  online,       ///< the web again, on the next day on which the web is used
  lost,         ///< gives up for good
};
inline constexpr std::size_t kNextSteps = 8;

/// What unserved citizens do next. Of several rules that fit, the last holds.
struct UnservedRule {
  std::uint8_t after = 0;                   ///< bit k: after InVain k
  std::vector<ServiceId> services;          ///< sorted
  std::vector<ZoneId> zones;                ///< of the citizens' residence; sorted
  std::vector<std::uint32_t> stations;      ///< of the visit, offices before counters; sorted; empty: all
  std::array<double, kNextSteps> shares{};  ///< by NextStep; they add to 1
  int at_most = 0;                          ///< returns of a citizen, after whatever cause
  DayNumber from_day = INT32_MIN;           ///< on days from_day <= day < until_day
  DayNumber until_day = INT32_MAX;

  [[nodiscard]] double share(NextStep step) const { return shares[static_cast<std::size_t>(step)]; }
  [[nodiscard]] bool is_after(InVain what) const { return (after >> static_cast<int>(what) & 1U) != 0; }
  /// Whether it holds on a day for citizens of a service and zone; of visits also at_station().
  [[nodiscard]] bool is_of(InVain what, ServiceId service, ZoneId zone, DayNumber day) const {
    return is_after(what) && from_day <= day && day < until_day &&
           std::binary_search(services.begin(), services.end(), service) &&
           std::binary_search(zones.begin(), zones.end(), zone);
  }
  [[nodiscard]] bool at_station(std::uint32_t station) const {
    return stations.empty() || std::binary_search(stations.begin(), stations.end(), station);
  }
  /// The step of a citizen whose uniform draw is u: the steps share out [0, 1) in their order.
  [[nodiscard]] NextStep step_of(double u) const;
};

/// Whether some rule sends citizens anywhere but to the same station on a later day: then stations cannot be
/// decided each by itself, for all days of a run.
bool joins_stations(const std::vector<UnservedRule>& rules);
/// Whether some rule lets citizens come again on the same day.
bool returns_today(const std::vector<UnservedRule>& rules);

/// The rule that holds after a failed online attempt, or null.
const UnservedRule* rule_after_online(const std::vector<UnservedRule>& rules, ServiceId service, ZoneId zone,
                                      DayNumber day);
/// The same after a visit.
const UnservedRule* rule_after_visit(const std::vector<UnservedRule>& rules, InVain what, ServiceId service,
                                     ZoneId zone, std::uint32_t station, DayNumber day);

}  // namespace pishkhan
