#include "models/staffing/station_demand.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <utility>

#include "models/demand/id_key.hpp"
#include "models/trial/purpose.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

/// Of the strata of a station while they are collected: by county, group of services and, of online citizens,
/// the system that they call.
using Strata = std::map<std::array<std::uint32_t, 3>, StationDemand::Stratum>;

/// Citizens who are served online unless an outage meets their call have numbers from here on.
constexpr std::uint32_t kFirstOnline = 1U << 31;

/// Where the channel leads the citizens of a cell.
bool lead_to_counter(const StationDemand::Cell& cell, Channel channel) {
  return (channel == Channel::traditional && cell.has_counter) || !cell.has_offices;
}

/// Probability that a citizen is in the segment, which begins after `before`, and comes to a station: online
/// citizens come where they fail.
double probability_of(const ChannelSegment& segment, double before, double online_failure) {
  const double width = (static_cast<double>(segment.last) - before) * 0x1p-32;
  return segment.channel == Channel::online ? width * online_failure : width;
}

/// The largest probabilities of all days that the channel leads to an office, and to a counter.
std::pair<double, double> most_of(const std::vector<DayChannels>& days, const StationDemand::Cell& cell) {
  double most_office = 0, most_counter = 0;
  for (const DayChannels& channels : days) {
    double office = 0, counter = 0, before = -1;
    for (const ChannelSegment* segment = channels.segments(cell.channels);; ++segment) {
      (lead_to_counter(cell, segment->channel) ? counter : office) +=
          probability_of(*segment, before, channels.online_failure(cell.channels));
      before = segment->last;
      if (segment->last == UINT32_MAX) break;
    }
    most_office = std::max(most_office, office);
    most_counter = std::max(most_counter, counter);
  }
  return {most_office, most_counter};
}

/// Probability that a citizen is in the segment, which begins after `before`, and is served online if nothing
/// fails.
double probability_of_success(const ChannelSegment& segment, double before, double online_failure) {
  if (segment.channel != Channel::online) return 0;
  return (static_cast<double>(segment.last) - before) * 0x1p-32 * (1 - online_failure);
}

/// The largest probability of all days that a citizen is served online if nothing fails.
double most_online(const std::vector<DayChannels>& days, const StationDemand::Cell& cell) {
  double most = 0;
  for (const DayChannels& channels : days) {
    double online = 0, before = -1;
    for (const ChannelSegment* segment = channels.segments(cell.channels);; ++segment) {
      online += probability_of_success(*segment, before, channels.online_failure(cell.channels));
      before = segment->last;
      if (segment->last == UINT32_MAX) break;
    }
    most = std::max(most, online);
  }
  return most;
}

bool has_outages_of_systems(const Scenario& scenario) {
  return std::any_of(scenario.outages.begin(), scenario.outages.end(), [](const Outage& outage) {
    return outage.of == OutageOf::system && !outage.is_slow_down();
  });
}

/// `probability`: that the citizens choose the station, if `cell.most` or less lets them come.
void add_cell(const Plan::Data& data, const DemandCell& of, double visits_a_year, double probability,
              StationDemand::Cell cell, std::uint32_t system, Strata& strata) {
  const double visits = visits_a_year * probability * cell.most;
  if (visits <= 0) return;
  const CountyId county = data.county_of_place[of.place.index()];
  const auto service = static_cast<std::uint32_t>(of.service.index());
  StationDemand::Stratum& stratum = strata[{county.value, data.group_of_service[service], system}];
  stratum.county = county;
  stratum.service = service;
  stratum.visits_a_year += visits;
  cell.visits_to = stratum.visits_a_year;
  stratum.cells.push_back(cell);
}

std::vector<StationDemand::Stratum> finish(Strata& strata) {
  std::vector<StationDemand::Stratum> list;
  for (auto& [key, stratum] : strata) {
    const std::size_t n = stratum.cells.size();
    stratum.guide.resize(n);
    for (std::size_t k = 0, cell = 0; k < n; ++k) {
      const double from = stratum.visits_a_year * static_cast<double>(k) / static_cast<double>(n);
      while (cell + 1 < n && stratum.cells[cell].visits_to <= from) ++cell;
      stratum.guide[k] = static_cast<std::uint32_t>(cell);
    }
    list.push_back(std::move(stratum));
  }
  return list;
}

}  // namespace

const StationDemand::Cell& StationDemand::Stratum::pick(double u) const {
  const std::size_t n = cells.size();
  std::size_t cell = guide[std::min(static_cast<std::size_t>(u * static_cast<double>(n)), n - 1)];
  const double at = u * visits_a_year;
  while (cell + 1 < n && cells[cell].visits_to <= at) ++cell;
  return cells[cell];
}

