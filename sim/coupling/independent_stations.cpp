#include "sim/coupling/independent_stations.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

/// Within the station. More of them would cost more than an event loop.
constexpr int kIterationsAtMost = 16;

/// Adds so many equal durations, each of them and its square in whole ticks.
void add(double duration_s, std::uint64_t times, DurationSums& sums) {
  const auto n = static_cast<double>(times);
  sums.count += times;
  sums.sum_s += n * in_whole_ticks(duration_s);
  sums.sum_squares_s2 += n * in_whole_ticks(duration_s * duration_s);
  sums.max_s = std::max(sums.max_s, duration_s);
}

}  // namespace

IndependentStations::IndependentStations(SharedBackbone& backbone, StopCheck stop)
    : IndependentStations(backbone, std::make_unique<SharedBackbone>(backbone.platform()), true, stop) {}
IndependentStations::IndependentStations(IdealBackbone& backbone, StopCheck stop)
    : IndependentStations(backbone, std::make_unique<IdealBackbone>(backbone.platform()), false, stop) {}

IndependentStations::IndependentStations(Backbone& backbone, std::unique_ptr<Backbone> scratch,
                                         bool calls_meet, StopCheck stop)
    : backbone_(backbone),
      stop_(stop),
      scratch_backbone_(std::move(scratch)),
      calls_meet_(calls_meet),
      peak_(backbone.platform().systems.size()) {
  const Platform& platform = backbone.platform();
  std::size_t kinds = 0;
  for (std::size_t i = 0; i < platform.access_links.size(); ++i) {
    const AccessLink& link = platform.access_links[i];
    const Link way = way_of(platform, link);
    const LinkClass link_class{way.up_bytes_s, way.down_bytes_s, way.latency_s, link.kind};
    const auto found = std::find(classes_.begin(), classes_.end(), link_class);
    class_of_.push_back(static_cast<std::uint32_t>(found - classes_.begin()));
    if (found == classes_.end()) {
      classes_.push_back(link_class);
      link_of_class_.emplace_back(i);
    }
    kinds = std::max(kinds, std::size_t{link.kind} + 1);
  }
  longest_ = station_longest_ = LongestDurations(peak_.size(), kinds);
  sums_.systems.resize(peak_.size());
  sums_.link_kinds.resize(kinds);
}

void IndependentStations::compute_unloaded_calls(std::span<const Transaction> transactions) {
  services_ = transactions.size();
  unloaded_call_.clear();
  longest_unloaded_s_ = 0;
  for (std::size_t link = 0; link < classes_.size(); ++link) {
    for (const Transaction& what : transactions) {
      if (what.work_s <= 0) {
        unloaded_call_.push_back({});
        continue;
      }
      const UnloadedCall call = calls_meet_ ? unloaded_call(classes_[link], what) : ideal_call(link, what);
      longest_unloaded_s_ = std::max(longest_unloaded_s_, call.total_s);
      unloaded_call_.push_back(call);
    }
  }
  unloaded_count_.assign(unloaded_call_.size(), 0);
}

IndependentStations::UnloadedCall IndependentStations::unloaded_call(const LinkClass& link,
                                                                     const Transaction& what) const {
  const System& system = backbone_.platform().systems[what.to.index()];
  UnloadedCall call{link.latency_s + system.data_centre.latency_s,
                    static_cast<double>(what.request_bytes) / link.up_bytes_s, what.work_s / system.speed,
                    static_cast<double>(what.response_bytes) / link.down_bytes_s, 0};
  call.total_s = (call.latency_s + call.request_s) + call.work_s + (call.latency_s + call.response_s);
  return call;
}

/// As the ideal backbone adds it up.
IndependentStations::UnloadedCall IndependentStations::ideal_call(std::size_t link, Transaction what) const {
  what.from = link_of_class_[link];
  const UnloadedTimes times = unloaded(backbone_.platform(), what);
  return {0, times.request_s, times.work_s, times.response_s, times.total_s()};
}

/// Whether every unloaded call ends before the limit of the clerks.
bool IndependentStations::unloaded_within_limit(const CallPolicy& policy) const {
  return longest_unloaded_s_ * (1 + 1e-9) < policy.limit_s;
}

