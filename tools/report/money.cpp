#include "tools/report/money.hpp"

#include <cstdint>
#include <vector>

#include "models/province/position.hpp"
#include "sim/base/time.hpp"

namespace pishkhan {
namespace {

using K = ColumnKind;
using M = MoneyTally;

const Economics& economics_of(const Results& results) { return *results.scenario.economics; }

/// Rials for an hour of a clerk on shift, desk included.
double hourly_expense(const Results& results, std::size_t station) {
  const Province& province = *results.scenario.province;
  return station < province.offices.size()
             ? economics_of(results).hour_at_offices(province.offices[station].kind)
             : economics_of(results).hour_at_counters();
}

void add_staffed(const Results& results, const TrialResult& trial, std::size_t station, M& tally) {
  const double staffed_h = trial.stations[station].staffed_s / kSecondsPerHour;
  tally.staffed_h += staffed_h;
  tally.expenses += staffed_h * hourly_expense(results, station);
}

/// Visits at which a service was given, at an office or elsewhere.
void add_given(const Results& results, std::size_t service, double visits, bool at_office, M& tally) {
  const Province& province = *results.scenario.province;
  const Economics& economics = economics_of(results);
  tally.given += visits;
  if (province.services[service].tariff_rial <= 0) tally.given_of_unknown_tariff += visits;
  tally.tariff += visits * economics.tariff_of(province.services[service]);
  if (at_office) tally.income += visits * economics.income_of(province, service);
}

/// Ways of so many metres one way, of residents of places of a kind; each is also taken back.
void add_ways(const Results& results, double metres, Kind kind, M& tally) {
  const Travel& travel = results.scenario.travel;
  tally.travel_km += 2 * metres * travel.detour / kMetresPerKm;
  tally.travel_h += 2 * travel.seconds(metres, kind) / kSecondsPerHour;
}

/// The citizens' time at stations, for a part of the visits.
void add_time(const VisitTally& visits, double part, M& tally) {
  tally.wait_h += visits.wait_joined_s * part / kSecondsPerHour;
  const double served_s = visits.sojourn_s - visits.wait_s;
  tally.handling_h += (served_s + visits.failed_s + visits.aside_s) * part / kSecondsPerHour;
}

/// When all time and travel is there.
void value_time(const Results& results, M& tally) {
  const Economics& economics = economics_of(results);
  tally.travel_rial = tally.travel_km * economics.kilometre;
  tally.time_rial = (tally.travel_h + tally.wait_h + tally.handling_h) * economics.citizen_hour;
}

double clerk_s(const VisitTally& visits) { return visits.handling_s + visits.failed_s; }

/// Clerk time, and what it is shared out of.
struct Shared {
  M expenses;
  double clerk_s = 0;
};

/// Gives a service its part of the expenses of those who give it.
void share_out(const Shared& of, const VisitTally& visits, M& tally) {
  if (of.clerk_s <= 0) return;
  const double part = clerk_s(visits) / of.clerk_s;
  tally.staffed_h += of.expenses.staffed_h * part;
  tally.expenses += of.expenses.expenses * part;
}

}  // namespace

MoneyTally& MoneyTally::operator+=(const MoneyTally& other) {
  for (const auto member : {&M::visits, &M::given, &M::given_of_unknown_tariff, &M::tariff, &M::income,
                            &M::staffed_h, &M::expenses, &M::travel_km, &M::travel_h, &M::wait_h,
                            &M::handling_h, &M::travel_rial, &M::time_rial})
    this->*member += other.*member;
  return *this;
}

Sums<MoneyTally> money_of_offices(const Results& results) {
  const std::size_t offices = results.scenario.province->offices.size();
  return collect<M>(results, offices, [&](const TrialResult& trial, auto at) {
    for (std::size_t office = 0; office < offices; ++office) {
      at(office).visits = count(trial.stations[office].arrived);
      add_staffed(results, trial, office, at(office));
    }
    for (const GivenCount& given : trial.given) {
      if (given.station >= offices) continue;
      add_given(results, given.service, count(given.visits), true, at(given.station));
    }
  });
}

Sums<MoneyTally> money_of_services(const Results& results) {
  const Province& province = *results.scenario.province;
  const std::size_t rows = province.services.size() * kChannels, offices = province.offices.size();
  return collect<M>(results, rows, [&](const TrialResult& trial, auto at) {
    Shared of_offices;
    std::vector<Shared> of_agencies(province.agencies.size());
    const auto shared = [&](std::size_t row) -> Shared* {
      const auto channel = static_cast<Channel>(row % kChannels);
      if (channel == Channel::online) return nullptr;
      const std::size_t agency = province.services[row / kChannels].agency.index();
      return channel == Channel::office ? &of_offices : &of_agencies[agency];
    };
    for (std::size_t s = 0; s < trial.stations.size(); ++s) {
      Shared& of = s < offices ? of_offices : of_agencies[province.counters[s - offices].agency.index()];
      add_staffed(results, trial, s, of.expenses);
    }
    for (std::size_t row = 0; row < rows; ++row)
      if (Shared* of = shared(row)) of->clerk_s += clerk_s(trial.services[row]);
    for (std::size_t row = 0; row < rows; ++row) {
      const VisitTally& visits = trial.services[row];
      const std::size_t service = row / kChannels, channel = row % kChannels;
      M& tally = at(row);
      tally.visits = count(visits.arrived);
      add_given(results, service, count(visits.served - visits.reworked),
                static_cast<Channel>(channel) == Channel::office, tally);
      const Shared* of = shared(row);
      if (of == nullptr) continue;
      share_out(*of, visits, tally);
      const TravelResult& ways = trial.service_travel[service * kStationChannels + channel];
      for (const Kind kind : {Kind::urban, Kind::rural})
        add_ways(results, count(ways.metres[static_cast<std::size_t>(kind)]), kind, tally);
      add_time(visits, 1, tally);
      value_time(results, tally);
    }
  });
}

Sums<MoneyTally> money_of_channels(const Results& results) {
  const Sums<MoneyTally> services = money_of_services(results);
  const std::size_t offices = results.scenario.province->offices.size();
  Sums<MoneyTally> channels(kChannels, std::vector<MoneyTally>(results.trials.size()));
  for (std::size_t i = 0; i < results.trials.size(); ++i) {
    for (std::size_t row = 0; row < services.size(); ++row) channels[row % kChannels][i] += services[row][i];
    // All that stations take, also where nobody was served.
    for (auto& channel : channels) channel[i].staffed_h = channel[i].expenses = 0;
    for (std::size_t s = 0; s < results.trials[i].stations.size(); ++s) {
      const Channel channel = s < offices ? Channel::office : Channel::traditional;
      add_staffed(results, results.trials[i], s, channels[static_cast<std::size_t>(channel)][i]);
    }
  }
  return channels;
}

Sums<MoneyTally> money_of_counties(const Results& results) {
  const Province& province = *results.scenario.province;
  return collect<M>(results, province.counties.size(), [&](const TrialResult& trial, auto at) {
    std::vector<M> of_station(trial.stations.size());
    for (const GivenCount& given : trial.given)
      add_given(results, given.service, count(given.visits), false, of_station[given.station]);
    for (const TripCount& trips : trial.trips) {
      const Place& place = province.places[trips.place];
      const StationResult& station = trial.stations[trips.station];
      const double part = count(trips.visits) / count(station.arrived);
      M& tally = at(place.county.index());
      tally.visits += trips.visits;
      tally.given += of_station[trips.station].given * part;
      tally.tariff += of_station[trips.station].tariff * part;
      add_ways(results, count(trips.visits) * trips.metres, place.kind, tally);
      add_time(station, part, tally);
    }
    for (std::size_t county = 0; county < province.counties.size(); ++county) value_time(results, at(county));
  });
}

namespace {

double given(const M& m) { return m.given; }
double visits(const M& m) { return m.visits; }
double of_citizens(const M& m) { return m.tariff + m.travel_rial + m.time_rial; }
double total(const M& m) { return m.expenses + m.travel_rial + m.time_rial; }

/// Of a sum over the counted days that is not negative and hardly skewed.
Measure<M> amount(std::string_view name, std::string_view unit, std::string_view description,
                  double (*numerator)(const M&)) {
  return bounded(skewed<M>(K::count, name, unit, description, numerator, nullptr, TableForm::brief));
}

/// The same of what some replications may have much more of.
Measure<M> skewed_amount(std::string_view name, std::string_view unit, std::string_view description,
                         double (*numerator)(const M&)) {
  return skewed<M>(K::count, name, unit, description, numerator, nullptr, TableForm::brief);
}

const Measure<M> kTariffMeasures[] = {
    events<M>("arrived", "visits", "Visits that came to the door (online: attempts).", visits,
              TableForm::brief),
    events<M>("given", "visits",
              "Visits at which the service was given: served, with the papers. Then the tariff is paid.",
              given, TableForm::brief),
    amount("tariff_rial", "rial",
           "What citizens paid for the services given: `tariff_rial` of the services' table, or "
           "`economics.unknown_tariff` where it has none.",
           [](const M& m) { return m.tariff; }),
    proportion<M>(
        "unknown_tariff_share", "Visits of services without a tariff in the table / given.",
        [](const M& m) { return m.given_of_unknown_tariff; }, given),
};

const Measure<M> kIncomeMeasures[] = {
    amount("income_rial", "rial",
           "What offices keep of the tariffs: `economics.office_share`, or `office_shares`.",
           [](const M& m) { return m.income; }),
    bounded(skewed<M>(
        "income_per_clerk_h_rial", "rial", "income_rial / hours of clerks on shift.",
        [](const M& m) { return m.income; }, [](const M& m) { return m.staffed_h; }, TableForm::brief)),
};

const Measure<M> kExpenseMeasures[] = {
    amount("expenses_rial", "rial",
           "Pay and desks: clerk time on shift, overtime included and absences not, times "
           "`economics.clerk_hour` and `economics.desk_hour` of the kind of station.",
           [](const M& m) { return m.expenses; }),
};

const Measure<M> kBalanceMeasures[] = {
    {"balance_rial", "rial", K::count,
     "income_rial less expenses_rial; negative where the expenses are higher.",
     [](const M& m) { return m.income - m.expenses; }, nullptr, TableForm::brief},
};

const Measure<M> kCitizenMoneyMeasures[] = {
    skewed_amount("travel_h", "h",
                  "Person-hours of travel over the counted days, both ways, there and back: every visit as "
                  "a way of its own from home.",
                  [](const M& m) { return m.travel_h; }),
    skewed_amount("travel_km", "km",
                  "Kilometres of travel by road, there and back: distance times the scenario's "
                  "`travel.detour`.",
                  [](const M& m) { return m.travel_km; }),
    skewed_amount("wait_h", "h", "Person-hours in queues, of all who joined.",
                  [](const M& m) { return m.wait_h; }),
    skewed_amount("handling_h", "h", "Person-hours at the desk, and aside.",
                  [](const M& m) { return m.handling_h; }),
    skewed_amount("travel_rial", "rial", "travel_km times `economics.kilometre`.",
                  [](const M& m) { return m.travel_rial; }),
    skewed_amount("time_rial", "rial",
                  "travel_h, wait_h and handling_h together times `economics.citizen_hour`.",
                  [](const M& m) { return m.time_rial; }),
    skewed_amount("citizens_rial", "rial", "tariff_rial, travel_rial and time_rial: what citizens spend.",
                  of_citizens),
    skewed<M>("citizens_rial_per_visit", "rial", "citizens_rial / arrived.", of_citizens, visits,
              TableForm::brief),
};

const Measure<M> kTotalMeasures[] = {
    skewed_amount("total_rial", "rial",
                  "expenses_rial, travel_rial and time_rial: what stations and citizens take together. The "
                  "tariff only goes from these to those.",
                  total),
    skewed<M>("total_rial_per_given", "rial", "total_rial / given.", total, given, TableForm::brief),
};

}  // namespace

std::span<const Measure<MoneyTally>> tariff_measures() { return kTariffMeasures; }
std::span<const Measure<MoneyTally>> income_measures() { return kIncomeMeasures; }
std::span<const Measure<MoneyTally>> expense_measures() { return kExpenseMeasures; }
std::span<const Measure<MoneyTally>> balance_measures() { return kBalanceMeasures; }
std::span<const Measure<MoneyTally>> citizen_money_measures() { return kCitizenMoneyMeasures; }
std::span<const Measure<MoneyTally>> total_measures() { return kTotalMeasures; }

}  // namespace pishkhan
