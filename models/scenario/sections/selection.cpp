#include "models/scenario/sections/selection.hpp"

#include <algorithm>
#include <array>

namespace pishkhan {
namespace {

std::array<bool, kKinds> allowed(const std::vector<Kind>& kinds) {
  if (kinds.empty()) return {true, true};
  std::array<bool, kKinds> in{};
  for (const Kind kind : kinds) in[static_cast<std::size_t>(kind)] = true;
  return in;
}

}  // namespace

Value<std::vector<Name>> names_value() {
  return one_or_many<Name>(value::id(), "an id or a list of ids", "a list of ids");
}

Value<Kind> kind_value() {
  return value::words<Kind>({{"urban", Kind::urban, "Cities."}, {"rural", Kind::rural, "Rural districts."}});
}

Value<Channel> channel_value() {
  return value::words<Channel>({{"traditional", Channel::traditional, "The agency's own counter."},
                                {"office", Channel::office, "A pishkhan office."},
                                {"online", Channel::online, "The web."}});
}

Value<NameChoice> names_or_all_value() {
  const auto one =
      value::made_from<NameChoice, Name>(value::id(), [](Name&& name, const Location&, Diagnostics&) {
        return NameChoice{false, {name}};
      });
  return value::either<NameChoice>(
      "", "`all`, an id or a list of ids",
      {value::words<NameChoice>({{"all", {.all = true, .names = {}}, "Every one."}}), one,
       value::part(&NameChoice::names, value::list<Name>(value::id(), 1, "a list of ids"))});
}

Value<ServiceChoice> services_value() {
  Section<ServiceFilter> filter("`{agency}`, `{service}` or `{possible_online}`");
  filter.optional("agency", &ServiceFilter::agency, names_value(), "All services of these agencies.");
  filter.optional("service", &ServiceFilter::service, names_value(), "These services.");
  filter.optional("possible_online", &ServiceFilter::possible_online, value::boolean(),
                  "Of them, or of all, only services that can be done online; or, with false, that cannot.");
  return value::either<ServiceChoice>(
      "services", "`all`, a list of services, or `{agency: ...}`",
      {value::words<ServiceChoice>({{"all", {.all = true, .listed = {}, .filter = {}}, "Every one."}}),
       value::part(&ServiceChoice::listed, value::list<Name>(value::id(), 1, "a list of services")),
       value::part(&ServiceChoice::filter, filter)});
}

Value<StationChoice> stations_value() {
  Section<StationFilter> filter("a selection of stations");
  filter.optional("kind", &StationFilter::kind, one_or_many(kind_value(), "`urban`, `rural` or both"),
                  "Offices of this kind.");
  filter.optional("county", &StationFilter::county, names_value(), "Stations in these counties.");
  filter.optional("place", &StationFilter::place, names_value(),
                  "Offices in these cities or rural districts, or counters that stand there.");
  filter.optional("office", &StationFilter::office, names_value(), "These offices.");
  filter.optional("agency", &StationFilter::agency, names_value(),
                  "Counters of these agencies instead of offices.");
  filter.optional("rank", &StationFilter::rank,
                  one_or_many<int>(value::whole(1, 3), "a rank or a list of ranks"),
                  "Offices of these ranks.");
  const auto every = [](bool offices, bool counters) { return StationChoice{offices, counters, {}}; };
  return value::either<StationChoice>(
      "stations", "`offices`, `counters`, `all` or a selection such as `{county: sari}`",
      {value::words<StationChoice>({{"all", every(true, true), "Every office and counter."},
                                    {"offices", every(true, false), "Every office."},
                                    {"counters", every(false, true), "Every counter of every agency."}}),
       value::part(&StationChoice::filter, filter)});
}

void expect_possible_online(const Province& province, const std::vector<ServiceId>& services,
                            const Location& location, Diagnostics& mistakes) {
  std::size_t impossible = 0;
  std::string first;
  for (const ServiceId id : services) {
    const Service& service = province.services[id.index()];
    if (!service.possible_online && ++impossible == 1) first = in_backticks(service.id);
  }
  if (impossible == 0) return;
  const std::string more = impossible > 1 ? " and " + std::to_string(impossible - 1) + " more services" : "";
  add_mistake(
      mistakes, location, first + more + " cannot be done online",
      "write `services: {possible_online: true}`, or change the column possible_online of the services");
}

void Selector::Names::add(const std::string& id) {
  index.emplace(id, known.size());
  known.push_back(id);
}

template <class Items>
Selector::Names Selector::names_of(std::string what, const Items& items) {
  Names names{std::move(what), {}, {}};
  for (const auto& item : items) names.add(item.id);
  return names;
}

Selector::Selector(const Province& province, Diagnostics& mistakes, bool tables_are_good)
    : province_(province),
      tables_are_good_(tables_are_good),
      mistakes_(mistakes),
      counties_(names_of("county", province.counties)),
      places_(names_of("place", province.places)),
      agencies_(names_of("agency", province.agencies)),
      services_(names_of("service", province.services)),
      offices_(names_of("office", province.offices)) {}

std::optional<std::size_t> Selector::find(const Names& names, const Name& name) {
  if (name.location.node == nullptr) return std::nullopt;
  const auto at = names.index.find(name.text);
  if (at != names.index.end()) return at->second;
  add_unknown(mistakes_, name.location, names.what, name.text, {names.known.begin(), names.known.end()});
  return std::nullopt;
}

std::vector<bool> Selector::chosen(const Names& names, const std::vector<Name>& given) {
  std::vector<bool> in(names.known.size(), given.empty());
  for (const Name& name : given)
    if (const auto at = find(names, name)) in[*at] = true;
  return in;
}

std::vector<std::uint32_t> Selector::indices(const Names& names, const NameChoice& choice) {
  const std::vector<bool> in =
      choice.all ? std::vector<bool>(names.known.size(), true) : chosen(names, choice.names);
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < in.size(); ++i)
    if (in[i]) found.push_back(i);
  return found;
}

