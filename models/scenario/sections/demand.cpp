#include "models/scenario/sections/demand.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "models/province/calendar.hpp"
#include "models/province/calendar_csv.hpp"
#include "models/scenario/text/file.hpp"

namespace pishkhan {
namespace {

constexpr double kMostFactor = 1000;
constexpr double kMostElasticity = 2;
/// Of all special days that fall on one day together.
constexpr double kMostFactorOfDay = 1e9;

/// A factor for each of several names.
template <std::size_t N>
class Factors {
 public:
  explicit Factors(std::string label, std::string doc, std::string name = {})
      : keys_(std::move(label), std::move(name)), doc_(std::move(doc)) {}

  Factors& add(const std::string& name, const std::string& preset) {
    const auto factor = [i = added_++](std::array<double, N>& all) -> double& { return all[i]; };
    keys_.optional(name, factor, value::amount_up_to(Quantity::number, kMostFactor), doc_, preset);
    return *this;
  }
  [[nodiscard]] const Section<std::array<double, N>>& keys() const { return keys_; }

 private:
  Section<std::array<double, N>> keys_;
  std::string doc_;
  std::size_t added_ = 0;
};

Section<std::array<double, 12>> month_keys() {
  Factors<12> factors("factors by month",
                      "Factor on the month's demand; the year keeps its demand, so other months have less.");
  for (const char* month : kMonthNames) factors.add(month, "1");
  return factors.keys();
}

Section<SpecialDaysKeys> special_days_keys() {
  Section<SpecialDaysKeys> keys("special days", "special_days");
  keys.required("factor", &SpecialDaysKeys::factor, value::amount_up_to(Quantity::number, kMostFactor),
                "Factor on the demand of these days.");
  keys.optional("dates", &SpecialDaysKeys::dates, value::list<DayNumber>(value::date(), 1, "a list of dates"),
                "These dates.");
  keys.optional("days_of_month", &SpecialDaysKeys::days_of_month,
                value::list<int>(value::whole(1, 31), 1, "a list of days of the month"),
                "These days of every Solar Hijri month; a holiday passes them on to the next working day.");
  keys.optional("after_holiday", &SpecialDaysKeys::after_holiday, value::boolean(),
                "The first working day after a holiday.");
  keys.optional("from", &SpecialDaysKeys::from, value::any(Quantity::month_day),
                "First day of a yearly stretch, Solar Hijri; with to.");
  keys.optional("to", &SpecialDaysKeys::to, value::any(Quantity::month_day), "Last day of the stretch.");
  keys.optional("services", &SpecialDaysKeys::services, services_value(),
                "Services concerned; left out: all.");
  keys.optional(
      "adds", &SpecialDaysKeys::adds, value::boolean(),
      "The year has more demand by it, or less. Left out: the year keeps its demand, and what these "
      "days have more all others have less.");
  return keys;
}

Section<DemandRules> busyness_keys() {
  const Scalar cv = busyness_value();
  Section<DemandRules> keys("`{province_cv, county_cv}`");
  keys.optional("province_cv", &DemandRules::busyness_province_cv, cv,
                "Spread of the day's factor common to the province.", "0");
  keys.optional("county_cv", &DemandRules::busyness_county_cv, cv,
                "Spread of the day's factor of each county.", "0");
  return keys;
}

/// Finds the days of rules between two days.
class SpecialDayFinder {
 public:
  SpecialDayFinder(DayNumber first, DayNumber last, const std::vector<DayNumber>& holidays)
      : first_(first), last_(last), holidays_(holidays) {}

  /// Sorted.
  std::vector<DayNumber> find(const Written<SpecialDaysKeys>& rule) {
    days_.clear();
    for (const DayNumber date : rule->dates) add(date);
    if (!rule->days_of_month.empty()) add_days_of_month(rule->days_of_month);
    if (rule->after_holiday)
      for (const DayNumber holiday : holidays_) add(working_from(holiday + 1));
    if (rule.has(&SpecialDaysKeys::from)) add_stretch(rule->from, rule->to);
    return {days_.begin(), days_.end()};
  }

 private:
  void add(DayNumber day) {
    if (day >= first_ && day <= last_) days_.insert(day);
  }

  [[nodiscard]] DayNumber working_from(DayNumber day) const {
    while (weekday(day) == 6 || std::binary_search(holidays_.begin(), holidays_.end(), day)) ++day;
    return day;
  }