/// After find_fixed_point(): whether an outage meets a call of the station. If none does, the event loop with
/// outages would decide the same, because it differs only from the first such call on.
bool IndependentStations::meets_outage(const JointStation& station, const CallsOverBackbone& calls,
                                       const DownTimes& down) const {
  const std::size_t link = station.link.index();
  const auto meets = [&](std::uint32_t visit, double from_s, double to_s) {
    const std::uint32_t service = station.visits->service[visit];
    return down.meet(link, calls.transactions[service].to.index(), from_s, to_s);
  };
  const UnloadedCall* const unloaded = unloaded_call_.data() + class_of_[link] * services_;
  const auto meets_unloaded = [&](const CallStart& call) {
    return meets(call.visit, call.time_s,
                 call.time_s + unloaded[station.visits->service[call.visit]].total_s);
  };
  const auto meets_contended = [&](const ContendedCall& call) {
    return meets(call.visit, call.called_s, call.answered_s);
  };
  return std::any_of(call_starts_.begin(), call_starts_.end(), meets_unloaded) ||
         std::any_of(contended_.begin(), contended_.end(), meets_contended);
}

void IndependentStations::note_stay(const UnloadedCall& call, std::size_t system, double request_arrives_s) {
  stays_[day_ * peak_.size() + system].push_back(
      {SystemId(system), request_arrives_s, request_arrives_s + call.work_s});
}

/// Finds when the visits, as they are decided now, begin their calls. False if two begin at the same instant:
/// their order is known to the event loop only.
bool IndependentStations::find_call_starts(const JointStation& station, double share_before) {
  const Visits& visits = *station.visits;
  for (const Clerk& clerk : station.day->clerks) {
    if (clerk.number >= speed_.size()) speed_.resize(clerk.number + 1);
    speed_[clerk.number] = clerk.speed;
  }
  // Whether a visit calls is hard to predict at some stations, so there is no branch on it.
  call_starts_.resize(visits.size() + 1);
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < visits.size(); ++i) {
    if (visits.clerk[i] == kNoClerk) continue;
    call_starts_[count] = {visits.leave_s[i] + share_before * human_s(visits, i), i};
    count += visits.system_s[i] > 0;
  }
  call_starts_.resize(count);
  for (std::size_t i = 1; i < count; ++i) {
    const CallStart call = call_starts_[i];
    std::size_t k = i;
    for (; k > 0 && call_starts_[k - 1].time_s > call.time_s; --k) call_starts_[k] = call_starts_[k - 1];
    call_starts_[k] = call;
  }
  if (!calls_meet_) return true;
  const auto at_once = [](const CallStart& a, const CallStart& b) { return a.time_s == b.time_s; };
  return std::adjacent_find(call_starts_.begin(), call_starts_.end(), at_once) == call_starts_.end();
}

/// Carries the station's calls. Calls that overlap with another go over the backbone; those of them that
/// contended become contended_. For calls that overlap with none, on_unloaded(start, call) is called.
template <class OnUnloaded>
void IndependentStations::carry_calls(const JointStation& station, const CallsOverBackbone& calls,
                                      Backbone& backbone, const OnUnloaded& on_unloaded) {
  const Visits& visits = *station.visits;
  const UnloadedCall* const unloaded_here =
      unloaded_call_.data() + class_of_[station.link.index()] * services_;
  contended_.clear();
  ends_.clear();
  bool in_flight = false;
  for (std::size_t k = 0; k < call_starts_.size(); ++k) {
    const auto [time_s, visit] = call_starts_[k];
    const double next_s = k + 1 < call_starts_.size() ? call_starts_[k + 1].time_s : kForever;
    const UnloadedCall& unloaded = unloaded_here[visits.service[visit]];
    if (!in_flight && time_s + unloaded.total_s * (1 + 1e-9) + 1e-6 < next_s) {
      on_unloaded(call_starts_[k], unloaded);
      continue;
    }
    Transaction what = calls.transactions[visits.service[visit]];
    what.from = station.link;
    PISHKHAN_ENSURE(backbone.start(time_s, k, what).has_value());
    while (backbone.next_s() < kForever && backbone.next_s() <= next_s) backbone.advance(next_s, ends_);
    in_flight = backbone.counts().in_flight > 0;
  }
  for (const Completion& end : ends_) {
    const auto [called_s, visit] = call_starts_[end.id];
    if (!end.uncontended)
      contended_.push_back({visit, visits.clerk[visit], visits.leave_s[visit], called_s, end.time_s});
  }
}

