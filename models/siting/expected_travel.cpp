#include "models/siting/expected_travel.hpp"

#include <limits>
#include <optional>
#include <utility>

#include "models/demand/channel_map.hpp"
#include "models/demand/office_choice.hpp"
#include "models/demand/online_shares.hpp"
#include "models/plan/plan_data.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/time.hpp"

namespace pishkhan {
namespace {

std::vector<ServiceId> all_services(const Plan& plan) {
  std::vector<ServiceId> all;
  for (std::size_t s = 0; s < plan.data().services; ++s) all.emplace_back(s);
  return all;
}

}  // namespace

TravelSource::TravelSource(const Plan& plan) : plan_(plan) {
  PISHKHAN_EXPECT(!plan.data().bare);
  const Province& province = *plan.scenario().province;
  km_.reserve(plan.data().places() * plan.data().offices);
  for (std::size_t p = 0; p < plan.data().places(); ++p) {
    for (const Office& office : province.offices)
      km_.push_back(distance_to_office_km(province, PlaceId(p), office));
  }
  count_visits();
}

double TravelSource::visits(ZoneId zone, std::size_t service) const {
  return visits_[zone.index() * plan_.data().services + service];
}

std::span<const double> TravelSource::km_from(std::size_t place) const {
  const std::size_t offices = plan_.data().offices;
  return std::span(km_).subspan(place * offices, offices);
}

void TravelSource::count_visits() {
  const Scenario& scenario = plan_.scenario();
  const Plan::Data& data = plan_.data();
  const Province& province = *scenario.province;
  visits_.assign(province.zones.size() * data.services, 0);
  DayChannels channels(scenario);
  for (int k = 0; k < scenario.run.days; ++k) {
    const Day day = day_of_run(scenario, k);
    channels.move_to(day.date);
    const bool web_only = data.web_only(day.date);
    if (!day.counted || (is_holiday(scenario, day) && !web_only)) continue;
    for (std::size_t z = 0; z < province.zones.size(); ++z) {
      for (std::size_t s = 0; s < data.services; ++s) {
        const ChannelMap& map = channels.map(z * data.services + s);
        const Service& service = province.services[s];
        const StationIndex counter =
            data.counter[service.agency.index()][province.zones[z].places.front().index()];
        const OnlineShares online = online_shares(scenario, map.share_of(Channel::online),
                                                  channels.online_failure(z * data.services + s),
                                                  {ServiceId(s), ZoneId(z), day.date});
        double share = (online.to_office + (counter == kNoStation ? online.to_counter : 0)) *
                       data.online_same_day(data.group_of_service[s], day.date);
        if (!web_only) share += map.share_of(Channel::office);
        if (!web_only && counter == kNoStation) share += map.share_of(Channel::traditional);
        visits_[z * data.services + s] += data.share_of_year(s, day.date) * share * (1 + service.rework);
      }
    }
  }
}

/// Makes the cells of some services.
class ExpectedTravel::Maker {
 public:
  Maker(const TravelSource& source, std::span<const StationIndex> candidates,
        std::span<const ServiceId> services)
      : source_(source),
        scenario_(source.plan().scenario()),
        data_(source.plan().data()),
        chooser_(data_.chooser(scenario_.run.start + scenario_.run.days - 1)),
        visits_a_year_(data_.visits_a_year(scenario_.run.start + scenario_.run.days - 1)),
        services_(services),
        candidate_of_(data_.offices, kNone),
        has_office_(chooser_.classes(), false) {
    for (std::size_t c = 0; c < candidates.size(); ++c)
      candidate_of_[candidates[c].index()] = static_cast<std::uint32_t>(c);
    for (const ServiceId service : services) {
      const std::uint8_t* may_serve = chooser_.choices(0, service.index()).may_serve;
      for (std::size_t j = 0; j < data_.offices; ++j) {
        if (may_serve[j] != 0 && candidate_of_[j] == kNone)
          has_office_[chooser_.class_of(service.index())] = true;
      }
    }
  }

