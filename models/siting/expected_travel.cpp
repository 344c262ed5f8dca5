#include "models/siting/expected_travel.hpp"

#include <limits>
#include <optional>
#include <utility>

#include "models/plan/plan_data.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/time.hpp"

namespace pishkhan {
namespace {

/// Visits to offices over the counted days by one yearly visit of a place's demand: [zone * services +
/// service].
std::vector<double> visits_to_offices(const Scenario& scenario, const Plan::Data& data) {
  const Province& province = *scenario.province;
  std::vector<double> visits(province.zones.size() * data.services, 0);
  DayChannels channels(scenario);
  for (int k = 0; k < scenario.run.days; ++k) {
    const Day day = day_of_run(scenario, k);
    channels.move_to(day.date);
    if (!day.counted || is_holiday(scenario, day)) continue;
    for (std::size_t z = 0; z < province.zones.size(); ++z) {
      for (std::size_t s = 0; s < data.services; ++s) {
        const ChannelMap& map = channels.map(z * data.services + s);
        const Service& service = province.services[s];
        const StationIndex counter = data.counter[service.agency.index()][province.zones[z].county.index()];
        double share = map.share_of(Channel::office) + map.share_of(Channel::online) * service.online_failure;
        if (counter == kNoStation) share += map.share_of(Channel::traditional);
        visits[z * data.services + s] += data.share_of_year(s, day.date) * share * (1 + service.rework);
      }
    }
  }
  return visits;
}

}  // namespace

struct ExpectedTravel::Source {
  const Scenario& scenario;
  const Plan::Data& data;
  const OfficeChooser& chooser;
  std::vector<std::uint32_t> candidate_of;  ///< by office: kNone of those that are there anyway
  std::vector<bool> has_office;             ///< by class: one that is there anyway may serve, at any place

  static constexpr std::uint32_t kNone = UINT32_MAX;

