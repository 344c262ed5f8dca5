#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "sim/base/stop_check.hpp"
#include "sim/base/time.hpp"
#include "sim/station/outcome.hpp"
#include "sim/statistics/tally.hpp"

namespace pishkhan {

// A second opinion on what a kernel did with one station on one day. It knows the rules and the
// finished records, shares no code with any kernel, and replays the day slowly and plainly. Times
// are compared exactly: a kernel hands on the very numbers it computed.

/// One customer's visit as the kernel left it.
struct AuditVisit {
  double arrival_s = 0;
  double gives_up_s = std::numeric_limits<double>::infinity();  ///< arrival + patience
  double start_s = std::numeric_limits<double>::quiet_NaN();    ///< NaN unless handling began
  double leave_s = 0;  ///< end of handling, or when the customer left the queue; balked: the arrival
  Outcome outcome = Outcome::served;
  static constexpr std::uint32_t kNobody = UINT32_MAX;
  std::uint32_t clerk = kNobody;  ///< index in AuditDay::clerks; kNobody unless handling began
  int priority = 0;               ///< higher is served first
  std::uint32_t service = 0;
  /// The customer steps aside at leave_s, while the system keeps the clerk waiting. Once recalled, the rest
  /// is a visit of its own, `recalled`: it arrives with the answer and goes before all who are not.
  bool steps_aside = false;
  bool recalled = false;
  double entered_s = 0;  ///< of the recalled: when they first came
};

struct AuditClerk {
  Intervals shifts;          ///< of that day, ordered and disjoint; none: absent
  std::vector<bool> skills;  ///< by service; empty: every service
};

/// How the queue ends when the doors close.
enum class AuditClosing : std::uint8_t {
  serve_out,  ///< the clerks on shift at closing go on for those who came in before; whom none of
              ///< them can serve leaves at closing or, if later, when the last shift of the able ends
  send_away,  ///< those who wait leave
  stop,       ///< the run ends with the last doors: who waits or is at a desk then is inside
};

struct AuditDay {
  Intervals doors;  ///< ordered, disjoint
  AuditClosing closing = AuditClosing::serve_out;
  /// With serve_out: who waits so long after closing is sent away, unless doors open before.
  double serve_out_at_most_s = std::numeric_limits<double>::infinity();
  /// When an unbroken run ends: who waits or is at a desk then is inside. With `stop` the doors say it.
  double ends_s = std::numeric_limits<double>::infinity();
  std::uint64_t room = UINT64_MAX;  ///< most customers waiting
  bool room_for_all = false;        ///< or waiting and at desks
  bool finishing_counts = false;    ///< who finishes after the shift is one of those on duty
  bool may_balk = false;            ///< customers may balk even where there is room
  std::vector<AuditClerk> clerks;
  std::vector<AuditVisit> visits;  ///< by arrival, then by key
};

struct AuditFindings {
  std::uint64_t checks = 0;           ///< questions asked
  std::vector<std::string> failures;  ///< the first twenty wrong answers, in words
  std::uint64_t failed = 0;           ///< all wrong answers
  [[nodiscard]] bool passed() const { return failed == 0; }
};

/// Verifies that
/// - every customer came while the doors were open, left in exactly one way, and the record's times
///   and clerk fit that way;
/// - nobody is handled before arriving, after giving up, by a clerk who lacks the skill, is at
///   another customer's service or is off duty; who abandons does so exactly when patience ends;
/// - a clerk takes the highest priority, then the earliest, of those it can serve;
/// - an arriving customer takes, among idle capable clerks, the one with fewest skills, then the
///   longest idle, then the lowest number;
/// - no clerk on duty is idle while a customer waits whom the clerk can serve, unless who finishes after the
///   shift counts: then nobody starts while as many serve as are on duty;
/// - room, balking and closing are respected; only who was handled can fail.
/// Simultaneous events happen in the order finish, shift change and closing, abandonment, arrival,
/// start. Where that leaves open who is first, either is accepted. Throws Interrupted when told to stop.
AuditFindings audit_station_day(const AuditDay& day, StopCheck stop = {});

}  // namespace pishkhan
