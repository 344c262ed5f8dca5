#include "models/province/province.hpp"

#include <algorithm>
#include <set>

namespace pishkhan {

std::string_view to_string(Channel channel) {
  constexpr std::string_view names[] = {"traditional", "office", "online"};
  return names[static_cast<std::size_t>(channel)];
}

std::string_view to_string(Kind kind) { return kind == Kind::urban ? "urban" : "rural"; }

std::string_view to_string(Evidence evidence) {
  constexpr std::string_view names[] = {"measured", "stated", "assumed"};
  return names[static_cast<std::size_t>(evidence)];
}

bool is_round_the_clock(const WeekHours& week) {
  return std::all_of(week.begin(), week.end(), [](const Intervals& day) {
    return day == Intervals{{0, kSecondsPerDay}};
  });
}

const WeekHours& StationRules::doors_on(DayNumber day) const {
  for (const DatedDoors& dated : dated_doors)
    if (dated.from_day <= day && day < dated.until_day) return dated.doors;
  return doors;
}

const BroughtDemand& StationRules::brings_on(DayNumber day) const {
  for (const DatedDoors& dated : dated_doors)
    if (dated.from_day <= day && day < dated.until_day) return dated.brings;
  return brings;
}

std::vector<DayNumber> StationRules::door_changes(DayNumber after_day, DayNumber before_day) const {
  std::vector<DayNumber> days;
  for (const DatedDoors& dated : dated_doors) {
    for (const DayNumber day : {dated.from_day, dated.until_day})
      if (after_day < day && day < before_day && (days.empty() || days.back() != day)) days.push_back(day);
  }
  return days;
}

bool may_give(Kind kind, int rank, const Authorisation& service) {
  return rank <= service.lowest_rank && (kind == Kind::urban || service.at_rural_offices);
}

Authorisation authorisation_on(const Service& service, DayNumber day) {
  Authorisation on = service;
  for (const DatedAuthorisation& dated : service.dated_authorisations) {
    if (day < dated.from_day || day >= dated.until_day) continue;
    on.lowest_rank = dated.lowest_rank.value_or(on.lowest_rank);
    on.at_rural_offices = dated.at_rural_offices.value_or(on.at_rural_offices);
  }
  return on;
}

bool may_give(const Office& office, const Service& service, ServiceId id, DayNumber day) {
  return may_give(office.kind, office.rank, authorisation_on(service, day)) ||
         std::binary_search(office.also_gives.begin(), office.also_gives.end(), id) ||
         std::any_of(office.gives_on.begin(), office.gives_on.end(), [=](const GivenService& given) {
           return given.service == id && given.from_day <= day && day < given.until_day;
         });
}

bool may_give(const Office& office, const Service& service, ServiceId id) {
  if (may_give(office, service, id, INT32_MIN)) return true;
  if (std::any_of(office.gives_on.begin(), office.gives_on.end(),
                  [=](const GivenService& given) { return given.service == id; }))
    return true;
  return std::any_of(service.dated_authorisations.begin(), service.dated_authorisations.end(),
                     [&](const DatedAuthorisation& dated) {
                       return may_give(office, service, id, dated.from_day) ||
                              may_give(office, service, id, dated.until_day);
                     });
}

std::vector<DayNumber> authorisation_changes(const Province& province) {
  std::set<DayNumber> days;
  for (const Service& service : province.services) {
    for (const DatedAuthorisation& dated : service.dated_authorisations)
      days.insert({dated.from_day, dated.until_day});
  }
  for (const Office& office : province.offices)
    for (const GivenService& given : office.gives_on) days.insert({given.from_day, given.until_day});
  return {days.begin(), days.end()};
}

bool brings_demand(const Province& province) {
  const auto brings = [](const BroughtDemand& week) {
    return std::any_of(week.begin(), week.end(), [](double share) { return share > 0; });
  };
  const auto of_station = [&](const auto& station) {
    return brings(station.rules.brings) ||
           std::any_of(station.rules.dated_doors.begin(), station.rules.dated_doors.end(),
                       [&](const DatedDoors& dated) { return brings(dated.brings); });
  };
  return std::any_of(province.offices.begin(), province.offices.end(), of_station) ||
         std::any_of(province.counters.begin(), province.counters.end(), of_station);
}

bool meet_in_week(const WeekHours& some, const WeekHours& others) {
  for (std::size_t day = 0; day < some.size(); ++day)
    if (meet(some[day], others[day])) return true;
  return false;
}

}  // namespace pishkhan
