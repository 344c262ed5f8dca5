#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "sim/coupling/concurrency.hpp"
#include "sim/coupling/independent_stations.hpp"

namespace pishkhan {

/// Those who meet others at a system on a day: they have calls there while more are there than it has cores.
struct Meeting {
  std::vector<std::uint8_t> stations;  ///< by station
  std::vector<std::uint8_t> online;    ///< by system: online citizens who call it
};

/// Owners of calls that are no stations: online citizens who meet nobody, and all who meet, together.
inline constexpr std::uint32_t kOnlineCalls = UINT32_MAX - 1, kMeetingCalls = UINT32_MAX;

/// Stays at a system, and by stay the number of the station whose call it was.
struct OwnedStays {
  std::vector<SystemStay> stays;
  std::vector<std::uint32_t> owners;
};

/// Finds who meets on a day: first all are simulated by themselves, then those found to meet together, until
/// no other is found.
class MeetingFinder {
 public:
  explicit MeetingFinder(const Plan::Data& data);

  /// Begins a day.
  void begin();
  [[nodiscard]] const Meeting& meeting() const { return meeting_; }
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] bool meets(StationIndex station) const { return meeting_.stations[station.index()] != 0; }
  [[nodiscard]] bool meets_online(SystemId system) const { return meeting_.online[system.index()] != 0; }

  /// All by themselves: the stays of day 0 that were added since the last call are the owner's, a station or
  /// online citizens.
  void note(const IndependentStations& stations, std::uint32_t owner);
  /// Adds those who meet. `apart`: all by themselves; `together`: those known to meet, if there are any;
  /// `others`: by system, stays of stations that were not simulated, or none at all. Whether nobody was
  /// added.
  bool find(const IndependentStations& apart, const IndependentStations* together,
            std::span<const OwnedStays> others);
  /// After find(): whether at some time more calls were at a system than it has cores.
  [[nodiscard]] bool anybody_met() const { return anybody_met_; }
  /// After find(), if there are `others` or somebody met: by system, the most calls at once.
  [[nodiscard]] std::span<const std::uint32_t> peaks() const { return peaks_; }
  /// After find(): calls use(stay, owner) for each stay at a system, but for those of `others`.
  template <class Use>
  void for_each_stay(const IndependentStations& apart, const IndependentStations* together,
                     std::size_t system, Use use) const {
    const std::span<const SystemStay> stays = apart.stays(0, system);
    std::size_t next = 0;
    for (std::size_t i = 0; i < stays.size(); ++i) {
      while (i >= end(next, system)) ++next;
      const std::uint32_t owner = owners_[next];
      const bool meets = owner == kOnlineCalls ? meeting_.online[system] != 0 : meeting_.stations[owner] != 0;
      if (!meets) use(stays[i], owner);
    }
    if (count_ == 0) return;
    for (const SystemStay& stay : together->stays(0, system)) use(stay, kMeetingCalls);
  }

 private:
  [[nodiscard]] std::size_t end(std::size_t owner, std::size_t system) const {
    return ends_[owner * systems_.size() + system];
  }

  std::span<const System> systems_;
  std::size_t stations_;
  Meeting meeting_;
  std::size_t count_ = 0;
  bool anybody_met_ = false;
  std::vector<std::uint32_t> owners_;  ///< in the order of note()
  std::vector<std::size_t> ends_;      ///< [owner * systems + system]: of its stays
  Concurrency concurrency_;
  OwnedStays all_;
  std::vector<std::uint32_t> peaks_;
};

}  // namespace pishkhan
