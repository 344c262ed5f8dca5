// The vector sums of a day equal plain scalar ones to the last bit, whatever the instruction set.
#include "sim/statistics/day_sums.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "sim/random/philox.hpp"
#include "sim/statistics/day_sums_lanes.hpp"
#include "tests/sim/every_instruction_set.hpp"

namespace pishkhan::day_sums_test {
namespace {

constexpr double kTarget_s = 600;

/// A sum in the order that vectors add in: visit i belongs to partial sum i mod 8.
struct EightSums {
  std::array<double, 8> part{};
  void add(std::size_t i, double value) { part[i % 8] += value; }
  [[nodiscard]] double total() const {
    return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
  }
};

/// Visits of every outcome, some of which start exactly at the target.
struct SomeVisits {
  std::vector<double> arrival_s, leave_s, end_s, system_s;
  std::vector<Outcome> outcome;
  std::vector<std::uint8_t> reworked;

  explicit SomeVisits(std::size_t n) {
    constexpr std::uint8_t kMarks[] = {0, 1, 128, 255, 0, 127, 0};
    for (std::uint32_t i = 0; i < n; ++i) {
      const Block block = draw({9, 8}, i, 0, 0, 0);
      arrival_s.push_back(28800 + 20000 * uniform(block[0]));
      leave_s.push_back(arrival_s.back() + (i % 5 == 0 ? kTarget_s : 1200 * uniform(block[1])));
      end_s.push_back(leave_s.back() + 700 * uniform(block[2]));
      system_s.push_back(30 * uniform(block[3]));
      outcome.push_back(static_cast<Outcome>(block[3] % 11 < 5 ? 0 : block[3] % 6));
      reworked.push_back(kMarks[i % 7]);
    }
  }
};

/// The scalar twin of the loops.
VisitTally sum_one_by_one(const SomeVisits& visits, std::vector<double>& wait_s,
                          std::vector<std::uint64_t>& counts) {
  VisitTally tally;
  EightSums wait, wait_joined, sojourn, handling, system;
  for (std::size_t i = 0; i < visits.arrival_s.size(); ++i) {
    const double wait_of_this = visits.leave_s[i] - visits.arrival_s[i];
    const Outcome outcome = visits.outcome[i];
    const bool served = outcome == Outcome::served, in_target = served && wait_of_this <= kTarget_s;
    tally.served += served;
    tally.abandoned += outcome == Outcome::abandoned;
    tally.balked += outcome == Outcome::balked;
    tally.sent_away += outcome == Outcome::sent_away;
    tally.inside += outcome == Outcome::inside;
    tally.reworked += served && visits.reworked[i] != 0;
    tally.in_target += in_target;
    wait_joined.add(i, wait_of_this);
    handling.add(i, visits.end_s[i] - visits.leave_s[i]);
    wait.add(i, served ? wait_of_this : 0);
    sojourn.add(i, served ? visits.end_s[i] - visits.arrival_s[i] : 0);
    system.add(i, served ? visits.system_s[i] : 0);
    wait_s.push_back(served ? wait_of_this : 0);
    counts.push_back(std::uint64_t{served} |
                     std::uint64_t{outcome != Outcome::balked} << PackedCounts::kBits |
                     std::uint64_t{in_target} << 2 * PackedCounts::kBits);
  }
  tally.wait_s = wait.total();
  tally.wait_joined_s = wait_joined.total();
  tally.sojourn_s = sojourn.total();
  tally.handling_s = handling.total();
  tally.system_s = system.total();
  return tally;
}

void expect_equal(const VisitTally& a, const VisitTally& b) {
  EXPECT_EQ(a.served, b.served);
  EXPECT_EQ(a.abandoned, b.abandoned);
  EXPECT_EQ(a.balked, b.balked);
  EXPECT_EQ(a.sent_away, b.sent_away);
  EXPECT_EQ(a.inside, b.inside);
  EXPECT_EQ(a.reworked, b.reworked);
  EXPECT_EQ(a.in_target, b.in_target);
  EXPECT_EQ(a.wait_s, b.wait_s);
  EXPECT_EQ(a.wait_joined_s, b.wait_joined_s);
  EXPECT_EQ(a.sojourn_s, b.sojourn_s);
  EXPECT_EQ(a.handling_s, b.handling_s);
  EXPECT_EQ(a.system_s, b.system_s);
}

class SumLoops : public tests::EveryInstructionSet {};
INSTANTIATE_TEST_SUITE_P(, SumLoops, ::testing::ValuesIn(kInstructionSets), tests::name_of_set);

TEST_P(SumLoops, EqualTheirScalarTwin) {
  for (std::size_t n = 0; n < 300; n += n < 70 ? 1 : 37) {
    const SomeVisits visits(n);
    std::vector<double> expected_wait_s, wait_s(n + 8);
    std::vector<std::uint64_t> expected_counts, counts(n + 8);
    const VisitTally expected = sum_one_by_one(visits, expected_wait_s, expected_counts);
    VisitTally tally;
    kSumLoops.of(GetParam())(
        {visits.arrival_s.data(), visits.leave_s.data(), visits.end_s.data(), visits.system_s.data(),
         visits.outcome.data(), visits.reworked.data(), wait_s.data(), counts.data()},
        n, kTarget_s, tally);
    SCOPED_TRACE(n);
    expect_equal(tally, expected);
    wait_s.resize(n);
    counts.resize(n);
    ASSERT_EQ(wait_s, expected_wait_s);
    ASSERT_EQ(counts, expected_counts);
  }
}

TEST_P(SumLoops, OfBusyTimeEqualTheirScalarTwin) {
  for (std::size_t n = 0; n < 40; ++n) {
    const SomeVisits visits(n);
    for (const double edge_s : {0.0, 36000.0, 43200.0, 1e9}) {
      EightSums busy;
      for (std::size_t i = 0; i < n; ++i)
        busy.add(i, std::min(visits.end_s[i], edge_s) - std::min(visits.leave_s[i], edge_s));
      EXPECT_EQ(kBusyLoops.of(GetParam())(visits.leave_s.data(), visits.end_s.data(), n, edge_s),
                busy.total());
    }
  }
}

}  // namespace
}  // namespace pishkhan::day_sums_test
