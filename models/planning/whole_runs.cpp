#include "models/planning/whole_runs.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "sim/base/contract.hpp"

namespace pishkhan {

WholeRuns::WholeRuns(Scenario scenario, const std::vector<TargetAt>& targets,
                     const std::vector<RunMonth>& months)
    : scenario_(std::move(scenario)),
      targets_(targets),
      months_(months),
      shares_(targets.size() * months.size()) {
  for (std::size_t t = 0; t < targets.size(); ++t) counted_.push_back(t);
}

/// Forgets what other targets counted.
void WholeRuns::keep_only(const std::vector<std::size_t>& targets) {
  for (DayCounts& counts : counts_) {
    const auto days = static_cast<std::ptrdiff_t>(counts.size() / counted_.size());
    DayCounts kept;
    for (const std::size_t t : targets) {
      const auto at = std::lower_bound(counted_.begin(), counted_.end(), t);
      PISHKHAN_EXPECT(at != counted_.end() && *at == t);
      std::copy_n(counts.begin() + (at - counted_.begin()) * days, days, std::back_inserter(kept));
    }
    counts = std::move(kept);
  }
  counted_ = targets;
}

void WholeRuns::add(std::uint32_t replications, const std::vector<std::size_t>& targets, int threads,
                    const std::function<bool()>& stop) {
  keep_only(targets);
  std::vector<TargetAt> list;
  for (const std::size_t t : targets) list.push_back(targets_[t]);
  std::vector<DayCounts> more =
      count_days(scenario_, list, {this->replications(), replications}, threads, stop);
  std::move(more.begin(), more.end(), std::back_inserter(counts_));
  const MonthShares shares = month_shares(scenario_, months_, counts_);
  const std::size_t months = months_.size();
  for (std::size_t i = 0; i < targets.size(); ++i)
    std::copy_n(&shares[i * months], months, &shares_[targets[i] * months]);
}

}  // namespace pishkhan
