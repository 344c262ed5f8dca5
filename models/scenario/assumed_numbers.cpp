#include "models/scenario/assumed_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>
#include <vector>

#include "models/province/csv.hpp"
#include "sim/random/distribution.hpp"
#include "sim/random/elementary.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kTraditionalChannel = 0, kOfficeChannel = 1, kOnlineChannel = 2, kUrbanKind = 0,
                      kRuralKind = 1;

template <class Whole>
void vary_count(Whole& value, double factor) {
  const double least = value > 0 ? 1 : 0, most = static_cast<double>(std::numeric_limits<int>::max());
  value = static_cast<Whole>(std::clamp(std::round(static_cast<double>(value) * factor), least, most));
}

void vary_odds(double& probability, double factor) {
  if (factor != 1) probability = probability * factor / (1 - probability + probability * factor);
}

void vary_exponent(double& weight, double factor) {
  if (factor != 1 && weight >= std::numeric_limits<double>::min())
    weight = exponential(factor * natural_log(weight));
}

void vary_bandwidth(Link& link, double factor) {
  link.up_bytes_s *= factor;
  link.down_bytes_s *= factor;
}

/// Zones have the residents of their places, and the access of their counties.
void sum_zones(Province& province) {
  for (Zone& zone : province.zones) {
    zone.digital_access =
        province.counties[zone.county.index()].digital_access[static_cast<std::size_t>(zone.kind)];
    zone.population = 0;
    for (const PlaceId place : zone.places) zone.population += province.places[place.index()].population;
  }
}

template <std::size_t kind>
void vary_access(Scenario& scenario, double factor) {
  for (County& county : scenario.province->counties) vary_odds(county.digital_access[kind], factor);
  sum_zones(*scenario.province);
}

void vary_population(Scenario& scenario, double factor) {
  for (Place& place : scenario.province->places)
    if (place.population_evidence == Evidence::assumed) place.population *= factor;
  sum_zones(*scenario.province);
}

template <std::size_t channel>
void vary_handling(Scenario& scenario, double factor) {
  for (Service& service : scenario.province->services)
    service.handling[channel] = scaled(service.handling[channel], factor);
}

/// Of the tables' lognormal times; a scenario may have given a service another distribution.
template <std::size_t channel>
void vary_cv(Scenario& scenario, double factor) {
  for (Service& service : scenario.province->services)
    if (auto* handling = std::get_if<Lognormal>(&service.handling[channel])) handling->cv *= factor;
}

template <std::size_t kind>
void vary_visits(Scenario& scenario, double factor) {
  for (Service& service : scenario.province->services) service.visits_per_1000_a_year[kind] *= factor;
}

void vary_all_visits(Scenario& scenario, double factor) {
  vary_visits<kUrbanKind>(scenario, factor);
  vary_visits<kRuralKind>(scenario, factor);
}

/// The three shares add to 1 again.
template <std::size_t kind, std::size_t channel>
void vary_share(Scenario& scenario, double factor) {
  if (factor == 1) return;
  for (Service& service : scenario.province->services) {
    auto& shares = service.shares[kind];
    shares[channel] *= factor;
    const double sum = shares[kTraditionalChannel] + shares[kOfficeChannel] + shares[kOnlineChannel];
    for (double& share : shares) share /= sum;
  }
}

template <auto member, auto vary>
void vary_services(Scenario& scenario, double factor) {
  for (Service& service : scenario.province->services) vary(service.*member, factor);
}

void vary_value(double& value, double factor) { value *= factor; }

void vary_cores(Scenario& scenario, double factor) {
  for (Agency& agency : scenario.province->agencies) vary_count(agency.cores, factor);
}

template <auto stations>
void vary_room(Scenario& scenario, double factor) {
  for (auto& station : (*scenario.province).*stations) vary_count(station.rules.room, factor);
}

template <auto stations>
void vary_balking(Scenario& scenario, double factor) {
  for (auto& station : (*scenario.province).*stations)
    for (auto& [waiting, probability] : station.rules.balking.points) waiting *= factor;
}

void vary_absence(Scenario& scenario, double factor) {
  const auto vary = [&](auto& stations) {
    for (auto& station : stations)
      for (ClerkGroup& group : station.rules.groups) vary_odds(group.absence, factor);
  };
  vary(scenario.province->offices);
  vary(scenario.province->counters);
}

void vary_profiles(Scenario& scenario, double factor) {
  for (auto& channel : scenario.demand.profile) {
    for (HourProfile& profile : channel)
      for (double& weight : profile) vary_exponent(weight, factor);
  }
  for (double& weight : scenario.demand.web) vary_exponent(weight, factor);
}

void vary_special_days(Scenario& scenario, double factor) {
  for (SpecialDays& days : scenario.demand.special_days) vary_exponent(days.factor, factor);
}

template <auto factors>
void vary_days(Scenario& scenario, double factor) {
  for (double& one : scenario.demand.*factors) vary_exponent(one, factor);
}

/// How often what fails at random does.
void vary_outages(Scenario& scenario, double factor) {
  for (Outage& outage : scenario.outages)
    if (outage.for_s <= 0 && outage.cores_share <= 0) outage.between_s /= factor;
}

