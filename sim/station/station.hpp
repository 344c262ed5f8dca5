#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "sim/base/stop_check.hpp"
#include "sim/base/time.hpp"
#include "sim/station/outcome.hpp"

namespace pishkhan {

inline constexpr double kForever = std::numeric_limits<double>::infinity();
inline constexpr std::uint32_t kNoClerk = UINT32_MAX;

/// A clerk who came to work: shifts of this day, ordered and disjoint.
struct Clerk {
  std::uint32_t number = 0;  ///< within the station, absent clerks counted
  double speed = 1;          ///< human handling time is divided by it
  std::span<const Interval> shifts;
  std::uint32_t group = 0;
  std::uint8_t skill_set = 0;  ///< bit in SkillMask
  /// Busy until then with somebody who is not among the visits given, or idle since then. Where a later part
  /// of a run is simulated.
  double free_from_s = -kForever;
};

/// What happens to those waiting when doors close.
enum class AtClosing : std::uint8_t {
  serve_out,  ///< clerks on shift at closing go on until the queue is empty
  send_away,  ///< those waiting leave
  stop,       ///< the run ends there: whoever waits or is at the desk is still inside
};

/// Probability of balking, piecewise linear in the number waiting (or waiting per clerk on shift).
struct BalkCurve {
  bool per_clerk = false;
  std::span<const std::pair<double, double>> points;  ///< ascending; empty: never
};

/// Which clerks may serve a kind of visit: bit k stands for those with skill set k.
using SkillMask = std::uint64_t;
inline constexpr std::size_t kMostSkillSets = 64;

/// One station on one day (or for one unbroken run).
struct StationDay {
  std::span<const Clerk> clerks;  ///< numbers ascend
  bool unlimited = false;         ///< there is a clerk for everybody: nobody waits, and `clerks` is empty
  std::span<const Interval> doors;
  AtClosing at_closing = AtClosing::serve_out;
  std::uint32_t room = UINT32_MAX;  ///< most who may wait
  BalkCurve balking;
  std::span<const SkillMask> able;        ///< by Visits::service; empty: every clerk serves everything
  std::span<const std::uint8_t> breadth;  ///< by skill set: rank by number of skills, 0 the fewest
  bool priorities = false;                ///< Visits::priority differs among the visits
};

/// A citizen who stepped aside during handling while the system kept the clerk waiting too long.
struct Aside {
  std::uint32_t visit = 0;         ///< position in Visits
  double parked_s = 0;             ///< the clerk is free from then on
  double recalled_s = kForever;    ///< the answer came; from then on the citizen waits for a clerk
  double resumed_s = kForever;     ///< handling goes on; never, where the visit failed
  std::uint32_t clerk = kNoClerk;  ///< Clerk::number of who goes on with it
};

/// The visits of one station-day, column by column, ordered by arrival, ties by citizen key.
/// Every arrival lies within the doors. Times in seconds.
struct Visits {
  std::vector<double> arrival_s, human_s, system_s, patience_s, balk;  ///< balk is a uniform
  std::vector<std::int16_t> priority;
  std::vector<std::uint32_t> service;

  // Results. `leave` ends the wait: start of handling, or when the citizen gave up, was sent away or
  // balked. `end` is the end of handling (leave where there was none); of a failed visit, when the citizen
  // was sent home. Between the two, but for the time aside, a clerk is busy.
  std::vector<double> leave_s, end_s;
  std::vector<Outcome> outcome;
  std::vector<std::uint32_t> clerk;
  std::vector<Aside> asides;  ///< at most one a visit; empty at first

  std::vector<std::uint64_t> waiting;  ///< working memory, kept from day to day

  [[nodiscard]] std::size_t size() const { return arrival_s.size(); }
  void resize(std::size_t n);
};

/// Decides every visit's fate. Events at one instant happen in the order finish, shift change or
/// closing, abandonment, arrival, start; ties go by citizen key. A free clerk takes the
/// highest-priority, earliest citizen it can serve; a citizen takes, among idle able clerks, the
/// one of fewest skills, then the longest idle clerk, then the lowest number.
/// Picks the fastest exact method for what the station needs: by_arrival_order.hpp, by_events.hpp or
/// common_shift.hpp, which agree bit for bit where several apply. Throws Interrupted when told to stop.
void simulate_station(const StationDay& station, Visits& visits, StopCheck stop = {});

/// Handling time outside the clerk's shifts when a visit is handled from start to end.
double overtime(std::span<const Interval> shifts, double start, double end);

}  // namespace pishkhan
