#include "models/trial/coupled_day.hpp"

#include <algorithm>

#include "sim/backbone/ideal.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {

bool is_coupled(const Scenario& scenario) {
  return scenario.redirect.at_most > 0 || scenario.backbone.model != BackboneModel::ideal ||
         !scenario.outages.empty();
}

CoupledDay::CoupledDay(const Scenario& scenario, const Plan::Data& data, DrawKey key,
                       const TrialOptions& options)
    : scenario_(scenario),
      data_(data),
      key_(key),
      all_together_(options.coupled),
      troubles_(scenario, data, key),
      runners_(data.stations.size()) {
  switch (scenario.backbone.model) {
    case BackboneModel::ideal:
      if (troubles_.any()) backbone_ = std::make_unique<IdealBackbone>(data.platform);
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

void CoupledDay::begin(DayNumber day) {
  day_ = day;
  place_.assign(data_.stations.size(), kNowhere);
  stations_.clear();
}

void CoupledDay::add(std::uint32_t station, std::span<const Guest> guests) {
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

void CoupledDay::simulate(std::span<const Guest> online, bool counted) {
  std::vector<Switch> switches;
  if (backbone_) {
    if (troubles_.any()) switches = troubles_.of_day(day_ - scenario_.run.start);
    call_from_web(online);
    begin_counting(counted);
  }
  CallsOverBackbone calls = calls_of(switches);
  calls.web = web_;
  parted_ = apart_ && part(calls);
  if (!parted_) join(calls);
  if (!backbone_) return;
  (parted_ ? tally_.days_apart : tally_.days_together) += counted;
  end_day(counted);
}

CallsOverBackbone CoupledDay::calls_of(std::span<const Switch> switches) const {
  return {backbone_.get(),
          data_.transactions,
          scenario_.backbone.share_before,
          scenario_.backbone.policy,
          switches,
          {},
          AccessLinkId(data_.stations.size())};
}

void CoupledDay::begin_counting(bool counted) {
  if (counted && !counting_ && apart_) apart_->forget_most();
  counting_ |= counted;
}

bool CoupledDay::begin_apart(DayNumber first, int days, bool counted) {
  if (!apart_ || troubles_.any()) return false;
  day_ = first;
  days_apart_ = 0;
  counts_before_ = counts_;
  web_.clear();
  calls_apart_ = calls_of({});
  begin_counting(counted);
  return apart_->begin(calls_apart_, static_cast<std::size_t>(days));
}

void CoupledDay::add_online(DayNumber day, std::span<const Guest> online) {
  ++days_apart_;
  call_from_web(online);
  counts_.web += web_.size();
  apart_->call_from_web(web_, static_cast<std::size_t>(day - day_));
}

void CoupledDay::simulate_apart(std::uint32_t station, DayNumber day, StationRunner& runner) {
  CoupledStation simulated{&runner.station_day(), &runner.visits(), AccessLinkId(station), {}};
  apart_->add(simulated, static_cast<std::size_t>(day - day_));
  count_calls(runner.visits());
}

std::optional<DayNumber> CoupledDay::end_apart(bool counted) {
  auto outcome = apart_->finish();
  if (!outcome) {
    counts_ = counts_before_;
    return day_ + static_cast<DayNumber>(apart_->day_they_met());
  }
  calls_ = std::move(*outcome);
  today_ = apart_->tallies();
  web_.clear();
  if (counted) tally_.days_apart += days_apart_;
  end_day(counted, days_apart_);
  return {};
}

/// Station by station. False: their transactions meet.
bool CoupledDay::part(const CallsOverBackbone& calls) {
  if (!apart_->begin(calls)) return false;
  kept_at_.assign(stations_.size(), kNowhere);
  std::uint32_t kept = 0;
  for (std::size_t place = 0; place < stations_.size(); ++place) {
    if (kept == kept_.size()) kept_.push_back(std::make_unique<StationRunner>(scenario_, data_, key_));
    StationRunner& runner = *kept_[kept];
    runner.prepare(stations_[place], day_, guests_[place]);
    CoupledStation station{&runner.station_day(), &runner.visits(), AccessLinkId(stations_[place]), {}};
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
void CoupledDay::join(const CallsOverBackbone& calls) {
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
  calls_ = simulate_coupled(coupled_, redirect, calls);
  for (std::size_t place = 0; place < stations_.size(); ++place)
    if (!coupled_[place].came.empty())
      runners_[stations_[place]]->reorder(coupled_[place].came, guests_[place]);
  if (!backbone_) return;
  // Every day begins with idle links and systems, some of them the day after a long night's work.
  const double last_s = std::max(kHoursPerDay * kSecondsPerHour, calls_.last_s);
  today_ = backbone_->observe(last_s);
  backbone_->restart(last_s);
}

void CoupledDay::rest(DayNumber day) {
  if (!backbone_) return;
  backbone_->forget_tallies();
  BackboneTallies idle = backbone_->observe(0);
  troubles_.tally(day - scenario_.run.start, idle);
  tally_.backbone += idle;
}

StationRunner& CoupledDay::runner(std::uint32_t station) {
  const std::size_t place = place_[station];
  StationRunner* runner = runners_[station].get();
  if (parted_ && kept_at_[place] == kNowhere) {
    runner = kept_.back().get();
    runner->prepare(station, day_, guests_[place]);
    runner->simulate();
  } else if (parted_) {
    runner = kept_[kept_at_[place]].get();
  }
  if (backbone_) count_calls(runner->visits());
  return *runner;
}

/// The audit's own count.
void CoupledDay::count_calls(const Visits& visits) {
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const bool failed = visits.outcome[i] == Outcome::failed;
    counts_.failed += failed;
    counts_.called += failed || (visits.clerk[i] != kNoClerk && visits.system[i] > 0);
  }
  for (const Aside& aside : visits.asides) {
    const bool failed = visits.outcome[aside.visit] == Outcome::failed;
    counts_.too_late += failed && aside.recalled_s < kForever;
    // Who was parked at once kept no clerk waiting.
    counts_.called += !failed && visits.system[aside.visit] <= 0;
  }
}

/// Online attempts at a service with a system call it at a time of day of their own.
void CoupledDay::call_from_web(std::span<const Guest> online) {
  web_.clear();
  place_online_.clear();
  std::vector<std::pair<double, std::uint32_t>> order;
  for (std::uint32_t k = 0; k < online.size(); ++k) {
    const Guest& who = online[k];
    if (data_.transactions[who.service()].work_s <= 0) continue;
    const Block words =
        draw(key_, who.index, who.stream, static_cast<std::uint32_t>(who.origin), tag(0, Purpose::web));
    order.emplace_back(web_curve_.time(uniform(words[0], words[1])), k);
  }
  std::sort(order.begin(), order.end());
  place_online_.assign(online.size(), kNowhere);
  for (const auto& [time_s, k] : order) {
    place_online_[k] = static_cast<std::uint32_t>(web_.size());
    web_.push_back({time_s, online[k].service()});
  }
}

void CoupledDay::end_day(bool counted, std::uint64_t days) {
  counts_.transactions += today_.counts;
  counts_.visits += calls_.visits;
  counts_.answered += calls_.answered;
  counts_.web += web_.size();
  if (!counted) return;
  troubles_.tally(day_ - scenario_.run.start, today_);
  for (SystemTally& system : today_.systems) system.core_s *= static_cast<double>(days);
  tally_.backbone += today_;
  tally_.retried += calls_.retried;
  tally_.parked += calls_.parked;
  tally_.web_failed += calls_.web_failed;
  for (std::size_t i = 0; i < calls_.lost_clerk_s.size(); ++i)
    for (std::size_t cause = 0; cause < kCauses; ++cause)
      tally_.lost_clerk_s[i][cause] += calls_.lost_clerk_s[i][cause];
}

std::uint32_t CoupledDay::first_office(std::uint32_t station, std::size_t guest) const {
  const std::uint32_t place = place_[station];
  return guest < own_[place] ? station : first_[place][guest - own_[place]];
}

double CoupledDay::travel_s(std::uint32_t from, std::uint32_t to) const {
  if (scenario_.redirect.speed_kmh <= 0) return scenario_.redirect.travel_s;
  const Office& a = scenario_.province->offices[from];
  const Office& b = scenario_.province->offices[to];
  const double km = distance_km(a.latitude, a.longitude, b.latitude, b.longitude);
  return std::max(km, scenario_.choice.nearest_km) / scenario_.redirect.speed_kmh * kSecondsPerHour;
}

std::optional<Redirected> CoupledDay::next_office(std::uint32_t place, std::uint32_t visit, double t) {
  const std::uint32_t station = stations_[place];
  if (data_.bare || station >= data_.offices) return {};
  const std::size_t number = visit < own_[place] ? runners_[station]->guest(visit) : visit;
  Guest guest = guests_[place][number];
  if (guest.redirects >= scenario_.redirect.at_most) return {};
  const std::uint32_t first = first_office(station, number);
  const std::uint32_t next =
      data_.chooser(day_).table(guest.zone(), guest.service()).alternative(first, guest.redirects);
  if (next == kNowhere || place_[next] == kNowhere) return {};
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
