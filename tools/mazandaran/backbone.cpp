#include "tools/mazandaran/backbone.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "sim/base/contract.hpp"

namespace pishkhan::mazandaran {
namespace {

using Hours = std::array<double, kHoursPerDay>;

/// Weights of the hours of one channel and kind (of the web: no kind). Those inside the baseline's doors add
/// to 1.
Hours profile(const Facts& facts, Channel channel, std::optional<Kind> kind) {
  Hours hours{};
  for (const ProfileRow& row : facts.profiles)
    if (row.channel == channel && row.kind == kind) hours[static_cast<std::size_t>(row.hour)] = row.weight;
  return hours;
}

bool is_large(const Facts& facts, const PlaceFact& place) {
  return static_cast<double>(place.population) >= facts.number("fibre_city_population");
}

}  // namespace

void link_offices(const Facts& facts, std::vector<OfficeMade>& offices) {
  const FlatMap map(facts);
  std::vector<std::pair<double, std::size_t>> rural;
  std::vector<int> in_place(facts.places.size(), 0);
  const double share = facts.number("fibre_share_of_offices");
  for (std::size_t o = 0; o < offices.size(); ++o) {
    const PlaceFact& place = facts.places[offices[o].place];
    if (offices[o].kind == Kind::rural) {
      const CountyFact& county = facts.counties[place.county];
      rural.emplace_back(map.squared_km(offices[o].position, {county.latitude, county.longitude}), o);
      continue;
    }
    // Every so many-th office, spread over the city.
    const int before = in_place[offices[o].place]++;
    const bool fibre =
        is_large(facts, place) && std::floor((before + 1) * share) > std::floor(before * share);
    offices[o].link_kind = facts.link_kind(fibre ? "fibre" : "adsl");
  }
  std::sort(rural.begin(), rural.end());
  std::vector<std::size_t> kinds;
  std::vector<long long> shares;
  for (std::size_t k = 0; k < facts.link_kinds.size(); ++k) {
    if (facts.link_kinds[k].rural_share <= 0) continue;
    kinds.push_back(k);
    shares.push_back(std::llround(facts.link_kinds[k].rural_share * 1000));
  }
  const std::vector<int> counts = apportion(static_cast<int>(rural.size()), shares);
  std::size_t next = 0;
  for (std::size_t k = 0; k < kinds.size(); ++k)
    for (int n = 0; n < counts[k]; ++n) offices[rural[next++].second].link_kind = kinds[k];
}

std::size_t link_of_counters(const Facts& facts, std::size_t county) {
  const bool large = std::any_of(facts.places.begin(), facts.places.end(), [&](const PlaceFact& place) {
    return place.county == county && place.kind == Kind::urban && is_large(facts, place);
  });
  return facts.link_kind(large ? "fibre" : "adsl");
}

int poisson_bound(double mean, double probability) {
  // Terms relative to the first, far enough for the rest to be nothing.
  const int last = static_cast<int>(10 * mean) + 100;
  std::vector<double> terms{1};
  for (int n = 1; n <= last; ++n) terms.push_back(terms.back() * mean / n);
  double all = 0;
  for (const double term : terms) all += term;
  double above = 0;
  for (int n = last; n > 0; --n) {
    above += terms[static_cast<std::size_t>(n)];
    if (above >= probability * all) return n;
  }
  return 0;
}

std::vector<SystemMade> size_systems(const Facts& facts) {
  const double saturday = day_share(facts, facts.number("weekday_saturday"));
  std::vector<Hours> busy(facts.agencies.size(), Hours{});
  for (const Channel channel : {Channel::traditional, Channel::office, Channel::online}) {
    for (const Kind kind : {Kind::urban, Kind::rural}) {
      const bool online = channel == Channel::online;
      const Hours hours = profile(facts, channel, online ? std::nullopt : std::optional(kind));
      double residents = 0;
      for (const PlaceFact& place : facts.places)
        if (place.kind == kind) residents += static_cast<double>(place.population);
      for (const ServiceFact& service : facts.services) {
        const auto k = static_cast<std::size_t>(kind);
        const double visits = residents / 1000 * service.visits_per_1000[k] *
                              service.shares[k][static_cast<std::size_t>(channel)] * saturday *
                              service.payment_day_factor;
        const double calls = visits * calls_of_visit(facts, service, channel);
        for (std::size_t h = 0; h < hours.size(); ++h)
          busy[service.agency][h] += calls * hours[h] * service.handling.work_s / kSecondsPerHour;
      }
    }
  }
  std::vector<SystemMade> systems;
  for (const Hours& hours : busy) {
    SystemMade system;
    system.busiest = *std::max_element(hours.begin(), hours.end());
    system.cores = std::max(1, poisson_bound(system.busiest, facts.number("more_calls_than_cores")));
    systems.push_back(system);
  }
  return systems;
}

}  // namespace pishkhan::mazandaran
