#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

struct Authorise {
  ServiceChoice services;
  std::optional<StationChoice> at;
  std::optional<int> lowest_rank;
  std::optional<bool> rural;
  DayNumber starts = kAlways;
  std::optional<DayNumber> ends;
};

/// A service of an office.
struct OfficeGiven {
  std::string office, service;
};

/// Authorises the offices that are selected, whatever their rank and kind.
void authorise_offices(const Written<Authorise>& item, const std::vector<ServiceId>& services, DayNumber from,
                       DayNumber until, VerbContext& context) {
  const Location& at = item.at(&Authorise::at);
  const Selection selection = context.select.stations(*item->at, at);
  if (!selection.counters.empty()) {
    context.refuse(at, "counters among the offices to authorise",
                   "select offices; a counter gives all services of its agency");
    return;
  }
  const std::set<std::string> closed = context.closed_offices(from, until);
  const std::optional<DayNumber> first_day = context.first_counted_day(from, until);
  const bool for_good = from == kAlways && until == kForGood;
  std::set<std::string> closed_here;
  std::optional<OfficeGiven> first_already;
  std::size_t already = 0, added = 0;
  for (const OfficeId id : selection.offices) {
    Office& office = context.province.offices[id.index()];
    const bool is_closed = closed.contains(office.id);
    if (is_closed) closed_here.insert(office.id);
    for (const ServiceId service : services) {
      const Service& given = context.province.services[service.index()];
      const bool may_already = may_give(office, given, service, first_day.value_or(from));
      if (may_already && already++ == 0) first_already = {office.id, given.id};
      added += may_already || is_closed || !(first_day || for_good) ? 0 : 1;
      if (!for_good) {
        office.gives_on.push_back({service, from, until});
        continue;
      }
      // It stays so if a later authorisation takes the service from offices of this rank or kind.
      const auto at_place = std::lower_bound(office.also_gives.begin(), office.also_gives.end(), service);
      if (at_place == office.also_gives.end() || *at_place != service)
        office.also_gives.insert(at_place, service);
    }
  }
  if (first_already) {
    context.notice(
        item.location(), "notice.authorised_already",
        {number_value("pairs", static_cast<double>(already)), text_value("service", first_already->service),
         text_value("first", first_already->office)});
  }
  if (!closed_here.empty()) {
    context.notice(item.location(), "notice.authorised_closed",
                   {number_value("stations", static_cast<double>(closed_here.size())),
                    text_value("first", *closed_here.begin())});
  }
  context.add_change("authorisations added", "authorisations",
                     static_cast<double>(selection.offices.size() * services.size()),
                     static_cast<double>(added),
                     !first_day && !for_good ? "it holds on no counted day"
                     : closed_here.empty()   ? "the others had them already"
                                             : "some of the offices are closed",
                     from, until);
}

void change_authority(const Written<Authorise>& item, VerbContext& context) {
  const bool by_rank = item.has(&Authorise::lowest_rank) || item.has(&Authorise::rural);
  if (!by_rank && !item.has(&Authorise::at))
    context.refuse(item.location(), "nothing is authorised", "give `at`, or `lowest_rank`, `rural` or both");
  if (by_rank && item.has(&Authorise::at)) {
    context.refuse(item.at(&Authorise::at), "`at` beside `lowest_rank` or `rural`",
                   "offices that are selected may give the services whatever their rank and kind; write "
                   "two authorisations");
  }
  const std::vector<ServiceId> services = context.services(item, &Authorise::services);
  const auto [from, until] = context.days_of(item, &Authorise::starts, &Authorise::ends);
  if (item->at && !by_rank) return authorise_offices(item, services, from, until, context);
  const bool for_good = from == kAlways && until == kForGood;
  const bool counted = !context.run_is_good || context.first_counted_day(from, until).has_value();
  double changed = 0;
  for (const ServiceId id : services) {
    Service& service = context.province.services[id.index()];
    bool differs = false;
    if (for_good && service.dated_authorisations.empty()) {
      if (item->lowest_rank)
        differs |= std::exchange(service.lowest_rank, *item->lowest_rank) != *item->lowest_rank;
      if (item->rural) differs |= std::exchange(service.at_rural_offices, *item->rural) != *item->rural;
    } else {
      // As it is, it changes only where one of those before begins or ends.
      std::set<DayNumber> days{context.first_counted_day(from, until).value_or(from)};
      for (const DatedAuthorisation& dated : service.dated_authorisations) {
        for (const DayNumber day : {dated.from_day, dated.until_day}) {
          const auto first = context.first_counted_day(std::max(from, day), until);
          if (first) days.insert(*first);
        }
      }
      std::vector<Authorisation> before;
      for (const DayNumber day : days) before.push_back(authorisation_on(service, day));
      service.dated_authorisations.push_back({item->lowest_rank, item->rural, from, until});
      differs =
          !std::equal(days.begin(), days.end(), before.begin(), [&](DayNumber day, const Authorisation& was) {
            const Authorisation is = authorisation_on(service, day);
            return was.lowest_rank == is.lowest_rank && was.at_rural_offices == is.at_rural_offices;
          });
    }
    changed += differs ? 1 : 0;
  }
  context.add_change("services with other offices", "services", static_cast<double>(services.size()),
                     counted ? changed : 0,
                     counted ? "the others had them already" : "it holds on no counted day", from, until);
}

}  // namespace

Verb authorise_verb() {
  Section<Authorise> keys("an authorisation");
  keys.required("services", &Authorise::services, services_value(), "Which services.");
  keys.optional("at", &Authorise::at, stations_value(),
                "Offices that may give them too, whatever their rank and kind.");
  keys.optional("lowest_rank", &Authorise::lowest_rank, value::whole(1, 3),
                "Offices of rank 1 to this one may give them.");
  keys.optional("rural", &Authorise::rural, value::boolean(), "Rural offices may give them.");
  add_days(keys, &Authorise::starts, &Authorise::ends);
  return make_verb("authorise", "a list of authorisations", "Who may give which service.", keys,
                   change_authority);
}

}  // namespace pishkhan
