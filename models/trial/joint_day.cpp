#include "models/trial/joint_day.hpp"

#include <algorithm>

#include "sim/backbone/ideal.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {

bool is_coupled(const Scenario& scenario) {
  return scenario.redirect.at_most > 0 || scenario.backbone.model != BackboneModel::ideal ||
         !scenario.outages.empty();
}

JointDay::JointDay(const Scenario& scenario, const Plan::Data& data, DrawKey key, const TrialOptions& options)
    : scenario_(scenario),
      data_(data),
      key_(key),
      all_together_(options.coupled),
      outages_(scenario, data, key),
      runners_(data.stations.size()) {
  switch (scenario.backbone.model) {
    case BackboneModel::ideal:
      if (outages_.any()) backbone_ = std::make_unique<IdealBackbone>(data.platform);
      break;
    case BackboneModel::shared: {
      auto shared = std::make_unique<SharedBackbone>(data.platform);
      if (!all_together_ && scenario.redirect.at_most == 0) apart_.emplace(*shared);
      backbone_ = std::move(shared);
      break;
    }
    case BackboneModel::simgrid:
      PISHKHAN_EXPECT(options.simgrid != nullptr);
      backbone_ = options.simgrid(data.platform);
      break;
  }
  if (!backbone_) return;
  const Interval whole_day{0, kHoursPerDay * kSecondsPerHour};
  web_curve_ = ArrivalCurve(scenario.demand.web, {&whole_day, 1});
  tally_.lost_clerk_s.resize(data.platform.systems.size());
}

void JointDay::begin(DayNumber day) {
  day_ = day;
  place_.assign(data_.stations.size(), kNoStation);
  stations_.clear();
}

void JointDay::add(std::uint32_t station, std::span<const Attempt> guests) {
  const std::size_t place = stations_.size();
  place_[station] = static_cast<std::uint32_t>(place);
  stations_.push_back(station);
  if (guests_.size() <= place) {
    guests_.resize(place + 1);
    own_.resize(place + 1);
    first_.resize(place + 1);
    went_on_.resize(place + 1);
  }
  guests_[place].assign(guests.begin(), guests.end());
  own_[place] = guests.size();
  first_[place].clear();
  went_on_[place].assign(guests.size(), 0);
}

void JointDay::simulate(std::span<const Attempt> online, bool counted) {
  std::vector<Switch> switches;
  if (backbone_) {
    if (outages_.any()) switches = outages_.of_day(day_ - scenario_.run.start);
    call_from_web(online);
    begin_counting(counted);
  }
  CallsOverBackbone calls = calls_of(switches);
  calls.web = web_;
  independent_ = apart_ && try_independent(calls);
  if (!independent_) simulate_jointly(calls);
  if (!backbone_) return;
  (independent_ ? tally_.days_apart : tally_.days_together) += counted;
  end_day(counted);
}

CallsOverBackbone JointDay::calls_of(std::span<const Switch> switches) const {
  return {backbone_.get(),
          data_.transactions,
          scenario_.backbone.share_before,
          scenario_.backbone.policy,
          switches,
          {},
          AccessLinkId(data_.stations.size())};
}

void JointDay::begin_counting(bool counted) {
  if (counted && !counting_ && apart_) apart_->reset_peaks();
  counting_ |= counted;
}

bool JointDay::begin_apart(DayNumber first, int days, bool counted) {
  if (!apart_ || outages_.any()) return false;
  day_ = first;
  days_apart_ = 0;
  counts_before_ = counts_;
  web_.clear();
  calls_apart_ = calls_of({});
  begin_counting(counted);
  return apart_->begin(calls_apart_, static_cast<std::size_t>(days));
}

void JointDay::add_online(DayNumber day, std::span<const Attempt> online) {
  ++days_apart_;
  call_from_web(online);
  counts_.web += web_.size();
  apart_->call_from_web(web_, static_cast<std::size_t>(day - day_));
}

void JointDay::simulate_apart(std::uint32_t station, DayNumber day, StationRunner& runner) {
  JointStation simulated{&runner.station_day(), &runner.visits(), AccessLinkId(station), {}};
  apart_->add(simulated, static_cast<std::size_t>(day - day_));
  count_calls(runner.visits());
}

