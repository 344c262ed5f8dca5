#pragma once
#include <cstdint>
#include <vector>

namespace pishkhan {

/// Sums over the visits of some cell (a station, a service, a day ...). Times in seconds.
struct VisitTally {
  std::uint64_t arrived = 0;
  std::uint64_t served = 0;
  std::uint64_t abandoned = 0;
  std::uint64_t balked = 0;
  std::uint64_t sent_away = 0;
  std::uint64_t inside = 0;  ///< still waiting or at the desk when the run ended
  std::uint64_t failed =
      0;  ///< sent home from the desk without an answer; online attempts that did not succeed
  std::uint64_t reworked = 0;   ///< among the served: came without the papers
  std::uint64_t in_target = 0;  ///< started within the service level's T
  /// Of those inside: still waiting when the run ended, for no longer than T. Whether they start within T
  /// nobody knows.
  std::uint64_t waiting_in_target = 0;
  double wait_s = 0;         ///< of the served
  double wait_joined_s = 0;  ///< of all who joined (arrived - balked): joining to start or leaving
  double sojourn_s = 0;      ///< of the served: joining to leaving
  double handling_s = 0;     ///< clerk time of the served, the transaction in it
  double system_s = 0;       ///< the transactions' part of handling_s
  double failed_s = 0;       ///< clerk time of the failed
  double aside_s = 0;        ///< time aside of the failed

  VisitTally& operator+=(const VisitTally&);
  friend bool operator==(const VisitTally&, const VisitTally&) = default;
};

/// What one hour of the day saw at a station, all counted days together.
struct HourTally {
  std::uint64_t arrived = 0;
  std::uint64_t joined = 0;
  std::uint64_t served = 0;  ///< of those who arrived in this hour
  std::uint64_t in_target = 0;
  double wait_s = 0;        ///< of those served
  double queue_area_s = 0;  ///< integral of the number waiting over this hour
  double busy_s = 0;        ///< clerk time at the desk within this hour
  double staffed_s = 0;     ///< clerk time on shift, overtime included
  double open_s = 0;        ///< doors open

  HourTally& operator+=(const HourTally&);
  friend bool operator==(const HourTally&, const HourTally&) = default;
};

/// Whether clerks only finish in the hour: all their time is then overtime, and so staffed and busy.
inline bool clerks_only_finish(const HourTally& hour) {
  constexpr double kRounding_s = 1e-6;
  return hour.arrived == 0 && hour.open_s <= 0 &&
         hour.staffed_s <= hour.busy_s + kRounding_s * (1 + hour.busy_s);
}

struct StationTally : VisitTally {
  double busy_s = 0;              ///< clerk time at the desk within the counted time, whoever's visit it was
  double waiting_s = 0;           ///< of it, waiting for the system
  double staffed_s = 0;           ///< clerk time on shift, overtime included
  double overtime_s = 0;          ///< handling past the end of a shift
  double open_s = 0;              ///< doors open
  double queue_area_s = 0;        ///< integral of the number waiting over open hours
  double queue_max = 0;           ///< most visits waiting at once
  std::uint64_t days = 0;         ///< on which somebody joined
  std::uint64_t missed_days = 0;  ///< of them, those on which the service level was missed

  friend bool operator==(const StationTally&, const StationTally&) = default;
};

}  // namespace pishkhan
