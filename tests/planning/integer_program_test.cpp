// The solver of integer programs against all choices there are.
#include "models/planning/integer_program.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace pishkhan::integer_program_test {
namespace {

constexpr std::size_t kItems = 3, kWaves = 2, kStations = 2, kClerks = 7, kStays = kWaves;
using Choice = std::array<std::size_t, kItems>;  ///< a wave by item, or kStays

/// Items that move in one of two waves, and stations whose clerks of each wave let them work more.
struct Small {
  double gain[kItems][kWaves], added[kItems][kWaves][kStations][kWaves], room[kStations][kWaves];
  double more[kStations][kWaves][kClerks], clerks[kWaves];

  explicit Small(unsigned seed) {
    std::mt19937 random(seed);
    const auto among = [&](double low, double high) {
      return low + (high - low) * static_cast<double>(random()) / 4294967296.0;
    };
    for (std::size_t i = 0; i < kItems; ++i) {
      gain[i][0] = among(4000, 15000);
      gain[i][1] = 0.7 * gain[i][0];
      for (std::size_t k = 0; k < kStations; ++k) {
        const double work = among(50, 1200);
        added[i][0][k][0] = work;
        added[i][1][k][0] = 0;
        added[i][0][k][1] = added[i][1][k][1] = 1.1 * work;
      }
    }
    for (std::size_t k = 0; k < kStations; ++k) {
      for (std::size_t w = 0; w < kWaves; ++w) {
        room[k][w] = among(0, 400);
        for (double& one : more[k][w]) one = among(5, 350);
      }
    }
    clerks[0] = std::floor(among(0, 4));
    clerks[1] = clerks[0] + std::floor(among(0, 2));
  }

  [[nodiscard]] IntegerProgram program() const {
    IntegerProgram program;
    for (const auto& of_item : gain) {
      IntegerProgram::Row once{1, {}};
      for (const double one : of_item) {
        once.entries.emplace_back(program.columns.size(), 1);
        program.columns.push_back({one, 0, 1});
      }
      program.rows.push_back(once);
    }
    const auto column = [](std::size_t k, std::size_t w, std::size_t c) {
      return kItems * kWaves + (k * kWaves + w) * kClerks + c;
    };
    for (std::size_t n = 0; n < kStations * kWaves * kClerks; ++n) program.columns.push_back({});
    for (std::size_t w = 0; w < kWaves; ++w) {
      IntegerProgram::Row budget{clerks[w], {}};
      for (std::size_t k = 0; k < kStations; ++k) {
        IntegerProgram::Row work{room[k][w], {}};
        for (std::size_t x = 0; x < kItems * kWaves; ++x)
          work.entries.emplace_back(x, added[x / kWaves][x % kWaves][k][w]);
        for (std::size_t c = 0; c < kClerks; ++c) {
          work.entries.emplace_back(column(k, w, c), -more[k][w][c]);
          budget.entries.emplace_back(column(k, w, c), 1);
          if (c > 0) program.rows.push_back({0, {{column(k, w, c), 1}, {column(k, w, c - 1), -1}}});
          if (w > 0) program.rows.push_back({0, {{column(k, w - 1, c), 1}, {column(k, w, c), -1}}});
        }
        program.rows.push_back(work);
      }
      program.rows.push_back(budget);
    }
    return program;
  }

