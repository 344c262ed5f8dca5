#include "sim/statistics/audit.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <sstream>
#include <tuple>

namespace pishkhan {
namespace {

constexpr std::size_t kMostFailures = 20;

// In the order in which they happen at one instant.
enum class Phase : std::uint8_t { finish, shift_change, leave_queue, arrival, start };

struct Event {
  double time_s;
  Phase phase;
  std::size_t index;  // of the visit, or of the clerk in a shift change
};

struct ClerkState {
  std::size_t serving = SIZE_MAX;  // index of the visit
  double idle_since_s = -std::numeric_limits<double>::infinity();
  /// The system's failing ended the last visit then. Of those who come at that instant, each may or may not
  /// find the clerk free.
  double let_go_s = -std::numeric_limits<double>::infinity();
};

/// The day, step by step, from the records alone.
class Replay {
 public:
  Replay(const AuditDay& day, StopCheck stop) : day_(day), stop_(stop), clerks_(day.clerks.size()) {}

  AuditFindings run() {
    check_records();
    // With records that contradict themselves a replay would only repeat the complaint.
    if (findings_.passed()) replay();
    return std::move(findings_);
  }

 private:
  template <class... Words>
  void check(bool fine, const Words&... words) {
    ++findings_.checks;
    if (fine) return;
    ++findings_.failed;
    if (findings_.failures.size() >= kMostFailures) return;
    std::ostringstream text;
    text.precision(17);
    (text << ... << words);
    findings_.failures.push_back(text.str());
  }

  // Each record on its own.
  void check_records() {
    for (std::size_t i = 0; i < day_.visits.size(); ++i) {
      check_record(i);
      if (i > 0) {
        check(day_.visits[i - 1].arrival_s <= day_.visits[i].arrival_s, "visit ", i,
              " is listed after a later arrival");
      }
    }
  }

  void check_record(std::size_t i) {
    const AuditVisit& visit = day_.visits[i];
    const bool started = !std::isnan(visit.start_s);
    check(visit.recalled || doors_open(visit.arrival_s), "visit ", i, " arrives at ", visit.arrival_s,
          " while the doors are closed");
    check(started == (visit.clerk != AuditVisit::kNobody), "visit ", i,
          " has a clerk and no start, or a start and no clerk");
    check(visit.leave_s >= visit.arrival_s, "visit ", i, " leaves before it arrives");
    check_outcome(i, started);
    if (started && visit.clerk != AuditVisit::kNobody) check_handling(i);
  }

  void check_outcome(std::size_t i, bool started) {
    const AuditVisit& visit = day_.visits[i];
    if (visit.steps_aside) {
      check(started, "visit ", i, " steps aside and never started");
      return;
    }
    switch (visit.outcome) {
      case Outcome::served:
        check(started, "visit ", i, " counts as served and never started");
        break;
      case Outcome::balked:
        check(!started && visit.leave_s == visit.arrival_s, "visit ", i, " balked and yet stayed");
        break;
      case Outcome::abandoned:
        check(!started, "visit ", i, " abandoned and yet started");
        check(visit.leave_s == visit.gives_up_s, "visit ", i, " abandons at ", visit.leave_s,
              ", patience ends at ", visit.gives_up_s);
        break;
      case Outcome::sent_away:
        check(!started, "visit ", i, " was sent away and yet started");
        break;
      case Outcome::inside:
        break;
      case Outcome::failed:
        check(started || visit.recalled, "visit ", i, " failed and yet never started");
        break;
    }
    const bool stops = day_.closing == AuditClosing::stop && !day_.doors.empty();
    const double ends_s = stops ? day_.doors.back().to_s : day_.ends_s;
    const bool past_end = visit.leave_s > ends_s;
    const bool still_waits = !started && visit.leave_s == ends_s;
    check((visit.outcome == Outcome::inside) == (past_end || still_waits), "visit ", i, " leaves at ",
          visit.leave_s, " and counts wrongly as inside or not inside when the run ends");
  }

  void check_handling(std::size_t i) {
    const AuditVisit& visit = day_.visits[i];
    check(visit.start_s >= visit.arrival_s, "visit ", i, " starts before it arrives");
    check(visit.leave_s >= visit.start_s, "visit ", i, " ends before it starts");
    check(visit.start_s < visit.gives_up_s || visit.start_s == visit.arrival_s, "visit ", i, " starts at ",
          visit.start_s, " though patience ends at ", visit.gives_up_s);
    if (day_.closing != AuditClosing::serve_out) {
      check(visit.start_s < closing_after(entered(i)), "visit ", i, " starts at ", visit.start_s,
            " after the closing that ends its wait");
    } else if (day_.serve_out_at_most_s < std::numeric_limits<double>::infinity()) {
      check(visit.start_s < overtime_ends(entered(i)), "visit ", i, " starts at ", visit.start_s,
            " after the overtime");
    }
    check(visit.clerk < day_.clerks.size(), "visit ", i, " has clerk ", visit.clerk, ", who does not exist");
    if (visit.clerk < day_.clerks.size()) {
      check(can_serve(visit.clerk, i), "visit ", i, ": clerk ", visit.clerk, " lacks the skill for service ",
            visit.service);
    }
  }

