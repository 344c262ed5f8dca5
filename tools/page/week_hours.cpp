#include "tools/page/week_hours.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/province/calendar.hpp"
#include "tools/page/table_view.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kAllDays = 7;
constexpr double kPercent = 100;

using WeekHour = std::pair<int, int>;  ///< weekday from Saturday, hour

int weekday_named(const std::string& name) {
  for (int day = 0; day < kAllDays; ++day)
    if (weekday_name(day) == name) return day;
  return kAllDays;
}

/// Which hours of the week things have: few patterns, shared by many.
class Patterns {
 public:
  int number_of(const std::vector<WeekHour>& hours) {
    const auto [found, is_new] = numbers_.emplace(hours, static_cast<int>(numbers_.size()));
    if (is_new) {
      Json pattern = Json::array();
      for (const auto& [day, hour] : hours) pattern.push_back({day, hour});
      json_.push_back(std::move(pattern));
    }
    return found->second;
  }
  [[nodiscard]] const Json& json() const { return json_; }

 private:
  std::map<std::vector<WeekHour>, int> numbers_;
  Json json_ = Json::array();
};

void append(std::string& text, std::optional<double> value, double factor, int decimals) {
  if (!text.empty()) text += ' ';
  text += value ? rounded(*value * factor, decimals) : "-";
}

/// A mean of means, each with a weight.
struct WeightedMean {
  double sum = 0, weight = 0;
  void add(std::optional<double> value, std::optional<double> of) {
    if (!value || !of || *of <= 0) return;
    sum += *value * *of;
    weight += *of;
  }
  [[nodiscard]] std::optional<double> value() const {
    return weight > 0 ? std::optional(sum / weight) : std::nullopt;
  }
};

/// What the page shows of an hour.
struct HourMeans {
  WeightedMean wait, level, utilization;
  void add(const TableView& table, std::size_t row) {
    const auto number = [&](const char* column) { return table.number(row, column); };
    wait.add(number("wait_s_mean"), number("served_mean"));
    level.add(number("service_level_mean"), number("joined_mean"));
    utilization.add(number("utilization_mean"), number("staffed_s_mean"));
  }
};

}  // namespace

Json office_week_json(const PageSource& source) {
  const auto offices = find_table(source, "offices"), week = find_table(source, "office_week_hours");
  if (!offices || !week) return nullptr;
  std::map<std::string, std::vector<std::size_t>> rows_of;
  for (std::size_t row = 0; row < week->rows(); ++row) rows_of[week->text(row, "office")].push_back(row);
  Patterns patterns;
  Json of = Json::array();
  std::string wait, queue, utilization;
  for (std::size_t office = 0; office < offices->rows(); ++office) {
    const auto found = rows_of.find(offices->text(office, "office"));
    if (found == rows_of.end()) {
      of.push_back(-1);
      continue;
    }
    std::vector<WeekHour> hours;
    for (const std::size_t row : found->second) {
      hours.emplace_back(weekday_named(week->text(row, "weekday")),
                         static_cast<int>(week->number(row, "hour").value_or(0)));
      append(wait, week->number(row, "wait_s_mean"), 1 / kSecondsPerMinute, 0);
      append(queue, week->number(row, "queue_length_mean"), 1, 1);
      append(utilization, week->number(row, "utilization_mean"), kPercent, 0);
    }
    of.push_back(patterns.number_of(hours));
  }
  return {{"patterns", patterns.json()},
          {"of", std::move(of)},
          {"wait", std::move(wait)},
          {"queue", std::move(queue)},
          {"utilization", std::move(utilization)}};
}

Json county_week_json(const PageSource& source) {
  const auto week = find_table(source, "county_week_hours");
  if (!week) return nullptr;
  std::vector<std::pair<std::string, std::string>> order;
  std::map<std::pair<std::string, std::string>, std::map<WeekHour, HourMeans>> of_county;
  for (std::size_t row = 0; row < week->rows(); ++row) {
    const std::pair key(week->text(row, "county"), week->text(row, "channel"));
    if (!of_county.contains(key)) order.push_back(key);
    const int hour = static_cast<int>(week->number(row, "hour").value_or(0));
    auto& hours = of_county[key];
    hours[{weekday_named(week->text(row, "weekday")), hour}].add(*week, row);
    hours[{kAllDays, hour}].add(*week, row);
  }
  Patterns patterns;
  Json rows = Json::array(), of = Json::array();
  std::string wait, level, utilization;
  for (const auto& key : order) {
    std::vector<WeekHour> hours;
    for (const auto& [hour, means] : of_county[key]) {
      hours.push_back(hour);
      append(wait, means.wait.value(), 1 / kSecondsPerMinute, 1);
      append(level, means.level.value(), kPercent, 0);
      append(utilization, means.utilization.value(), kPercent, 0);
    }
    rows.push_back({key.first, key.second});
    of.push_back(patterns.number_of(hours));
  }
  return {{"rows", std::move(rows)}, {"patterns", patterns.json()}, {"of", std::move(of)},
          {"wait", std::move(wait)}, {"level", std::move(level)},   {"utilization", std::move(utilization)}};
}

}  // namespace pishkhan::page
