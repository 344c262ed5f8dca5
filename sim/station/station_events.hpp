#pragma once
#include <deque>
#include <functional>

#include "sim/station/station_rules.hpp"

namespace pishkhan {

/// A visit that joins a station while its day runs. Times in seconds.
struct Newcomer {
  double arrival_s = 0;                                               ///< within the station's doors
  double human_s = 0, system_s = 0, patience_s = kForever, balk = 0;  ///< as in Visits
  std::int16_t priority = 0;
  std::uint32_t service = 0;
};

/// The transaction within a visit's handling.
struct CallRule {
  /// By Visits::service: whether visits with a Visits::system_s above 0 call a system. Empty: none does, and
  /// handling takes that time too.
  std::span<const std::uint8_t> calls;
  double share_before = 0.5;  ///< of the human time, before the call
};

/// A station's day as a state machine. An event loop outside, of this station alone or of many stations,
/// moves it from instant to instant. Each kind of event has its own queue, so the next event is the earliest
/// of the first ones of these few queues.
class StationEvents {
 public:
  /// Both must outlive it. Visits are decided in place.
  StationEvents(const StationDay& station, Visits& visits, CallRule rule = {});

  /// Whether customers are still to come or waiting, or answers are.
  [[nodiscard]] bool unsettled() const {
    return next_arrival_ < own_ || !newcomers_.empty() || waiting_ + recalled_ > 0 || unanswered_ > 0;
  }
  /// Time of the next event; kForever when there is none.
  [[nodiscard]] double next_time();
  /// Handles everything that happens at t, which is next_time().
  void step(double t);
  /// The visits that balked in the last step, by position in Visits.
  [[nodiscard]] const std::vector<std::uint32_t>& balked() const { return balked_; }
  /// The visits whose call began in the last step, by position in Visits. Clerk and customer wait for the
  /// answer.
  [[nodiscard]] const std::vector<std::uint32_t>& calling() const { return calling_; }
  /// The visits that had been recalled and failed in the last step, because the last able clerk had gone.
  [[nodiscard]] const std::vector<std::uint32_t>& late() const { return late_; }

  // How a call ends, at t, which is not before the last step. Each may make t the time of the next event.
  /// The answer comes to a visit at the desk: the rest of the handling follows. Visits::system_s becomes the
  /// duration of the call; that of an uncontended call it is already.
  void answer(std::uint32_t visit, double t, bool uncontended);
  /// The visit at the desk fails and ends. Visits::system_s becomes the time that clerk and customer waited.
  void fail(std::uint32_t visit, double t);
  /// The customer steps aside, and the clerk is free. Visits::system_s becomes the time that both waited.
  void park(std::uint32_t visit, double t);
  /// The answer comes to a parked visit: the next able clerk continues it, before those who wait. False if no
  /// clerk is left to do so: then the visit has failed.
  bool recall(std::uint32_t visit, double t);
  /// A parked visit fails and ends.
  void fail_parked(std::uint32_t visit, double t);
  /// Clerk time before the call of a visit at the desk.
  [[nodiscard]] double before_call_s(std::uint32_t visit) const {
    return clerks_[desk_of_[visit]].called_s - visits_.leave_s[visit];
  }
  /// Clerk time of a parked visit before it was parked.
  [[nodiscard]] double before_parking_s(std::uint32_t visit) const {
    return aside(visit)->parked_s - visits_.leave_s[visit];
  }

  /// Appends a visit that arrives later than every step so far. At one instant newcomers enter after the
  /// visits that were there from the start, in the order in which they were added.
  void add(const Newcomer& newcomer);
  /// Ends the day, once nothing is unsettled: marks the visits still inside and, if there were newcomers,
  /// puts Visits in order of arrival. Returns each visit's former position then, and nothing if none has
  /// moved.
  std::vector<std::uint32_t> close();