/// Sets Visits::system_s of the contended visits so that simulate_station ends their handling when the answer
/// and the rest of the handling make it end. False if no number does so exactly, because of rounding.
bool IndependentStations::lengthen_contended(Visits& visits, double share_before) {
  restore_unloaded(visits);
  for (const ContendedCall& call : contended_) {
    const double human_s = this->human_s(visits, call.visit);
    const double end_s = call.answered_s + (1 - share_before) * human_s;
    double& system_s = visits.system_s[call.visit];
    replaced_system_s_.push_back({call.visit, system_s});
    system_s = (end_s - call.leave_s) - human_s;
    if (call.leave_s + (human_s + system_s) != end_s || system_s <= 0) return false;
  }
  return true;
}

void IndependentStations::restore_unloaded(Visits& visits) {
  for (const auto& [visit, system_s] : replaced_system_s_) visits.system_s[visit] = system_s;
  replaced_system_s_.clear();
}

/// False if the station needs an event loop: its visits are not decided then.
bool IndependentStations::find_fixed_point(JointStation& station, const CallsOverBackbone& calls) {
  Visits& visits = *station.visits;
  contended_.clear();
  replaced_system_s_.clear();
  for (int iteration = 0; iteration < kIterationsAtMost; ++iteration) {
    simulate_station(*station.day, visits, stop_);
    if (!find_call_starts(station, calls.share_before)) break;
    if (!calls_meet_) return true;
    contended_.swap(contended_before_);
    carry_calls(station, calls, *scratch_backbone_, [](const CallStart&, const UnloadedCall&) {});
    if (contended_ == contended_before_) return true;
    const auto too_long = [&](const ContendedCall& call) {
      return call.answered_s - call.called_s >= calls.policy.limit_s;
    };
    if (std::any_of(contended_.begin(), contended_.end(), too_long) ||
        !lengthen_contended(visits, calls.share_before))
      break;
  }
  restore_unloaded(visits);
  return false;
}

/// Counts and tallies the calls of a station whose visits are decided.
void IndependentStations::settle_calls(const JointStation& station, const CallsOverBackbone& calls) {
  const Visits& visits = *station.visits;
  const std::uint32_t link = class_of_[station.link.index()];
  double last_s = 0, unloaded_s = 0;
  const auto count = [&](const CallStart& call, const UnloadedCall& unloaded) {
    const std::uint32_t service = visits.service[call.visit];
    note_stay(unloaded, calls.transactions[service].to.index(),
              (call.time_s + unloaded.latency_s) + unloaded.request_s);
    ++unloaded_count_[link * services_ + service];
    last_s = std::max(last_s, call.time_s + unloaded.total_s);
    unloaded_s += unloaded.total_s;
    called_unloaded_[service] = 1;
  };
  called_unloaded_.assign(services_, 0);
  log_.clear();
  carry_calls(station, calls, backbone_, count);
  for (const Completion& end : ends_) {
    last_s = std::max(last_s, end.time_s);
    if (end.uncontended) unloaded_s += visits.system_s[call_starts_[end.id].visit];
  }
  note_end(last_s);
  note_logged_stays();
  find_longest(link, calls.transactions);
  outcome_.visits += call_starts_.size();
  outcome_.answered += call_starts_.size();
  for (const ContendedCall& call : contended_) {
    const std::uint32_t service = visits.service[call.visit];
    double& system_s = station.visits->system_s[call.visit];
    system_s = call.answered_s - call.called_s;
    const double excess_s = std::max(0.0, system_s - unloaded_call_[link * services_ + service].total_s);
    outcome_.lost_clerk_s[calls.transactions[service].to.index()][static_cast<std::size_t>(Cause::load)]
        .waiting_s += excess_s;
    unloaded_s += system_s - excess_s;
  }
  outcome_.unloaded_s += unloaded_s;
}

