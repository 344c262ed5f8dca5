#include "models/trial/coupling/coupled_stations.hpp"

#include <algorithm>

#include "models/province/position.hpp"
#include "sim/backbone/ideal.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {

CoupledStations::CoupledStations(const Scenario& scenario, const Plan::Data& data, DrawKey key,
                                 bool always_jointly, const BackboneMaker& simgrid, Totals& totals,
                                 StopCheck stop)
    : scenario_(scenario),
      data_(data),
      key_(key),
      totals_(totals),
      stop_(stop),
      always_jointly_(always_jointly),
      outages_(scenario, data, key, stop),
      web_calls_(scenario, data, key),
      runners_(data.stations.size()),
      apart_(scenario, data, key, stop) {
  switch (scenario.backbone.model) {
    case BackboneModel::ideal:
      // Also in a replication in which nothing happens to fail: all count the same.
      if (!scenario.outages.empty()) {
        auto ideal = std::make_unique<IdealBackbone>(data.platform);
        if (!always_jointly_ && scenario.redirect.at_most == 0) independents_.emplace(*ideal, stop_);
        backbone_ = std::move(ideal);
      }
      break;
    case BackboneModel::shared: {
      auto shared = std::make_unique<SharedBackbone>(data.platform);
      if (!always_jointly_ && scenario.redirect.at_most == 0) independents_.emplace(*shared, stop_);
      backbone_ = std::move(shared);
      break;
    }
    case BackboneModel::simgrid:
      PISHKHAN_EXPECT(simgrid != nullptr);
      backbone_ = simgrid(data.platform);
      break;
  }
  if (backbone_) totals_.result.calls.lost_clerk_s.resize(data.platform.systems.size());
}

void CoupledStations::begin(const Day& day) {
  day_ = day;
  place_.assign(data_.stations.size(), kClosed);
  stations_ = 0;
}

void CoupledStations::add(StationIndex station, std::span<const Attempt> attempts,
                          const GivenArrivals& given) {
  place_[station.index()] = JointStationIndex(stations_);
  if (today_.size() == stations_) today_.emplace_back();
  TodaysStation& today = today_[stations_++];
  today.station = station;
  today.attempts.assign(attempts.begin(), attempts.end());
  today.own_attempts = attempts.size();
  today.arrival_s.assign(given.arrival_s.begin(), given.arrival_s.end());
  today.handling_s.assign(given.handling_s.begin(), given.handling_s.end());
  today.first_offices.clear();
  today.redirected.assign(attempts.size(), 0);
}

void CoupledStations::simulate(std::span<const Attempt> online, bool in_one_loop) {
  std::vector<Switch> switches;
  if (backbone_) {
    if (outages_.any()) switches = outages_.of_day(day_.index);
    web_calls_.draw(online);
    prepare_peaks();
  }
  CallsOverBackbone calls = calls_with(switches);
  calls.web = web_calls_.calls();
  independent_ = !in_one_loop && independents_ && try_apart(calls, {});
  if (!independent_) simulate_in_one_loop(calls);
  if (!backbone_) return;
  watched_days_.assign(1, day_.index);
  end_days(1);
  (independent_ && meeting().count() == 0 ? calls_today_.days_apart : calls_today_.days_together) =
      day_.counted;
  add_to(totals_.result.calls, calls_today_);
}

bool CoupledStations::simulate_part(std::span<const WebCall> online, std::span<const OwnedStays> others,
                                    bool all) {
  std::vector<Switch> switches;
  if (outages_.any()) switches = outages_.of_day(day_.index);
  CallsOverBackbone calls = calls_with(switches);
  calls.web = online;
  independent_ = try_apart(calls, others);
  if (!independent_ && !all) return false;
  if (!independent_) simulate_in_one_loop(calls);
  watched_days_.assign(1, day_.index);
  end_days(1);
  (!independent_ || meeting().anybody_met() ? calls_today_.days_together : calls_today_.days_apart) =
      day_.counted;
  return true;
}

CallsOverBackbone CoupledStations::calls_with(std::span<const Switch> switches) const {
  return {backbone_.get(),
          data_.transactions,
          scenario_.backbone.share_before,
          scenario_.backbone.policy,
          switches,
          {},
          AccessLinkId(data_.stations.size())};
}

