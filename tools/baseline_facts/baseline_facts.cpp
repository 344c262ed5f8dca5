#include "tools/baseline_facts/baseline_facts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <map>
#include <span>
#include <utility>

#include "models/plan/plan.hpp"
#include "models/plan/plan_data.hpp"
#include "models/province/table_reader.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trial/run_trial.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/experiment/replicate.hpp"
#include "sim/random/distribution.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kFullDays = 5;  ///< Saturday to Wednesday

std::vector<ComparedFact> read_facts(const std::filesystem::path& file) {
  std::vector<Diagnostic> mistakes;
  TableReader row(read_csv(file, mistakes),
                  {"id", "value", "low", "high", "unit", "held", "evidence", "source", "statement"},
                  mistakes);
  std::vector<ComparedFact> facts;
  while (row.next()) {
    ComparedFact fact;
    fact.id = row.text("id");
    fact.statement = row.text("statement");
    fact.unit = row.raw("unit");
    fact.source = row.text("source");
    fact.evidence = static_cast<Evidence>(row.word("evidence", {"measured", "stated", "assumed"}));
    fact.value = row.number("value", -1e9, 1e9);
    fact.low = row.number("low", -1e9, 1e9);
    fact.high = row.number("high", -1e9, 1e9);
    fact.held = row.yes_or_no("held");
    facts.push_back(std::move(fact));
  }
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  return facts;
}

/// What the tables and the scenario say, by id.
class TableFacts {
 public:
  explicit TableFacts(const Scenario& scenario) : scenario_(scenario), province_(*scenario.province) {}

  std::map<std::string, double> find() {
    count_things();
    describe_offices();
    describe_outages();
    facts_["payment-day"] = payment_day();
    facts_["office-visits-a-head"] = office_visits() / facts_["residents"];
    return std::move(facts_);
  }

 private:
  void count_things() {
    std::array<double, kKinds> places{};
    double residents = 0;
    for (const Place& place : province_.places) {
      ++places[static_cast<std::size_t>(place.kind)];
      residents += place.population;
    }
    facts_["counties"] = static_cast<double>(province_.counties.size());
    facts_["cities"] = places[0];
    facts_["rural-districts"] = places[1];
    facts_["residents"] = residents;
    facts_["agencies"] = static_cast<double>(province_.agencies.size());
    facts_["services"] = static_cast<double>(province_.services.size());
    facts_["post-bank-counters"] = static_cast<double>(
        std::count_if(province_.counters.begin(), province_.counters.end(), [this](const Counter& counter) {
          return province_.agencies[counter.agency.index()].id == "post-bank";
        }));
    double of_rank_2 = 0, of_rank_3 = 0;
    for (const Service& service : province_.services) {
      of_rank_2 += service.lowest_rank >= 2;
      of_rank_3 += service.lowest_rank >= 3;
    }
    facts_["services-of-rank-2"] = of_rank_2 / facts_["services"];
    facts_["services-of-rank-3"] = of_rank_3 / facts_["services"];
  }

  static double hours(const StationRules& rules, double absence) {
    double open_s = 0;
    for (std::size_t day = 0; day < kFullDays; ++day)
      for (const Interval& door : rules.doors[day]) open_s += door.to_s - door.from_s;
    return open_s * (1 - absence) / kSecondsPerHour / kFullDays;
  }

  void describe_offices() {
    struct OfKind {
      double offices = 0, clerks = 0, least = 1e9, most = 0, hours = 0, staffed = 0;
    };
    std::array<OfKind, kKinds> kinds;
    std::array<double, 4> urban_of_rank{};
    for (const Office& office : province_.offices) {
      OfKind& of = kinds[static_cast<std::size_t>(office.kind)];
      const ClerkGroup& group = office.rules.groups.front();
      ++of.offices;
      of.clerks += group.clerks;
      of.least = std::min<double>(of.least, group.clerks);
      of.most = std::max<double>(of.most, group.clerks);
      of.hours += hours(office.rules, 0);
      of.staffed += hours(office.rules, group.absence);
      if (office.kind == Kind::urban) ++urban_of_rank[static_cast<std::size_t>(office.rank)];
    }
    for (const Kind kind : {Kind::urban, Kind::rural}) {
      const OfKind& of = kinds[static_cast<std::size_t>(kind)];
      const std::string name(to_string(kind));
      facts_[name + "-offices"] = of.offices;
      facts_[name + "-clerks"] = of.clerks / of.offices;
      facts_[name + "-clerks-least"] = of.least;
      facts_[name + "-clerks-most"] = of.most;
      facts_[name + "-hours"] = of.hours / of.offices;
      facts_[name + "-staffed-hours"] = of.staffed / of.offices;
    }
    facts_["urban-rank-1"] = urban_of_rank[1] / kinds[0].offices;
    facts_["urban-rank-2"] = urban_of_rank[2] / kinds[0].offices;
    facts_["counter-hours"] = hours(province_.counters.front().rules, 0);
  }

