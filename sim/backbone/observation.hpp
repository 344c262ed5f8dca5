#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/backbone/platform.hpp"
#include "sim/statistics/wait_histogram.hpp"

namespace pishkhan {

/// What became of transactions. Nothing is lost: started = completed + failed + cancelled + in_flight.
struct TransactionCounts {
  std::uint64_t started = 0;
  std::uint64_t completed = 0;
  std::uint64_t failed = 0;     ///< hit by an outage in flight
  std::uint64_t cancelled = 0;  ///< by the caller, who had waited enough
  std::uint64_t in_flight = 0;
  std::uint64_t refused = 0;  ///< never started: something on the way was down
  [[nodiscard]] bool balanced() const { return started == completed + failed + cancelled + in_flight; }
  TransactionCounts& operator+=(const TransactionCounts& other);
  TransactionCounts& operator-=(const TransactionCounts& other);
  friend bool operator==(const TransactionCounts&, const TransactionCounts&) = default;
};

/// Rounded to a whole number of 2^-20 s (a microsecond). Sums of such numbers are exact up to 2^33 s, so they
/// do not depend on the order, and what was added can be taken away again.
inline double in_whole_ticks(double time_s) {
  constexpr double kTicksPerSecond = 1048576, kToWhole = 0x1.8p52;
  const double ticks = time_s * kTicksPerSecond;
  // Below 2^51 the sum with this number has no digits after the point.
  return ticks < 0x1p51 && ticks > -0x1p51 ? (ticks + kToWhole - kToWhole) / kTicksPerSecond : time_s;
}

/// Plain sums over durations; add them up across replications or take differences of two moments.
struct DurationSums {
  std::uint64_t count = 0;
  double sum_s = 0;
  double sum_squares_s2 = 0;
  double max_s = 0;
  void add(double duration_s) { add(duration_s, 1); }
  /// So many of the same.
  void add(double duration_s, std::uint64_t times) {
    if (times == 0) return;
    const auto n = static_cast<double>(times);
    count += times;
    sum_s += n * duration_s;
    sum_squares_s2 += n * (duration_s * duration_s);
    max_s = std::max(max_s, duration_s);
  }
  DurationSums& operator+=(const DurationSums& other);
  DurationSums& operator-=(const DurationSums& other);  ///< but for the longest
  friend bool operator==(const DurationSums&, const DurationSums&) = default;
};

/// One agency's system since the backbone was made.
struct SystemTally {
  double concurrency_area_s = 0;  ///< integral of the number of transactions at work
  double busy_core_s = 0;         ///< integral of min(transactions at work, cores)
  double core_s = 0;              ///< integral of the cores that were up; of a day, until its work is over
  double down_s = 0;
  std::uint32_t concurrency_max = 0;
  DurationSums response;        ///< at the system: last byte of the request in to first byte out
  DurationSums transaction;     ///< start to completion
  WaitHistogram transaction_s;  ///< of the completed; its tail
  std::uint64_t failed = 0;
  std::uint64_t cancelled = 0;
  std::uint64_t refused = 0;
  SystemTally& operator+=(const SystemTally& other);
  SystemTally& operator-=(const SystemTally& other);  ///< but for the greatest
};

/// All access links of one kind since the backbone was made, both directions together.
struct LinkTally {
  std::uint64_t links = 0;
  double concurrency_area_s = 0;                  ///< integral of the number of transfers, latency included
  double busy_s = 0;                              ///< direction-seconds with a transfer on
  double down_s = 0;                              ///< link-seconds without a way to the data centres
  double watched_s = 0;                           ///< link-seconds over which busy_s is counted, if given
  std::uint64_t bytes = 0;                        ///< of finished transfers
  DurationSums transfer;                          ///< finished transfers, latency included
  LinkTally& operator+=(const LinkTally& other);  ///< but for the number of links
  LinkTally& operator-=(const LinkTally& other);  ///< but for that and the longest
};

struct BackboneTallies {
  TransactionCounts counts;
  std::vector<SystemTally> systems;
  std::vector<LinkTally> link_kinds;
  /// Of the same platform; into an empty one, any.
  BackboneTallies& operator+=(const BackboneTallies& other);
  /// Takes away what was added, of the same platform: exact for sums in whole ticks. The greatest and the
  /// longest stay, and can be forgotten.
  BackboneTallies& operator-=(const BackboneTallies& other);
  void forget_greatest();
};

/// Rounds all sums of what transactions did, with which they can be added up exactly, to whole ticks.
void round_to_ticks(BackboneTallies& tallies);

/// The longest durations, 0 where there was none.
struct LongestDurations {
  std::vector<double> response_s, transaction_s;  ///< by system, as SystemTally
  std::vector<double> transfer_s;                 ///< by link kind, as LinkTally