  Source(const Plan& plan, std::span<const StationIndex> candidates)
      : scenario(plan.scenario()),
        data(plan.data()),
        chooser(data.chooser(scenario.run.start + scenario.run.days - 1)),
        candidate_of(data.offices, kNone),
        has_office(chooser.classes(), false) {
    for (std::size_t c = 0; c < candidates.size(); ++c)
      candidate_of[candidates[c].index()] = static_cast<std::uint32_t>(c);
    for (std::size_t s = 0; s < data.services; ++s) {
      const std::uint8_t* may_serve = chooser.choices(0, s).may_serve;
      for (std::size_t j = 0; j < data.offices; ++j)
        if (may_serve[j] != 0 && candidate_of[j] == kNone) has_office[chooser.class_of(s)] = true;
    }
  }
  [[nodiscard]] const Province& province() const { return *scenario.province; }
  [[nodiscard]] double way_s(std::size_t place, std::size_t station) const {
    return scenario.travel.seconds(data.ways_to(StationIndex(station))[place].metres,
                                   province().places[place].kind);
  }
};

/// `km`: to each office.
ExpectedTravel::Cell ExpectedTravel::cell_of(const Source& source, std::size_t place, std::size_t service,
                                             std::span<const double> km) {
  const Plan::Data& data = source.data;
  Cell cell;
  cell.else_km = std::numeric_limits<double>::infinity();
  const std::size_t agency = source.province().services[service].agency.index();
  const StationIndex counter = data.counter[agency][data.county_of_place[place].index()];
  if (!source.has_office[source.chooser.class_of(service)] && counter != kNoStation)
    cell.else_s = source.way_s(place, counter.index());
  const OfficeChoices& choices = source.chooser.choices(place, service);
  std::vector<double> weight(data.offices, 0);
  choices.for_each([&](const Attraction& office) { weight[office.office.index()] = office.weight; });
  for (std::size_t j = 0; j < data.offices; ++j) {
    if (choices.may_serve[j] == 0) continue;
    if (source.candidate_of[j] != Source::kNone) {
      cell.choices.push_back({source.candidate_of[j], weight[j], source.way_s(place, j), km[j]});
      continue;
    }
    cell.weight += weight[j];
    cell.weighted_s += weight[j] * source.way_s(place, j);
    if (km[j] < cell.else_km) cell.else_km = km[j], cell.else_s = source.way_s(place, j);
  }
  if (cell.weight > 0) std::erase_if(cell.choices, [](const Choice& one) { return one.weight <= 0; });
  return cell;
}

void ExpectedTravel::add_place(const Source& source, std::size_t place, std::span<const double> visits) {
  const Plan::Data& data = source.data;
  const Province& province = source.province();
  std::vector<double> km(data.offices);
  for (std::size_t j = 0; j < data.offices; ++j)
    km[j] = distance_to_office_km(province, PlaceId(place), province.offices[j]);
  // By class of services; where there is no office, and so the agency's counter, by agency too.
  const std::size_t agencies = province.agencies.size();
  std::vector<std::optional<std::size_t>> known(source.chooser.classes() * (agencies + 1));
  for (std::size_t s = 0; s < data.services; ++s) {
    const double a_year = data.cells[place * data.services + s].visits_a_year;
    if (a_year <= 0) continue;
    const std::uint32_t service_class = source.chooser.class_of(s);
    const std::size_t apart = source.has_office[service_class] ? 0 : province.services[s].agency.index() + 1;
    std::optional<std::size_t>& cell = known[service_class * (agencies + 1) + apart];
    if (!cell) {
      cell = cells_.size();
      cells_.push_back(cell_of(source, place, s, km));
    }
    cells_[*cell].visits += a_year * visits[data.zone_of_place[place].index() * data.services + s];
  }
}

ExpectedTravel::ExpectedTravel(const Plan& plan, std::span<const StationIndex> candidates)
    : candidates_(candidates.size()) {
  PISHKHAN_EXPECT(!plan.data().bare);
  const Source source(plan, candidates);
  const std::vector<double> visits = visits_to_offices(source.scenario, source.data);
  for (std::size_t p = 0; p < source.data.places(); ++p) add_place(source, p, visits);
  const std::vector<std::uint8_t> none(candidates_, 0);
  std::vector<Cell> changing;
  for (Cell& cell : cells_) {
    if (cell.choices.empty())
      other_h_ += cell.visits * 2 * way_s(cell, none, candidates_) / kSecondsPerHour;
    else
      changing.push_back(std::move(cell));
  }
  cells_ = std::move(changing);
}

double ExpectedTravel::way_s(const Cell& cell, const std::vector<std::uint8_t>& open, std::size_t one_more) {
  double weight = cell.weight, weighted_s = cell.weighted_s;
  double nearest_km = cell.else_km, nearest_s = cell.else_s;
  for (const Choice& choice : cell.choices) {
    if (open[choice.candidate] == 0 && choice.candidate != one_more) continue;
    weight += choice.weight;
    weighted_s += choice.weight * choice.way_s;
    if (choice.km < nearest_km) nearest_km = choice.km, nearest_s = choice.way_s;
  }
  return weight > 0 ? weighted_s / weight : nearest_s;
}

double ExpectedTravel::hours(const std::vector<std::uint8_t>& open) const {
  double hours = other_h_;
  for (const Cell& cell : cells_) hours += cell.visits * 2 * way_s(cell, open, candidates_) / kSecondsPerHour;
  return hours;
}

std::vector<double> ExpectedTravel::added_hours(const std::vector<std::uint8_t>& open) const {
  std::vector<double> added(candidates_, 0);
  for (const Cell& cell : cells_) {
    const double now_s = way_s(cell, open, candidates_);
    for (const Choice& choice : cell.choices) {
      if (open[choice.candidate] != 0) continue;
      added[choice.candidate] +=
          cell.visits * 2 * (way_s(cell, open, choice.candidate) - now_s) / kSecondsPerHour;
    }
  }
  return added;
}

}  // namespace pishkhan