  /// Of outages at random that hit the first office of a kind, or the first agency.
  [[nodiscard]] const Outage* outage(OutageOf of, std::uint32_t which) const {
    for (const Outage& outage : scenario_.outages) {
      if (outage.of == of && outage.for_s <= 0 &&
          std::binary_search(outage.which.begin(), outage.which.end(), which))
        return &outage;
    }
    return nullptr;
  }

  static double availability(const Outage& outage) {
    return outage.between_s / (outage.between_s + mean(outage.repair));
  }

  void describe_outages() {
    constexpr double kOfficeHoursOfMonth = 234;
    const auto first_of = [&](Kind kind) {
      const auto office = std::find_if(province_.offices.begin(), province_.offices.end(),
                                       [&](const Office& one) { return one.kind == kind; });
      return static_cast<std::uint32_t>(office - province_.offices.begin());
    };
    if (const Outage* system = outage(OutageOf::system, 0)) {
      facts_["system-availability"] = availability(*system);
      facts_["system-failures"] =
          kOfficeHoursOfMonth * kSecondsPerHour / (system->between_s + mean(system->repair));
      facts_["system-repair"] = quantile(system->repair, 0.5) / kSecondsPerMinute;
    }
    for (const Kind kind : {Kind::urban, Kind::rural}) {
      if (const Outage* line = outage(OutageOf::link, first_of(kind))) {
        facts_[std::string(to_string(kind)) + "-line-availability"] = availability(*line);
        facts_["line-repair"] = quantile(line->repair, 0.5) / kSecondsPerHour;
      }
    }
    if (const Outage* power = outage(OutageOf::power, 0)) {
      facts_["power-cuts"] = kSecondsPerDay / (power->between_s + mean(power->repair));
      facts_["power-cut"] = mean(power->repair) / kSecondsPerMinute;
    }
  }

  /// Visits a year to offices of the residents of all places, second ones for papers included.
  [[nodiscard]] double office_visits(const std::vector<double>& factor = {}) const {
    double visits = 0;
    for (const Zone& zone : province_.zones) {
      const auto kind = static_cast<std::size_t>(zone.kind);
      for (std::size_t s = 0; s < province_.services.size(); ++s) {
        const Service& service = province_.services[s];
        const auto& shares = service.shares[kind];
        visits += zone.population / 1000 * service.visits_per_1000_a_year[kind] *
                  (shares[1] + shares[2] * service.online_failure) * (1 + service.rework) *
                  (factor.empty() ? 1 : factor[s]);
      }
    }
    return visits;
  }

  [[nodiscard]] double payment_day() const {
    std::vector<double> factor(province_.services.size(), 1);
    for (const SpecialDays& special : scenario_.demand.special_days) {
      if (special.id != "subsidy-payment") continue;
      for (std::size_t s = 0; s < factor.size(); ++s) {
        const bool is_meant =
            special.services.empty() ||
            std::binary_search(special.services.begin(), special.services.end(), ServiceId(s));
        if (is_meant) factor[s] *= special.factor;
      }
    }
    return office_visits(factor) / office_visits();
  }

  const Scenario& scenario_;
  const Province& province_;
  std::map<std::string, double> facts_;
};

/// Sums of one replication over the offices of a kind.
struct OfKind {
  double served = 0, abandoned = 0, joined = 0, handling_s = 0;
  double full_day_served = 0, full_day_busy_s = 0, full_day_staffed_s = 0;
};