  void add_place(std::size_t place, std::vector<Cell>& cells) const {
    const Province& province = *scenario_.province;
    // By class of services; where there is no office, and so the agency's counter, by agency too.
    const std::size_t agencies = province.agencies.size();
    std::vector<std::optional<std::size_t>> known(chooser_.classes() * (agencies + 1));
    for (const ServiceId service : services_) {
      const std::size_t s = service.index();
      const double a_year = visits_a_year_[place * data_.services + s];
      if (a_year <= 0) continue;
      const std::uint32_t service_class = chooser_.class_of(s);
      const std::size_t apart = has_office_[service_class] ? 0 : province.services[s].agency.index() + 1;
      std::optional<std::size_t>& cell = known[service_class * (agencies + 1) + apart];
      if (!cell) {
        cell = cells.size();
        cells.push_back(cell_of(place, s));
      }
      cells[*cell].visits += a_year * source_.visits(data_.zone_of_place[place], s);
    }
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  [[nodiscard]] double way_s(std::size_t place, std::size_t station) const {
    return scenario_.travel.seconds(data_.ways_to(StationIndex(station))[place].metres,
                                    scenario_.province->places[place].kind);
  }

  [[nodiscard]] Cell cell_of(std::size_t place, std::size_t service) const {
    const Province& province = *scenario_.province;
    Cell cell;
    cell.km_an_hour = scenario_.travel.speed_kmh[static_cast<std::size_t>(province.places[place].kind)] /
                      scenario_.travel.detour;
    cell.goals.else_km = std::numeric_limits<double>::infinity();
    const std::size_t agency = province.services[service].agency.index();
    const StationIndex counter = data_.counter[agency][place];
    if (!has_office_[chooser_.class_of(service)] && counter != kNoStation)
      cell.goals.else_s = way_s(place, counter.index());
    const OfficeChoices& choices = chooser_.choices(place, service);
    std::vector<double> weight(data_.offices, 0);
    choices.for_each([&](const Attraction& office) { weight[office.office.index()] = office.weight; });
    const std::span<const double> km = source_.km_from(place);
    for (std::size_t j = 0; j < data_.offices; ++j) {
      if (choices.may_serve[j] == 0) continue;
      const Choice choice{candidate_of_[j], weight[j], way_s(place, j), km[j]};
      if (choice.candidate == kNone)
        cell.goals.add(choice);
      else
        cell.choices.push_back(choice);
    }
    if (cell.goals.weight > 0) std::erase_if(cell.choices, [](const Choice& one) { return one.weight <= 0; });
    return cell;
  }

  const TravelSource& source_;
  const Scenario& scenario_;
  const Plan::Data& data_;
  const OfficeChooser& chooser_;
  const std::vector<double>& visits_a_year_;  ///< by cell
  std::span<const ServiceId> services_;
  std::vector<std::uint32_t> candidate_of_;  ///< by office: kNone of those that are there anyway
  std::vector<bool> has_office_;             ///< by class: one that is there anyway may serve, at any place
};

void ExpectedTravel::Goals::add(const Choice& choice) {
  weight += choice.weight;
  weighted_s += choice.weight * choice.way_s;
  if (choice.km < else_km) else_km = choice.km, else_s = choice.way_s;
}

ExpectedTravel::ExpectedTravel(const Plan& plan, std::span<const StationIndex> candidates)
    : ExpectedTravel(TravelSource(plan), candidates, all_services(plan)) {}

ExpectedTravel::ExpectedTravel(const TravelSource& source, std::span<const StationIndex> candidates,
                               std::span<const ServiceId> services)
    : candidates_(candidates.size()) {
  const Maker maker(source, candidates, services);
  std::vector<Cell> all;
  for (std::size_t p = 0; p < source.plan().data().places(); ++p) maker.add_place(p, all);
  for (Cell& cell : all) {
    if (!cell.choices.empty()) {
      cells_.push_back(std::move(cell));
      continue;
    }
    const double hours = cell.visits * 2 * cell.goals.mean_way_s() / kSecondsPerHour;
    others_.hours += hours;
    others_.km += hours * cell.km_an_hour;
  }
}

ExpectedTravel::Goals ExpectedTravel::goals(const Cell& cell, const std::vector<std::uint8_t>& open) {
  Goals goals = cell.goals;
  for (const Choice& choice : cell.choices)
    if (open[choice.candidate] != 0) goals.add(choice);
  return goals;
}

Travelled ExpectedTravel::travelled(const std::vector<std::uint8_t>& open) const {
  Travelled sum = others_;
  for (const Cell& cell : cells_) {
    const double hours = cell.visits * 2 * goals(cell, open).mean_way_s() / kSecondsPerHour;
    sum.hours += hours;
    sum.km += hours * cell.km_an_hour;
  }
  return sum;
}

std::vector<double> ExpectedTravel::added_hours(const std::vector<std::uint8_t>& open) const {
  std::vector<double> added(candidates_, 0);
  for (const Cell& cell : cells_) {
    const Goals now = goals(cell, open);
    for (const Choice& choice : cell.choices) {
      if (open[choice.candidate] != 0) continue;
      Goals more = now;
      more.add(choice);
      added[choice.candidate] += cell.visits * 2 * (more.mean_way_s() - now.mean_way_s()) / kSecondsPerHour;
    }
  }
  return added;
}

}  // namespace pishkhan