/// Of the station's calls: those that took their unloaded time are marked in called_unloaded_, and the others
/// went over the backbone.
void IndependentStations::find_longest(std::uint32_t link, std::span<const Transaction> transactions) {
  station_longest_.clear();
  if (!ends_.empty()) {
    backbone_.take_longest(station_longest_);
    backbone_.take_sums(sums_);
  }
  longest_.merge(station_longest_);
  const auto longer = [](double& to_s, double from_s) { to_s = std::max(to_s, from_s); };
  double& transfer_s = station_longest_.transfer_s[classes_[link].kind];
  for (std::size_t service = 0; service < services_; ++service) {
    if (called_unloaded_[service] == 0) continue;
    const UnloadedCall& unloaded = unloaded_call_[link * services_ + service];
    const std::size_t system = transactions[service].to.index();
    longer(station_longest_.response_s[system], unloaded.work_s);
    longer(station_longest_.transaction_s[system], unloaded.total_s);
    longer(transfer_s, unloaded.latency_s + std::max(unloaded.request_s, unloaded.response_s));
  }
}

void IndependentStations::note_logged_stays() {
  for (const SystemStay& stay : log_) stays_[day_ * peak_.size() + stay.system.index()].push_back(stay);
}

void IndependentStations::simulate_by_event_loop(JointStation& station, const CallsOverBackbone& calls) {
  CallsOverBackbone own = calls;
  own.switches = switches_.find(backbone_.platform(), station, calls.transactions, outages_[day_]);
  own.web = {};
  outcome_ += simulate_apart({&station, 1}, own);
}

/// Simulates in an event loop what no other station can influence, and notes what the backbone saw of it.
CallsOutcome IndependentStations::simulate_apart(std::span<JointStation> stations,
                                                 const CallsOverBackbone& own) {
  log_.clear();
  CallsOutcome found = simulate_joint_day(stations, {}, own, stop_);
  note_logged_stays();
  station_longest_.clear();
  backbone_.take_longest(station_longest_);
  backbone_.take_sums(sums_);
  longest_.merge(station_longest_);
  note_end(kSecondsPerDay + found.past_midnight_s);
  return found;
}

std::vector<std::uint8_t> IndependentStations::add_web_calls(std::span<const WebCall> web, std::size_t day) {
  station_longest_.clear();
  last_past_midnight_s_ = 0;
  hit_web_.clear();
  std::vector<std::uint8_t> fails;
  if (web.empty()) return fails;
  day_ = day;
  const CallsOverBackbone& calls = *all_calls_;
  PISHKHAN_EXPECT(backbone_.platform().access_links[calls.web_link.index()].dedicated);
  const DayOutages* const outages = outages_[day];
  const std::uint32_t link = class_of_[calls.web_link.index()];
  called_unloaded_.assign(services_, 0);
  ends_.clear();
  for (std::size_t k = 0; k < web.size(); ++k) {
    const WebCall& call = web[k];
    const std::size_t at = link * services_ + call.service;
    const std::size_t system = calls.transactions[call.service].to.index();
    if (outages != nullptr && outages->down.meet(calls.web_link.index(), system, call.time_s,
                                                 call.time_s + unloaded_call_[at].total_s)) {
      hit_web_.push_back(k);
      continue;
    }
    called_unloaded_[call.service] = 1;
    note_stay(unloaded_call_[at], system,
              (call.time_s + unloaded_call_[at].latency_s) + unloaded_call_[at].request_s);
    note_end(call.time_s + unloaded_call_[at].total_s);
    ++unloaded_count_[at];
  }
  find_longest(link, calls.transactions);
  if (!hit_web_.empty()) simulate_hit_web_calls(web, fails);
  return fails;
}

