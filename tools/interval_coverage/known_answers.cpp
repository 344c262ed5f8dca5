#include "tools/interval_coverage/known_answers.hpp"

#include <array>
#include <cmath>
#include <span>
#include <stop_token>
#include <utility>

#include "models/plan/plan.hpp"
#include "models/theory/day_from_empty.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/experiment/replicate.hpp"
#include "sim/statistics/paired.hpp"
#include "sim/statistics/sequential.hpp"
#include "tools/interval_coverage/study.hpp"
#include "tools/report/compared_run.hpp"
#include "tools/report/tables.hpp"
#include "tools/sweep/response_series.hpp"
#include "tools/sweep/responses.hpp"

namespace pishkhan::interval_coverage {
namespace {

constexpr double kKnownLevel = 0.95, kPerMinute = 0.45, kHandling_min = 4, kDoors_min = 360, kTarget_min = 10;
constexpr int kClerks = 2, kMost = 5000;
constexpr std::array kFixed{4, 10, 30};

Scenario a_day(int clerks) {
  return load_scenario_text(
      "scenario: A day that starts empty\n"
      "run: {days: 1, replications: 10, seed: 12}\n"
      "service_level: 10 min\n"
      "stations:\n"
      "  - id: station\n"
      "    doors: 08:00-14:00\n"
      "    closing: serve_out\n"
      "    arrivals: 0.45 / min\n"
      "    handling: {exponential: {mean: 4 min}}\n"
      "    clerks: " +
          std::to_string(clerks) + "\n",
      "known_answers.yaml");
}

/// The value below which a share p of the waits is.
double wait_quantile_s(const theory::DayFromEmpty& day, double p) {
  double low = 0, high = 10 * kDoors_min;
  while (high - low > 1e-9) {
    const double middle = (low + high) / 2;
    (day.service_level(middle) < p ? low : high) = middle;
  }
  return 60 * high;
}

/// Replications of a day by two clerks, and of the same citizens by three.
struct Days {
  std::vector<TrialResult> two, three;
};

/// What an experiment says of every row.
struct Ending {
  Estimate estimate;
  int replications;
};

class Experiment {
 public:
  Experiment(const Plan& two, const Plan& three, std::uint32_t number)
      : two_(two), three_(three), first_(number * kMost) {}

  /// The days so far, at least so many, or those of before cut to it.
  std::span<const TrialResult> two(int replications) { return grow(two_, all_.two, replications); }
  std::span<const TrialResult> three(int replications) { return grow(three_, all_.three, replications); }

  Estimate value(const std::string& quantity, int replications) {
    const std::span<const TrialResult> days = two(replications);
    const std::vector<TrialResult> trials(days.begin(), days.end());
    return find_responses({Response{quantity, "", "", "", {}}}, {two_.scenario(), trials}).front().estimate;
  }
  Estimate difference(int replications) {
    const auto waits = [](const Plan& plan, std::span<const TrialResult> days) {
      const std::vector<TrialResult> trials(days.begin(), days.end());
      return find_series({Response{"wait_s", "", "", "", {}}}, {plan.scenario(), trials}).front();
    };
    return estimate_paired(waits(two_, two(replications)), waits(three_, three(replications))).difference;
  }

 private:
  std::span<const TrialResult> grow(const Plan& plan, std::vector<TrialResult>& days,
                                    int replications) const {
    while (days.size() < static_cast<std::size_t>(replications))
      days.push_back(run_trial(plan, first_ + static_cast<std::uint32_t>(days.size())));
    return std::span(days).first(static_cast<std::size_t>(replications));
  }

  const Plan &two_, &three_;
  std::uint32_t first_;
  Days all_;
};

/// A row of the study: what it estimates, and when it ends.
struct StudyRow {
  KnownAnswer answer;
  int fixed = 0;       ///< replications; 0: by a goal
  PrecisionGoal goal;  ///< of a row that is not fixed
  bool is_difference = false;