std::optional<DayNumber> JointDay::end_apart(bool counted) {
  auto outcome = apart_->finish();
  if (!outcome) {
    counts_ = counts_before_;
    return day_ + static_cast<DayNumber>(apart_->first_conflict_day());
  }
  calls_ = std::move(*outcome);
  today_ = apart_->tallies();
  web_.clear();
  if (counted) tally_.days_apart += days_apart_;
  end_day(counted, days_apart_);
  return {};
}

/// Station by station. False: their transactions meet.
bool JointDay::try_independent(const CallsOverBackbone& calls) {
  if (!apart_->begin(calls)) return false;
  kept_at_.assign(stations_.size(), kNoStation);
  std::uint32_t kept = 0;
  for (std::size_t place = 0; place < stations_.size(); ++place) {
    if (kept == kept_.size()) kept_.push_back(std::make_unique<StationRunner>(scenario_, data_, key_));
    StationRunner& runner = *kept_[kept];
    runner.prepare(stations_[place], day_, guests_[place]);
    JointStation station{&runner.station_day(), &runner.visits(), AccessLinkId(stations_[place]), {}};
    if (apart_->add(station)) kept_at_[place] = kept++;
  }
  if (kept == kept_.size()) kept_.push_back(std::make_unique<StationRunner>(scenario_, data_, key_));
  auto outcome = apart_->finish();
  if (!outcome) return false;
  calls_ = std::move(*outcome);
  today_ = apart_->tallies();
  return true;
}

/// All in one loop, but for those whom nothing touches.
void JointDay::simulate_jointly(const CallsOverBackbone& calls) {
  coupled_.clear();
  for (std::size_t place = 0; place < stations_.size(); ++place) {
    const std::uint32_t station = stations_[place];
    if (!runners_[station]) runners_[station] = std::make_unique<StationRunner>(scenario_, data_, key_);
    StationRunner& runner = *runners_[station];
    runner.prepare(station, day_, guests_[place]);
    const bool touches = all_together_ || backbone_ || station < data_.offices;
    if (runner.has_clerks() && touches) {
      coupled_.push_back({&runner.station_day(), &runner.visits(), AccessLinkId(station), {}});
    } else {
      coupled_.push_back({&runner.station_day(), &nobody_, AccessLinkId(station), {}});
      runner.simulate();
    }
  }
  RedirectRule redirect;
  if (scenario_.redirect.at_most > 0)
    redirect = [this](std::uint32_t place, std::uint32_t visit, double t) {
      return next_office(place, visit, t);
    };
  if (backbone_) backbone_->forget_tallies();
  calls_ = simulate_joint_day(coupled_, redirect, calls);
  for (std::size_t place = 0; place < stations_.size(); ++place)
    if (!coupled_[place].came.empty())
      runners_[stations_[place]]->reorder(coupled_[place].came, guests_[place]);
  if (!backbone_) return;
  // Every day begins with idle links and systems, some of them the day after a long night's work.
  const double last_s = std::max(kHoursPerDay * kSecondsPerHour, calls_.last_s);
  today_ = backbone_->observe(last_s);
  backbone_->restart(last_s);
}

void JointDay::add_idle_day(DayNumber day) {
  if (!backbone_) return;
  backbone_->forget_tallies();
  BackboneTallies idle = backbone_->observe(0);
  outages_.tally(day - scenario_.run.start, idle);
  tally_.backbone += idle;
}

StationRunner& JointDay::runner(std::uint32_t station) {
  const std::size_t place = place_[station];
  StationRunner* runner = runners_[station].get();
  if (independent_ && kept_at_[place] == kNoStation) {
    runner = kept_.back().get();
    runner->prepare(station, day_, guests_[place]);
    runner->simulate();
  } else if (independent_) {
    runner = kept_[kept_at_[place]].get();
  }
  if (backbone_) count_calls(runner->visits());
  return *runner;
}

