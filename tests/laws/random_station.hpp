#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "sim/station/station.hpp"
#include "sim/statistics/audit.hpp"

namespace pishkhan::laws {

/// A small station with everything in it, drawn from a seed: doors that may close at noon, shifts
/// with breaks, skills, priorities, patience, room, balking, all ways of closing. Times fall on a
/// coarse grid every other time, so that many events coincide; handling and patience take some time.
class RandomStation {
 public:
  enum class Kind {
    anything,
    in_order,  ///< no skills and no priorities
  };

  RandomStation(std::uint64_t seed, Kind kind) : random_(seed), grid_(seed % 2 == 0), kind_(kind) {
    doors();
    clerks();
    citizens();
  }

  [[nodiscard]] const StationDay& day() const { return day_; }
  Visits& visits() { return visits_; }

  /// The day and what the kernel made of it, in the audit's words.
  [[nodiscard]] AuditDay for_audit() const {
    AuditDay audit;
    audit.doors = doors_;
    audit.closing = day_.at_closing == AtClosing::serve_out   ? AuditClosing::serve_out
                    : day_.at_closing == AtClosing::send_away ? AuditClosing::send_away
                                                              : AuditClosing::stop;
    audit.ends_s = day_.ends_s;
    if (day_.room != UINT32_MAX) audit.room = day_.room;
    audit.may_balk = !day_.balking.points.empty();
    audit.clerks.resize(shifts_.size());
    for (const Clerk& clerk : clerks_) {
      audit.clerks[clerk.number].shifts.assign(clerk.shifts.begin(), clerk.shifts.end());
      if (!able_.empty()) {
        for (const SkillMask mask : able_)
          audit.clerks[clerk.number].skills.push_back((mask >> clerk.skill_set & 1) != 0);
      }
    }
    for (std::size_t i = 0; i < visits_.size(); ++i) {
      AuditVisit visit;
      visit.arrival_s = visits_.arrival_s[i];
      visit.gives_up_s = visits_.arrival_s[i] + visits_.patience_s[i];
      visit.outcome = visits_.outcome[i];
      visit.leave_s = visits_.end_s[i];
      if (visits_.clerk[i] != pishkhan::kNoClerk) {
        visit.start_s = visits_.leave_s[i];
        visit.clerk = visits_.clerk[i];
      }
      visit.priority = visits_.priority[i];
      visit.service = visits_.service[i];
      audit.visits.push_back(visit);
    }
    return audit;
  }

 private:
  double uniform() { return static_cast<double>(random_() >> 11) * 0x1p-53; }
  int below(int n) { return static_cast<int>(uniform() * n); }
  double time(double from_s, double to_s) {
    const double t = from_s + uniform() * (to_s - from_s);
    return grid_ ? std::floor(t / 5) * 5 : t;
  }

  void doors() {
    doors_ = uniform() < 0.5 ? Intervals{{100, 1000}} : Intervals{{100, 500}, {600, 1000}};
    const int closing = below(3);
    day_.at_closing = closing == 0   ? AtClosing::serve_out
                      : closing == 1 ? AtClosing::send_away
                                     : AtClosing::stop;
    if (day_.at_closing == AtClosing::stop) doors_ = {{100, 1000}};
    day_.doors = doors_;
    if (below(3) == 0) day_.ends_s = 1000 + 20 * below(4);
    if (day_.at_closing == AtClosing::stop) day_.ends_s = 1000;
    if (uniform() < 0.4) day_.room = static_cast<std::uint32_t>(below(6));
    if (uniform() < 0.3) {
      curve_ = {{0, 0.0}, {2, 0.3}, {8, 0.9}};
      day_.balking = {uniform() < 0.5, curve_};
    }
  }

  void clerks() {
    const int count = below(5);
    groups_ = kind_ == Kind::in_order ? 1 : 1 + below(3);
    services_ = kind_ == Kind::in_order ? 1 : 1 + below(3);
    for (int k = 0; k < count; ++k) shifts_.push_back(shifts());
    for (std::size_t k = 0; k < shifts_.size(); ++k) {
      Clerk clerk;
      clerk.number = static_cast<std::uint32_t>(k);
      clerk.speed = uniform() < 0.5 ? 1 : 0.5 + uniform();
      clerk.shifts = shifts_[k];
      clerk.group = static_cast<std::uint32_t>(below(groups_));
      clerk.skill_set = static_cast<std::uint8_t>(clerk.group);
      // An absent clerk leaves a gap in the numbers.
      if (uniform() < 0.9) clerks_.push_back(clerk);
    }
    day_.clerks = clerks_;
    if (kind_ == Kind::anything) skills();
  }

  void skills() {
    able_.assign(static_cast<std::size_t>(services_), 0);
    std::vector<int> count(static_cast<std::size_t>(groups_));
    for (SkillMask& mask : able_) {
      for (int g = 0; g < groups_; ++g) {
        if (uniform() < 0.3) continue;
        mask |= SkillMask{1} << g;
        ++count[static_cast<std::size_t>(g)];
      }
    }
    for (const int skills : count) breadth_.push_back(static_cast<std::uint8_t>(skills));
    day_.able = able_;
    day_.breadth = breadth_;
    day_.priorities = true;
  }

  Intervals shifts() {
    switch (below(4)) {
      case 0:
        return {{100, 1000}};
      case 1:
        return {{time(0, 300), time(400, 900)}};
      case 2:
        return {{150, 400}, {450, 1000}};
      default:
        return {{100, 500}, {600, 1000}};
    }
  }

  void citizens() {
    std::vector<double> arrivals;
    const int count = below(60);
    for (int i = 0; i < count; ++i) {
      const Interval& door = doors_[static_cast<std::size_t>(below(static_cast<int>(doors_.size())))];
      arrivals.push_back(time(door.from_s, door.to_s));
    }
    std::sort(arrivals.begin(), arrivals.end());
    visits_.resize(arrivals.size());
    const bool patient = uniform() < 0.3;
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
      visits_.arrival_s[i] = arrivals[i];
      visits_.human_s[i] = time(5, uniform() < 0.9 ? 60 : 300);
      visits_.system_s[i] = uniform() < 0.3 ? time(0, 30) : 0;
      visits_.patience_s[i] = patient ? std::numeric_limits<double>::infinity() : time(5, 200);
      visits_.balk[i] = uniform();
      visits_.priority[i] = static_cast<std::int16_t>(kind_ == Kind::in_order ? 0 : below(3));
      visits_.service[i] = static_cast<std::uint32_t>(below(services_));
    }
  }

  std::mt19937_64 random_;  // the sequence of this engine is fixed by the standard
  bool grid_;
  Kind kind_;
  int groups_ = 1;
  int services_ = 1;
  Intervals doors_;
  std::vector<Intervals> shifts_;
  std::vector<Clerk> clerks_;
  std::vector<SkillMask> able_;
  std::vector<std::uint8_t> breadth_;
  std::vector<std::pair<double, double>> curve_;
  StationDay day_;
  Visits visits_;
};

}  // namespace pishkhan::laws