  Ending of(Experiment& experiment) const {
    const auto look = [&](int replications) {
      return is_difference ? experiment.difference(replications)
                           : experiment.value(answer.quantity, replications);
    };
    if (fixed > 0) return {look(fixed), fixed};
    Estimate estimate;
    const PrecisionLook last = look_until_precise(goal, [&](int replications) {
      estimate = look(replications);
      return std::vector{estimate};
    });
    return {estimate, last.replications};
  }
  void add(const Ending& outcome) {
    const Estimate& estimate = outcome.estimate;
    ++answer.experiments;
    answer.held += estimate.low <= answer.truth && answer.truth <= estimate.high;
    const double asked = goal.share > 0 ? goal.share * std::abs(answer.truth) : goal.amount;
    answer.precise += std::abs(estimate.mean - answer.truth) <= asked;
    answer.replications += outcome.replications;
    answer.width += estimate.high - estimate.low;
  }
};

std::vector<StudyRow> rows_of_study(bool is_long) {
  const theory::DayFromEmpty two(kClerks, kPerMinute, kHandling_min, kDoors_min),
      three(kClerks + 1, kPerMinute, kHandling_min, kDoors_min);
  const double wait_s = 60 * two.mean_wait(), difference_s = 60 * (three.mean_wait() - two.mean_wait());
  std::vector<StudyRow> rows;
  const auto add = [&](std::string quantity, std::string ended, double truth) -> StudyRow& {
    StudyRow& row = rows.emplace_back();
    row.answer.quantity = std::move(quantity);
    row.answer.ended = std::move(ended);
    row.answer.truth = truth;
    return row;
  };
  for (const int fixed : kFixed) {
    const std::string ended = std::to_string(fixed) + " replications";
    const auto add_fixed = [&](const char* quantity, double truth) -> StudyRow& {
      StudyRow& row = add(quantity, ended, truth);
      row.fixed = fixed;
      return row;
    };
    add_fixed("arrived", kPerMinute * kDoors_min).answer.is_discrete = true;
    add_fixed("wait_s", wait_s);
    add_fixed("queue_length", two.mean_queue());
    add_fixed("service_level", two.service_level(kTarget_min)).answer.is_discrete = true;
    add_fixed("wait_p50_s", wait_quantile_s(two, 0.5));
    add_fixed("wait_p90_s", wait_quantile_s(two, 0.9));
    add_fixed("difference of wait_s", difference_s).is_difference = true;
  }
  for (const double share : {0.2, 0.05}) {
    if (share < 0.1 && !is_long) return rows;
    const std::string ended = share > 0.1 ? "precision 20%" : "precision 5%";
    const PrecisionGoal goal{10, kMost, share, 0};
    add("wait_s", ended, wait_s).goal = goal;
    add("queue_length", ended, two.mean_queue()).goal = goal;
    StudyRow& paired = add("difference of wait_s", ended, difference_s);
    paired.goal = goal;
    paired.is_difference = true;
  }
  add("wait_s", "precision 60 s", wait_s).goal = {10, kMost, 0, 60};
  add("wait_s", "precision 20 s", wait_s).goal = {10, kMost, 0, 20};
  return rows;
}

}  // namespace

bool KnownAnswer::is_below() const { return held_share() < kKnownLevel - binomial_noise(experiments); }
bool KnownAnswer::is_above() const { return held_share() > kKnownLevel + binomial_noise(experiments); }

std::vector<KnownAnswer> study_known_answers(std::uint32_t experiments, int threads, bool is_long) {
  const Scenario of_two = a_day(kClerks), of_three = a_day(kClerks + 1);
  const Plan two(of_two), three(of_three);
  std::vector<StudyRow> rows = rows_of_study(is_long);
  std::vector<std::vector<Ending>> outcomes(experiments);
  run_tasks(experiments, threads, [&](std::uint32_t number, const std::stop_token&) {
    Experiment experiment(two, three, number);
    for (const StudyRow& row : rows) outcomes[number].push_back(row.of(experiment));
  });
  std::vector<KnownAnswer> answers;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const std::vector<Ending>& of_experiment : outcomes) rows[i].add(of_experiment[i]);
    rows[i].answer.replications /= experiments;
    rows[i].answer.width /= experiments;
    answers.push_back(std::move(rows[i].answer));
  }
  return answers;
}

}  // namespace pishkhan::interval_coverage
