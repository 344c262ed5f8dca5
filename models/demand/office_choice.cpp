#include "models/demand/office_choice.hpp"

#include <algorithm>
#include <limits>

#include "models/province/position.hpp"
#include "sim/random/elementary.hpp"

namespace pishkhan {
namespace {

/// Of an office that may give a service and has opened.
constexpr std::uint8_t kServes = 1, kIsClosed = 2;

double power(double base, double exponent) {
  if (exponent == 0) return 1;
  return exponent == 1 ? base : exponent == 2 ? base * base : exponential(exponent * natural_log(base));
}

bool lower_key(IdKey a, IdKey b) { return a.high != b.high ? a.high < b.high : a.low < b.low; }

Reach reach_of(PlaceId place, const Scenario& scenario, const std::vector<IdKey>& keys) {
  const std::vector<Office>& offices = scenario.province->offices;
  const OfficeChoice& rules = scenario.choice;
  Reach reach;
  for (std::size_t j = 0; j < offices.size(); ++j) {
    const double km = distance_to_office_km(*scenario.province, place, offices[j]);
    if (km > rules.within_km) continue;
    const double weight = power(offices[j].size, rules.size_exponent) /
                          power(std::max(km, rules.nearest_km), rules.distance_exponent);
    if (weight > 0)
      reach.offices.push_back({StationIndex(j), keys[j], weight, offices[j].kind, offices[j].opened});
  }
  std::sort(reach.offices.begin(), reach.offices.end(), [](const Attraction& a, const Attraction& b) {
    return a.weight != b.weight ? a.weight > b.weight : lower_key(a.key, b.key);
  });
  std::array<OfficeTable::Weights, kKinds> own;
  for (const Attraction& office : reach.offices)
    if (!office.opened) own[static_cast<std::size_t>(office.kind)].emplace_back(office.office, office.weight);
  reach.own = OfficeTable(own[0], own[1]);
  return reach;
}

}  // namespace

double distance_to_office_km(const Province& province, PlaceId from, const Office& office) {
  const Place& place = province.places[from.index()];
  if (office.place == from && place.radius_km > 0) return place.radius_km;
  return distance_from_disc_km(
      distance_km(place.latitude, place.longitude, office.latitude, office.longitude), place.radius_km);
}

std::vector<Reach> find_reach(const Scenario& scenario) {
  std::vector<IdKey> keys;
  for (const Office& office : scenario.province->offices) keys.push_back(key_of("station", office.id));
  std::vector<Reach> reach;
  for (std::size_t p = 0; p < scenario.province->places.size(); ++p)
    reach.push_back(reach_of(PlaceId(p), scenario, keys));
  return reach;
}

namespace {

bool has_clerks_for(const Office& office, ServiceId id) {
  return std::any_of(office.rules.groups.begin(), office.rules.groups.end(), [id](const ClerkGroup& group) {
    return group.clerks > 0 &&
           (group.skills.empty() || std::binary_search(group.skills.begin(), group.skills.end(), id));
  });
}

}  // namespace

bool authorised(const Office& office, const Service& service, ServiceId id, DayNumber day) {
  return may_give(office, service, id, day) && has_clerks_for(office, id);
}

bool authorised(const Office& office, const Service& service, ServiceId id) {
  return may_give(office, service, id) && has_clerks_for(office, id);
}

OfficeChooser::OfficeChooser(const Scenario& scenario, std::shared_ptr<const std::vector<Reach>> reach,
                             DayNumber day)
    : reach_(std::move(reach)) {
  const Province& province = *scenario.province;
  std::vector<ByOffice> classes;
  for (std::size_t s = 0; s < province.services.size(); ++s) {
    ByOffice marks;
    for (const auto& office : province.offices) {
      const bool would_serve =
          office.from_day <= day && authorised(office, province.services[s], ServiceId(s), day);
      marks.push_back(!would_serve ? 0 : day < office.until_day ? kServes : kIsClosed);
    }
    const auto known = std::find(classes.begin(), classes.end(), marks);
    class_of_service_.push_back(static_cast<std::uint32_t>(known - classes.begin()));
    if (known != classes.end()) continue;
    add_class(province, marks);
    classes.push_back(std::move(marks));
  }
}

void OfficeChooser::add_class(const Province& province, const ByOffice& marks) {
  ByOffice may_serve, would_serve;
  for (const std::uint8_t mark : marks) {
    may_serve.push_back(mark == kServes);
    would_serve.push_back(mark != 0);
  }
  may_serve_.push_back(std::make_unique<const ByOffice>(std::move(may_serve)));
  for (std::size_t place = 0; place < reach_->size(); ++place)
    choices_.push_back(choices_of(province, place, *may_serve_.back()));
  if (std::find(marks.begin(), marks.end(), kIsClosed) == marks.end()) return;
  would_serve_.push_back(std::make_unique<const ByOffice>(std::move(would_serve)));
  for (std::size_t place = 0; place < reach_->size(); ++place) {
    OfficeChoices& choices = choices_[choices_.size() - reach_->size() + place];
    const OfficeChoices others = choices_of(province, place, *would_serve_.back());
    bool differ = others.nearest != choices.nearest;
    others.for_each([&](const Attraction& office) { differ |= marks[office.office.index()] == kIsClosed; });
    if (!differ) continue;
    if_none_closed_.push_back(std::make_unique<const OfficeChoices>(others));
    choices.if_none_closed = if_none_closed_.back().get();
  }
}

OfficeChoices OfficeChooser::choices_of(const Province& province, std::size_t place,
                                        const ByOffice& may_serve) const {
  OfficeChoices choices;
  choices.reach = &(*reach_)[place];
  choices.may_serve = may_serve.data();
  choices.for_each([&](const Attraction& office) {
    (office.opened ? choices.opened : choices.own_of_kind[static_cast<std::size_t>(office.kind)]) = true;
  });
  if (choices.in_reach()) return choices;
  double nearest_km = std::numeric_limits<double>::infinity();
  for (std::size_t j = 0; j < may_serve.size(); ++j) {
    if (may_serve[j] == 0) continue;
    const double km = distance_to_office_km(province, PlaceId(place), province.offices[j]);
    const bool first_of_equals = km == nearest_km && choices.nearest != kNoStation &&
                                 province.offices[j].id < province.offices[choices.nearest.index()].id;
    if (km < nearest_km || first_of_equals) nearest_km = km, choices.nearest = StationIndex(j);
  }
  return choices;
}

StationIndex OfficeChooser::alternative(std::size_t place, std::size_t service, StationIndex first,
                                        std::size_t k) const {
  const OfficeChoices& among = choices(place, service);
  if (!among.in_reach()) return k == 0 && among.nearest != first ? among.nearest : kNoStation;
  StationIndex found = kNoStation;
  std::size_t others = 0;
  among.for_each([&](const Attraction& office) {
    if (office.office != first && others++ == k) found = office.office;
  });
  return found;
}

std::vector<std::pair<StationIndex, double>> probabilities(const OfficeChoices& choices) {
  if (choices.empty()) return {};
  if (!choices.in_reach()) return {{choices.nearest, 1.0}};
  std::vector<std::pair<StationIndex, double>> shares;
  double total = 0;
  choices.for_each([&](const Attraction& office) {
    shares.emplace_back(office.office, office.weight);
    total += office.weight;
  });
  for (auto& [office, share] : shares) share /= total;
  return shares;
}

}  // namespace pishkhan
