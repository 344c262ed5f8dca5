#include "models/trial/coupled_day.hpp"

#include <algorithm>

#include "sim/backbone/shared.hpp"

namespace pishkhan {

bool is_coupled(const Scenario& scenario) { 
  return scenario.redirect.at_most > 0 || scenario.backbone.model != BackboneModel::ideal;
}

CoupledDay::CoupledDay(const Scenario& scenario, const Plan::Data& data, DrawKey key, bool all_together)
    : scenario_(scenario), data_(data), key_(key), all_together_(all_together), runners_(data.stations.size()) {
  if (scenario.backbone.model == BackboneModel::shared) backbone_ = std::make_unique<SharedBackbone>(data.platform);
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
  if (!runners_[station]) runners_[station] = std::make_unique<StationRunner>(scenario_, data_, key_);
  runners_[station]->prepare(station, day_, guests);
}

void CoupledDay::simulate() {
  coupled_.clear();
  for (const std::uint32_t station : stations_) {
    StationRunner& runner = *runners_[station];
    const bool touches = all_together_ || backbone_ || station < data_.offices;
    if (runner.has_clerks() && touches) {
      coupled_.push_back({&runner.station_day(), &runner.visits(), AccessLinkId(station), {}});
    } else {
      coupled_.push_back({&runner.station_day(), &nobody_, AccessLinkId(station), {}});
      runner.simulate();
    }
  }
  const auto redirect = [this](std::uint32_t place, std::uint32_t visit, double t) {
    return next_office(place, visit, t);
  };
  simulate_coupled(coupled_, redirect, {.backbone = backbone_.get(), .transactions = data_.transactions, .share_before = scenario_.backbone.share_before});
  if (backbone_) end_day();
  for (std::size_t place = 0; place < stations_.size(); ++place)
    if (!coupled_[place].came.empty()) runners_[stations_[place]]->reorder(coupled_[place].came, guests_[place]);
}

/// Every day begins with idle links and systems, some of them the day after a long night's work.
void CoupledDay::end_day() {
  double last_s = kHoursPerDay * kSecondsPerHour;
  for (const auto& station : coupled_) {
    const Visits& visits = *station.visits;
    for (std::size_t i = 0; i < visits.size(); ++i) {
      last_s = std::max(last_s, visits.end[i]);
      visits_that_call_ += visits.clerk[i] != kNoClerk && data_.transactions[visits.service[i]].work_s > 0;
    }
  }
  backbone_->restart(last_s);
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
  const std::uint32_t next = data_.chooser(day_).table(guest.zone, guest.service).alternative(first, guest.redirects);
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