/// Peaks of warm-up days are forgotten when the counted days begin.
void CoupledStations::prepare_peaks() {
  if (day_.counted && !peaks_of_counted_days_ && independents_) independents_->reset_peaks();
  peaks_of_counted_days_ |= day_.counted;
}

bool CoupledStations::begin_independent(const Day& first, int days) {
  if (!independents_ || outages_.any_slow_down()) return false;
  day_ = first;
  independent_days_ = 0;
  watched_days_.clear();
  web_calls_.clear();
  independent_calls_ = calls_with({});
  prepare_peaks();
  if (!independents_->begin(independent_calls_, static_cast<std::size_t>(days))) return false;
  independent_outages_.clear();
  for (int k = 0; k < days && outages_.any(); ++k) {
    independent_outages_.push_back(outages_of(first.index + k));
    if (independent_outages_.back())
      independents_->set_outages(static_cast<std::size_t>(k), *independent_outages_.back());
  }
  return true;
}

void CoupledStations::add_online(const Day& day, std::span<const Attempt> online) {
  ++independent_days_;
  watched_days_.push_back(day.index);
  web_calls_.draw(online);
  totals_.calls.web += web_calls_.calls().size();
  online_fails_ =
      independents_->add_web_calls(web_calls_.calls(), static_cast<std::size_t>(day.index - day_.index));
}

void CoupledStations::simulate_independent(const Day& day, StationIndex station, StationRunner& runner) {
  JointStation simulated{&runner.station_day(), &runner.visits(), AccessLinkId(station.index()), {}};
  independents_->simulate(simulated, static_cast<std::size_t>(day.index - day_.index));
  count_calls(runner.visits());
}

bool CoupledStations::begin_alone() {
  PISHKHAN_EXPECT(scenario_.redirect.at_most == 0 && scenario_.backbone.model != BackboneModel::simgrid);
  independent_calls_ = calls_with({});
  if (scenario_.backbone.model == BackboneModel::ideal) {
    ideal_stations_.emplace(independent_calls_, stop_);
    return true;
  }
  if (!independents_->begin(independent_calls_)) return false;
  backbone_->log_stays(nullptr);
  return true;
}

std::unique_ptr<const DayOutages> CoupledStations::outages_of(int day) const {
  auto outages = std::make_unique<DayOutages>();
  if (outages_.any()) outages->switches = outages_.of_day(day);
  if (outages->switches.empty()) return nullptr;
  outages->down.set(backbone_->platform(), outages->switches);
  return outages;
}

void CoupledStations::decide_alone(StationIndex station, const StationDay& day, Visits& visits,
                                   const DayOutages* outages) {
  JointStation simulated{&day, &visits, AccessLinkId(station.index()), {}};
  if (ideal_stations_)
    ideal_stations_->decide(simulated, outages);
  else
    independents_->decide(simulated, outages);
}

std::vector<std::uint8_t> CoupledStations::find_failing(const DayOutages& outages,
                                                        std::span<const WebCall> calls) {
  const std::size_t link = independent_calls_.web_link.index();
  std::vector<std::uint8_t> fails(calls.size(), 0);
  std::vector<WebCall> hit;
  std::vector<std::size_t> which;
  for (std::size_t k = 0; k < calls.size(); ++k) {
    const double from_s = calls[k].time_s, call_s = data_.transaction_s(link, calls[k].service);
    if (!outages.down.meet(link, data_.transactions[calls[k].service].to.index(), from_s, from_s + call_s))
      continue;
    hit.push_back(calls[k]);
    which.push_back(k);
  }
  if (hit.empty()) return fails;
  CallsOverBackbone own = independent_calls_;
  own.switches = outages.switches;
  own.web = hit;
  const CallsOutcome outcome = simulate_joint_day({}, {}, own, stop_);
  for (std::size_t k = 0; k < which.size(); ++k) fails[which[k]] = outcome.web_fails[k];
  return fails;
}

std::optional<int> CoupledStations::end_independent() {
  auto outcome = independents_->finish();
  if (!outcome) return static_cast<int>(independents_->first_conflict_day());
  outcome_ = std::move(*outcome);
  backbone_today_ = independents_->tallies();
  web_calls_.clear();
  end_days(independent_days_);
  if (day_.counted) calls_today_.days_apart = independent_days_;
  add_to(totals_.result.calls, calls_today_);
  return {};
}