  [[nodiscard]] std::vector<Event> events() const {
    std::vector<Event> events;
    for (std::size_t i = 0; i < day_.visits.size(); ++i) {
      const AuditVisit& visit = day_.visits[i];
      events.push_back({visit.arrival_s, Phase::arrival, i});
      if (visit.outcome == Outcome::balked) continue;
      if (std::isnan(visit.start_s)) {
        events.push_back({visit.leave_s, Phase::leave_queue, i});
        continue;
      }
      events.push_back({visit.start_s, Phase::start, i});
      if (visit.leave_s > visit.start_s) events.push_back({visit.leave_s, Phase::finish, i});
    }
    for (std::size_t k = 0; k < day_.clerks.size(); ++k) {
      for (const Interval& shift : day_.clerks[k].shifts) {
        events.push_back({shift.from_s, Phase::shift_change, k});
        events.push_back({shift.to_s, Phase::shift_change, k});
      }
    }
    std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
      return std::tie(a.time_s, a.phase, a.index) < std::tie(b.time_s, b.phase, b.index);
    });
    return events;
  }

  void replay() {
    const std::vector<Event> all = events();
    for (std::size_t first = 0; first < all.size();) {
      const double now_s = all[first].time_s;
      stop_.after(1 + waiting_.size() * clerks_.size() / 256);
      starts_.clear();
      fleeting_.clear();
      for (; first < all.size() && all[first].time_s == now_s; ++first) apply(all[first]);
      check_starts(now_s);
      for (const std::size_t i : starts_) begin_handling(i);
      check_after(now_s);
      for (const std::size_t i : fleeting_) std::erase(waiting_, i);
    }
  }

  void apply(const Event& event) {
    switch (event.phase) {
      case Phase::finish: {
        ClerkState& clerk = clerks_[day_.visits[event.index].clerk];
        const AuditVisit& visit = day_.visits[event.index];
        const bool let_go = visit.steps_aside || visit.outcome == Outcome::failed;
        if (clerk.serving == event.index)
          clerk = {SIZE_MAX, event.time_s, let_go ? event.time_s : clerk.let_go_s};
        break;
      }
      case Phase::shift_change: {
        ClerkState& clerk = clerks_[event.index];
        if (clerk.serving == SIZE_MAX && begins_shift(event.index, event.time_s))
          clerk.idle_since_s = event.time_s;
        break;
      }
      case Phase::leave_queue:
        check_leaving(event.index);
        std::erase(waiting_, event.index);
        break;
      case Phase::arrival:
        arrive(event.index);
        break;
      case Phase::start:
        starts_.push_back(event.index);
        break;
    }
  }

  void arrive(std::size_t i) {
    const AuditVisit& visit = day_.visits[i];
    if (visit.outcome == Outcome::balked) {
      check(day_.may_balk || in_room() >= day_.room, "visit ", i, " balks though there is room");
      if (day_.room_for_all && in_room() >= day_.room) return;
      for (std::size_t k = 0; k < clerks_.size(); ++k) {
        if (clerks_[k].let_go_s == visit.arrival_s) continue;
        check(!(is_free_for(k, i, visit.arrival_s) && nobody_waits_for(k)), "visit ", i,
              " balks though clerk ", k, " is free");
      }
      return;
    }
    waiting_.push_back(i);
    // Who has no patience at all comes after this instant's abandonments: there for its starts, then gone.
    if (std::isnan(visit.start_s) && visit.leave_s == visit.arrival_s) fleeting_.push_back(i);
  }