/// The odds of each class against belonging to none.
void vary_classes(Scenario& scenario, double factor) {
  if (factor == 1) return;
  double in_a_class = 0;
  for (const CitizenClass& one : scenario.classes) in_a_class += one.share;
  const double sum = 1 - in_a_class + in_a_class * factor;
  for (CitizenClass& one : scenario.classes) one.share = one.share * factor / sum;
}

template <std::size_t channel>
void vary_patience(Scenario& scenario, double factor) {
  scenario.patience[channel] = scaled(scenario.patience[channel], factor);
}

template <auto section, auto member, auto vary>
void vary_key(Scenario& scenario, double factor) {
  vary(scenario.*section.*member, factor);
}

void vary_lines(Scenario& scenario, double factor) {
  for (LinkKind& kind : scenario.backbone.link_kinds) vary_bandwidth(kind.link, factor);
}

void vary_policy(Scenario& scenario, double factor) {
  scenario.backbone.policy.limit_s *= factor;
  scenario.backbone.policy.pause_s *= factor;
}

template <auto member>
constexpr auto kDemandTimes = &vary_key<&Scenario::demand, member, vary_value>;
template <auto member>
constexpr auto kChoiceTimes = &vary_key<&Scenario::choice, member, vary_value>;
template <auto member>
constexpr auto kBandwidth = &vary_key<&Scenario::backbone, member, vary_bandwidth>;
template <auto member>
constexpr auto kBackboneOdds = &vary_key<&Scenario::backbone, member, vary_odds>;

constexpr AssumedNumber kAssumedNumbers[] = {
    {"counties.csv", "digital_access_urban", RangeOf::odds, vary_access<kUrbanKind>},
    {"counties.csv", "digital_access_rural", RangeOf::odds, vary_access<kRuralKind>},
    {"places.csv", "population", RangeOf::value, vary_population},
    {"places.csv", "radius_km", RangeOf::value,
     [](Scenario& scenario, double factor) {
       for (Place& place : scenario.province->places) place.radius_km *= factor;
     }},
    {"services.csv", "handling_traditional_mean_s", RangeOf::value, vary_handling<kTraditionalChannel>},
    {"services.csv", "handling_traditional_cv", RangeOf::value, vary_cv<kTraditionalChannel>},
    {"services.csv", "handling_office_mean_s", RangeOf::value, vary_handling<kOfficeChannel>},
    {"services.csv", "handling_office_cv", RangeOf::value, vary_cv<kOfficeChannel>},
    {"services.csv", "visits_per_1000_urban", RangeOf::value, vary_visits<kUrbanKind>},
    {"services.csv", "visits_per_1000_rural", RangeOf::value, vary_visits<kRuralKind>},
    {"services.csv", "share_urban_traditional", RangeOf::value, vary_share<kUrbanKind, kTraditionalChannel>},
    {"services.csv", "share_urban_office", RangeOf::value, vary_share<kUrbanKind, kOfficeChannel>},
    {"services.csv", "share_urban_online", RangeOf::value, vary_share<kUrbanKind, kOnlineChannel>},
    {"services.csv", "share_rural_traditional", RangeOf::value, vary_share<kRuralKind, kTraditionalChannel>},
    {"services.csv", "share_rural_office", RangeOf::value, vary_share<kRuralKind, kOfficeChannel>},
    {"services.csv", "share_rural_online", RangeOf::value, vary_share<kRuralKind, kOnlineChannel>},
    {"services.csv", "work_s", RangeOf::value, vary_services<&Service::work_s, vary_value>},
    {"services.csv", "request_bytes", RangeOf::count,
     vary_services<&Service::request_bytes, vary_count<std::uint64_t>>},
    {"services.csv", "response_bytes", RangeOf::count,
     vary_services<&Service::response_bytes, vary_count<std::uint64_t>>},
    {"services.csv", "online_failure", RangeOf::odds, vary_services<&Service::online_failure, vary_odds>},
    {"services.csv", "rework", RangeOf::odds, vary_services<&Service::rework, vary_odds>},
    {"services.csv", "tariff_rial", RangeOf::value, vary_services<&Service::tariff_rial, vary_value>},
    {"agencies.csv", "cores", RangeOf::count, vary_cores},
    {"offices.csv", "room", RangeOf::count, vary_room<&Province::offices>},
    {"counters.csv", "room", RangeOf::count, vary_room<&Province::counters>},
    {"profiles.csv", "weight", RangeOf::exponent, vary_profiles},
    {"", "demand.weekday", RangeOf::exponent, vary_days<&DemandRules::weekday>},
    {"", "demand.month", RangeOf::exponent, vary_days<&DemandRules::month>},
    {"", "demand.special_days", RangeOf::exponent, vary_special_days},
    {"", "demand.online_on_closed_days", RangeOf::value, kDemandTimes<&DemandRules::online_on_closed_days>},
    {"", "demand.busyness.province_cv", RangeOf::value, kDemandTimes<&DemandRules::busyness_province_cv>},
    {"", "demand.busyness.county_cv", RangeOf::value, kDemandTimes<&DemandRules::busyness_county_cv>},
    {"", "demand.growth", RangeOf::value, vary_all_visits},
    {"", "classes", RangeOf::odds, vary_classes},
    {"", "patience.traditional", RangeOf::value, vary_patience<kTraditionalChannel>},
    {"", "patience.office", RangeOf::value, vary_patience<kOfficeChannel>},
    {"", "retry.probability", RangeOf::odds, vary_key<&Scenario::retry, &Retry::probability, vary_odds>},
    {"", "retry.at_most", RangeOf::count, vary_key<&Scenario::retry, &Retry::at_most, vary_count<int>>},
    {"", "rework.handling_share", RangeOf::odds,
     [](Scenario& scenario, double factor) { vary_odds(scenario.rework_handling_share, factor); }},
    {"", "choice.distance_exponent", RangeOf::value, kChoiceTimes<&OfficeChoice::distance_exponent>},
    {"", "choice.size_exponent", RangeOf::value, kChoiceTimes<&OfficeChoice::size_exponent>},
    {"", "choice.nearest", RangeOf::value, kChoiceTimes<&OfficeChoice::nearest_km>},
    {"", "choice.within", RangeOf::value, kChoiceTimes<&OfficeChoice::within_km>},
    {"", "balking.offices", RangeOf::value, vary_balking<&Province::offices>},
    {"", "balking.counters", RangeOf::value, vary_balking<&Province::counters>},
    {"", "outages", RangeOf::value, vary_outages},
    {"", "absence", RangeOf::odds, vary_absence},
    {"", "backbone.access", RangeOf::value, vary_lines},
    {"", "backbone.county", RangeOf::value, kBandwidth<&BackboneRules::county>},
    {"", "backbone.province", RangeOf::value, kBandwidth<&BackboneRules::province>},
    {"", "backbone.data_centre", RangeOf::value, kBandwidth<&BackboneRules::data_centre>},
    {"", "backbone.web", RangeOf::value, kBandwidth<&BackboneRules::web>},
    {"", "backbone.share_before", RangeOf::odds, kBackboneOdds<&BackboneRules::share_before>},
    {"", "backbone.counter_calls", RangeOf::odds, kBackboneOdds<&BackboneRules::counter_calls>},
    {"", "backbone.policy", RangeOf::value, vary_policy},
};

