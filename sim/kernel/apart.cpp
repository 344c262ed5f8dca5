#include "sim/kernel/apart.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"

namespace pishkhan {

std::uint32_t Concurrency::most(std::span<const SystemStay> stays, std::uint32_t known) {
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

StationsApart::StationsApart(SharedBackbone& backbone)
    : backbone_(backbone), stays_(backbone.platform().systems.size()), most_(backbone.platform().systems.size()) {
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

void StationsApart::reckon_unloaded(std::span<const Transaction> transactions) {
  const Platform& platform = backbone_.platform();
  services_ = transactions.size();
  alone_.clear();
  longest_s_ = 0;
  for (const LinkClass& link : classes_)
    for (const Transaction& what : transactions) {
      if (what.work_s <= 0) {
        alone_.push_back({});
        continue;
      }
      const System& system = platform.systems[what.to.index()];
      const double latency_s = link.way_s + system.data_centre.latency_s;
      Alone alone{latency_s, static_cast<double>(what.request_bytes) / link.up_bytes_s, what.work_s / system.speed,
                  static_cast<double>(what.response_bytes) / link.down_bytes_s, 0};
      alone.total_s = (alone.latency_s + alone.request_s) + alone.work_s + (alone.latency_s + alone.response_s);
      longest_s_ = std::max(longest_s_, alone.total_s);
      alone_.push_back(alone);
    }
  calls_.assign(alone_.size(), 0);
}

/// Whether no clerk loses patience with a call that meets nobody.
bool StationsApart::patient(const CallPolicy& policy) const { return longest_s_ * (1 + 1e-9) < policy.limit_s; }

void StationsApart::find_trouble(std::span<const Switch> switches) {
  const auto& links = backbone_.platform().access_links;
  troubled_.assign(links.size(), 0);
  if (switches.empty()) return;
  std::vector<std::uint8_t> by_county(backbone_.platform().county_links.size());
  for (const Switch& what : switches) (what.cause == Cause::county_link ? by_county : troubled_)[what.index] = 1;
  for (std::size_t link = 0; link < links.size(); ++link) troubled_[link] |= by_county[links[link].county.index()];
}

void StationsApart::stay(const Alone& alone, std::size_t system, double request_arrives_s) {
  stays_[system].push_back({SystemId(system), request_arrives_s, request_arrives_s + alone.work_s});
}

/// Orders transfers of one direction. Whether no two of them ever share it.
bool StationsApart::sort_apart(std::vector<Transfer>& transfers) {
  for (std::size_t i = 1; i < transfers.size(); ++i) {
    const Transfer transfer = transfers[i];
    std::size_t k = i;
    for (; k > 0 && transfers[k - 1].joins_s > transfer.joins_s; --k) transfers[k] = transfers[k - 1];
    transfers[k] = transfer;
  }
  for (std::size_t i = 1; i < transfers.size(); ++i)
    if (transfers[i].joins_s <= transfers[i - 1].ends_s) return false;
  return true;
}

/// Latencies may overlap.
double StationsApart::busy_s(const std::vector<Transfer>& transfers) {
  double busy_s = 0, until_s = 0;
  for (const Transfer& transfer : transfers) {
    busy_s += transfer.ends_s - std::max(transfer.begin_s, until_s);
    until_s = transfer.ends_s;
  }
  return busy_s;
}

/// The calls of a station's day that was simulated with unloaded times. False if they meet each other.
bool StationsApart::follow_calls(const CoupledStation& station, const CallsOverBackbone& calls) {
  const Visits& visits = *station.visits;
  for (const Clerk& clerk : station.day->clerks) {
    if (clerk.number >= speed_.size()) speed_.resize(clerk.number + 1);
    speed_[clerk.number] = clerk.speed;
  }
  const std::uint32_t link = class_of_[station.link.index()];
  const Alone* const alone_here = alone_.data() + link * services_;
  begun_.clear();
  up_.clear();
  down_.clear();
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (visits.clerk[i] == kNoClerk || visits.system[i] <= 0) continue;
    const Alone& alone = alone_here[visits.service[i]];
    const double begins_s = visits.leave[i] + calls.share_before * (visits.human[i] / speed_[visits.clerk[i]]);
    const double joins_s = begins_s + alone.latency_s, arrives_s = joins_s + alone.request_s;
    const double returns_s = arrives_s + alone.work_s, back_joins_s = returns_s + alone.latency_s;
    begun_.push_back({arrives_s, visits.service[i]});
    up_.push_back({begins_s, joins_s, arrives_s});
    down_.push_back({returns_s, back_joins_s, back_joins_s + alone.response_s});
  }
  if (!sort_apart(up_) || !sort_apart(down_)) return false;
  for (const auto& [arrives_s, service] : begun_) {
    stay(alone_here[service], calls.transactions[service].to.index(), arrives_s);
    ++calls_[link * services_ + service];
  }
  busy_link_s_[classes_[link].kind] += busy_s(up_) + busy_s(down_);
  return true;
}

void StationsApart::simulate_alone(CoupledStation& station, const CallsOverBackbone& calls) {
  const std::size_t county = backbone_.platform().access_links[station.link.index()].county.index();
  switches_.clear();
  for (const Switch& what : calls.switches)
    if (what.index == (what.cause == Cause::county_link ? county : station.link.index())) switches_.push_back(what);
  CallsOverBackbone own = calls;
  own.switches = switches_;
  own.web = {};
  log_.clear();
  const CallsOutcome found = simulate_coupled({&station, 1}, {}, own);
  for (const SystemStay& stay : log_) stays_[stay.system.index()].push_back(stay);
  outcome_.visits += found.visits;
  outcome_.answered += found.answered;
  outcome_.retried += found.retried;
  outcome_.parked += found.parked;
  for (std::size_t i = 0; i < found.lost_clerk_s.size(); ++i)
    for (std::size_t cause = 0; cause < kCauses; ++cause) outcome_.lost_clerk_s[i][cause] += found.lost_clerk_s[i][cause];
}

void StationsApart::call_from_web(const CallsOverBackbone& calls) {
  if (calls.web.empty()) return;
  const std::uint32_t link = class_of_[calls.web_link.index()];
  for (const WebCall& call : calls.web) {
    const std::size_t at = link * services_ + call.service;
    stay(alone_[at], calls.transactions[call.service].to.index(),
         (call.time_s + alone_[at].latency_s) + alone_[at].request_s);
    ++calls_[at];
    busy_link_s_[classes_[link].kind] +=
        2 * alone_[at].latency_s + alone_[at].request_s + alone_[at].response_s;
  }
}

/// Whether no system ever had more at work than cores.
bool StationsApart::within_cores() {
  std::vector<std::uint32_t> most = most_;
  for (std::size_t i = 0; i < stays_.size(); ++i) {
    most[i] = concurrency_.most(stays_[i], most[i]);
    if (most[i] > backbone_.platform().systems[i].cores) return false;
  }
  most_.swap(most);
  return true;
}

void StationsApart::tally(std::span<const Transaction> transactions) {
  tallies_ = backbone_.observe(0);
  for (std::size_t link = 0; link < classes_.size(); ++link) {
    LinkTally& kind = tallies_.link_kinds[classes_[link].kind];
    for (std::size_t service = 0; service < services_; ++service) {
      const std::uint64_t calls = calls_[link * services_ + service];
      if (calls == 0) continue;
      const auto n = static_cast<double>(calls);
      const Alone& alone = alone_[link * services_ + service];
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
  for (std::size_t i = 0; i < most_.size(); ++i)
    tallies_.systems[i].concurrency_max = std::max(tallies_.systems[i].concurrency_max, most_[i]);
  for (std::size_t kind = 0; kind < busy_link_s_.size(); ++kind) tallies_.link_kinds[kind].busy_s += busy_link_s_[kind];
}

void StationsApart::forget_most() { std::fill(most_.begin(), most_.end(), 0); }

bool StationsApart::begin(const CallsOverBackbone& calls) {
  PISHKHAN_EXPECT(calls.backbone == &backbone_);
  for (const Switch& what : calls.switches)
    if (what.cause == Cause::system || what.cores > 0) return false;
  if (services_ != calls.transactions.size()) reckon_unloaded(calls.transactions);
  if (!patient(calls.policy)) return false;
  PISHKHAN_EXPECT(calls.web.empty() || backbone_.platform().access_links[calls.web_link.index()].dedicated);
  today_ = &calls;
  for (auto& stays : stays_) stays.clear();
  std::fill(calls_.begin(), calls_.end(), 0);
  std::fill(busy_link_s_.begin(), busy_link_s_.end(), 0);
  outcome_ = {};
  outcome_.lost_clerk_s.resize(stays_.size());
  backbone_.forget_tallies();
  backbone_.log_stays(&log_);
  find_trouble(calls.switches);
  return true;
}

bool StationsApart::add(CoupledStation& station) {
  station.came.clear();
  if (troubled_[station.link.index()] == 0) {
    simulate_station(*station.day, *station.visits);
    if (follow_calls(station, *today_)) {
      outcome_.visits += begun_.size();
      outcome_.answered += begun_.size();
      return false;
    }
  }
  simulate_alone(station, *today_);
  return true;
}

std::optional<CallsOutcome> StationsApart::finish() {
  backbone_.log_stays(nullptr);
  call_from_web(*today_);
  if (!within_cores()) return {};
  outcome_.web_fails.assign(today_->web.size(), 0);
  tally(today_->transactions);
  return std::move(outcome_);
}

}  // namespace pishkhan