std::array<OfKind, kKinds> sums_of(const Province& province, const TrialResult& trial) {
  std::array<OfKind, kKinds> sums;
  const auto kind_of = [&](std::size_t office) -> OfKind& {
    return sums[static_cast<std::size_t>(province.offices[office].kind)];
  };
  for (std::size_t o = 0; o < province.offices.size(); ++o) {
    const StationResult& station = trial.stations[o];
    OfKind& of = kind_of(o);
    of.joined += static_cast<double>(station.arrived - station.balked);
    of.served += static_cast<double>(station.served);
    of.abandoned += static_cast<double>(station.abandoned);
    of.handling_s += station.handling_s;
  }
  for (const WeekHour& hour : trial.week_hours) {
    if (hour.station >= province.offices.size() || hour.weekday >= kFullDays) continue;
    OfKind& of = kind_of(hour.station);
    of.full_day_served += static_cast<double>(hour.tally.served);
    of.full_day_busy_s += hour.tally.busy_s;
    of.full_day_staffed_s += hour.tally.staffed_s;
  }
  return sums;
}

/// Estimates over replications, by id.
class SimulatedFacts {
 public:
  SimulatedFacts(const Scenario& scenario, const Plan& plan, std::span<const TrialResult> trials)
      : scenario_(scenario), province_(*scenario.province), data_(plan.data()), trials_(trials) {}

  std::map<std::string, Estimate> find() {
    for (const TrialResult& trial : trials_) sums_.push_back(sums_of(province_, trial));
    offices(Kind::urban);
    offices(Kind::rural);
    facts_["abandoned"] = ratio([](const auto& of) { return of[0].abandoned + of[1].abandoned; },
                                [](const auto& of) { return of[0].joined + of[1].joined; });
    double residents = 0, share = 0;
    for (const Place& place : province_.places) residents += place.population;
    for (int k = scenario_.run.warm_up_days; k < scenario_.run.days; ++k) {
      const DayNumber day = scenario_.run.start + k;
      if (!data_.web_only(day)) share += mean_share(day);
    }
    facts_["office-visits-a-head"] = ratio([](const auto& of) { return of[0].served + of[1].served; },
                                           [&](const auto&) { return residents * share; });
    calls();
    return std::move(facts_);
  }

 private:
  /// Of a year's visits, mean over services, each as often as it is asked for.
  [[nodiscard]] double mean_share(DayNumber day) const {
    double visits = 0, of_day = 0;
    const std::vector<double>& a_year = data_.visits_a_year(day);
    for (std::size_t k = 0; k < data_.cells.size(); ++k) {
      visits += a_year[k];
      of_day += a_year[k] * data_.share_of_year(data_.cells[k].service.index(), day);
    }
    return of_day / visits;
  }

  template <class Numerator, class Denominator>
  Estimate ratio(const Numerator& numerator, const Denominator& denominator) const {
    std::vector<double> of, over;
    for (const auto& sums : sums_) {
      of.push_back(numerator(sums));
      over.push_back(denominator(sums));
    }
    return estimate_ratio(of, over);
  }

  /// Counted days from Saturday to Wednesday that are no holidays.
  [[nodiscard]] double full_days() const {
    double days = 0;
    for (int k = scenario_.run.warm_up_days; k < scenario_.run.days; ++k) {
      const Day day = day_of_run(scenario_, k);
      days += day.weekday < kFullDays && !is_holiday(scenario_, day);
    }
    return days;
  }

  void offices(Kind kind) {
    const auto k = static_cast<std::size_t>(kind);
    const std::string name(to_string(kind));
    const auto count =
        static_cast<double>(std::count_if(province_.offices.begin(), province_.offices.end(),
                                          [&](const Office& office) { return office.kind == kind; }));
    facts_[name + "-visits"] = ratio([k](const auto& of) { return of[k].full_day_served; },
                                     [&](const auto&) { return count * full_days(); });
    facts_[name + "-utilization"] = ratio([k](const auto& of) { return of[k].full_day_busy_s; },
                                          [k](const auto& of) { return of[k].full_day_staffed_s; });
    facts_[name + "-handling"] = ratio([k](const auto& of) { return of[k].handling_s / kSecondsPerMinute; },
                                       [k](const auto& of) { return of[k].served; });
  }

