// Random station-days, small and crowded with simultaneous events, and what tests ask of their records.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "sim/station/station.hpp"
#include "sim/statistics/audit_day.hpp"

namespace pishkhan {

struct Case {
  Intervals doors;
  std::vector<Intervals> shifts;
  std::vector<Clerk> clerks;
  std::vector<std::pair<double, double>> balk;
  std::vector<SkillMask> able;
  std::vector<std::uint8_t> breadth;
  StationDay station;
  Visits visits;
};

struct Wish {
  bool plain = false, balking = false, skills = false, priorities = false, many = false;
  bool at_most = false;  ///< some time after closing those who wait are sent away
  bool ends = false;     ///< one of three is a run that ends with its doors, or some time after
};

class CaseMaker {
 public:
  explicit CaseMaker(unsigned seed) : engine_(seed) {}

  void make(const Wish& wish, Case& c) {
    const bool two = coin();
    c.doors = two ? Intervals{{480, 840}, {960, 1140}} : Intervals{{480, 900}};
    const std::size_t groups = wish.plain ? 1 : 1 + pick(3);
    for (std::size_t g = 0; g < groups; ++g)
      c.shifts.push_back(wish.plain ? plain_shifts(c.doors) : odd_shifts(c.doors));
    std::uint32_t number = 0;
    for (std::uint32_t g = 0; g < groups; ++g) {
      for (std::size_t k = wish.many ? 100 + pick(200) : 1 + pick(3); k > 0; --k, ++number) {
        if (pick(6) != 0)
          c.clerks.push_back({number, coin() ? 1.0 : 1.25, c.shifts[g], g, static_cast<std::uint8_t>(g)});
      }
    }
    if (wish.balking) {
      c.balk = {{1, 0}, {6, 0.8}};
      if (coin()) c.station.room = static_cast<std::uint32_t>(pick(5));
    }
    if (wish.skills) {
      for (std::size_t s = 0; s < 3; ++s) c.able.push_back(1 + pick((1u << groups) - 1));
      for (std::size_t g = 0; g < groups; ++g) {
        c.breadth.push_back(static_cast<std::uint8_t>(
            std::count_if(c.able.begin(), c.able.end(), [g](SkillMask able) { return able >> g & 1; })));
      }
    }
    c.station.clerks = c.clerks;
    c.station.doors = c.doors;
    // A run that stops has one stretch of doors.
    c.station.at_closing = static_cast<AtClosing>(pick(two ? 2 : 3));
    if (wish.ends && c.station.at_closing != AtClosing::stop && pick(3) == 0)
      c.station.ends_s = c.doors.back().to_s + static_cast<double>(pick(4)) * 20;
    if (wish.at_most) c.station.serve_out_at_most_s = static_cast<double>(1 + pick(8)) * 20;
    c.station.balking = {coin(), c.balk};
    c.station.able = c.able;
    c.station.breadth = c.breadth;
    c.station.priorities = wish.priorities;
    make_visits(wish, c);
  }

 private:
  bool coin() { return pick(2) == 0; }
  std::size_t pick(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }
  Intervals plain_shifts(const Intervals& doors) {
    Intervals shifts;
    for (const auto& door : doors)
      shifts.push_back({door.from_s + static_cast<double>(pick(3)) * 10, door.to_s});
    return shifts;
  }
  Intervals odd_shifts(const Intervals& doors) {
    Intervals shifts;
    for (const auto& door : doors) {
      const double middle = door.from_s + static_cast<double>(1 + pick(8)) * 10;
      if (coin()) shifts.push_back({door.from_s, middle});
      if (pick(4) != 0) {
        shifts.push_back(
            {middle + static_cast<double>(pick(3)) * 10, door.to_s - 30 + static_cast<double>(pick(5)) * 10});
      }
    }
    return shifts;
  }
  void make_visits(const Wish& wish, Case& c) {
    const std::size_t n = wish.many ? 3000 : pick(120);
    c.visits.resize(n);
    // Times on a coarse grid, so that simultaneous events are common.
    for (auto& t : c.visits.arrival_s) {
      const auto& door = c.doors[pick(c.doors.size())];
      t = door.from_s + static_cast<double>(pick(static_cast<std::size_t>(door.to_s - door.from_s)));
    }
    std::sort(c.visits.arrival_s.begin(), c.visits.arrival_s.end());
    for (std::size_t i = 0; i < n; ++i) {
      c.visits.human_s[i] = static_cast<double>(1 + pick(wish.many ? 60 : 20));
      c.visits.system_s[i] = coin() ? 0 : 1;
      c.visits.patience_s[i] = coin() ? kForever : static_cast<double>(pick(40));
      c.visits.balk[i] = (static_cast<double>(pick(1000)) + 0.5) / 1000;
      c.visits.priority[i] = static_cast<std::int16_t>(wish.priorities ? pick(3) : 0);
      c.visits.service[i] = static_cast<std::uint32_t>(pick(3));
    }
  }
  std::mt19937 engine_;
};

inline void expect_same(const Visits& a, const Visits& b, unsigned seed) {
  ASSERT_EQ(a.leave_s, b.leave_s) << "seed " << seed;
  ASSERT_EQ(a.end_s, b.end_s) << "seed " << seed;
  ASSERT_EQ(a.outcome, b.outcome) << "seed " << seed;
  ASSERT_EQ(a.clerk, b.clerk) << "seed " << seed;
}

inline AuditDay audit_day(const Case& c) {
  std::size_t clerks = 0;
  for (const auto& clerk : c.clerks) clerks = std::max<std::size_t>(clerks, clerk.number + 1);
  return audit_day(c.station, c.visits, clerks);
}

}  // namespace pishkhan
