#include "tools/interval_coverage/study.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <set>
#include <stop_token>

#include "models/trial/run_trial.hpp"
#include "sim/experiment/replicate.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan::interval_coverage {
namespace {

constexpr double kLevel = 0.95, kTooHigh = 0.98;
constexpr std::size_t kShareOfLump = 10;  ///< one in so many
constexpr double kFewEvents = 3;          ///< of an experiment
constexpr double kRounding = 1e-9;

/// The tables of so many replications from `first` on.
std::vector<Table> simulate_tables(const Plan& plan, const Plan& without, std::uint32_t first,
                                   std::uint32_t replications) {
  std::vector<TrialResult> trials;
  std::vector<Without> others(1);
  others[0].cost = CostOf::outages;
  for (std::uint32_t i = first; i < first + replications; ++i) {
    trials.push_back(run_trial(plan, i));
    others[0].trials.push_back(run_trial(without, i));
  }
  return make_tables({plan.scenario(), trials, others});
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// Takes the tables of chunks, then those of experiments, in any order.
class Recorder {
 public:
  explicit Recorder(const StudySize& size) : size_(size) {}

  void add_chunk(std::uint32_t chunk, const std::vector<Table>& tables) {
    const std::lock_guard lock(mutex_);
    for (const Table& table : tables) {
      read_estimates(table, [&](const Printed& printed) {
        CellRecord& cell = cells_[key_of(printed)];
        if (cell.truths.empty()) {
          cell.family = index_of(printed.family);
          cell.truths.assign(size_.chunks, kNan);
        }
        cell.truths[chunk] = printed.value;
      });
    }
  }

  /// After all chunks.
  void settle_truths() {
    std::set<std::string> quantiles;
    for (const Family& family : families_) {
      if (family.kind != ColumnKind::quantile) continue;
      quantiles.insert(family.column);
      quantiles.insert("mean " + family.column);  // in the summary
    }
    for (auto& [key, cell] : cells_) {
      std::vector<double> known;
      for (const double truth : cell.truths)
        if (!std::isnan(truth)) known.push_back(truth);
      const bool is_quantile = quantiles.contains(families_[cell.family].column);
      cell.truth = known.empty() ? kNan : is_quantile ? median(known) : mean(known);
      cell.outcomes.assign(size_.experiments, CellOutcome::no_row);
      cell.values.assign(size_.experiments, static_cast<float>(kNan));
      cell.widths.assign(size_.experiments, 0);
    }
  }

  void add_experiment(std::uint32_t experiment, const std::vector<Table>& tables) {
    const std::lock_guard lock(mutex_);
    for (const Table& table : tables) {
      read_estimates(table, [&](const Printed& printed) {
        const auto found = cells_.find(key_of(printed));
        if (found == cells_.end() || std::isnan(found->second.truth)) return;
        CellRecord& cell = found->second;
        cell.outcomes[experiment] = outcome_of(printed, cell.truth);
        cell.values[experiment] = static_cast<float>(printed.value);
        cell.widths[experiment] = static_cast<float>(printed.high - printed.low);
      });
    }
  }

  /// What was recorded; nothing is left.
  Study take();

 private:
  static std::string key_of(const Printed& printed) {
    return printed.family.table + '\t' + printed.family.column + '\t' + printed.row;
  }
  static CellOutcome outcome_of(const Printed& printed, double truth) {
    if (std::isnan(printed.value)) return CellOutcome::no_number;
    const double rounding = kRounding * std::abs(truth);
    return printed.low - rounding <= truth && truth <= printed.high + rounding ? CellOutcome::holds
                                                                               : CellOutcome::misses;
  }
  std::size_t index_of(const Family& family) {
    const auto [found, is_new] = index_.try_emplace(family.table + '\t' + family.column, families_.size());
    if (is_new) families_.push_back(family);
    return found->second;
  }

  StudySize size_;
  std::mutex mutex_;
  std::vector<Family> families_;
  std::map<std::string, std::size_t> index_;  ///< of a family
  std::map<std::string, CellRecord> cells_;
};

/// Counts of a family, by experiment.
struct FamilyCounts {
  std::vector<GoodCount> all, not_rare, not_lumps;
  double no_number = 0, widths = 0, numbers = 0, rare = 0, lumps = 0;

  void add(const CellRecord& cell) {
    const bool is_lump = cell.is_lump(), is_rare = cell.is_rare();
    all.resize(cell.outcomes.size());
    not_rare.resize(cell.outcomes.size());
    not_lumps.resize(cell.outcomes.size());
    no_number += static_cast<double>(cell.count(CellOutcome::no_number));
    for (std::size_t i = 0; i < cell.outcomes.size(); ++i) {
      if (cell.outcomes[i] < CellOutcome::misses) continue;
      const GoodCount seen{1, cell.outcomes[i] == CellOutcome::holds ? 1U : 0U};
      all[i] += seen;
      if (!is_rare) not_rare[i] += seen;
      if (!is_lump) not_lumps[i] += seen;
      widths += cell.widths[i];
      ++numbers;
      rare += is_rare ? 1 : 0;
      lumps += is_lump ? 1 : 0;
    }
  }
};

Study Recorder::take() {
  std::vector<FamilyCounts> counts(families_.size());
  for (const auto& [key, cell] : cells_) counts[cell.family].add(cell);
  std::vector<ObservedShare> all, not_rare, not_lumps;
  Study study;
  for (std::size_t i = 0; i < families_.size(); ++i) {
    const FamilyCounts& of = counts[i];
    FamilyCoverage& coverage = study.families.emplace_back();
    coverage.family = families_[i];
    coverage.cells = of.numbers / size_.experiments;
    coverage.no_number = of.no_number / (of.no_number + of.numbers);
    coverage.rare = of.rare / of.numbers;
    coverage.lumps = of.lumps / of.numbers;
    coverage.width = of.widths / of.numbers;
    all.push_back(observe_share(of.all, size_.experiments, DaysAre::one_run));
    not_rare.push_back(observe_share(of.not_rare, size_.experiments, DaysAre::one_run));
    not_lumps.push_back(observe_share(of.not_lumps, size_.experiments, DaysAre::one_run));
  }
  const std::vector<Judgement> of_all = judge_shares(all, kLevel, 0);
  const std::vector<Judgement> of_not_rare = judge_shares(not_rare, kLevel, 0);
  const std::vector<Judgement> of_not_lumps = judge_shares(not_lumps, kTooHigh, 0);
  for (std::size_t i = 0; i < families_.size(); ++i) {
    study.families[i].all = of_all[i];
    study.families[i].not_lumps = of_not_lumps[i];
    study.families[i].not_rare = of_not_rare[i];
    study.families[i].is_below = of_not_rare[i].verdict == Verdict::missed &&
                                 of_not_rare[i].value.mean < kLevel - binomial_noise(size_.experiments);
  }
  study.cells = std::move(cells_);
  return study;
}

}  // namespace

std::size_t CellRecord::count(CellOutcome outcome) const {
  return static_cast<std::size_t>(std::count(outcomes.begin(), outcomes.end(), outcome));
}

bool CellRecord::is_lump() const {
  std::vector<float> printed;
  for (const float value : values)
    if (!std::isnan(value)) printed.push_back(value);
  std::sort(printed.begin(), printed.end());
  std::size_t most = 0;
  for (auto from = printed.begin(); from != printed.end();) {
    const auto to = std::upper_bound(from, printed.end(), *from);
    most = std::max(most, static_cast<std::size_t>(to - from));
    from = to;
  }
  return most * kShareOfLump >= printed.size();
}

bool CellRecord::is_rare() const {
  double n = 0, sum = 0, squares = 0, cubes = 0, fourths = 0;
  for (const float value : values) {
    if (std::isnan(value)) continue;
    ++n;
    sum += value;
  }
  for (const float value : values) {
    if (std::isnan(value)) continue;
    const double deviation = value - sum / n;
    squares += deviation * deviation;
    cubes += deviation * deviation * deviation;
    fourths += deviation * deviation * deviation * deviation;
  }
  if (!(squares > 0)) return false;
  const double squared_skewness = cubes * cubes * n / (squares * squares * squares);
  const double excess_kurtosis = fourths * n / (squares * squares) - 3;
  return std::max(squared_skewness, excess_kurtosis) * kFewEvents > 1;
}

double binomial_noise(std::uint32_t experiments) {
  return 1.96 * std::sqrt(kLevel * (1 - kLevel) / experiments);
}

Study study_coverage(const Plan& plan, const Plan& without, const StudySize& size) {
  Recorder recorder(size);
  const std::uint32_t first_other = size.experiments * size.replications;
  run_tasks(size.chunks, size.threads, [&](std::uint32_t chunk, const std::stop_token&) {
    const std::uint32_t first = first_other + chunk * size.chunk_replications;
    recorder.add_chunk(chunk, simulate_tables(plan, without, first, size.chunk_replications));
  });
  recorder.settle_truths();
  run_tasks(size.experiments, size.threads, [&](std::uint32_t experiment, const std::stop_token&) {
    const std::uint32_t first = experiment * size.replications;
    recorder.add_experiment(experiment, simulate_tables(plan, without, first, size.replications));
  });
  return recorder.take();
}

}  // namespace pishkhan::interval_coverage