/// Simulates the calls of online customers that an outage meets, which add_web_calls() left out.
void IndependentStations::simulate_hit_web_calls(std::span<const WebCall> web,
                                                 std::vector<std::uint8_t>& fails) {
  std::vector<WebCall> hit;
  for (const std::size_t k : hit_web_) hit.push_back(web[k]);
  CallsOverBackbone own = *all_calls_;
  own.switches = outages_[day_]->switches;
  own.web = hit;
  const LongestDurations of_others = station_longest_;
  const CallsOutcome found = simulate_apart({}, own);
  station_longest_.merge(of_others);
  outcome_.web_failed += found.web_failed;
  fails.assign(web.size(), 0);
  for (std::size_t k = 0; k < hit_web_.size(); ++k) fails[hit_web_[k]] = found.web_fails[k];
}

/// Whether no system ever had more transactions than cores; if one had, first_conflict_day_ is found. Where
/// transactions do not slow each other down, those beyond the cores are added up instead, and all is well.
bool IndependentStations::within_cores() {
  std::vector<std::uint32_t> peak = peak_;
  for (std::size_t k = 0; k < days_ * peak.size(); ++k) {
    const std::size_t system = k % peak.size();
    peak[system] = concurrency_.peak(stays_[k], peak[system]);
    const std::uint32_t cores = backbone_.platform().systems[system].cores;
    if (peak[system] <= cores) continue;
    if (!calls_meet_) {
      above_cores_s_[system] += in_whole_ticks(concurrency_.area_above(stays_[k], cores));
      continue;
    }
    first_conflict_day_ = k / peak.size();
    return false;
  }
  peak_.swap(peak);
  return true;
}

void IndependentStations::tally(std::span<const Transaction> transactions,
                                std::span<const std::uint32_t> peaks) {
  tallies_ = backbone_.observe(0);
  tallies_ += sums_;
  for (std::size_t link = 0; link < classes_.size(); ++link) {
    LinkTally& kind = tallies_.link_kinds[classes_[link].kind];
    for (std::size_t service = 0; service < services_; ++service) {
      const std::uint64_t calls = unloaded_count_[link * services_ + service];
      if (calls == 0) continue;
      const auto n = static_cast<double>(calls);
      const UnloadedCall& unloaded = unloaded_call_[link * services_ + service];
      const Transaction& what = transactions[service];
      tallies_.counts.started += calls;
      tallies_.counts.completed += calls;
      SystemTally& system = tallies_.systems[what.to.index()];
      const double work_s = in_whole_ticks(unloaded.work_s);
      system.concurrency_area_s += n * work_s;
      system.busy_core_s += n * work_s;
      add(unloaded.work_s, calls, system.response);
      add(unloaded.total_s, calls, system.transaction);
      system.transaction_s.add(unloaded.total_s, static_cast<std::uint32_t>(calls));
      kind.bytes += calls * (what.request_bytes + what.response_bytes);
      const double busy_s = in_whole_ticks(2 * unloaded.latency_s + unloaded.request_s + unloaded.response_s);
      kind.concurrency_area_s += n * busy_s;
      kind.busy_s += n * busy_s;
      add(unloaded.latency_s + unloaded.request_s, calls, kind.transfer);
      add(unloaded.latency_s + unloaded.response_s, calls, kind.transfer);
    }
  }
  longest_.merge_into(tallies_);
  for (std::size_t i = 0; i < peaks.size(); ++i) {
    SystemTally& system = tallies_.systems[i];
    system.concurrency_max = std::max(system.concurrency_max, peaks[i]);
    // One station's calls do not tell how many cores those of all together keep busy.
    if (!calls_meet_) system.busy_core_s = system.concurrency_area_s - above_cores_s_[i];
  }
}

void IndependentStations::reset_peaks() { std::fill(peak_.begin(), peak_.end(), 0); }

