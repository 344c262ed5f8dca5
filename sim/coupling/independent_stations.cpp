#include "sim/coupling/independent_stations.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

/// About as many cost as much as the loop.
constexpr int kTurnsAtMost = 16;

}  // namespace

std::uint32_t Concurrency::peak(std::span<const SystemStay> stays, std::uint32_t known) {
  if (stays.empty()) return known;
  double last_s = 0;
  for (const SystemStay& stay : stays) last_s = std::max(last_s, stay.to_s);
  // Within a stretch there are never more than all who are there at some time of it.
  const auto stretch = [](double t) { return static_cast<std::size_t>(t * kStretches_s); };
  change_.assign(stretch(last_s) + 2, 0);
  for (const SystemStay& stay : stays) {
    ++change_[stretch(stay.from_s)];
    --change_[stretch(stay.to_s) + 1];
  }
  std::int32_t there = 0, bound = 0;
  for (std::int32_t& change : change_) {
    there += change;
    change = there;
    bound = std::max(bound, there);
  }
  const auto limit = static_cast<std::int32_t>(std::min<std::uint32_t>(known, INT32_MAX));
  if (bound <= limit) return known;
  steps_.clear();
  for (const SystemStay& stay : stays) {
    const auto from = change_.begin() + static_cast<std::ptrdiff_t>(stretch(stay.from_s));
    const auto to = change_.begin() + static_cast<std::ptrdiff_t>(stretch(stay.to_s)) + 1;
    if (std::none_of(from, to, [limit](std::int32_t most) { return most > limit; })) continue;
    steps_.push_back({stay.from_s, -1});
    steps_.push_back({stay.to_s, 1});
  }
  std::sort(steps_.begin(), steps_.end());
  int now = 0, most = 0;
  for (const auto& [time_s, step] : steps_) most = std::max(most, now -= step);
  return std::max(known, static_cast<std::uint32_t>(most));
}

IndependentStations::IndependentStations(SharedBackbone& backbone)
    : backbone_(backbone), trial_(backbone.platform()), peak_(backbone.platform().systems.size()) {
  const Platform& platform = backbone.platform();
  const Link& province = platform.province_link;
  std::uint32_t kinds = 0;
  for (const AccessLink& link : platform.access_links) {
    const Link& county = platform.county_links[link.county.index()];
    const LinkClass what{std::min({link.up_bytes_s, county.up_bytes_s, province.up_bytes_s}),
                         std::min({link.down_bytes_s, county.down_bytes_s, province.down_bytes_s}),
                         link.latency_s + county.latency_s + province.latency_s, link.kind};
    const auto found = std::find(classes_.begin(), classes_.end(), what);
    class_of_.push_back(static_cast<std::uint32_t>(found - classes_.begin()));
    if (found == classes_.end()) classes_.push_back(what);
    kinds = std::max(kinds, link.kind + 1);
  }
  busy_link_s_.resize(kinds);
}

void IndependentStations::reckon_unloaded(std::span<const Transaction> transactions) {
  const Platform& platform = backbone_.platform();
  services_ = transactions.size();
  unloaded_call_.clear();
  longest_s_ = 0;
  for (const LinkClass& link : classes_)
    for (const Transaction& what : transactions) {
      if (what.work_s <= 0) {
        unloaded_call_.push_back({});
        continue;
      }
      const System& system = platform.systems[what.to.index()];
      const double latency_s = link.way_s + system.data_centre.latency_s;
      UnloadedCall alone{latency_s, static_cast<double>(what.request_bytes) / link.up_bytes_s,
                         what.work_s / system.speed,
                         static_cast<double>(what.response_bytes) / link.down_bytes_s, 0};
      alone.total_s =
          (alone.latency_s + alone.request_s) + alone.work_s + (alone.latency_s + alone.response_s);
      longest_s_ = std::max(longest_s_, alone.total_s);
      unloaded_call_.push_back(alone);
    }
  calls_.assign(unloaded_call_.size(), 0);
}

/// Whether no clerk loses patience with a call that meets nobody.
bool IndependentStations::patient(const CallPolicy& policy) const {
  return longest_s_ * (1 + 1e-9) < policy.limit_s;
}