/// Simulates one station after the other, and those that meet in one event loop. False if that is not
/// possible, or too many meet: their visits are void.
bool CoupledStations::try_apart(const CallsOverBackbone& calls, std::span<const OwnedStays> others) {
  listed_.clear();
  for (std::size_t place = 0; place < stations_; ++place)
    listed_.push_back({today_[place].station, today_[place].attempts});
  if (!apart_.simulate(day_, listed_, others, calls, *independents_)) return false;
  outcome_ = std::move(apart_.outcome());
  backbone_today_ = apart_.tallies();
  return true;
}

/// Simulates all stations in one event loop, except those that no other station can influence.
void CoupledStations::simulate_in_one_loop(const CallsOverBackbone& calls) {
  joint_stations_.clear();
  for (std::size_t place = 0; place < stations_; ++place) {
    const StationIndex station = today_[place].station;
    auto& own = runners_[station.index()];
    if (!own) own = std::make_unique<StationRunner>(scenario_, data_, key_, stop_);
    own->prepare(day_, station, today_[place].attempts, {today_[place].arrival_s, today_[place].handling_s});
    const bool may_be_influenced = always_jointly_ || backbone_ || station.index() < data_.offices;
    const bool in_loop = own->has_queue() && may_be_influenced;
    joint_stations_.push_back(
        {&own->station_day(), in_loop ? &own->visits() : &no_visits_, AccessLinkId(station.index()), {}});
    if (!in_loop) own->simulate();
  }
  RedirectRule rule;
  if (scenario_.redirect.at_most > 0) {
    rule = [this](JointStationIndex place, std::uint32_t visit, double time_s) {
      return redirect(place, visit, time_s);
    };
  }
  if (backbone_) backbone_->forget_tallies();
  outcome_ = simulate_joint_day(joint_stations_, rule, calls, stop_);
  for (std::size_t place = 0; place < stations_; ++place) {
    if (!joint_stations_[place].former_positions.empty()) {
      runners_[today_[place].station.index()]->reorder(joint_stations_[place].former_positions,
                                                       today_[place].attempts);
    }
  }
  if (!backbone_) return;
  // The next day begins with idle links and systems, even if calls of this one ended after midnight.
  const double last_s = std::max(kSecondsPerDay, outcome_.last_s);
  backbone_today_ = backbone_->observe(last_s);
  backbone_->restart(last_s);
}

void CoupledStations::add_idle_day(const Day& day) {
  if (!backbone_) return;
  backbone_->forget_tallies();
  BackboneTallies idle = backbone_->observe(0);
  outages_.tally(day.index, kSecondsPerDay, idle);
  for (LinkTally& kind : idle.link_kinds) kind.watched_s = static_cast<double>(kind.links) * kSecondsPerDay;
  totals_.result.calls.backbone += idle;
}

/// Counts the calls that the decided visits show: the audit compares them with the outcome of the calls.
void CoupledStations::count_calls(const Visits& visits) {
  CallCounts& counts = totals_.calls;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const bool failed = visits.outcome[i] == Outcome::failed;
    counts.failed += failed;
    counts.called += failed || (visits.clerk[i] != kNoClerk && visits.system_s[i] > 0);
  }
  for (const Aside& aside : visits.asides) {
    const bool failed = visits.outcome[aside.visit] == Outcome::failed;
    counts.too_late += failed && aside.recalled_s < kForever;
    // The clerk did not wait for a citizen who was parked as soon as the call began: system_s is 0, and the
    // visit was not counted above.
    counts.called += !failed && visits.system_s[aside.visit] <= 0;
  }
}