  void check_leaving(std::size_t i) {
    const AuditVisit& visit = day_.visits[i];
    if (visit.outcome != Outcome::sent_away) return;
    double expected_s = closing_after(visit.arrival_s);
    const double latest_s = overtime_ends(visit.arrival_s);
    if (day_.closing == AuditClosing::serve_out && visit.leave_s != latest_s) {
      for (std::size_t k = 0; k < day_.clerks.size(); ++k) {
        if (!can_serve(k, i) || day_.clerks[k].shifts.empty()) continue;
        const double last_s = day_.clerks[k].shifts.back().to_s;
        check(!stays_for(k, i, std::numeric_limits<double>::infinity()), "visit ", i,
              " is sent away though clerk ", k, " serves out");
        expected_s = std::max(expected_s, last_s);
      }
      if (latest_s < std::numeric_limits<double>::infinity())
        check(visit.leave_s < latest_s, "visit ", i, " is sent away after the overtime");
    } else if (day_.closing == AuditClosing::serve_out) {
      expected_s = latest_s;
    }
    check(visit.leave_s == expected_s, "visit ", i, " is sent away at ", visit.leave_s, " instead of ",
          expected_s);
  }

  /// Of the customers who start now, who was allowed to, and with whom.
  void check_starts(double now_s) {
    for (const std::size_t i : starts_) {
      const std::size_t k = day_.visits[i].clerk;
      check(clerks_[k].serving == SIZE_MAX, "visit ", i, " starts at ", now_s, " with clerk ", k,
            ", who is serving visit ", clerks_[k].serving);
      check(works_for(k, i, now_s), "visit ", i, " starts at ", now_s, " with clerk ", k,
            ", who is off duty");
    }
    if (starts_.size() == 1 && day_.visits[starts_[0]].arrival_s == now_s)
      check_choice_of_clerk(starts_[0], now_s);
  }

  void check_choice_of_clerk(std::size_t i, double now_s) {
    const std::size_t chosen = day_.visits[i].clerk;
    for (std::size_t k = 0; k < clerks_.size(); ++k) {
      if (k == chosen || !is_free_for(k, i, now_s) || clerks_[k].let_go_s == now_s) continue;
      check(rank(chosen) < rank(k), "visit ", i, " arrives at ", now_s, " and takes clerk ", chosen,
            " before clerk ", k);
    }
  }

  void begin_handling(std::size_t i) {
    const AuditVisit& visit = day_.visits[i];
    std::erase(waiting_, i);
    if (visit.leave_s > visit.start_s) {
      clerks_[visit.clerk].serving = i;
    } else {
      clerks_[visit.clerk].idle_since_s = visit.start_s;
      if (visit.steps_aside || visit.outcome == Outcome::failed)
        clerks_[visit.clerk].let_go_s = visit.start_s;
    }
  }

  /// What must hold once everything of this instant has happened.
  void check_after(double now_s) {
    if (day_.finishing_counts && !starts_.empty()) {
      check(serving() <= on_duty(now_s), serving(), " clerks serve at ", now_s, ", of ", on_duty(now_s),
            " on duty");
    }
    const std::size_t staying = in_room() - fleeting_.size();
    check(staying <= day_.room, staying, " are in a room for ", day_.room, " at ", now_s);
    for (const std::size_t i : starts_) {
      const std::size_t k = day_.visits[i].clerk;
      for (const std::size_t other : waiting_) {
        check(!(ahead(other, i) && can_serve(k, other) && works_for(k, other, now_s)), "visit ", i,
              " starts at ", now_s, " with clerk ", k, " before visit ", other);
      }
    }
    for (std::size_t k = 0; k < clerks_.size() && !waiting_.empty(); ++k) {
      for (const std::size_t i : waiting_)
        check(!is_free_for(k, i, now_s), "clerk ", k, " is idle at ", now_s, " while visit ", i, " waits");
    }
    if (day_.closing == AuditClosing::send_away && !doors_open(now_s))
      check(in_queue() == 0, in_queue(), " wait at ", now_s, " though the queue is sent away at closing");
  }

