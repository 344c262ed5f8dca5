#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/trial/totals/trial_result.hpp"
#include "sim/coupling/joint_day.hpp"
#include "tools/report/measures.hpp"

// What a scenario leaves possible. Of what is impossible nothing was seen for a reason, and its 0 is exact;
// of all else 0 was seen by chance, and has an interval.
namespace pishkhan {

/// Whether visits to stations, or their calls, can fail; without its outages if so asked.
bool may_fail(const Scenario& scenario, bool with_outages = true);

inline constexpr std::size_t kAnyAgency = SIZE_MAX;
/// Whether a cause can cost clerks of an agency time.
bool may_fail(const Scenario& scenario, Cause cause, std::size_t agency);

/// Whether citizens can come for a province's service through a channel.
bool may_come(const Scenario& scenario, ServiceId service, Channel channel);

/// Whether the channel works on a day, counting from 0: a station of it opens, or it is online. Of bare
/// stations the channel says nothing.
bool opens(const Scenario& scenario, Channel channel, std::size_t day);

/// By station of a province, offices before counters: whether what happens there can differ between the run
/// and the same without what costs.
std::vector<bool> may_differ(const Scenario& scenario, CostOf cost);

/// Sets to 0 what cannot happen at any station: to balk, leave, be sent away, fail, or be inside at the end.
void set_impossible(DesignEffects& effects, const Scenario& scenario, const std::vector<TrialResult>& trials);
/// The same of online attempts, which can only fail.
void set_impossible_online(DesignEffects& effects, const Scenario& scenario);

/// The design effects of stations, each by itself or several together: those of the run, and 0 of what cannot
/// happen at any of them: to balk, to leave, to be sent away.
class StationEffects {
 public:
  /// `usual`: of the run.
  StationEffects(const Scenario& scenario, const DesignEffects& usual);

  /// By the station's number; offices come before counters.
  [[nodiscard]] const DesignEffects& at(std::size_t station) const { return effects_[possible_[station]]; }
  [[nodiscard]] const DesignEffects& of(std::span<const std::size_t> stations) const;
  /// Of all stations of the channel, which is not online.
  [[nodiscard]] const DesignEffects& of(Channel channel) const;

 private:
  std::vector<std::uint8_t> possible_;                       ///< by station, a bit for each
  std::array<std::uint8_t, kStationChannels> of_channel_{};  ///< the bits of its stations
  std::array<DesignEffects, 8> effects_;
};

/// Whether all replications show stations that never open.
template <class Tally>
bool never_open(const std::vector<Tally>& tallies) {
  for (const Tally& tally : tallies)
    if (tally.open_s > 0 || tally.arrived > 0) return false;
  return true;
}

}  // namespace pishkhan
