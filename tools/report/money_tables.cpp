#include "tools/report/money_tables.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/time.hpp"
#include "tools/report/money.hpp"
#include "tools/report/shared_columns.hpp"

namespace pishkhan {
namespace {

/// The economics of a scenario are nobody's measurement.
constexpr Evidence kMoneyEvidence = Evidence::assumed;

std::string_view to_string(Covers covers) {
  constexpr std::string_view names[] = {"yes", "no", "open"};
  return names[static_cast<std::size_t>(covers)];
}

/// What stands in for variances and dispersions of rows of money, where `of_visits` has none.
DesignEffects effects_of(const Sums<MoneyTally>& rows, DesignEffects of_visits) {
  const auto row = [&rows](std::size_t i) { return std::span<const MoneyTally>(rows[i]); };
  for (const auto& measures :
       {tariff_measures(), income_measures(), expense_measures(), citizen_money_measures(), total_measures()})
    of_visits.merge(usual_design_effects(measures, rows.size(), row));
  return of_visits;
}

DesignEffects zero_effects() {
  DesignEffects effects;
  for (const auto& measures : {tariff_measures(), income_measures(), expense_measures()})
    for (const auto& measure : measures) effects[measure.name] = 0;
  return effects;
}

Estimate scaled(const Estimate& estimate, double factor) {
  return {estimate.mean * factor, estimate.half_width * factor, estimate.replications, estimate.low * factor,
          estimate.high * factor};
}

/// What an office earns and takes. Each interval is that of its part: of clerk time as in the table offices,
/// and of the balance their arms joined by the squares, as if clerk time and visits had nothing to do with
/// each other.
struct Balance {
  Estimate income, expenses, balance;
  std::optional<Covers> covers;
};

Balance balance_of(const Results& results, std::size_t office, const std::vector<MoneyTally>& money,
                   const std::vector<StationTally>& station, const DesignEffects& usual) {
  const Economics& economics = *results.scenario.economics;
  const bool shut = never_open(station);
  const double per_s =
      economics.hour_at_offices(results.scenario.province->offices[office].kind) / kSecondsPerHour;
  const Estimate staffed = estimate(find_measure(staff_measures(), "staffed_s"), station,
                                    shut ? no_effects() : results.station_effects.at(office));
  Balance balance;
  balance.income = estimate(find_measure(income_measures(), "income_rial"), money, usual);
  balance.expenses = scaled(staffed, per_s);
  balance.balance = estimate_unpaired_difference(balance.expenses, balance.income);
  const Estimate& is = balance.balance;
  if (!shut && std::isfinite(is.low) && std::isfinite(is.high))
    balance.covers = is.low > 0 ? Covers::yes : is.high < 0 ? Covers::no : Covers::open;
  return balance;
}

/// Everything about offices' money.
struct OfficesMoney {
  explicit OfficesMoney(const Results& results)
      : money(money_of_offices(results)),
        stations(collect<StationTally>(results, money.size(),
                                       [&](const TrialResult& trial, auto at) {
                                         for (std::size_t i = 0; i < money.size(); ++i)
                                           at(i) = trial.stations[i];
                                       })),
        usual(effects_of(money, {})) {
    for (std::size_t i = 0; i < money.size(); ++i)
      balances.push_back(balance_of(results, i, money[i], stations[i], usual_of(i)));
  }
  [[nodiscard]] const DesignEffects& usual_of(std::size_t office) const {
    static const DesignEffects none = zero_effects();
    return never_open(stations[office]) ? none : usual;
  }