bool StationDemand::is_possible(const Scenario& scenario, const Plan::Data& data) {
  const bool leaves_web_otherwise =
      std::any_of(scenario.unserved.begin(), scenario.unserved.end(),
                  [](const UnservedRule& rule) { return rule.is_after(InVain::online); });
  if (data.bare || data.demand.size() > 1 || data.has_brought() || leaves_web_otherwise) return false;
  return &data.chooser(scenario.run.start) == &data.chooser(scenario.run.start + scenario.run.days - 1);
}

StationDemand::StationDemand(const Scenario& scenario, const Plan::Data& data,
                             std::span<const std::uint8_t> wanted) {
  PISHKHAN_EXPECT(is_possible(scenario, data) && wanted.size() == data.stations.size());
  DayChannels channels(scenario);
  for (int day = 0; day < scenario.run.days; ++day) {
    if (!channels.move_to(scenario.run.start + day).empty() || day == 0) channels_.push_back(channels);
    channels_of_day_.push_back(channels_.size() - 1);
  }
  const OfficeChooser& chooser = data.chooser(scenario.run.start);
  std::vector<Strata> strata(data.stations.size()), online(data.stations.size());
  const bool may_fail = has_outages_of_systems(scenario);
  const std::vector<double>& visits_a_year = data.visits_a_year(scenario.run.start);
  for (std::size_t k = 0; k < data.cells.size(); ++k) {
    const DemandCell& of = data.cells[k];
    const double visits = visits_a_year[k];
    if (visits <= 0) continue;
    const std::size_t place = of.place.index(), service = of.service.index();
    const Service& wants = scenario.province->services[service];
    const auto choices = chooser.choices(place, service);
    const StationIndex counter = data.counter[wants.agency.index()][place];
    Cell cell{0, 0};
    cell.stream = of.place.value << 16 | of.service.value;
    cell.channels = static_cast<std::uint32_t>(data.zone_of_place[place].index() * data.services + service);
    cell.has_counter = counter != kNoStation;
    cell.has_offices = !choices.empty();
    const auto [office_most, counter_most] = most_of(channels_, cell);
    const auto add = [&](StationIndex station, double share, double most, std::uint32_t system,
                         std::vector<Strata>& to) {
      if (wanted[station.index()] == 0) return;
      cell.most = most;
      add_cell(data, of, visits, share, cell, system, to[station.index()]);
    };
    const auto offices = probabilities(choices);
    if (cell.has_counter) add(counter, 1, counter_most, 0, strata);
    for (const auto& [office, share] : offices) add(office, share, office_most, 0, strata);
    const Transaction& call = data.transactions[service];
    if (!may_fail || call.work_s <= 0) continue;
    const auto system = static_cast<std::uint32_t>(call.to.index());
    const double most = most_online(channels_, cell);
    if (cell.has_counter && choices.empty()) add(counter, 1, most, system, online);
    for (const auto& [office, share] : offices) add(office, share, most, system, online);
  }
  for (Strata& of_station : strata) strata_.push_back(finish(of_station));
  for (Strata& of_station : online) online_.push_back(finish(of_station));
}

StationSource::StationSource(const StationDemand& demand, const Scenario& scenario, const Plan::Data& data,
                             DrawKey key)
    : demand_(demand), scenario_(scenario), data_(data), key_(key) {
  busyness_.resize(static_cast<std::size_t>(scenario.run.days));
  const Interval whole_day{0, kSecondsPerDay};
  web_ = ArrivalCurve(scenario.demand.web, {&whole_day, 1});
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
  const std::span<const StationDemand::Stratum> strata = demand_.of(station);
  const IdKey of_station = data_.stations[station.index()].key;
  draw_counts(day, of_station, strata, 0);
  draw_words(day, of_station, std::accumulate(counts_.begin(), counts_.end(), std::size_t{0}), 0);
  std::uint32_t index = 0;
  for (std::size_t k = 0; k < strata.size(); ++k)
    for (std::uint32_t i = 0; i < counts_[k]; ++i) add(day, station, strata[k], index++, first, after_online);
}