void IndependentStations::find_trouble(std::span<const Switch> switches) {
  const auto& links = backbone_.platform().access_links;
  troubled_.assign(links.size(), 0);
  if (switches.empty()) return;
  std::vector<std::uint8_t> by_county(backbone_.platform().county_links.size());
  for (const Switch& what : switches)
    (what.cause == Cause::county_link ? by_county : troubled_)[what.index] = 1;
  for (std::size_t link = 0; link < links.size(); ++link)
    troubled_[link] |= by_county[links[link].county.index()];
}

void IndependentStations::stay(const UnloadedCall& alone, std::size_t system, double request_arrives_s) {
  stays_[day_ * peak_.size() + system].push_back(
      {SystemId(system), request_arrives_s, request_arrives_s + alone.work_s});
}

/// The calls of the station's day as it is simulated. False if two begin at once: then their order is not
/// known here.
bool IndependentStations::find_call_starts(const JointStation& station, double share_before) {
  const Visits& visits = *station.visits;
  for (const Clerk& clerk : station.day->clerks) {
    if (clerk.number >= speed_.size()) speed_.resize(clerk.number + 1);
    speed_[clerk.number] = clerk.speed;
  }
  // Which visits call is a coin toss at some stations: no branch on it.
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
  const auto at_once = [](const CallStart& a, const CallStart& b) { return a.time_s == b.time_s; };
  return std::adjacent_find(call_starts_.begin(), call_starts_.end(), at_once) == call_starts_.end();
}

/// Who is under way at the same time as another goes over the backbone, and is contended_ if it met; for the
/// rest by_itself(begun, alone) is called.
template <class ByItself>
void IndependentStations::follow_calls(const JointStation& station, const CallsOverBackbone& calls,
                                       Backbone& over, const ByItself& by_itself) {
  const Visits& visits = *station.visits;
  const UnloadedCall* const alone_here = unloaded_call_.data() + class_of_[station.link.index()] * services_;
  contended_.clear();
  ends_.clear();
  bool under_way = false;
  for (std::size_t k = 0; k < call_starts_.size(); ++k) {
    const auto [time_s, visit] = call_starts_[k];
    const double next_s = k + 1 < call_starts_.size() ? call_starts_[k + 1].time_s : kForever;
    const UnloadedCall& alone = alone_here[visits.service[visit]];
    if (!under_way && time_s + alone.total_s * (1 + 1e-9) + 1e-6 < next_s) {
      by_itself(call_starts_[k], alone);
      continue;
    }
    Transaction what = calls.transactions[visits.service[visit]];
    what.from = station.link;
    PISHKHAN_ENSURE(over.start(time_s, k, what).has_value());
    while (over.next_s() < kForever && over.next_s() <= next_s) over.advance(next_s, ends_);
    under_way = over.counts().in_flight > 0;
  }
  for (const Completion& end : ends_) {
    const auto [called_s, visit] = call_starts_[end.id];
    if (!end.apart)
      contended_.push_back({visit, visits.clerk[visit], visits.leave_s[visit], called_s, end.time_s});
  }
}

/// Makes Visits::system of those who met such that their handling ends when it does. False if rounding is in
/// the way.
bool IndependentStations::lengthen_contended(Visits& visits, double share_before) {
  forget_contended(visits);
  for (const ContendedCall& met : contended_) {
    const double human_s = this->human_s(visits, met.visit);
    const double end_s = met.answered_s + (1 - share_before) * human_s;
    double& system_s = visits.system_s[met.visit];
    unloaded_.push_back({met.visit, system_s});
    system_s = (end_s - met.leave_s) - human_s;
    if (met.leave_s + (human_s + system_s) != end_s || system_s <= 0) return false;
  }
  return true;
}

void IndependentStations::forget_contended(Visits& visits) {
  for (const auto& [visit, system_s] : unloaded_) visits.system_s[visit] = system_s;
  unloaded_.clear();
}