/// The audit's own count.
void JointDay::count_calls(const Visits& visits) {
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const bool failed = visits.outcome[i] == Outcome::failed;
    counts_.failed += failed;
    counts_.called += failed || (visits.clerk[i] != kNoClerk && visits.system_s[i] > 0);
  }
  for (const Aside& aside : visits.asides) {
    const bool failed = visits.outcome[aside.visit] == Outcome::failed;
    counts_.too_late += failed && aside.recalled_s < kForever;
    // Who was parked at once kept no clerk waiting.
    counts_.called += !failed && visits.system_s[aside.visit] <= 0;
  }
}

/// Online attempts at a service with a system call it at a time of day of their own.
void JointDay::call_from_web(std::span<const Attempt> online) {
  web_.clear();
  place_online_.clear();
  std::vector<std::pair<double, std::uint32_t>> order;
  for (std::uint32_t k = 0; k < online.size(); ++k) {
    const Attempt& who = online[k];
    if (data_.transactions[who.service()].work_s <= 0) continue;
    const Block words =
        draw(key_, who.index, who.stream, static_cast<std::uint32_t>(who.origin), tag(0, Purpose::web));
    order.emplace_back(web_curve_.time(uniform(words[0], words[1])), k);
  }
  std::sort(order.begin(), order.end());
  place_online_.assign(online.size(), kNoStation);
  for (const auto& [time_s, k] : order) {
    place_online_[k] = static_cast<std::uint32_t>(web_.size());
    web_.push_back({time_s, online[k].service()});
  }
}

void JointDay::end_day(bool counted, std::uint64_t days) {
  counts_.transactions += today_.counts;
  counts_.visits += calls_.visits;
  counts_.answered += calls_.answered;
  counts_.web += web_.size();
  if (!counted) return;
  outages_.tally(day_ - scenario_.run.start, today_);
  for (SystemTally& system : today_.systems) system.core_s *= static_cast<double>(days);
  tally_.backbone += today_;
  tally_.retried += calls_.retried;
  tally_.parked += calls_.parked;
  tally_.web_failed += calls_.web_failed;
  for (std::size_t i = 0; i < calls_.lost_clerk_s.size(); ++i)
    for (std::size_t cause = 0; cause < kCauses; ++cause)
      tally_.lost_clerk_s[i][cause] += calls_.lost_clerk_s[i][cause];
}

std::uint32_t JointDay::first_office(std::uint32_t station, std::size_t guest) const {
  const std::uint32_t place = place_[station];
  return guest < own_[place] ? station : first_[place][guest - own_[place]];
}

double JointDay::travel_s(std::uint32_t from, std::uint32_t to) const {
  if (scenario_.redirect.speed_kmh <= 0) return scenario_.redirect.travel_s;
  const Office& a = scenario_.province->offices[from];
  const Office& b = scenario_.province->offices[to];
  const double km = distance_km(a.latitude, a.longitude, b.latitude, b.longitude);
  return std::max(km, scenario_.choice.nearest_km) / scenario_.redirect.speed_kmh * kSecondsPerHour;
}

std::optional<Redirected> JointDay::next_office(std::uint32_t place, std::uint32_t visit, double t) {
  const std::uint32_t station = stations_[place];
  if (data_.bare || station >= data_.offices) return {};
  const std::size_t number = visit < own_[place] ? runners_[station]->guest(visit) : visit;
  Attempt guest = guests_[place][number];
  if (guest.redirects >= scenario_.redirect.at_most) return {};
  const std::uint32_t first = first_office(station, number);
  const std::uint32_t next =
      data_.chooser(day_).table(guest.zone(), guest.service()).alternative(first, guest.redirects);
  if (next == kNoStation || place_[next] == kNoStation) return {};
  StationRunner& runner = *runners_[next];
  const double arrival_s = t + travel_s(station, next);
  if (!doors_open(runner.station_day(), arrival_s)) return {};
  went_on_[place][number] = 1;
  ++redirected_;
  guest.station = next;
  ++guest.attempt;
  ++guest.redirects;
  const std::uint32_t there = place_[next];
  guests_[there].push_back(guest);
  first_[there].push_back(first);
  went_on_[there].push_back(0);
  return Redirected{there, runner.newcomer(guest, arrival_s)};
}

}  // namespace pishkhan