/// Whether an entry of `evidence.csv` about the file may be about the number.
bool may_be_about(const AssumedNumber& number, std::string_view file) {
  return number.file.empty() ? !file.ends_with(".csv") : number.file == file;
}

}  // namespace

std::span<const AssumedNumber> assumed_numbers() { return kAssumedNumbers; }

const AssumedNumber* find_assumed_number(std::string_view file, std::string_view column) {
  for (const AssumedNumber& number : kAssumedNumbers)
    if (may_be_about(number, file) && number.column == column) return &number;
  return nullptr;
}

std::string nearest_assumed_number(std::string_view file, std::string_view column) {
  std::vector<std::string_view> names;
  for (const AssumedNumber& number : kAssumedNumbers)
    if (may_be_about(number, file)) names.push_back(number.column);
  return std::string(nearest_name(column, names));
}

std::string assumed_numbers_markdown() {
  const auto list = [](RangeOf of) {
    std::string text;
    for (const AssumedNumber& number : kAssumedNumbers) {
      if (number.of != of) continue;
      text += (text.empty() ? "" : ", ") + std::string("`") +
              (number.file.empty() ? "" : std::string(number.file) + " ") + std::string(number.column) + '`';
    }
    return text;
  };
  return "\n## Ranges of assumed numbers\n\n"
         "`low` and `high` of evidence.csv are factors: how far the numbers of the row may be off, all "
         "together. "
         "`pishkhan staff`\n"
         "repeats its verdict on sets of assumptions, each with a factor from every range; in half of them "
         "it is "
         "below 1.\n"
         "Only assumed numbers have ranges. "
         "The scenario's own numbers are varied, whatever it changes of the tables. A factor multiplies\n\n"
         "- the number itself of " +
         list(RangeOf::value) +
         ". Shares of channels add to 1 again; of links the bandwidth is meant, of `backbone.policy` limit "
         "and "
         "pause, of `balking` how many wait, of `demand.growth` all visits, of `outages` how often those at "
         "random come, and of `population` the places "
         "of "
         "which it is assumed;\n"
         "- the number itself, then rounded, of " +
         list(RangeOf::count) +
         ";\n"
         "- the odds p / (1 - p) of the probabilities " +
         list(RangeOf::odds) +
         ", so that they stay probabilities;\n"
         "- as an exponent, weights and factors of " +
         list(RangeOf::exponent) +
         ": 2 squares them, so that days or hours differ more; what is 0 or 1 stays.\n\n"
         "Positions, ranks, hours, rules and what a target asks for have no range: they are not more or "
         "less, but "
         "other. Clerks\n"
         "have none, because they are what is decided.\n";
}

}  // namespace pishkhan