  /// When those who came in at a time and still wait are sent away, though the queue is served out.
  [[nodiscard]] double overtime_ends(double entered_s) const {
    const double infinity = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < day_.doors.size(); ++k) {
      if (day_.doors[k].to_s <= entered_s) continue;
      const double ends_s = day_.doors[k].to_s + day_.serve_out_at_most_s;
      const double opens_s = k + 1 < day_.doors.size() ? day_.doors[k + 1].from_s : infinity;
      if (ends_s < opens_s) return ends_s;
    }
    return infinity;
  }
  [[nodiscard]] double entered(std::size_t i) const {
    return day_.visits[i].recalled ? day_.visits[i].entered_s : day_.visits[i].arrival_s;
  }
  /// Those waiting who take up room: not the recalled.
  [[nodiscard]] std::size_t in_queue() const {
    return static_cast<std::size_t>(std::count_if(
        waiting_.begin(), waiting_.end(), [this](std::size_t i) { return !day_.visits[i].recalled; }));
  }
  [[nodiscard]] std::size_t in_room() const { return in_queue() + (day_.room_for_all ? serving() : 0); }
  [[nodiscard]] bool can_serve(std::size_t k, std::size_t i) const {
    const std::vector<bool>& skills = day_.clerks[k].skills;
    const std::uint32_t service = day_.visits[i].service;
    return skills.empty() || (service < skills.size() && skills[service]);
  }

  [[nodiscard]] bool is_free_for(std::size_t k, std::size_t i, double now_s) const {
    return clerks_[k].serving == SIZE_MAX && can_serve(k, i) && works_for(k, i, now_s) &&
           (!day_.finishing_counts || serving() < on_duty(now_s));
  }
  [[nodiscard]] std::size_t serving() const {
    return static_cast<std::size_t>(std::count_if(
        clerks_.begin(), clerks_.end(), [](const ClerkState& clerk) { return clerk.serving != SIZE_MAX; }));
  }
  /// Clerks on shift, and those who serve out after a closing at which they were.
  [[nodiscard]] std::size_t on_duty(double t) const {
    std::size_t clerks = 0;
    for (std::size_t k = 0; k < clerks_.size(); ++k)
      clerks += on_shift(k, t) || stays_since(k, -std::numeric_limits<double>::infinity(), t);
    return clerks;
  }
  [[nodiscard]] bool nobody_waits_for(std::size_t k) const {
    return std::none_of(waiting_.begin(), waiting_.end(), [&](std::size_t i) { return can_serve(k, i); });
  }

  [[nodiscard]] bool ahead(std::size_t a, std::size_t b) const {
    if (day_.visits[a].recalled != day_.visits[b].recalled) return day_.visits[a].recalled;
    if (day_.visits[a].recalled) return a < b;
    const int priority_a = day_.visits[a].priority;
    const int priority_b = day_.visits[b].priority;
    return priority_a != priority_b ? priority_a > priority_b : a < b;
  }

  [[nodiscard]] std::tuple<std::size_t, double, std::size_t> rank(std::size_t k) const {
    const std::vector<bool>& skills = day_.clerks[k].skills;
    const auto count = std::count(skills.begin(), skills.end(), true);
    return {skills.empty() ? SIZE_MAX : static_cast<std::size_t>(count), clerks_[k].idle_since_s, k};
  }

  static bool within(const Intervals& intervals, double t) {
    return std::any_of(intervals.begin(), intervals.end(),
                       [t](const Interval& i) { return i.from_s <= t && t < i.to_s; });
  }
  [[nodiscard]] bool doors_open(double t) const { return within(day_.doors, t); }
  [[nodiscard]] bool on_shift(std::size_t k, double t) const { return within(day_.clerks[k].shifts, t); }

  [[nodiscard]] bool begins_shift(std::size_t k, double t) const {
    const Intervals& shifts = day_.clerks[k].shifts;
    return std::any_of(shifts.begin(), shifts.end(), [t](const Interval& i) { return i.from_s == t; });
  }

  [[nodiscard]] double closing_after(double t) const {
    for (const Interval& door : day_.doors)
      if (t < door.to_s) return door.to_s;
    return std::numeric_limits<double>::infinity();
  }

  /// On shift, or serving out those who came in before a closing at which the clerk was on shift.
  [[nodiscard]] bool works_for(std::size_t k, std::size_t i, double t) const {
    return on_shift(k, t) || stays_for(k, i, t);
  }

  [[nodiscard]] bool stays_for(std::size_t k, std::size_t i, double t) const {
    return stays_since(k, entered(i), t);
  }

  /// Whether a clerk stays for those who came in at a time.
  [[nodiscard]] bool stays_since(std::size_t k, double entered_s, double t) const {
    if (day_.closing != AuditClosing::serve_out) return false;
    for (const Interval& door : day_.doors) {
      if (door.to_s > t || door.to_s <= entered_s) continue;
      for (const Interval& shift : day_.clerks[k].shifts)
        if (shift.from_s < door.to_s && door.to_s <= shift.to_s && shift.to_s <= t) return true;
    }
    return false;
  }

  const AuditDay& day_;
  StopCheck stop_;
  AuditFindings findings_;
  std::vector<ClerkState> clerks_;
  std::vector<std::size_t> waiting_;   // by arrival
  std::vector<std::size_t> starts_;    // at the present instant
  std::vector<std::size_t> fleeting_;  // who came at the present instant and leave with it
};

}  // namespace

AuditFindings audit_station_day(const AuditDay& day, StopCheck stop) { return Replay(day, stop).run(); }

}  // namespace pishkhan