std::optional<ServiceId> Selector::service(const Name& name) {
  const auto at = find(services_, name);
  return at ? std::optional<ServiceId>(ServiceId(*at)) : std::nullopt;
}

std::optional<AgencyId> Selector::agency(const Name& name) {
  const auto at = find(agencies_, name);
  return at ? std::optional<AgencyId>(AgencyId(*at)) : std::nullopt;
}

std::optional<CountyId> Selector::county(const Name& name) {
  const auto at = find(counties_, name);
  return at ? std::optional<CountyId>(CountyId(*at)) : std::nullopt;
}

std::optional<PlaceId> Selector::place(const Name& name) {
  const auto at = find(places_, name);
  return at ? std::optional<PlaceId>(PlaceId(*at)) : std::nullopt;
}

std::vector<ServiceId> Selector::services(const ServiceChoice& choice, const Location& location) {
  std::vector<ServiceId> selected;
  const std::size_t before = mistakes_.size();
  if (choice.all) {
    for (std::size_t i = 0; i < province_.services.size(); ++i) selected.emplace_back(i);
    return selected;
  }
  if (choice.filter.exists()) {
    const ServiceFilter& filter = *choice.filter;
    const auto agencies = chosen(agencies_, filter.agency), listed = chosen(services_, filter.service);
    for (std::size_t i = 0; i < province_.services.size(); ++i) {
      // Named by the agency or by itself: the two keys add up.
      const bool by_agency = !filter.agency.empty() && agencies[province_.services[i].agency.index()];
      const bool by_service = !filter.service.empty() && listed[i];
      const bool by_none = filter.agency.empty() && filter.service.empty() && filter.possible_online;
      const bool fits = filter.possible_online.value_or(province_.services[i].possible_online) ==
                        province_.services[i].possible_online;
      if (fits && (by_agency || by_service || by_none)) selected.emplace_back(i);
    }
  }
  for (const Name& name : choice.listed)
    if (const auto at = find(services_, name)) selected.emplace_back(*at);
  std::sort(selected.begin(), selected.end());
  selected.erase(std::unique(selected.begin(), selected.end()), selected.end());
  if (selected.empty() && mistakes_.size() == before && tables_are_good_)
    add_mistake(mistakes_, location, "no service is selected", "name an agency or a service, or write `all`");
  return selected;
}

