// An unbroken run with clerks and arrivals by the hour and the weekday, against the Kolmogorov equations of
// its Markov chain in the periodic steady state. Times are in hours here.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "tests/theory/textbook.hpp"

namespace pishkhan::textbook::week_of_clerks_test {
namespace {

constexpr int kHoursOfWeek = 7 * kHoursPerDay;

/// The station of week-of-clerks.yaml: clerk A is always there, clerk B from 8 to 20 on all days but the
/// last. B finishes whom B serves when the shift ends. Between idle clerks the longer idle one is taken.
class Week {
 public:
  /// Goes through weeks until they repeat themselves.
  Week() {
    for (int week = 0; week < 12; ++week)
      for (int hour = 0; hour < kHoursOfWeek; ++hour) pass(hour);
  }

  std::array<double, kHoursOfWeek> queue{};  ///< mean over each hour of the week
  std::array<double, kHoursOfWeek> busy{};   ///< mean number of busy clerks
  std::array<double, kHoursOfWeek> late{};   ///< probability that B works after the shift

  static bool both(int hour) {
    const int of_day = hour % kHoursPerDay;
    return hour / kHoursPerDay < 6 && of_day >= 8 && of_day < 20;
  }

 private:
  using State = std::vector<double>;
  static constexpr double kMu = 10;
  static constexpr int kMost = 400;  // inside
  static constexpr int kSteps = 120;
  // With both clerks there: nobody inside and A, or B, idle for longer; one inside, with A, or B; then n at n
  // + 2.
  static constexpr std::size_t none_a = 0, none_b = 1, with_a = 2, with_b = 3, kOffset = 2;

  static double lambda(int hour) {
    const int of_day = hour % kHoursPerDay;
    return of_day < 8 ? 6 : of_day < 20 ? 14 : 8;
  }

  static State flow_of_both(const State& p, double lambda) {
    State d(p.size(), 0);
    const auto go = [&](std::size_t from, std::size_t to, double rate) {
      d[from] -= rate * p[from];
      d[to] += rate * p[from];
    };
    go(none_a, with_a, lambda);
    go(none_b, with_b, lambda);
    go(with_a, kOffset + 2, lambda);
    go(with_b, kOffset + 2, lambda);
    go(with_a, none_b, kMu);
    go(with_b, none_a, kMu);
    go(kOffset + 2, with_a, kMu);
    go(kOffset + 2, with_b, kMu);
    for (std::size_t k = kOffset + 2; k + 1 < p.size(); ++k) go(k, k + 1, lambda);
    for (std::size_t k = kOffset + 3; k < p.size(); ++k) go(k, k - 1, 2 * kMu);
    return d;
  }

  /// With A alone: n with or waiting for A, and b still with B, at 2 n + b.
  static State flow_of_one(const State& p, double lambda) {
    State d(p.size(), 0);
    for (std::size_t k = 0; k < p.size(); ++k) {
      const auto go = [&](std::size_t to, double rate) {
        d[k] -= rate * p[k];
        d[to] += rate * p[k];
      };
      if (k + 2 < p.size()) go(k + 2, lambda);
      if (k >= 2) go(k - 2, kMu);
      if (k % 2 == 1) go(k - 1, kMu);
    }
    return d;
  }

  void begin_shift() {
    State p(kMost + kOffset, 0);
    for (std::size_t n = 0; 2 * n + 1 < p_.size(); ++n) {
      p[n == 0 ? none_a : n == 1 ? with_a : std::min<std::size_t>(n + kOffset, p.size() - 1)] += p_[2 * n];
      p[n == 0 ? with_b : std::min<std::size_t>(n + 1 + kOffset, p.size() - 1)] += p_[2 * n + 1];
    }
    p_ = std::move(p);
  }

  void end_shift() {
    State p(2 * kMost, 0);
    p[0] = p_[none_a] + p_[none_b];
    p[2] = p_[with_a];
    p[1] = p_[with_b];
    for (std::size_t n = 2; n + kOffset < p_.size(); ++n) p[2 * (n - 1) + 1] += p_[n + kOffset];
    p_ = std::move(p);
  }

  /// Classical Runge-Kutta steps through one hour.
  void pass(int hour) {
    if (both(hour) && !two_) begin_shift();
    if (!both(hour) && two_) end_shift();
    two_ = both(hour);
    const auto flow = [&](const State& p) {
      return two_ ? flow_of_both(p, lambda(hour)) : flow_of_one(p, lambda(hour));
    };
    queue[index(hour)] = busy[index(hour)] = late[index(hour)] = 0;
    constexpr double step = 1.0 / kSteps;
    for (int k = 0; k <= kSteps; ++k) {
      observe(hour, (k == 0 || k == kSteps ? 0.5 : 1) / kSteps);
      if (k == kSteps) break;
      const auto ahead = [&](const State& slope, double by) {
        State p = p_;
        for (std::size_t i = 0; i < p.size(); ++i) p[i] += by * slope[i];
        return p;
      };
      const State a = flow(p_), b = flow(ahead(a, step / 2)), c = flow(ahead(b, step / 2)),
                  d = flow(ahead(c, step));
      for (std::size_t i = 0; i < p_.size(); ++i) p_[i] += step / 6 * (a[i] + 2 * b[i] + 2 * c[i] + d[i]);
    }
  }