/// Finds of the watched days how long systems and links were down, and cores were there.
void CoupledStations::tally_outages() {
  BackboneTallies of_day;
  of_day.systems.resize(backbone_today_.systems.size());
  of_day.link_kinds.resize(backbone_today_.link_kinds.size());
  for (SystemTally& system : backbone_today_.systems) system.core_s = system.down_s = 0;
  for (LinkTally& kind : backbone_today_.link_kinds) kind.down_s = 0;
  for (const int day : watched_days_) {
    const double past_midnight_s =
        watched_days_.size() == 1
            ? outcome_.past_midnight_s
            : independents_->past_midnight_s()[static_cast<std::size_t>(day - day_.index)];
    outages_.tally(day, kSecondsPerDay + in_whole_ticks(past_midnight_s), of_day);
    for (std::size_t i = 0; i < of_day.systems.size(); ++i) {
      backbone_today_.systems[i].core_s += of_day.systems[i].core_s;
      backbone_today_.systems[i].down_s += of_day.systems[i].down_s;
    }
    for (std::size_t i = 0; i < of_day.link_kinds.size(); ++i)
      backbone_today_.link_kinds[i].down_s += of_day.link_kinds[i].down_s;
  }
}

/// Finds what became of the calls of the day, or of several days.
void CoupledStations::end_days(std::uint64_t days) {
  CallCounts& counts = totals_.calls;
  counts.transactions += backbone_today_.counts;
  counts.visits += outcome_.visits;
  counts.answered += outcome_.answered;
  counts.web += web_calls_.calls().size();
  calls_today_ = {};
  if (!day_.counted) return;
  const double watched_s =
      static_cast<double>(days) * kSecondsPerDay + in_whole_ticks(outcome_.past_midnight_s);
  tally_outages();
  for (LinkTally& kind : backbone_today_.link_kinds)
    kind.watched_s = static_cast<double>(kind.links) * watched_s;
  round_to_ticks(backbone_today_);
  calls_today_.backbone = backbone_today_;
  calls_today_.retried = outcome_.retried;
  calls_today_.parked = outcome_.parked;
  calls_today_.web_failed = outcome_.web_failed;
  calls_today_.unloaded_s = outcome_.unloaded_s;
  calls_today_.lost_clerk_s = outcome_.lost_clerk_s;
}

void add_to(CallTally& sum, const CallTally& calls) {
  if (!calls.backbone.systems.empty()) sum.backbone += calls.backbone;
  sum.retried += calls.retried;
  sum.parked += calls.parked;
  sum.web_failed += calls.web_failed;
  sum.unloaded_s += calls.unloaded_s;
  sum.days_apart += calls.days_apart;
  sum.days_together += calls.days_together;
  add(sum.lost_clerk_s, calls.lost_clerk_s);
}

double CoupledStations::travel_s(StationIndex from, StationIndex to) const {
  if (scenario_.redirect.speed_kmh <= 0) return scenario_.redirect.travel_s;
  const Office& a = scenario_.province->offices[from.index()];
  const Office& b = scenario_.province->offices[to.index()];
  const double km = distance_km(a.latitude, a.longitude, b.latitude, b.longitude);
  return std::max(km, scenario_.choice.nearest_km) / scenario_.redirect.speed_kmh * kSecondsPerHour;
}

/// Sends a citizen who balked to another office, if that is open on arrival. As RedirectRule.
std::optional<Redirected> CoupledStations::redirect(JointStationIndex place, std::uint32_t visit,
                                                    double time_s) {
  TodaysStation& from = today_[place.index()];
  if (data_.bare || from.station.index() >= data_.offices) return {};
  const std::size_t number =
      visit < from.own_attempts ? runners_[from.station.index()]->attempt(visit) : visit;
  Attempt attempt = from.attempts[number];
  if (attempt.redirects >= scenario_.redirect.at_most) return {};
  const StationIndex first = from.first_office(number);
  const StationIndex next =
      data_.chooser(day_.date).alternative(attempt.place(), attempt.service(), first, attempt.redirects);
  if (next == kNoStation || place_[next.index()] == kClosed) return {};
  StationRunner& runner = *runners_[next.index()];
  const double arrival_s = time_s + travel_s(from.station, next);
  if (!doors_open(runner.station_day(), arrival_s)) return {};
  from.redirected[number] = 1;
  ++totals_.redirects;
  attempt.station = next;
  ++attempt.number;
  ++attempt.redirects;
  attempt.appointment = attempt.slot_minute = 0;
  TodaysStation& to = today_[place_[next.index()].index()];
  to.attempts.push_back(attempt);
  to.first_offices.push_back(first);
  to.redirected.push_back(0);
  return Redirected{place_[next.index()], runner.draw_newcomer(attempt, arrival_s)};
}

}  // namespace pishkhan