  LongestDurations() = default;
  LongestDurations(std::size_t systems, std::size_t link_kinds)
      : response_s(systems), transaction_s(systems), transfer_s(link_kinds) {}
  explicit LongestDurations(const BackboneTallies& tallies);
  /// Takes the longer one of each. Of the same platform.
  void merge(const LongestDurations& other);
  /// Makes the tallies' the longest of both.
  void merge_into(BackboneTallies& tallies) const;
  void clear();
};

enum class TransactionPhase : std::uint8_t { request, work, response };

/// Keeps the tallies: told of every transfer and every stay at a system, in order of time.
class BackboneObserver {
 public:
  explicit BackboneObserver(const Platform& platform);

  void transfer_begins(AccessLinkId link, TransactionPhase direction, double time_s) {
    Direction& d = direction_of(link, direction);
    integrate(d, time_s);
    ++d.transfers;
  }
  void transfer_ends(AccessLinkId link, TransactionPhase direction, double time_s) {
    Direction& d = direction_of(link, direction);
    integrate(d, time_s);
    --d.transfers;
  }
  void transfer_counts(AccessLinkId link, std::uint64_t bytes, double duration_s) {
    LinkTally& tally = tallies_.link_kinds[kind_[link.index()]];
    tally.bytes += bytes;
    tally.transfer.add(duration_s);
  }
  void work_begins(SystemId system, double time_s) {
    Core& core = cores_[system.index()];
    integrate(system.index(), time_s);
    SystemTally& tally = tallies_.systems[system.index()];
    tally.concurrency_max = std::max(tally.concurrency_max, ++core.at_work);
  }
  void work_ends(SystemId system, double time_s) {
    integrate(system.index(), time_s);
    --cores_[system.index()].at_work;
  }

  void set_reachable(AccessLinkId link, bool reachable, double time_s);
  void set_up(SystemId system, bool up, double time_s);
  void set_cores(SystemId system, std::uint32_t cores, double time_s);

  SystemTally& system(SystemId id) { return tallies_.systems[id.index()]; }
  TransactionCounts& counts() { return tallies_.counts; }
  [[nodiscard]] const TransactionCounts& counts() const { return tallies_.counts; }

  /// Brings all integrals to time_s.
  const BackboneTallies& observe(double time_s);
  /// With no transfer and nobody at work: integrals are brought to time_s, and the clock starts again at 0.
  void restart(double time_s);
  /// Begins the tallies anew, at the present moment of each integral.
  void forget();
  /// Adds the tallies' sums of what transactions did, in whole ticks, to those of `sums`, and begins them
  /// anew. Counts stay.
  void take_sums(BackboneTallies& sums);
  /// Moves the longest durations of the tallies to `longest`, where longer ones stay.
  void take_longest(LongestDurations& longest);

 private:
  struct Direction {
    std::uint32_t transfers = 0, kind = 0;
    bool dedicated = false;  ///< each transfer has a line of its own
    double since_s = 0;
  };
  struct Core {
    double since_s = 0;
    std::uint32_t at_work = 0, cores = 1;
    bool up = true;
  };

  Direction& direction_of(AccessLinkId link, TransactionPhase direction) {
    return directions_[2 * link.index() + (direction == TransactionPhase::response ? 1 : 0)];
  }
  void integrate(Direction& direction, double time_s) {
    if (direction.transfers > 0) {
      LinkTally& tally = tallies_.link_kinds[direction.kind];
      tally.concurrency_area_s += (time_s - direction.since_s) * direction.transfers;
      tally.busy_s += (time_s - direction.since_s) * (direction.dedicated ? direction.transfers : 1);
    }
    direction.since_s = time_s;
  }
  void integrate(std::size_t system, double time_s) {
    Core& core = cores_[system];
    SystemTally& tally = tallies_.systems[system];
    const double passed_s = time_s - core.since_s;
    core.since_s = time_s;
    if (core.up) {
      tally.core_s += passed_s * core.cores;
      tally.concurrency_area_s += passed_s * core.at_work;
      tally.busy_core_s += passed_s * std::min(core.at_work, core.cores);
    } else {
      tally.down_s += passed_s;
    }
  }

  BackboneTallies tallies_;
  std::vector<std::uint32_t> kind_;
  std::vector<Direction> directions_;
  std::vector<Core> cores_;
  std::vector<double> unreachable_since_s_;  ///< NaN while reachable
  std::size_t unreachable_ = 0;              ///< links that are not
};

}  // namespace pishkhan