bool IndependentStations::begin(const CallsOverBackbone& calls, std::size_t days) {
  PISHKHAN_EXPECT(calls.backbone == &backbone_);
  const auto is_slow_down = [](const Switch& what) { return what.cores > 0; };
  if (std::any_of(calls.switches.begin(), calls.switches.end(), is_slow_down)) return false;
  if (services_ != calls.transactions.size()) compute_unloaded_calls(calls.transactions);
  // If all human time passes before the call, the end of handling that simulate_station adds up may differ
  // from the answer in the last bit.
  if (!unloaded_within_limit(calls.policy) || calls.share_before >= 1) return false;
  all_calls_ = &calls;
  days_ = days;
  if (stays_.size() < days * peak_.size()) stays_.resize(days * peak_.size());
  for (auto& stays : stays_) stays.clear();
  std::fill(unloaded_count_.begin(), unloaded_count_.end(), 0);
  outcome_ = {};
  outcome_.lost_clerk_s.resize(peak_.size());
  longest_.clear();
  for (SystemTally& system : sums_.systems) system = {};
  above_cores_s_.assign(peak_.size(), 0);
  for (LinkTally& kind : sums_.link_kinds) kind = {};
  past_midnight_s_.assign(days, 0);
  backbone_.forget_tallies();
  backbone_.log_stays(&log_);
  outages_.assign(days, nullptr);
  if (calls.switches.empty()) return true;
  first_outages_.switches.assign(calls.switches.begin(), calls.switches.end());
  first_outages_.down.set(backbone_.platform(), calls.switches);
  outages_[0] = &first_outages_;
  return true;
}

bool IndependentStations::simulate(JointStation& station, std::size_t day) {
  day_ = day;
  last_past_midnight_s_ = 0;
  station.former_positions.clear();
  if (find_fixed_point(station, *all_calls_)) {
    if (outages_[day] == nullptr || !meets_outage(station, *all_calls_, outages_[day]->down)) {
      settle_calls(station, *all_calls_);
      return !contended_.empty();
    }
    restore_unloaded(*station.visits);
  }
  simulate_by_event_loop(station, *all_calls_);
  return true;
}

void IndependentStations::decide(JointStation& station, const DayOutages* outages) {
  station.former_positions.clear();
  // One clerk makes one call after the other.
  if (station.day->clerks.size() == 1 && outages == nullptr)
    return simulate_station(*station.day, *station.visits, stop_);
  if (find_fixed_point(station, *all_calls_)) {
    if (outages == nullptr || !meets_outage(station, *all_calls_, outages->down)) return;
    restore_unloaded(*station.visits);
  }
  CallsOverBackbone own = *all_calls_;
  own.backbone = scratch_backbone_.get();
  own.switches = switches_.find(backbone_.platform(), station, own.transactions, outages);
  own.web = {};
  simulate_joint_day({&station, 1}, {}, own, stop_);
}

std::optional<CallsOutcome> IndependentStations::finish() {
  outcome_.web_fails = add_web_calls(all_calls_->web, 0);
  outcome_.web_fails.resize(all_calls_->web.size());
  backbone_.log_stays(nullptr);
  if (!within_cores()) return {};
  for (const double past_midnight_s : past_midnight_s_)
    outcome_.past_midnight_s += in_whole_ticks(past_midnight_s);
  tally(all_calls_->transactions, peak_);
  return std::move(outcome_);
}

std::vector<std::uint8_t> IndependentStations::simulate_together(std::span<JointStation> stations,
                                                                 std::span<const WebCall> web) {
  PISHKHAN_EXPECT(days_ == 1);
  day_ = 0;
  last_past_midnight_s_ = 0;
  CallsOverBackbone own = *all_calls_;
  own.web = web;
  CallsOutcome found = simulate_apart(stations, own);
  outcome_ += found;
  return std::move(found.web_fails);
}

CallsOutcome IndependentStations::finish_together() {
  PISHKHAN_EXPECT(days_ == 1 && all_calls_->web.empty());
  backbone_.log_stays(nullptr);
  std::vector<std::uint32_t> peaks;
  for (std::size_t system = 0; system < peak_.size(); ++system)
    peaks.push_back(concurrency_.peak(stays_[system], 0));
  outcome_.past_midnight_s = in_whole_ticks(past_midnight_s_.front());
  tally(all_calls_->transactions, peaks);
  return std::move(outcome_);
}

}  // namespace pishkhan