  void calls() {
    std::vector<double> up_s, all_s, rural_up_s, rural_s;
    const double counted_s = (scenario_.run.days - scenario_.run.warm_up_days) * kSecondsPerDay;
    for (const TrialResult& trial : trials_) {
      double down_s = 0, line_down_s = 0, lines = 0;
      for (const SystemTally& system : trial.calls.backbone.systems) down_s += system.down_s;
      for (std::size_t kind = 0; kind < scenario_.backbone.link_kinds.size(); ++kind) {
        if (!of_rural_offices_alone(kind)) continue;
        line_down_s += trial.calls.backbone.link_kinds[kind].down_s;
        lines += static_cast<double>(trial.calls.backbone.link_kinds[kind].links);
      }
      all_s.push_back(static_cast<double>(province_.agencies.size()) * counted_s);
      up_s.push_back(all_s.back() - down_s);
      rural_s.push_back(lines * counted_s);
      rural_up_s.push_back(rural_s.back() - line_down_s);
    }
    facts_["system-availability"] = estimate_ratio(up_s, all_s);
    facts_["rural-line-availability"] = estimate_ratio(rural_up_s, rural_s);
  }

  [[nodiscard]] bool of_rural_offices_alone(std::size_t kind) const {
    const auto elsewhere = [kind](const auto& station) { return station.link_kind == kind; };
    return std::none_of(province_.counters.begin(), province_.counters.end(), elsewhere) &&
           std::none_of(province_.offices.begin(), province_.offices.end(), [&](const Office& office) {
             return office.kind == Kind::urban && elsewhere(office);
           });
  }

  const Scenario& scenario_;
  const Province& province_;
  const Plan::Data& data_;
  std::span<const TrialResult> trials_;
  std::vector<std::array<OfKind, kKinds>> sums_;
  std::map<std::string, Estimate> facts_;
};

std::string short_number(double number) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), std::abs(number) >= 1000 ? "%.0f" : "%.3g", number);
  return text.data();
}

}  // namespace

bool ComparedFact::agrees() const {
  const auto within = [this](double number) {
    const double rounding = 1e-9 * (1 + std::abs(high));
    return number >= low - rounding && number <= high + rounding;
  };
  return (table || simulated) && (!table || within(*table)) && (!simulated || within(simulated->mean));
}

std::vector<ComparedFact> compare_facts(const std::filesystem::path& facts,
                                        const std::filesystem::path& scenario_file,
                                        const std::vector<std::string>& overrides, int replications,
                                        int threads) {
  std::vector<ComparedFact> compared = read_facts(facts);
  const Scenario scenario = load_scenario(scenario_file, overrides);
  const Plan plan(scenario);
  const auto trials = replicate(static_cast<std::uint32_t>(replications), threads,
                                [&](std::uint32_t i, const std::stop_token&) { return run_trial(plan, i); });
  const auto of_tables = TableFacts(scenario).find();
  const auto simulated = SimulatedFacts(scenario, plan, trials).find();
  for (ComparedFact& fact : compared) {
    if (const auto found = of_tables.find(fact.id); found != of_tables.end()) fact.table = found->second;
    if (const auto found = simulated.find(fact.id); found != simulated.end()) fact.simulated = found->second;
  }
  return compared;
}

std::string facts_markdown(const std::vector<ComparedFact>& facts, const std::string& run) {
  std::string text =
      "# The baseline against the facts\n"
      "\n"
      "Written by `baseline_facts`, which compares tools/mazandaran/facts/compared.csv with the tables and " +
      run +
      ". Do not edit.\n"
      "`range` is how far the baseline may be from the fact; a test holds it there. A fact that is not held "
      "follows from\n"
      "others, which were preferred.\n"
      "\n"
      "| fact | grade | source | fact says | range | tables | simulated (95% interval) | |\n"
      "|---|---|---|---|---|---|---|---|\n";
  for (const ComparedFact& fact : facts) {
    const std::string unit = fact.unit.empty() ? "" : " " + fact.unit;
    text += "| " + fact.statement + " | " + std::string(to_string(fact.evidence)) + " | " + fact.source +
            " | " + short_number(fact.value) + unit + " | " + short_number(fact.low) + " to " +
            short_number(fact.high) + " | " + (fact.table ? short_number(*fact.table) : "") + " | ";
    if (fact.simulated) {
      text += short_number(fact.simulated->mean) + " (" + short_number(fact.simulated->low) + " to " +
              short_number(fact.simulated->high) + ")";
    }
    text += std::string(" | ") + (!fact.held ? "not held" : fact.agrees() ? "agrees" : "differs") + " |\n";
  }
  return text;
}

}  // namespace pishkhan