 private:
  enum class Presence : std::uint8_t { off, on, overtime };
  enum class State : std::uint8_t { outside, waiting, gone };
  struct ClerkState {
    std::uint32_t team = 0;
    std::uint32_t visit = 0;  ///< being handled
    double called_s = 0;      ///< when its call began
  };
  /// A clerk without a visit, on duty or not.
  struct IdleClerk {
    double since;
    std::uint32_t clerk;
    friend bool operator>(const IdleClerk& a, const IdleClerk& b) {
      return a.since > b.since || (a.since == b.since && a.clerk > b.clerk);
    }
  };
  /// Clerks of the same skills and shifts. Rules are applied to teams, not clerk by clerk, so many clerks
  /// cost no more than few.
  struct Team {
    Clerk clerk;  ///< one of them
    std::size_t size = 0;
    Presence presence = Presence::off;
    std::size_t shift = 0;
    std::vector<IdleClerk> idle;  ///< a heap, longest idle first
  };
  struct Change {
    double time;
    std::size_t team, shift;
    bool begins;
  };
  /// A clerk gets to the call, or is free.
  struct Finish {
    double time;
    std::size_t clerk;
    bool calls = false;
    friend bool operator>(const Finish& a, const Finish& b) {
      return a.time > b.time || (a.time == b.time && a.clerk > b.clerk);
    }
  };
  struct GiveUp {
    double time;
    bool abandons;  ///< at one instant, closing comes before abandonment
    std::size_t visit;
    friend bool operator>(const GiveUp& a, const GiveUp& b) {
      if (a.time != b.time) return a.time > b.time;
      if (a.abandons != b.abandons) return a.abandons;
      return a.visit > b.visit;
    }
  };
  struct Coming {
    double time;
    std::size_t visit;
    friend bool operator>(const Coming& a, const Coming& b) {
      return a.time > b.time || (a.time == b.time && a.visit > b.visit);
    }
  };
  /// Visits of one priority that the same skill sets may serve, in order of arrival; or recalled visits, in
  /// order of their answers.
  struct Line {
    std::int16_t priority;
    SkillMask able;
    bool recalled;
    std::deque<std::size_t> queue;
    std::size_t waiting = 0;
    std::vector<double> limit;  ///< by door
  };

  void make_teams();
  [[nodiscard]] Team& team_of(const Clerk& clerk);
  void finish(double t);
  void set_presence(Team& team, Presence presence);
  /// Whether a clerk may start a visit, though others still finish theirs after their shifts.
  [[nodiscard]] bool has_desk() const {
    return !station_.finishing_counts || clerks_.size() - idle_ < on_duty_;
  }
  [[nodiscard]] bool calls(std::size_t i) const {
    return !rule_.calls.empty() && rule_.calls[visits_.service[i]] != 0 && visits_.system_s[i] > 0;
  }
  void change_shifts(double t);
  void give_up(double t);
  [[nodiscard]] std::size_t clerks_to_serve() const;
  void leave_line(std::size_t i);
  void arrive(std::size_t i, double t);
  void start(double t);
  [[nodiscard]] SkillMask able(std::size_t i) const;
  [[nodiscard]] std::size_t line_for(std::int16_t priority, SkillMask mask, bool recalled = false);
  void join_line(Line& line, std::size_t i, double deadline);
  [[nodiscard]] double limit_of(Line& line, std::size_t i);
  void resume(std::size_t i, std::size_t clerk, double t);
  [[nodiscard]] bool may_serve(const Team& team, std::size_t i, SkillMask mask) const;
  [[nodiscard]] bool finds_free_clerk(SkillMask mask, std::size_t i) const;
  [[nodiscard]] Team* choose_team(std::size_t i, SkillMask mask);
  [[nodiscard]] bool better(const Team& a, const Team& b) const;
  [[nodiscard]] bool before(std::size_t a, std::size_t b) const;
  [[nodiscard]] Aside* aside(std::size_t i) const {
    return aside_of_.empty() || aside_of_[i] == 0 ? nullptr : &visits_.asides[aside_of_[i] - 1];
  }

  const StationDay& station_;
  Visits& visits_;
  CallRule rule_;
  std::size_t own_;  ///< visits there from the start
  std::vector<ClerkState> clerks_;
  std::vector<Team> teams_;
  std::vector<Clerk> of_each_team_;  ///< one clerk
  std::size_t on_shift_ = 0;         ///< clerks, without those in overtime
  std::size_t on_duty_ = 0;          ///< with those who stay to serve out
  std::size_t idle_ = 0;             ///< clerks without a visit, on duty or not
  std::vector<Change> changes_;
  std::vector<Finish> finishes_;
  std::vector<GiveUp> give_ups_;
  std::vector<Coming> newcomers_;
  std::vector<Line> lines_;
  std::vector<std::uint32_t> number_;  ///< by visit: how many arrived before it
  std::vector<std::uint32_t> balked_, calling_, late_;
  std::vector<std::uint32_t> desk_of_;   ///< by visit, while there are calls: the clerk who handles it
  std::vector<std::uint32_t> aside_of_;  ///< by visit, once somebody was parked: 1 + place in Visits::asides
  std::vector<std::size_t> line_of_, doors_;
  std::vector<State> state_;
  std::size_t next_arrival_ = 0, next_change_ = 0, door_ = 0, waiting_ = 0, recalled_ = 0, unanswered_ = 0;
  double recall_s_ = kForever;  ///< when a visit was recalled that a clerk may continue at once
  std::uint32_t arrived_ = 0;
};

}  // namespace pishkhan