  /// What a choice gains; nothing where the clerks do not suffice.
  [[nodiscard]] double gain_of(const Choice& choice) const {
    double sum = 0, needed[kWaves] = {};
    for (std::size_t k = 0; k < kStations; ++k) {
      std::size_t at_station = 0;
      for (std::size_t w = 0; w < kWaves; ++w) {
        double over = -room[k][w];
        for (std::size_t i = 0; i < kItems; ++i)
          if (choice[i] != kStays) over += added[i][choice[i]][k][w];
        std::size_t clerks_here = 0;
        while (clerks_here < kClerks && (over > 0 || clerks_here < at_station))
          over -= more[k][w][clerks_here++];
        if (over > 0) return 0;
        at_station = clerks_here;
        needed[w] += static_cast<double>(clerks_here);
      }
    }
    for (std::size_t w = 0; w < kWaves; ++w)
      if (needed[w] > clerks[w]) return 0;
    for (std::size_t i = 0; i < kItems; ++i)
      if (choice[i] != kStays) sum += gain[i][choice[i]];
    return sum;
  }
  [[nodiscard]] double best() const {
    double best = 0;
    for (std::size_t code = 0; code < 27; ++code)
      best = std::max(best, gain_of({code % 3, code / 3 % 3, code / 9}));
    return best;
  }
};

TEST(IntegerProgram, FindsTheBestOfAllChoicesAndPrintsNothing) {
  std::size_t some = 0;
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  for (unsigned seed = 1; seed <= 100; ++seed) {
    const Small small(seed);
    const double best = small.best();
    some += best > 0;
    const ProgramAnswer answer = solve(small.program(), true, 20'000);
    EXPECT_TRUE(answer.is_best) << seed;
    EXPECT_FALSE(answer.values.empty()) << seed;
    if (answer.values.empty()) continue;  // the output below is to be seen
    double gain = 0;
    for (std::size_t x = 0; x < kItems * kWaves; ++x)
      gain += answer.values[x] * small.gain[x / kWaves][x % kWaves];
    EXPECT_NEAR(gain, best, 1e-5 * best + 1e-6) << seed;
    EXPECT_NEAR(answer.bound, best, 1e-4 * best + 1e-6) << seed;
  }
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_GT(some, 20U);
}

/// Six items that move in one of three waves, as rows and numbers of a plan; all staying is possible.
IntegerProgram six_items(double limit) {
  const double gain[] = {21757.2, 22635, 26459.8, 25456.6, 23387.5, 26522.5};
  const double work[3][6] = {{280.66, 81.16, 133.08, 30.15, 211.8, 70.26},
                             {359.92, 102.66, 173.56, 39.75, 285.55, 89.24},
                             {393.35, 109.13, 182.93, 46.96, 308.22, 104.38}};
  const double limits[] = {limit, 601.2, 713.4};
  IntegerProgram program;
  for (std::size_t item = 0; item < 6; ++item) {
    for (const double part : {1.0, 0.7, 0.35}) program.columns.push_back({part * gain[item], 0, 1});
    program.rows.push_back({1, {{3 * item, 1}, {3 * item + 1, 1}, {3 * item + 2, 1}}});
  }
  for (std::size_t station = 0; station < 3; ++station) {
    for (std::size_t month = 0; month < 3; ++month) {
      IntegerProgram::Row row{limits[station] * (month > 0 ? 1.125 : 1), {}};
      for (std::size_t x = 0; x < 18; ++x)
        if (x % 3 <= month) row.entries.emplace_back(x, work[station][x / 3] * (month > 0 ? 1.125 : 1));
      program.rows.push_back(row);
    }
  }
  return program;
}

// Nearer than that CBC may find no solution: Capacities keeps what it allows and cuts so far away.
TEST(IntegerProgram, AnswersWhereALimitIsAMillionthFromAChoice) {
  // Four items take just so much of the first station.
  const double work = 81.16 + 133.08 + 30.15 + 70.26;
  for (const double part : {1 + 1e-6, 1 - 1e-6}) {
    const ProgramAnswer answer = solve(six_items(work * part), true, 20'000);
    ASSERT_FALSE(answer.values.empty()) << part;
    EXPECT_TRUE(answer.is_best) << part;
    double gain = 0;
    for (std::size_t x = 0; x < 18; ++x) gain += answer.values[x] * six_items(work).columns[x].gain;
    EXPECT_NEAR(gain, part > 1 ? 101'073.5 : 78'438.9, 1) << part;
  }
}

}  // namespace
}  // namespace pishkhan::integer_program_test
