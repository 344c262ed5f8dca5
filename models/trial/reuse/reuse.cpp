#include "models/trial/reuse/reuse.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "models/plan/plan_data.hpp"
#include "models/trial/accounting/trial_audit.hpp"
#include "models/trial/province_days.hpp"
#include "models/trial/replication.hpp"
#include "models/trial/reuse/exchange_part.hpp"
#include "models/trial/reuse/kept_days.hpp"
#include "models/trial/reuse/partial_run.hpp"
#include "models/trial/reuse/peaks.hpp"
#include "models/trial/reuse/touched_stations.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

std::size_t count_marks(const std::vector<std::uint8_t>& stations) {
  return static_cast<std::size_t>(std::count(stations.begin(), stations.end(), 1));
}

/// Each station is simulated twice: as it is, and as it was.
bool is_as_quick_as_whole(const std::vector<std::uint8_t>& stations) {
  return 2 * count_marks(stations) >= stations.size();
}

/// The same by the visits that the stations had: where most are busy ones, few stations are much of the work.
bool is_as_quick_as_whole(const std::vector<std::uint8_t>& stations, const TrialResult& kept) {
  constexpr double kMostShare = 0.25;
  double all = 0, marked = 0;
  for (std::size_t i = 0; i < stations.size(); ++i) {
    const auto arrived = static_cast<double>(kept.stations[i].arrived);
    all += arrived;
    if (stations[i] != 0) marked += arrived;
  }
  return is_as_quick_as_whole(stations) || marked > kMostShare * all;
}

/// All is watched as long as the link of online citizens, of which there is one: from midnight to midnight,
/// and past it until no call is under way any more. That does not differ, but the numbers of cores and links
/// may. Systems are up for as long as they were; how long is known in whole ticks, so that the quotient is
/// exact.
void watch_as_long(const BackboneTallies& before, const Platform& base, const Platform& platform,
                   BackboneTallies& calls) {
  const double watched_s = calls.link_kinds.back().watched_s;
  for (std::size_t i = 0; i < calls.systems.size(); ++i) {
    const double up_s = before.systems[i].core_s / base.systems[i].cores;
    calls.systems[i].core_s = platform.systems[i].cores * up_s;
  }
  for (LinkTally& kind : calls.link_kinds) kind.watched_s = static_cast<double>(kind.links) * watched_s;
}

bool passes_audit(const Plan& plan, const TrialResult& result, const TrialOptions& options) {
  Audit verdict;
  TrialAudit(plan.scenario(), plan.data(), verdict, StopCheck(&options.stop))
      .result(result, is_coupled(plan.scenario()));
  return verdict.passed();
}

}  // namespace

KeptReplication::KeptReplication() = default;
KeptReplication::~KeptReplication() = default;
KeptReplication::KeptReplication(KeptReplication&&) noexcept = default;
KeptReplication& KeptReplication::operator=(KeptReplication&&) noexcept = default;

bool Reuse::may_help(const Scenario& base) { return may_be_apart(base); }

double Reuse::kept_bytes(const Plan& base) {
  constexpr double kBytesPerVisit = 40, kDaysPerYear = 365.25;
  double visits_a_year = 0;
  for (const DemandEpoch& epoch : base.data().demand) {
    visits_a_year =
        std::max(visits_a_year, std::accumulate(epoch.visits_a_year.begin(), epoch.visits_a_year.end(), 0.0));
  }
  return kBytesPerVisit * visits_a_year / kDaysPerYear * base.scenario().run.days;
}

KeptReplication Reuse::run_and_keep(std::uint32_t number, const TrialOptions& options) const {
  PISHKHAN_EXPECT(may_help(base_.scenario()) && !options.visits);
  auto days = std::make_unique<KeptDays>(base_.data(), base_.scenario().run);
  Replication run(base_, number, options);
  run.kept = days.get();
  ProvinceDays(run).simulate();
  KeptReplication kept;
  kept.result_ = run.accounting.close(is_coupled(base_.scenario()));
  kept.days_ = std::move(days);
  return kept;
}

