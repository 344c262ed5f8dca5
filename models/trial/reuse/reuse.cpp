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

/// The same by the visits that the stations had, where most are busy ones, by those whom they meet, and by
/// how often all these were simulated already, in vain.
bool is_as_quick_as_whole(const PartToSimulate& part, const TrialResult& kept, int days, int tries) {
  constexpr double kMostWork = 0.5;
  double all = 0, marked = 0;
  for (std::size_t i = 0; i < part.marks.size(); ++i) {
    const auto arrived = static_cast<double>(kept.stations[i].arrived);
    all += arrived;
    if (part.marks[i] != 0) marked += arrived;
  }
  const double others = static_cast<double>(part.other_station_days()) /
                        (static_cast<double>(days) * static_cast<double>(part.marks.size()));
  return is_as_quick_as_whole(part.marks) || (2 + tries) * (marked + others * all) > kMostWork * all;
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
  constexpr double kBytesPerVisit = 50, kDaysPerYear = 365.25;
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

/// The marked stations, and the days on which some of them met others, or may because the systems are others
/// now.
PartToSimulate Reuse::find_part(const Plan& variant, const std::vector<std::uint8_t>& stations,
                                const KeptDays& days) const {
  PartToSimulate part{stations, {}};
  const auto& systems = variant.data().platform.systems;
  bool other_systems = false;
  for (std::size_t i = 0; i < systems.size(); ++i) other_systems |= systems[i].cores != days.cores(i);
  for (int day = 0; day < base_.scenario().run.days; ++day) {
    const Meeting* const meeting = days.meeting(day);
    if (meeting == nullptr) continue;
    bool is_met = other_systems;
    for (std::size_t s = 0; s < stations.size(); ++s) is_met |= stations[s] != 0 && meeting->stations[s] != 0;
    if (is_met) part.meetings.emplace(day, meeting->stations);
  }
  return part;
}

/// Nothing where only a whole run tells the result. `simulated` tells how much was.
std::optional<TrialResult> Reuse::run_in_part(const Plan& variant, const std::vector<std::uint8_t>& stations,
                                              const KeptReplication& kept, std::uint32_t number,
                                              const TrialOptions& options, KeptReplication* keep,
                                              SimulatedPart* simulated) const {
  PartToSimulate part = find_part(variant, stations, *kept.days_);
  auto result = simulate_part(variant, part, kept, number, options, keep);
  const auto days = static_cast<std::size_t>(variant.scenario().run.days);
  if (simulated) {
    simulated->whole = !result;
    simulated->stations = result ? count_marks(part.marks) : stations.size();
    simulated->meetings = result ? part.meetings.size() : 0;
    simulated->station_days = days * simulated->stations + (result ? part.other_station_days() : 0);
  }
  if (result && options.progress) options.progress(static_cast<int>(days) - 1);
  return result;
}

/// Nothing where only a whole run tells the result. `part` becomes what was simulated.
std::optional<TrialResult> Reuse::simulate_part(const Plan& variant, PartToSimulate& part,
                                                const KeptReplication& kept, std::uint32_t number,
                                                const TrialOptions& options, KeptReplication* keep) const {
  if (options.visits || options.always_jointly) return std::nullopt;
  const KeptDays& days = *kept.days_;
  TrialOptions quiet = options;
  quiet.progress = {};
  for (int tries = 0; !is_as_quick_as_whole(part, kept.result_, variant.scenario().run.days, tries);
       ++tries) {
    PartialRun after(variant, number, quiet, days, part);
    std::optional<KeptDays> kept_part;
    if (keep) after.keep(kept_part.emplace(variant.data(), variant.scenario().run));
    const PartialRun::Ending ending = after.simulate_variant();
    if (ending == PartialRun::Ending::whole_run_needed) return std::nullopt;
    if (ending == PartialRun::Ending::more_needed) continue;
    PartialRun before(base_, number, quiet, days, part);
    if (!before.simulate_base()) return std::nullopt;
    auto result = exchange(variant, part, kept, before, after, options);
    if (keep && result) keep->days_ = std::make_unique<KeptDays>(days, *kept_part, part.marks, part.meetings);
    return result;
  }
  return std::nullopt;
}

/// Puts the part after the change in the place of that before it.
std::optional<TrialResult> Reuse::exchange(const Plan& variant, const PartToSimulate& part,
                                           const KeptReplication& kept, PartialRun& before, PartialRun& after,
                                           const TrialOptions& options) const {
  TrialResult result = kept.result_;
  // Of all stations together it is as long as before if it is for these.
  const auto before_s = before.watched_s(), after_s = after.watched_s();
  if (!std::equal(before_s.begin(), before_s.end(), after_s.begin(), after_s.end())) return std::nullopt;
  if (!exchange_part(result, before.close(), after.close(), part.marks)) return std::nullopt;
  if (BackboneTallies& calls = result.calls.backbone; !calls.systems.empty()) {
    const KeptDays& days = *kept.days_;
    days.longest_without(part.marks).merge_into(calls);
    for (int day = base_.scenario().run.warm_up_days; day < base_.scenario().run.days; ++day) {
      if (part.meetings.contains(day)) continue;  // the part has all of these
      days.longest_online(day).merge_into(calls);
      if (days.meeting(day)) days.longest_of_meeting(day).merge_into(calls);
    }
    std::vector<std::uint32_t> known;
    for (const SystemTally& system : kept.result_.calls.backbone.systems)
      known.push_back(system.concurrency_max);
    const std::vector<std::uint32_t> peaks = after.find_peaks(known);
    for (std::size_t i = 0; i < peaks.size(); ++i) calls.systems[i].concurrency_max = peaks[i];
    watch_as_long(kept.result_.calls.backbone, base_.data().platform, variant.data().platform, calls);
  }
  if (!passes_audit(variant, result, options)) return std::nullopt;  // a whole run tells what failed
  return result;
}

TrialResult Reuse::run_variant(const Plan& variant, const std::vector<std::uint8_t>& stations,
                               const KeptReplication& kept, std::uint32_t number, const TrialOptions& options,
                               SimulatedPart* part) const {
  auto result = run_in_part(variant, stations, kept, number, options, nullptr, part);
  return result ? std::move(*result) : run_trial(variant, number, options);
}

KeptReplication Reuse::run_and_keep_variant(const Plan& variant, const std::vector<std::uint8_t>& stations,
                                            const KeptReplication& kept, std::uint32_t number,
                                            const TrialOptions& options, SimulatedPart* part) const {
  KeptReplication variant_kept;
  auto result = run_in_part(variant, stations, kept, number, options, &variant_kept, part);
  if (!result) return Reuse(variant).run_and_keep(number, options);
  variant_kept.result_ = std::move(*result);
  return variant_kept;
}

}  // namespace pishkhan