StationSource::Online StationSource::draw_online(const Day& day, StationIndex station,
                                                 const DownTimes& down) {
  Online online;
  const std::span<const StationDemand::Stratum> strata = demand_.online_of(station);
  if (strata.empty()) return online;
  const IdKey of_station = data_.stations[station.index()].key;
  const DayChannels& channels = demand_.channels(day.index);
  draw_counts(day, of_station, strata, 1);
  for (std::size_t k = 0; k < strata.size(); ++k)
    if (down.of_system(data_.transactions[strata[k].service].to.index()).empty()) counts_[k] = 0;
  draw_words(day, of_station, std::accumulate(counts_.begin(), counts_.end(), std::size_t{0}), 1);
  std::vector<std::pair<double, Attempt>> drawn;
  std::uint32_t index = 0;
  for (std::size_t k = 0; k < strata.size(); ++k) {
    for (std::uint32_t i = 0; i < counts_[k]; ++i, ++index) {
      const StationDemand::Cell& cell = strata[k].pick(uniform(words_[0][index]));
      double success = 0, before = -1;
      for (const ChannelSegment* segment = channels.segments(cell.channels);; ++segment) {
        success += probability_of_success(*segment, before, channels.online_failure(cell.channels));
        before = segment->last;
        if (segment->last == UINT32_MAX) break;
      }
      success *= data_.online_same_day(data_.group_of_service[strata[k].service], day.date);
      if (uniform(words_[1][index]) * cell.most >= success) continue;  // is online on another day
      Attempt attempt;
      attempt.stream = cell.stream;
      attempt.index = kFirstOnline + index;
      attempt.origin = day.date;
      attempt.station = station;
      attempt.citizen_class = class_of(words_[3][index]);
      attempt.channel = Channel::online;
      attempt.number = 1;
      const Block words = pishkhan::draw(key_, index, of_station, day.date, tag(1, Purpose::web));
      drawn.emplace_back(web_.time(uniform(words[0], words[1])), attempt);
    }
  }
  std::stable_sort(drawn.begin(), drawn.end(),
                   [](const auto& one, const auto& other) { return one.first < other.first; });
  for (const auto& [time_s, attempt] : drawn) {
    online.calls.push_back({time_s, attempt.service()});
    online.after.push_back(attempt);
  }
  return online;
}

/// Fills counts_ with the citizens of each stratum. `number`: of draws that differ.
void StationSource::draw_counts(const Day& day, IdKey station, std::span<const StationDemand::Stratum> strata,
                                std::uint32_t number) {
  find_busyness(day);
  const auto& busyness = busyness_[static_cast<std::size_t>(day.index)];
  const std::size_t n = strata.size();
  means_.clear();
  high_.clear();
  low_.clear();
  counts_.resize(n);
  for (std::uint32_t k = 0; k < n; ++k) {
    const StationDemand::Stratum& stratum = strata[k];
    means_.push_back(stratum.visits_a_year * data_.share_of_year(stratum.service, day.date) *
                     busyness[stratum.county.index()]);
    const Block words = pishkhan::draw(key_, k, station, day.date, tag(number, Purpose::count));
    high_.push_back(words[0]);
    low_.push_back(words[1]);
  }
  poisson_(means_.data(), high_.data(), low_.data(), n, counts_.data());
}

/// Fills words_ with a block for each of n citizens.
void StationSource::draw_words(const Day& day, IdKey station, std::size_t n, std::uint32_t number) {
  if (index_.size() < n) {
    index_.resize(2 * n);
    std::iota(index_.begin(), index_.end(), 0u);
    tag_.resize(index_.size());
    for (std::vector<std::uint32_t>& word : words_) word.resize(index_.size());
    station_.resize(index_.size());
    date_.resize(index_.size());
  }
  std::fill_n(station_.begin(), n, station.low);
  std::fill_n(date_.begin(), n, day_word(station, day.date));
  std::fill_n(tag_.begin(), n, tag(number, Purpose::routing));
  draw_batch(key_, index_.data(), station_.data(), date_.data(), tag_.data(), n,
             {words_[0].data(), words_[1].data(), words_[2].data(), words_[3].data()});
}

/// Adds a citizen: the words of the block say the cell, the channel, whether papers lack, and the class.
void StationSource::add(const Day& day, StationIndex station, const StationDemand::Stratum& stratum,
                        std::uint32_t index, std::vector<Attempt>& first,
                        std::vector<Attempt>& after_online) const {
  const StationDemand::Cell& cell = stratum.pick(uniform(words_[0][index]));
  const Service& wants = scenario_.province->services[cell.stream & 0xffff];
  const bool is_counter = station.index() >= data_.offices;
  double at = uniform(words_[1][index]) * cell.most, before = -1;
  const DayChannels& channels = demand_.channels(day.index);
  const ChannelSegment* segment = channels.segments(cell.channels);
  for (;; ++segment) {
    if (lead_to_counter(cell, segment->channel) == is_counter) {
      const double probability = probability_of(*segment, before, channels.online_failure(cell.channels));
      if (at < probability) break;
      at -= probability;
    }
    before = segment->last;
    if (segment->last == UINT32_MAX) return;  // on another day the citizen comes
  }
  if (data_.web_only(day.date) && segment->channel != Channel::online) return;
  if (segment->channel == Channel::online &&
      uniform(words_[2][index]) >=
          data_.online_same_day(data_.group_of_service[cell.stream & 0xffff], day.date))
    return;
  Attempt attempt;
  attempt.stream = cell.stream;
  attempt.index = index;
  attempt.origin = day.date;
  attempt.station = station;
  attempt.citizen_class = class_of(words_[3][index]);
  attempt.channel = segment->channel;
  if (segment->channel == Channel::online) {
    attempt.number = 1;
    after_online.push_back(attempt);
    return;
  }
  attempt.lacks_papers = uniform(words_[2][index]) < wants.rework;
  first.push_back(attempt);
}

}  // namespace pishkhan