Selection Selector::stations(const StationChoice& choice, const Location& location) {
  Selection selection;
  if (!choice.filter.exists()) {
    for (std::size_t i = 0; choice.offices && i < province_.offices.size(); ++i)
      selection.offices.emplace_back(i);
    for (std::size_t i = 0; choice.counters && i < province_.counters.size(); ++i)
      selection.counters.emplace_back(i);
    return selection;
  }
  const std::size_t before = mistakes_.size();
  const bool of_counters = choice.filter.has(&StationFilter::agency);
  selection = of_counters ? counters_where(choice.filter) : offices_where(choice.filter);
  if (selection.offices.empty() && selection.counters.empty() && mistakes_.size() == before &&
      tables_are_good_)
    add_mistake(mistakes_, location, "no station is selected", "nothing fits all of these keys at once");
  return selection;
}

Selection Selector::offices_where(const Written<StationFilter>& filter) {
  Selection selection;
  if (filter.location().node->entries.empty()) {
    add_mistake(mistakes_, filter.location(), "an empty selection", "write `offices`, `counters` or `all`");
    return selection;
  }
  const auto counties = chosen(counties_, filter->county);
  const auto places = chosen(places_, filter->place);
  const auto offices = chosen(offices_, filter->office);
  const auto kinds = allowed(filter->kind);
  std::array<bool, 4> ranks{};
  if (filter->rank.empty()) ranks.fill(true);
  for (const int rank : filter->rank) ranks[static_cast<std::size_t>(rank)] = true;
  for (std::size_t i = 0; i < province_.offices.size(); ++i) {
    const Office& office = province_.offices[i];
    const auto rank = static_cast<std::size_t>(std::clamp(office.rank, 0, 3));
    if (offices[i] && counties[office.county.index()] && places[office.place.index()] &&
        kinds[static_cast<std::size_t>(office.kind)] && ranks[rank])
      selection.offices.emplace_back(i);
  }
  return selection;
}

Selection Selector::counters_where(const Written<StationFilter>& filter) {
  Selection selection;
  const auto forbids = [&](auto member) {
    if (!filter.has(member)) return false;
    const Location& key = filter.at(member);
    add_mistake(mistakes_, key, in_backticks(key.key()) + " of counters",
                "with `agency` the counters of agencies are meant; they are selected by county or place");
    return true;
  };
  if (forbids(&StationFilter::kind) || forbids(&StationFilter::office) || forbids(&StationFilter::rank))
    return selection;
  const auto places = chosen(places_, filter->place);
  const auto counties = chosen(counties_, filter->county);
  const auto agencies = chosen(agencies_, filter->agency);
  for (std::size_t i = 0; i < province_.counters.size(); ++i) {
    const Counter& counter = province_.counters[i];
    const bool in_place = filter->place.empty() || (counter.place && places[counter.place->index()]);
    if (agencies[counter.agency.index()] && counties[counter.county.index()] && in_place)
      selection.counters.emplace_back(i);
  }
  return selection;
}

std::vector<PlaceId> Selector::places(const std::optional<Kind>& kind, const std::vector<Name>& counties,
                                      const std::vector<Name>& names, const Location& location) {
  std::vector<PlaceId> places;
  const std::size_t before = mistakes_.size();
  const auto in = chosen(counties_, counties), named = chosen(places_, names);
  for (std::size_t i = 0; i < province_.places.size(); ++i) {
    const Place& place = province_.places[i];
    if (named[i] && in[place.county.index()] && (!kind || place.kind == *kind)) places.emplace_back(i);
  }
  if (places.empty() && mistakes_.size() == before && tables_are_good_)
    add_mistake(mistakes_, location, "no residents are selected", "nothing fits all of these keys at once");
  return places;
}

std::vector<ZoneId> Selector::zones(const std::optional<Kind>& kind, const std::vector<Name>& counties,
                                    const Location& location) {
  std::vector<ZoneId> zones;
  const std::size_t before = mistakes_.size();
  const auto in = chosen(counties_, counties);
  for (std::size_t i = 0; i < province_.zones.size(); ++i) {
    const Zone& zone = province_.zones[i];
    if (in[zone.county.index()] && (!kind || zone.kind == *kind)) zones.emplace_back(i);
  }
  if (zones.empty() && mistakes_.size() == before && tables_are_good_)
    add_mistake(mistakes_, location, "no residents are selected", "these counties have no zone of this kind");
  return zones;
}

}  // namespace pishkhan
