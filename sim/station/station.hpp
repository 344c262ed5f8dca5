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

/// A clerk who came to work: shifts of this day (or of an unbroken run), ordered and disjoint.
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
  serve_out,  ///< clerks on shift at closing continue until the queue is empty
  send_away,  ///< those waiting leave
  stop,       ///< the run ends there: those who wait or are at the desk are still inside
};

/// Probability of balking, piecewise linear in the number waiting (or waiting per clerk: those on shift
/// or, before a shift and in a break of all, those whom the next shift brings).
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
  /// Who still waits so long after closing is sent away, unless doors open before; with serve_out.
  double serve_out_at_most_s = kForever;
  /// When an unbroken run ends: who is there then is still inside. With AtClosing::stop the doors say it.
  double ends_s = kForever;
  std::uint32_t room = UINT32_MAX;  ///< most who may wait
  bool room_for_all = false;        ///< who is at a desk takes up room too
  BalkCurve balking;
  std::span<const SkillMask> able;        ///< by Visits::service; empty: every clerk serves everything
  std::span<const std::uint8_t> breadth;  ///< by skill set: rank by number of skills, 0 the fewest
  SkillMask kept = 0;                     ///< skill sets that serve only Visits::booked; then `able` is given
  bool priorities = false;                ///< Visits::priority differs among the visits
  /// Who finishes a visit after the shift counts among the clerks on duty, so that one of these cannot start
  /// another until then. Otherwise such a clerk works in addition to them.
  bool finishing_counts = false;
};

/// A customer who stepped aside during handling, because the clerk had waited too long for the system.
struct Aside {
  std::uint32_t visit = 0;         ///< position in Visits
  double parked_s = 0;             ///< the clerk is free from then on
  double recalled_s = kForever;    ///< the answer came; from then on the customer waits for a clerk
  double resumed_s = kForever;     ///< handling continues; kForever if the visit failed
  std::uint32_t clerk = kNoClerk;  ///< Clerk::number of the clerk who continues it
};

/// The visits of one station-day, column by column, in order of arrival. Visits that arrive at the same
/// instant keep the order in which they are given. Every arrival lies within the doors. Times in seconds.
struct Visits {
  std::vector<double> arrival_s, human_s, system_s, patience_s, balk;  ///< balk is a uniform
  std::vector<std::int16_t> priority;
  std::vector<std::uint32_t> service;
  std::vector<std::uint8_t> booked;  ///< whether kept clerks may serve it; empty: they serve nobody

  // Results. At leave_s the wait ends: handling starts, or the customer gives up, is sent away or balks. At
  // end_s handling ends, or a failed visit's customer is sent home; without handling it is leave_s. Between
  // the two, except while the customer is aside, a clerk is busy.
  std::vector<double> leave_s, end_s;
  std::vector<Outcome> outcome;
  std::vector<std::uint32_t> clerk;
  std::vector<Aside> asides;  ///< at most one a visit; empty at first

  std::vector<std::uint64_t> waiting;  ///< working memory, kept from day to day

  [[nodiscard]] std::size_t size() const { return arrival_s.size(); }
  void resize(std::size_t n);
};

/// Decides who waits how long and who is served. At one instant, clerks finish first; then come changes of
/// shifts and closing, abandonments, arrivals, and starts; among equals, the order in Visits decides. A free
/// clerk takes, of the customers that it can serve, the one of highest priority, then the earliest. An
/// arriving customer takes, of the idle clerks able to serve, the one of fewest skills, then the longest
/// idle (since its last customer or, if later, the begin of its shift), then the one of lowest number.
///
/// Uses the fastest exact method for the rules of the station: common_shift.hpp, by_arrival_order.hpp or
/// by_events.hpp. Where several apply they decide the same, bit for bit. Throws Interrupted when told to
/// stop.
void simulate_station(const StationDay& station, Visits& visits, StopCheck stop = {});

/// Handling time outside the clerk's shifts when a visit is handled from start to end.
double overtime(std::span<const Interval> shifts, double start, double end);

}  // namespace pishkhan
