#include <algorithm>
#include <set>

#include "models/province/calendar.hpp"
#include "models/province/province_csv.hpp"
#include "models/scenario/build_parts.hpp"

namespace pishkhan {
namespace {

class SpecialDayRules {
 public:
  SpecialDayRules(DayNumber first, DayNumber last, const std::vector<DayNumber>& holidays)
      : first_(first), last_(last), holidays_(holidays) {}

  std::vector<DayNumber> days(const Node& rule) {
    days_.clear();
    if (const Node* dates = rule.find("dates")) {
      for (const Node& date : dates->items) add(static_cast<DayNumber>(date.number));
    }
    if (const Node* of_month = rule.find("days_of_month")) by_day_of_month(*of_month);
    if (const Node* after = rule.find("after_holiday"); after != nullptr && after->number > 0) {
      for (const DayNumber holiday : holidays_) add(working_from(holiday + 1));
    }
    if (rule.find("from") != nullptr) stretch(rule);
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

  void by_day_of_month(const Node& list) {
    // A payment day before the window can be passed on into it.
    for (DayNumber day = std::max(first_ - 31, first_day()); day <= last_; ++day) {
      const Date date = to_solar_hijri(day);
      const int length = solar_month_days(date.year, date.month);
      for (const Node& item : list.items) {
        if (std::min(static_cast<int>(item.number), length) == date.day) add(working_from(day));
      }
    }
  }

  void stretch(const Node& rule) {
    const double from = Builder::number(rule, "from", 0), to = Builder::number(rule, "to", 0);
    for (DayNumber day = first_; day <= last_; ++day) {
      const Date date = to_solar_hijri(day);
      const double at = date.month * 100 + date.day;
      if (from <= to ? at >= from && at <= to : at >= from || at <= to) add(day);
    }
  }

  DayNumber first_, last_;
  const std::vector<DayNumber>& holidays_;
  std::set<DayNumber> days_;
};

template <std::size_t N>
void factors(const Node* node, std::array<double, N>& into) {
  // Validation filled in what was left out, in any order.
  constexpr std::array<std::string_view, 7> days{"saturday",  "sunday",   "monday", "tuesday",
                                                 "wednesday", "thursday", "friday"};
  constexpr std::array<std::string_view, 12> months{"farvardin", "ordibehesht", "khordad", "tir",
                                                    "mordad",    "shahrivar",   "mehr",    "aban",
                                                    "azar",      "dey",         "bahman",  "esfand"};
  if (node == nullptr) return;
  for (std::size_t i = 0; i < N; ++i) {
    if constexpr (N == 7) {
      into[i] = Builder::number(*node, days[i], into[i]);
    } else {
      into[i] = Builder::number(*node, months[i], into[i]);
    }
  }
}

void read_holidays(Builder& builder, const Node& demand, Scenario& scenario) {
  const Node* node = Builder::sound(demand, "holidays");
  if (node == nullptr || node->text == "none") return;
  const auto before = builder.mistakes().size();
  const auto holidays = load_holidays(path_beside(*node), builder.mistakes());
  if (builder.mistakes().size() > before) return;
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
    builder.mistake(*node, "demand.holidays", "no holidays are known for the year " + std::to_string(year),
                    "run other years, add them to the file, or write `holidays: none`");
  }
}

void read_special_days(Builder& builder, Selector& select, const Node& node, Scenario& scenario) {
  const Run& run = scenario.run;
  // Whole Solar Hijri years: demand is so much a year, spread by the factors of all its days.
  const int first_year = to_solar_hijri(run.start).year;
  const int last_year = to_solar_hijri(run.start + run.days - 1).year;
  const DayNumber first = *from_solar_hijri({first_year, 1, 1});
  const DayNumber last = *from_solar_hijri({last_year, 12, solar_month_days(last_year, 12)});
  SpecialDayRules rules(first, last, scenario.demand.holidays);
  for (const auto& [id, mark, rule] : node.entries) {
    if (!rule.sound) continue;
    const std::string path = path_of("demand.special_days", id);
    if ((rule.find("from") == nullptr) != (rule.find("to") == nullptr)) {
      builder.mistake(rule, path, "`from` and `to` go together");
      continue;
    }
    const bool any = rule.find("dates") != nullptr || rule.find("days_of_month") != nullptr ||
                     rule.find("after_holiday") != nullptr || rule.find("from") != nullptr;
    if (!any) {
      builder.mistake(rule, path, "no days are said",
                      "give `dates`, `days_of_month`, `after_holiday: true`, or `from` and `to`");
      continue;
    }
    SpecialDays special;
    special.id = id;
    special.factor = Builder::number(rule, "factor", 1);
    special.days = rules.days(rule);
    if (const Node* services = rule.find("services")) {
      if (services->kind != Node::Kind::scalar)
        special.services = select.services(*services, path_of(path, "services"));
    }
    scenario.demand.special_days.push_back(std::move(special));
  }
}

}  // namespace

void build_demand(Builder& builder, Selector& select, const Node& root, Scenario& scenario) {
  const Node* node = root.find("demand");
  if (node == nullptr) {
    builder.mistake(root, "", "the key `demand` is missing", "a province needs profiles and holidays");
    return;
  }
  if (node->kind != Node::Kind::map) return;
  DemandRules& demand = scenario.demand;
  factors(Builder::sound(*node, "weekday"), demand.weekday);
  factors(Builder::sound(*node, "month"), demand.month);
  if (std::all_of(demand.weekday.begin(), demand.weekday.end(), [](double factor) { return factor == 0; })) {
    builder.mistake(*node->find("weekday"), "demand.weekday", "every factor is zero",
                    "no citizen would ever come");
  }
  if (const Node* busyness = Builder::sound(*node, "busyness")) {
    demand.busyness_province_cv = Builder::number(*busyness, "province_cv", 0);
    demand.busyness_county_cv = Builder::number(*busyness, "county_cv", 0);
  }
  if (const Node* profiles = Builder::sound(*node, "profiles")) {
    const Profiles read = load_profiles(path_beside(*profiles), builder.mistakes());
    demand.profile = read.stations;
    demand.web = read.web;
  }
  read_holidays(builder, *node, scenario);
  const Node* special = node->find("special_days");
  if (special != nullptr && special->kind == Node::Kind::map) {
    read_special_days(builder, select, *special, scenario);
  }
}

}  // namespace pishkhan
