#include "models/staffing/station_demand.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "models/trial/purpose.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

/// Of the strata of a station while they are collected: by county and group of services.
using Strata = std::map<std::pair<std::uint32_t, std::uint32_t>, StationDemand::Stratum>;

void add_cell(const Plan::Data& data, std::uint32_t number, double probability, Strata& strata) {
  const DemandCell& cell = data.cells[number];
  const double visits = cell.visits_a_year * probability;
  if (visits <= 0) return;
  const CountyId county = data.county_of_place[cell.place.index()];
  const auto service = static_cast<std::uint32_t>(cell.service.index());
  StationDemand::Stratum& stratum = strata[{county.value, data.group_of_service[service]}];
  stratum.county = county;
  stratum.service = service;
  stratum.visits_a_year += visits;
  stratum.cells.push_back(number);
  stratum.cumulative.push_back(stratum.visits_a_year);
}

std::vector<StationDemand::Stratum> finish(Strata& strata) {
  std::vector<StationDemand::Stratum> list;
  for (auto& [key, stratum] : strata) {
    const std::size_t n = stratum.cells.size();
    stratum.guide.resize(n);
    for (std::size_t k = 0, cell = 0; k < n; ++k) {
      const double from = stratum.visits_a_year * static_cast<double>(k) / static_cast<double>(n);
      while (cell + 1 < n && stratum.cumulative[cell] <= from) ++cell;
      stratum.guide[k] = static_cast<std::uint32_t>(cell);
    }
    list.push_back(std::move(stratum));
  }
  return list;
}

}  // namespace

std::uint32_t StationDemand::Stratum::pick(double u) const {
  const std::size_t n = cells.size();
  std::size_t cell = guide[std::min(static_cast<std::size_t>(u * static_cast<double>(n)), n - 1)];
  const double at = u * visits_a_year;
  while (cell + 1 < n && cumulative[cell] <= at) ++cell;
  return cells[cell];
}

bool StationDemand::is_possible(const Scenario& scenario, const Plan::Data& data) {
  if (data.bare) return false;
  return &data.chooser(scenario.run.start) == &data.chooser(scenario.run.start + scenario.run.days - 1);
}

StationDemand::StationDemand(const Scenario& scenario, const Plan::Data& data,
                             std::span<const std::uint8_t> wanted) {
  PISHKHAN_EXPECT(is_possible(scenario, data) && wanted.size() == data.stations.size());
  const OfficeChooser& chooser = data.chooser(scenario.run.start);
  std::vector<Strata> strata(data.stations.size());
  std::vector<std::pair<StationIndex, double>> shares;
  for (std::size_t k = 0; k < data.cells.size(); ++k) {
    const DemandCell& cell = data.cells[k];
    const std::size_t place = cell.place.index(), service = cell.service.index();
    const auto number = static_cast<std::uint32_t>(k);
    const StationIndex counter = data.counter[scenario.province->services[service].agency.index()]
                                             [data.county_of_place[place].index()];
    if (counter != kNoStation && wanted[counter.index()] != 0)
      add_cell(data, number, 1, strata[counter.index()]);
    for (const auto& [office, share] : probabilities(chooser.choices(place, service)))
      if (wanted[office.index()] != 0) add_cell(data, number, share, strata[office.index()]);
  }
  for (Strata& of_station : strata) strata_.push_back(finish(of_station));
  DayChannels channels(scenario);
  for (int day = 0; day < scenario.run.days; ++day) {
    channels.move_to(scenario.run.start + day);
    channels_.push_back(channels);
  }
}

StationSource::StationSource(const StationDemand& demand, const Scenario& scenario, const Plan::Data& data,
                             DrawKey key)
    : demand_(demand), scenario_(scenario), data_(data), key_(key) {
  busyness_.resize(static_cast<std::size_t>(scenario.run.days));
}