  void add_days_of_month(const std::vector<int>& days_of_month) {
    // A payment day before the window can be passed on into it.
    for (DayNumber day = std::max(first_ - 31, first_day()); day <= last_; ++day) {
      const Date date = to_solar_hijri(day);
      const int length = solar_month_days(date.year, date.month);
      for (const int of_month : days_of_month)
        if (std::min(of_month, length) == date.day) add(working_from(day));
    }
  }

  void add_stretch(int from, int to) {
    for (DayNumber day = first_; day <= last_; ++day) {
      const Date date = to_solar_hijri(day);
      const int at = date.month * 100 + date.day;
      if (from <= to ? at >= from && at <= to : at >= from || at <= to) add(day);
    }
  }

  DayNumber first_, last_;
  const std::vector<DayNumber>& holidays_;
  std::set<DayNumber> days_;
};

/// Whether a rule says days, and says them completely.
bool check_special_days(const Written<SpecialDaysKeys>& rule, Diagnostics& mistakes) {
  if (rule.has(&SpecialDaysKeys::from) != rule.has(&SpecialDaysKeys::to)) {
    add_mistake(mistakes, rule.location(), "`from` and `to` go together");
    return false;
  }
  if (!rule.has(&SpecialDaysKeys::dates) && !rule.has(&SpecialDaysKeys::days_of_month) &&
      !rule.has(&SpecialDaysKeys::after_holiday) && !rule.has(&SpecialDaysKeys::from)) {
    add_mistake(mistakes, rule.location(), "no days are said",
                "give `dates`, `days_of_month`, `after_holiday: true`, or `from` and `to`");
    return false;
  }
  return true;
}

/// Gives notice of dates none of which is in the run.
void note_dates_outside_run(const Written<SpecialDaysKeys>& rule, const std::string& id, Scenario& scenario) {
  const Run& run = scenario.run;
  for (const DayNumber date : rule->dates)
    if (date >= run.start && date < run.start + run.days) return;
  scenario.notices.push_back(
      {"notice.special_days_outside_run", {text_value("id", id)}, location_of(rule.location().node->mark)});
}

void find_special_days(const value::Table<Written<SpecialDaysKeys>>& rules, Selector& select,
                       Scenario& scenario, Diagnostics& mistakes) {
  const Run& run = scenario.run;
  // Whole Solar Hijri years: demand is so much a year, spread by the factors of all its days.
  const int first_year = to_solar_hijri(run.start).year;
  const int last_year = to_solar_hijri(run.start + run.days - 1).year;
  const DayNumber first = *from_solar_hijri({first_year, 1, 1});
  const DayNumber last = *from_solar_hijri({last_year, 12, solar_month_days(last_year, 12)});
  SpecialDayFinder finder(first, last, scenario.demand.holidays);
  std::map<DayNumber, double> factors;  // of all special days together
  for (const auto& [id, rule] : rules) {
    std::vector<ServiceId> services;
    bool complete = false;
    check_keys(rule.location(), mistakes, [&, &rule = rule] {
      complete = check_special_days(rule, mistakes);
      if (rule->services && !rule->services->all)
        services = select.services(*rule->services, rule.at(&SpecialDaysKeys::services));
    });
    if (!rule.valid() || !complete) continue;
    SpecialDays special{id, rule->factor, finder.find(rule), std::move(services), rule->adds};
    for (const DayNumber day : special.days) {
      double& factor_of_day = factors.emplace(day, 1).first->second;
      factor_of_day *= std::max(1.0, rule->factor);
      if (factor_of_day <= kMostFactorOfDay) continue;
      add_mistake(
          mistakes, rule.at(&SpecialDaysKeys::factor),
          "the special days of " + format_date(day) + " multiply its demand by " + short_text(factor_of_day),
          "at most " + short_text(kMostFactorOfDay));
      return;
    }
    if (rule.has(&SpecialDaysKeys::dates)) note_dates_outside_run(rule, id, scenario);
    scenario.demand.special_days.push_back(std::move(special));
  }
}

}  // namespace

Section<WeekdayFactors> weekday_keys(const std::string& doc, const std::string& friday,
                                     const std::string& name) {
  Factors<kDaysPerWeek> factors("factors by weekday", doc, name);
  for (const char* day : {"saturday", "sunday", "monday", "tuesday", "wednesday", "thursday"})
    factors.add(day, "1");
  return factors.add("friday", friday).keys();
}

Scalar busyness_value() { return value::within(Quantity::number, {.low = 0, .high = 10, .least = 0.01}); }

Value<Name> holidays_value() {
  return value::either<Name>("", "a CSV file, or `none`",
                             {value::words<Name>({{"none", Name{}, "No public holidays."}}), value::file()});
}

void read_holidays(const Name& file, const SourceFiles& sources, Scenario& scenario, Diagnostics& mistakes) {
  if (file.location.node == nullptr) return;
  const auto before = mistakes.size();
  const auto holidays = load_holidays(path_beside(*file.location.node), mistakes, sources);
  if (mistakes.size() > before) return;
  const Run& run = scenario.run;
  const int first_year = to_solar_hijri(run.start).year;
  const int last_year = to_solar_hijri(run.start + run.days - 1).year;
  std::set<int> years;
  for (const Holiday& holiday : holidays) {
    years.insert(to_solar_hijri(holiday.day).year);
    scenario.demand.holidays.push_back(holiday.day);
  }
  for (int year = first_year; year <= last_year; ++year) {
    if (years.contains(year)) continue;
    add_mistake(mistakes, file.location, "no holidays are known for the year " + std::to_string(year),
                "run other years, add them to the file, or write `holidays: none`");
  }
}

Section<DemandKeys> demand_keys() {
  Section<DemandKeys> keys("demand", "demand");
  keys.optional(
      "weekday", member_of(&DemandKeys::rules, &DemandRules::weekday),
      weekday_keys("Factor on the day's demand; the year keeps its demand, so other days have less.", "0"),
      "Factors by weekday.", "{}");
  keys.optional("month", member_of(&DemandKeys::rules, &DemandRules::month), month_keys(),
                "Factors by Solar Hijri month.", "{}");
  keys.optional("special_days", &DemandKeys::special_days,
                value::table<Written<SpecialDaysKeys>>(special_days_keys(), "special days by name"),
                "Factors on the demand of certain days, by name.");
  keys.optional("busyness", &DemandKeys::rules, busyness_keys(),
                "Random busyness of a day: gamma factors of mean 1 with these coefficients of variation.",
                "{}");
  keys.optional(
      "online_on_closed_days", member_of(&DemandKeys::rules, &DemandRules::online_on_closed_days),
      value::amount_up_to(Quantity::number, kMostFactor),
      "Factor of the online demand of holidays and of weekdays with the factor 0, as the factors by "
      "weekday. It is of the year's demand: so many fewer go online on the other days.",
      "0");
  keys.required("profiles", &DemandKeys::profiles, value::file(),
                "CSV: weights of the hours of a day, by channel and kind.");
  keys.required("holidays", &DemandKeys::holidays, holidays_value(),
                "CSV: public holidays, on which everything is closed; or `none`.");
  keys.optional(
      "distance_elasticity", member_of(&DemandKeys::rules, &DemandRules::distance_elasticity),
      value::amount_up_to(Quantity::number, kMostElasticity),
      "Closer service brings visits: those of a place for a service go with the mean way to their "
      "stations, to the power of minus this, against the way with the tables' offices and channels. "
      "Left out: 0, assumed, as nobody has measured it.");
  keys.optional("growth", &DemandKeys::growth, value::within(Quantity::growth, {-1}),
                "Change of all demand against the services table.", "0%");
  return keys;
}

void apply_demand_factors(const Written<DemandKeys>& demand, Scenario& scenario, Diagnostics& mistakes) {
  scenario.demand = demand->rules;
  const auto& weekday = scenario.demand.weekday;
  if (std::all_of(weekday.begin(), weekday.end(), [](double factor) { return factor == 0; })) {
    add_mistake(mistakes, demand.at(member_of(&DemandKeys::rules, &DemandRules::weekday)),
                "every factor is zero", "no citizen would ever come");
  }
  const double factor = 1 + demand->growth;
  double most = 0;
  for (auto& service : scenario.province->services)
    for (double& visits : service.visits_per_1000_a_year) most = std::max(most, visits *= factor);
  if (most > kMostVisitsPer1000) {
    add_mistake(mistakes, demand.at(&DemandKeys::growth),
                "with it 1000 residents make " + short_text(most) + " visits a year for one service",
                "at most " + short_text(kMostVisitsPer1000));
  }
}

void read_demand_tables(const Written<DemandKeys>& demand, const SourceFiles& sources, Selector& select,
                        Scenario& scenario, Diagnostics& mistakes) {
  if (const Node* profiles = demand->profiles.location.node) {
    const Profiles read = load_profiles(path_beside(*profiles), mistakes, sources);
    scenario.demand.profile = read.stations;
    scenario.demand.web = read.web;
  }
  read_holidays(demand->holidays, sources, scenario, mistakes);
  find_special_days(demand->special_days, select, scenario, mistakes);
}

}  // namespace pishkhan