/// False if the station needs a loop; its visits are to be decided yet.
bool IndependentStations::simulate_by_fixed_point(JointStation& station, const CallsOverBackbone& calls) {
  Visits& visits = *station.visits;
  contended_.clear();
  unloaded_.clear();
  for (int turn = 0; turn < kTurnsAtMost; ++turn) {
    simulate_station(*station.day, visits);
    if (!find_call_starts(station, calls.share_before)) break;
    contended_.swap(contended_before_);
    follow_calls(station, calls, trial_, [](const CallStart&, const UnloadedCall&) {});
    if (contended_ == contended_before_) {
      settle_calls(station, calls);
      return true;
    }
    const auto too_long = [&](const ContendedCall& met) {
      return met.answered_s - met.called_s >= calls.policy.limit_s;
    };
    if (std::any_of(contended_.begin(), contended_.end(), too_long) ||
        !lengthen_contended(visits, calls.share_before))
      break;
  }
  forget_contended(visits);
  return false;
}

/// Counts the calls of a day that is decided.
void IndependentStations::settle_calls(const JointStation& station, const CallsOverBackbone& calls) {
  const Visits& visits = *station.visits;
  const std::uint32_t link = class_of_[station.link.index()];
  double& busy_s = busy_link_s_[classes_[link].kind];
  const auto count = [&](const CallStart& call, const UnloadedCall& alone) {
    const std::uint32_t service = visits.service[call.visit];
    stay(alone, calls.transactions[service].to.index(), (call.time_s + alone.latency_s) + alone.request_s);
    ++calls_[link * services_ + service];
    busy_s += 2 * alone.latency_s + alone.request_s + alone.response_s;
  };
  log_.clear();
  follow_calls(station, calls, backbone_, count);
  take_log();
  outcome_.visits += call_starts_.size();
  outcome_.answered += call_starts_.size();
  for (const ContendedCall& met : contended_) {
    const std::uint32_t service = visits.service[met.visit];
    double& system_s = station.visits->system_s[met.visit];
    system_s = met.answered_s - met.called_s;
    outcome_.lost_clerk_s[calls.transactions[service].to.index()][static_cast<std::size_t>(Cause::load)] +=
        std::max(0.0, system_s - unloaded_call_[link * services_ + service].total_s);
  }
}

void IndependentStations::take_log() {
  for (const SystemStay& stay : log_) stays_[day_ * peak_.size() + stay.system.index()].push_back(stay);
}

void IndependentStations::simulate_with_own_loop(JointStation& station, const CallsOverBackbone& calls) {
  const std::size_t county = backbone_.platform().access_links[station.link.index()].county.index();
  switches_.clear();
  for (const Switch& what : calls.switches)
    if (what.index == (what.cause == Cause::county_link ? county : station.link.index()))
      switches_.push_back(what);
  CallsOverBackbone own = calls;
  own.switches = switches_;
  own.web = {};
  log_.clear();
  const CallsOutcome found = simulate_joint_day({&station, 1}, {}, own);
  take_log();
  outcome_.visits += found.visits;
  outcome_.answered += found.answered;
  outcome_.retried += found.retried;
  outcome_.parked += found.parked;
  for (std::size_t i = 0; i < found.lost_clerk_s.size(); ++i)
    for (std::size_t cause = 0; cause < kCauses; ++cause)
      outcome_.lost_clerk_s[i][cause] += found.lost_clerk_s[i][cause];
}

void IndependentStations::call_from_web(std::span<const WebCall> web, std::size_t day) {
  if (web.empty()) return;
  day_ = day;
  const CallsOverBackbone& calls = *today_;
  PISHKHAN_EXPECT(backbone_.platform().access_links[calls.web_link.index()].dedicated);
  const std::uint32_t link = class_of_[calls.web_link.index()];
  for (const WebCall& call : web) {
    const std::size_t at = link * services_ + call.service;
    stay(unloaded_call_[at], calls.transactions[call.service].to.index(),
         (call.time_s + unloaded_call_[at].latency_s) + unloaded_call_[at].request_s);
    ++calls_[at];
    busy_link_s_[classes_[link].kind] +=
        2 * unloaded_call_[at].latency_s + unloaded_call_[at].request_s + unloaded_call_[at].response_s;
  }
}