std::optional<std::vector<std::uint8_t>> Reuse::stations_to_simulate(const Plan& variant) const {
  auto stations = find_touched_stations(base_, variant);
  if (stations && is_as_quick_as_whole(*stations)) return std::nullopt;
  return stations;
}

/// Nothing where only a whole run tells the result. `stations` become those that were simulated.
std::optional<TrialResult> Reuse::run_in_part(const Plan& variant, std::vector<std::uint8_t>& stations,
                                              const KeptReplication& kept, std::uint32_t number,
                                              const TrialOptions& options) const {
  if (options.visits || options.always_jointly) return std::nullopt;
  TrialOptions quiet = options;
  quiet.progress = {};
  if (is_as_quick_as_whole(stations, kept.result_)) return std::nullopt;
  const KeptDays& days = *kept.days_;
  std::vector<const DecidedDay*> old_joint_days, joint_days;
  for (int day = 0; day < base_.scenario().run.days; ++day)
    if (days.is_joint(day)) old_joint_days.push_back(&days.joint(day));
  std::vector<std::unique_ptr<DecidedDay>> found_joint_days;
  for (;;) {
    PartialRun after(variant, number, quiet, days, stations, joint_days);
    const PartialRun::Ending ending = after.simulate();
    if (ending == PartialRun::Ending::whole_run_needed) return std::nullopt;
    if (ending == PartialRun::Ending::others_too) {
      if (is_as_quick_as_whole(stations, kept.result_)) return std::nullopt;
      for (auto& day : after.take_joint_days()) {
        joint_days.push_back(day.get());
        found_joint_days.push_back(std::move(day));
      }
      continue;
    }
    PartialRun before(base_, number, quiet, days, stations, old_joint_days);
    if (before.simulate() != PartialRun::Ending::done) return std::nullopt;
    return exchange(variant, stations, kept, before, after, options);
  }
}

/// Puts the part after the change in the place of that before it.
std::optional<TrialResult> Reuse::exchange(const Plan& variant, const std::vector<std::uint8_t>& stations,
                                           const KeptReplication& kept, PartialRun& before, PartialRun& after,
                                           const TrialOptions& options) const {
  const auto peaks = find_peaks(base_, variant, *kept.days_, before, after);
  if (!peaks) return std::nullopt;
  TrialResult result = kept.result_;
  if (!exchange_part(result, before.close(), after.close(), stations)) return std::nullopt;
  if (BackboneTallies& calls = result.calls.backbone; !calls.systems.empty()) {
    kept.days_->longest_without(stations).merge_into(calls);
    for (std::size_t i = 0; i < peaks->size(); ++i)
      calls.systems[i].concurrency_max = std::max(calls.systems[i].concurrency_max, (*peaks)[i]);
    watch_as_long(kept.result_.calls.backbone, base_.data().platform, variant.data().platform, calls);
  }
  if (!passes_audit(variant, result, options)) return std::nullopt;  // a whole run tells what failed
  return result;
}

TrialResult Reuse::run_variant(const Plan& variant, const std::vector<std::uint8_t>& stations,
                               const KeptReplication& kept, std::uint32_t number, const TrialOptions& options,
                               SimulatedPart* part) const {
  std::vector<std::uint8_t> simulated = stations;
  std::optional<TrialResult> result = run_in_part(variant, simulated, kept, number, options);
  const auto days = static_cast<std::size_t>(variant.scenario().run.days);
  if (part) {
    part->whole = !result;
    part->stations = result ? count_marks(simulated) : stations.size();
    part->joint_days = 0;
    for (std::size_t day = 0; result && day < days; ++day)
      part->joint_days += kept.days_->is_joint(static_cast<int>(day));
    part->station_days = days * part->stations + part->joint_days * (stations.size() - part->stations);
  }
  if (!result) return run_trial(variant, number, options);
  if (options.progress) options.progress(static_cast<int>(days) - 1);
  return std::move(*result);
}

}  // namespace pishkhan