  Sums<MoneyTally> money;
  Sums<StationTally> stations;
  DesignEffects usual;
  std::vector<Balance> balances;
};

Table make_office_money_table(const Results& results) {
  const Province& province = *results.scenario.province;
  const OfficesMoney all(results);
  using Row = std::size_t;
  const auto office_of = [&](const Row& row) -> const Office& { return province.offices[row]; };
  ColumnList<Row> list;
  list.add_identity("office", "Id of the office.", [=](const Row& row) { return office_of(row).id; });
  add_names(list, "office", office_of);
  list.add_attribute("kind", "urban or rural.",
                     [=](const Row& row) { return to_string(office_of(row).kind); });
  list.add_attribute("county", "Id of the county.", [=, &province](const Row& row) {
    return province.counties[office_of(row).county.index()].id;
  });
  const auto money = [&all](const Row& row) { return &all.money[row]; };
  const auto stations = [&all](const Row& row) { return &all.stations[row]; };
  const auto usual = [&all](const Row& row) -> const DesignEffects& { return all.usual_of(row); };
  const auto usual_of_visits = usual_where_open(
      [&results](const Row& row) -> const DesignEffects& { return results.station_effects.at(row); },
      stations);
  list.add_measures(std::span(&find_measure(visit_measures(), "arrived"), 1), stations, usual_of_visits);
  list.add_measures(std::span(&find_measure(staff_measures(), "staffed_s"), 1), stations, usual_of_visits);
  list.add_measures(tariff_measures().subspan(1), money, usual);  // without the visits, told above
  list.add_measures(income_measures(), money, usual);
  const Measure<MoneyTally>& expenses = find_measure(expense_measures(), "expenses_rial");
  list.add_estimate(quantity_of(expenses), [&all](const Row& row) { return all.balances[row].expenses; });
  list.add_estimate(
      {"balance_rial", "rial", ColumnKind::count,
       find_measure(balance_measures(), "balance_rial").description, TableForm::brief, Bounds::low_and_high},
      [&all](const Row& row) { return all.balances[row].balance; });
  list.add_attribute("covers_expenses",
                     "Whether the income covers the expenses: yes or no, where the whole interval of the "
                     "balance is above or below 0, else open; of each office by itself, so of 100 offices "
                     "that break even some 5 say yes or no. Empty: never open.",
                     [&all](const Row& row) {
                       const auto covers = all.balances[row].covers;
                       return covers ? std::optional(to_string(*covers)) : std::nullopt;
                     });
  TableOf<Row> table("office_money",
                     "What each office earns and takes over the counted days, by the scenario's "
                     "`economics`. Only with that key, as all tables of money.",
                     std::move(list), kMoneyEvidence);
  for (std::size_t office = 0; office < all.money.size(); ++office) table.add(office);
  return table.take();
}

struct ChannelRow {
  std::size_t of;  ///< what the row is about: its number
  Channel channel;
  const std::vector<MoneyTally>& money;
};

/// The columns of money by channel, and the table; without the rows to which nobody comes.
Table finish_channels(const Results& results, const char* name, const std::string& description,
                      ColumnList<ChannelRow> list, const Sums<MoneyTally>& sums) {
  std::array<DesignEffects, kChannels> effects;
  for (std::size_t channel = 0; channel < kChannels; ++channel) {
    Sums<MoneyTally> rows;
    for (std::size_t row = channel; row < sums.size(); row += kChannels) rows.push_back(sums[row]);
    const bool online = static_cast<Channel>(channel) == Channel::online;
    effects[channel] = effects_of(
        rows, online ? results.online_effects : results.station_effects.of(static_cast<Channel>(channel)));
  }
  list.add_identity("channel", "traditional, office or online.",
                    [](const ChannelRow& row) { return to_string(row.channel); });
  const auto usual = [&effects](const ChannelRow& row) -> const DesignEffects& {
    return effects[static_cast<std::size_t>(row.channel)];
  };
  const auto all = [](const ChannelRow& row) { return &row.money; };
  const auto of_stations = [](const ChannelRow& row) {
    return row.channel == Channel::online ? nullptr : &row.money;
  };
  const auto of_offices = [](const ChannelRow& row) {
    return row.channel == Channel::office ? &row.money : nullptr;
  };
  list.add_measures(tariff_measures(), all, usual);
  list.add_measures(income_measures().first(1), of_offices, usual);
  list.add_measures(expense_measures(), of_stations, usual);
  list.add_measures(citizen_money_measures(), of_stations, usual);
  list.add_measures(total_measures(), of_stations, usual);
  TableOf<ChannelRow> table(name, description, std::move(list), kMoneyEvidence);
  for (std::size_t row = 0; row < sums.size(); ++row) {
    const bool comes = std::any_of(sums[row].begin(), sums[row].end(),
                                   [](const MoneyTally& tally) { return tally.visits > 0; });
    if (comes) table.add({row / kChannels, static_cast<Channel>(row % kChannels), sums[row]});
  }
  return table.take();
}

constexpr const char* kOnline =
    " Online has visits and tariffs alone: what the web costs agency and citizen is not in the model.";

Table make_channel_money_table(const Results& results) {
  return finish_channels(
      results, "channel_money",
      std::string("What each channel takes from stations and citizens over the counted days.") + kOnline, {},
      money_of_channels(results));
}

Table make_service_money_table(const Results& results) {
  const Province& province = *results.scenario.province;
  const auto service_of = [&](const ChannelRow& row) -> const Service& { return province.services[row.of]; };
  ColumnList<ChannelRow> list;
  list.add_identity("service", "Id of the service.",
                    [=](const ChannelRow& row) { return service_of(row).id; });
  add_names(list, "service", service_of);
  list.add_attribute("agency", "Id of the agency.", [=, &province](const ChannelRow& row) {
    return province.agencies[service_of(row).agency.index()].id;
  });
  return finish_channels(
      results, "service_money",
      std::string("The same of each service. The expenses of all offices together are shared out over their "
                  "services by clerk time (handling, of the failed too), those of an agency's counters over "
                  "its services alike: idle time goes with the busy. Rows to which nobody comes are left "
                  "out.") +
          kOnline,
      std::move(list), money_of_services(results));
}

Table make_county_money_table(const Results& results) {
  const Province& province = *results.scenario.province;
  const Sums<MoneyTally> sums = money_of_counties(results);
  const DesignEffects usual = effects_of(sums, results.design_effects);
  using Row = std::size_t;
  ColumnList<Row> list;
  list.add_identity("county", "Id of the county where the citizens live.",
                    [&province](const Row& row) { return province.counties[row].id; });
  add_names(list, "county", [&province](const Row& row) -> const County& { return province.counties[row]; });
  const auto money = [&sums](const Row& row) { return &sums[row]; };
  list.add_measures(tariff_measures().first(1), money, usual);
  list.add_measures(std::span(&find_measure(tariff_measures(), "tariff_rial"), 1), money, usual);
  list.add_measures(citizen_money_measures(), money, usual);
  TableOf<Row> table(
      "county_money",
      "Time and money of each county's residents over the counted days, of their visits to stations, in "
      "whatever county. Travel is theirs; the waits, handling and tariffs of a station's visits are shared "
      "out over the places from which they come by visits, as if all its visits were alike. Counties from "
      "which nobody comes are left out.",
      std::move(list), kMoneyEvidence);
  for (std::size_t county = 0; county < sums.size(); ++county) {
    const bool comes = std::any_of(sums[county].begin(), sums[county].end(),
                                   [](const MoneyTally& tally) { return tally.visits > 0; });
    if (comes) table.add(county);
  }
  return table.take();
}

}  // namespace

std::span<const MakeTable> makers_of_money_tables() {
  static constexpr MakeTable kMakers[] = {make_office_money_table, make_channel_money_table,
                                          make_service_money_table, make_county_money_table};
  return kMakers;
}

CoversCounts count_covers(const Results& results) {
  CoversCounts counts{};
  for (const Balance& balance : OfficesMoney(results).balances)
    if (balance.covers) ++counts[static_cast<std::size_t>(*balance.covers)];
  return counts;
}

}  // namespace pishkhan