/// Whether no system ever had more at work than cores.
bool IndependentStations::within_cores() {
  std::vector<std::uint32_t> most = peak_;
  for (std::size_t k = 0; k < days_ * most.size(); ++k) {
    const std::size_t system = k % most.size();
    most[system] = concurrency_.peak(stays_[k], most[system]);
    if (most[system] <= backbone_.platform().systems[system].cores) continue;
    first_conflict_day_ = k / most.size();
    return false;
  }
  peak_.swap(most);
  return true;
}

void IndependentStations::tally(std::span<const Transaction> transactions) {
  tallies_ = backbone_.observe(0);
  for (std::size_t link = 0; link < classes_.size(); ++link) {
    LinkTally& kind = tallies_.link_kinds[classes_[link].kind];
    for (std::size_t service = 0; service < services_; ++service) {
      const std::uint64_t calls = calls_[link * services_ + service];
      if (calls == 0) continue;
      const auto n = static_cast<double>(calls);
      const UnloadedCall& alone = unloaded_call_[link * services_ + service];
      const Transaction& what = transactions[service];
      tallies_.counts.started += calls;
      tallies_.counts.completed += calls;
      SystemTally& system = tallies_.systems[what.to.index()];
      system.concurrency_area_s += n * alone.work_s;
      system.busy_core_s += n * alone.work_s;
      system.response.add(alone.work_s, calls);
      system.transaction.add(alone.total_s, calls);
      system.transaction_s.add(alone.total_s, static_cast<std::uint32_t>(calls));
      kind.bytes += calls * (what.request_bytes + what.response_bytes);
      kind.concurrency_area_s += n * (2 * alone.latency_s + alone.request_s + alone.response_s);
      kind.transfer.add(alone.latency_s + alone.request_s, calls);
      kind.transfer.add(alone.latency_s + alone.response_s, calls);
    }
  }
  for (std::size_t i = 0; i < peak_.size(); ++i)
    tallies_.systems[i].concurrency_max = std::max(tallies_.systems[i].concurrency_max, peak_[i]);
  for (std::size_t kind = 0; kind < busy_link_s_.size(); ++kind)
    tallies_.link_kinds[kind].busy_s += busy_link_s_[kind];
}

void IndependentStations::reset_peaks() { std::fill(peak_.begin(), peak_.end(), 0); }

bool IndependentStations::begin(const CallsOverBackbone& calls, std::size_t days) {
  PISHKHAN_EXPECT(calls.backbone == &backbone_);
  for (const Switch& what : calls.switches)
    if (what.cause == Cause::system || what.cores > 0) return false;
  if (services_ != calls.transactions.size()) reckon_unloaded(calls.transactions);
  // With nothing left after the call, its answer and the end of the sum may differ in the last bit.
  if (!patient(calls.policy) || calls.share_before >= 1) return false;
  today_ = &calls;
  days_ = days;
  if (stays_.size() < days * peak_.size()) stays_.resize(days * peak_.size());
  for (auto& stays : stays_) stays.clear();
  std::fill(calls_.begin(), calls_.end(), 0);
  std::fill(busy_link_s_.begin(), busy_link_s_.end(), 0);
  outcome_ = {};
  outcome_.lost_clerk_s.resize(peak_.size());
  backbone_.forget_tallies();
  backbone_.log_stays(&log_);
  find_trouble(calls.switches);
  return true;
}

bool IndependentStations::add(JointStation& station, std::size_t day) {
  day_ = day;
  station.came.clear();
  if (troubled_[station.link.index()] == 0 && simulate_by_fixed_point(station, *today_))
    return !contended_.empty();
  simulate_with_own_loop(station, *today_);
  return true;
}

std::optional<CallsOutcome> IndependentStations::finish() {
  backbone_.log_stays(nullptr);
  call_from_web(today_->web, 0);
  if (!within_cores()) return {};
  outcome_.web_fails.assign(today_->web.size(), 0);
  tally(today_->transactions);
  return std::move(outcome_);
}

}  // namespace pishkhan