/// As CitizenSource draws it.
void StationSource::find_busyness(const Day& day) {
  std::vector<double>& busyness = busyness_[static_cast<std::size_t>(day.index)];
  if (!busyness.empty()) return;
  const auto factor = [&](IdKey id, double cv) {
    const Block block = pishkhan::draw(key_, 0, id, day.date, tag(0, Purpose::busyness));
    return busyness_quantile(cv, uniform(block[0], block[1]));
  };
  const double province = factor({}, scenario_.demand.busyness_province_cv);
  for (const County& county : scenario_.province->counties)
    busyness.push_back(province * factor(key_of("county", county.id), scenario_.demand.busyness_county_cv));
}

std::uint8_t StationSource::class_of(std::uint32_t word) const {
  double share = 0;
  for (std::size_t k = 0; k < scenario_.classes.size(); ++k)
    if (uniform(word) < (share += scenario_.classes[k].share)) return static_cast<std::uint8_t>(k + 1);
  return 0;
}

void StationSource::draw(const Day& day, StationIndex station, std::vector<Attempt>& first,
                         std::vector<Attempt>& after_online) {
  find_busyness(day);
  const auto& busyness = busyness_[static_cast<std::size_t>(day.index)];
  const std::span<const StationDemand::Stratum> strata = demand_.of(station);
  const IdKey of_station = data_.stations[station.index()].key;
  const std::size_t n = strata.size();
  means_.clear();
  high_.clear();
  low_.clear();
  counts_.resize(n);
  for (std::uint32_t k = 0; k < n; ++k) {
    const StationDemand::Stratum& stratum = strata[k];
    means_.push_back(stratum.visits_a_year * data_.share_of_year(stratum.service, day.date) *
                     busyness[stratum.county.index()]);
    const Block words = pishkhan::draw(key_, k, of_station, day.date, tag(0, Purpose::count));
    high_.push_back(words[0]);
    low_.push_back(words[1]);
  }
  poisson_(means_.data(), high_.data(), low_.data(), n, counts_.data());
  std::uint32_t index = 0;
  for (std::size_t k = 0; k < n; ++k) {
    for (std::uint32_t i = 0; i < counts_[k]; ++i, ++index) {
      const Block words = pishkhan::draw(key_, index, of_station, day.date, tag(0, Purpose::routing));
      add(day, station, strata[k].pick(uniform(words[0], words[1])), index, words, first, after_online);
    }
  }
}

/// Of a citizen who comes to the station if the channel leads there: words 2 and 3 say the channel and the
/// class.
void StationSource::add(const Day& day, StationIndex station, std::uint32_t number, std::uint32_t index,
                        const Block& words, std::vector<Attempt>& first,
                        std::vector<Attempt>& after_online) const {
  const DemandCell& cell = data_.cells[number];
  const std::size_t place = cell.place.index(), service = cell.service.index();
  const ChannelSegment* segment =
      demand_.channels(day.index).segments(data_.zone_of_place[place].index() * data_.services + service);
  while (segment->last < words[2]) ++segment;
  const Service& wants = scenario_.province->services[service];
  const bool is_counter = station.index() >= data_.offices;
  const bool has_counter =
      data_.counter[wants.agency.index()][data_.county_of_place[place].index()] != kNoStation;
  const bool to_counter = (segment->channel == Channel::traditional && has_counter) ||
                          data_.chooser(day.date).choices(place, service).empty();
  if (to_counter != is_counter) return;
  const Block more =
      pishkhan::draw(key_, index, data_.stations[station.index()].key, day.date, tag(1, Purpose::routing));
  Attempt attempt;
  attempt.stream = cell.place.value << 16 | cell.service.value;
  attempt.index = index;
  attempt.origin = day.date;
  attempt.station = station;
  attempt.citizen_class = class_of(words[3]);
  attempt.channel = segment->channel;
  if (segment->channel == Channel::online) {
    if (uniform(more[0]) >= wants.online_failure) return;
    attempt.number = 1;
    after_online.push_back(attempt);
    return;
  }
  attempt.lacks_papers = uniform(more[0]) < wants.rework;
  first.push_back(attempt);
}

}  // namespace pishkhan