  void observe(int hour, double weight) {
    for (std::size_t k = 0; k < p_.size(); ++k) {
      const double n = two_ ? (k <= none_b   ? 0
                               : k <= with_b ? 1
                                             : static_cast<double>(k - kOffset))
                            : static_cast<double>(k / 2);
      const double b = two_ ? 0 : static_cast<double>(k % 2);
      queue[index(hour)] += weight * p_[k] * std::max(0.0, n - (two_ ? 2 : 1));
      busy[index(hour)] += weight * p_[k] * (std::min(n, two_ ? 2.0 : 1.0) + b);
      late[index(hour)] += weight * p_[k] * b;
    }
  }

  static std::size_t index(int hour) { return static_cast<std::size_t>(hour); }

  State p_ = [] {
    State p(2 * kMost, 0);
    p[0] = 1;
    return p;
  }();
  bool two_ = false;
};

double mean_of(const std::array<double, kHoursOfWeek>& hours) {
  double sum = 0;
  for (const double hour : hours) sum += hour;
  return sum / kHoursOfWeek;
}

/// Time spent waiting, by hour of the week, replication by replication.
class QueueByHour {
 public:
  explicit QueueByHour(const Run& run) : run_(run) {}

  void add(std::span<const VisitRecord> visits) {
    for (const VisitRecord& visit : visits) {
      const bool at_desk_at_end = visit.outcome == Outcome::inside && visit.end_s > run_.length_s;
      if (at_desk_at_end) continue;  // one or two of a replication, whose start is not told
      const double until_s = visit.outcome == Outcome::served ? visit.start_s : visit.end_s;
      double from_s = std::max(visit.arrival_s, run_.warm_up_s);
      while (from_s < until_s) {
        const double hour = std::floor(from_s / kSecondsPerHour);
        const double end_s = std::min(until_s, (hour + 1) * kSecondsPerHour);
        now_[static_cast<std::size_t>(std::fmod(hour, kHoursOfWeek))] += end_s - from_s;
        from_s = end_s;
      }
    }
  }
  void end_replication() {
    const double weeks = (run_.length_s - run_.warm_up_s) / (kHoursOfWeek * kSecondsPerHour);
    for (std::size_t hour = 0; hour < now_.size(); ++hour)
      means_[hour].push_back(std::exchange(now_[hour], 0) / (weeks * kSecondsPerHour));
  }
  [[nodiscard]] Estimate of_hour(std::size_t hour) const { return estimate_mean(means_[hour]); }

 private:
  Run run_;
  std::array<double, kHoursOfWeek> now_{};
  std::array<std::vector<double>, kHoursOfWeek> means_;
};

TEST(LongWeekOfClerks, IsThatOfTheKolmogorovEquations) {
  const Week exact;
  Textbook book("week-of-clerks");
  ASSERT_EQ(book.run().start % 7, 2) << "the run begins on a Saturday";
  QueueByHour simulated(book.run());
  book.simulate([&](std::span<const VisitRecord> visits) { simulated.add(visits); },
                [&] { simulated.end_replication(); });
  book.expect("mean queue", mean_of(exact.queue),
              book.ratio(of(&StationTally::queue_area_s), of(&StationTally::open_s)), Precision::tail);
  double staffed = 0;
  for (int hour = 0; hour < kHoursOfWeek; ++hour) staffed += Week::both(hour) ? 2 : 1;
  staffed = staffed / kHoursOfWeek + mean_of(exact.late);
  book.expect("utilization", mean_of(exact.busy) / staffed,
              book.ratio(of(&StationTally::busy_s), of(&StationTally::staffed_s)));
  book.expect("overtime of staffed time", mean_of(exact.late) / staffed,
              book.ratio(of(&StationTally::overtime_s), of(&StationTally::staffed_s)), Precision::tail);
  if (!kGated) return;
  double squares = 0, largest = 0;
  for (std::size_t hour = 0; hour < kHoursOfWeek; ++hour) {
    const Estimate queue = simulated.of_hour(hour);
    const double error = queue.half_width / student_t_975(queue.replications - 1);
    const double z = (queue.mean - exact.queue[hour]) / error;
    squares += z * z;
    largest = std::max(largest, std::abs(z));
    EXPECT_LT(std::abs(z), 4.5) << "hour " << hour << " of the week: " << queue.mean << " for "
                                << exact.queue[hour];
  }
  std::printf("queue of 168 hours of the week: mean square of z %.2f, largest %.2f\n", squares / kHoursOfWeek,
              largest);
  EXPECT_LT(squares / kHoursOfWeek, 2.5);
}

}  // namespace
}  // namespace pishkhan::textbook::week_of_clerks_test
