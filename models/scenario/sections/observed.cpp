#include "models/scenario/sections/observed.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "models/province/calendar.hpp"
#include "models/province/table_reader.hpp"
#include "models/scenario/schema/quantity.hpp"
#include "models/scenario/text/file.hpp"

namespace pishkhan {
namespace {

constexpr std::array<std::string_view, 5> kCounted{"visits", "wait_s", "wait_min", "abandoned", "clerks"};
constexpr double kMostVisits = 1e7;

struct Period {
  DayNumber first = 0;
  int days = 1;
};

/// A month such as `1395-02`: its days in the Solar Hijri calendar.
Period read_month(TableReader& row) {
  const std::string& text = row.raw("month");
  const ParsedDate first = parse_date(text + "-01");
  if (!first.day || text.size() != 7) {
    row.report("month", "'" + text + "' is not a month", "year and month as 1395-02");
    return {};
  }
  const Date date = to_solar_hijri(*first.day);
  if (date.day != 1 || !text.starts_with(std::to_string(date.year))) {
    row.report("month", "'" + text + "' is not a month of the Solar Hijri calendar",
               "months are those of Solar Hijri years, as 1395-02");
    return {};
  }
  return {*first.day, solar_month_days(date.year, date.month)};
}

Period read_date(TableReader& row) {
  const ParsedDate date = parse_date(row.raw("date"));
  if (!date.day) row.report("date", date.problem, date.hint);
  return {date.day.value_or(0), 1};
}

bool is_written(const TableReader& row, std::string_view column) {
  return row.has(column) && !row.raw(column).empty();
}

std::optional<double> read_counted(TableReader& row, std::string_view column, double most) {
  return is_written(row, column) ? std::optional(row.number(column, 0, most)) : std::nullopt;
}

void expect_whole(TableReader& row, std::string_view column, const std::optional<double>& value) {
  if (value && *value != static_cast<double>(static_cast<long long>(*value)))
    row.report(column, row.raw(column) + " is not a whole number", "visits are counted one by one");
}

std::optional<double> read_wait(TableReader& row) {
  const std::optional<double> seconds = read_counted(row, "wait_s", kSecondsPerDay);
  const std::optional<double> minutes = read_counted(row, "wait_min", kSecondsPerDay / kSecondsPerMinute);
  if (seconds && minutes) row.report("wait_min", "the wait stands here twice", "give seconds or minutes");
  return minutes ? std::optional(*minutes * kSecondsPerMinute) : seconds;
}

/// A row of the table. What is wrong with it is reported, all of it.
Observation read_row(TableReader& row, const IdTable& stations) {
  Observation one;
  one.line = row.line();
  one.station = static_cast<std::uint32_t>(row.reference("station", stations));
  one.is_month = is_written(row, "month");
  if (one.is_month == is_written(row, "date")) {
    row.report(row.has("date")    ? "date"
               : row.has("month") ? "month"
                                  : "station",
               one.is_month ? "both a date and a month" : "neither a date nor a month",
               "say the day, as 1395-02-08, or the month, as 1395-02");
  } else {
    const Period period = one.is_month ? read_month(row) : read_date(row);
    one.first = period.first;
    one.days = period.days;
  }
  one.visits = read_counted(row, "visits", kMostVisits);
  one.wait_s = read_wait(row);
  one.abandoned = read_counted(row, "abandoned", kMostVisits);
  one.clerks = read_counted(row, "clerks", kMostClerks);
  expect_whole(row, "visits", one.visits);
  expect_whole(row, "abandoned", one.abandoned);
  if (one.visits && one.abandoned && *one.abandoned > *one.visits && row.is_good("visits") &&
      row.is_good("abandoned")) {
    row.report("abandoned", row.raw("abandoned") + " of " + row.raw("visits") + " visits abandoned",
               "who abandons is among the visits");
  }
  const auto is_there = [&row](std::string_view column) { return is_written(row, column); };
  if (std::none_of(kCounted.begin(), kCounted.end(), is_there))
    row.report("station", "nothing was counted", "give visits, wait_s or wait_min, abandoned or clerks");
  return one;
}

bool is_good(const TableReader& row) {
  if (!row.is_good("station")) return false;
  for (const std::string_view column : {"date", "month"})
    if (!row.is_good(column)) return false;
  return std::all_of(kCounted.begin(), kCounted.end(),
                     [&row](std::string_view column) { return row.is_good(column); });
}

/// No day of a station may be counted twice.
void check_overlaps(const std::vector<Observation>& sorted, const IdTable& stations, const std::string& file,
                    Diagnostics& mistakes) {
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const Observation &before = sorted[i - 1], &one = sorted[i];
    if (one.station != before.station || one.first >= before.first + before.days) continue;
    const auto [first, second] = std::minmax(before.line, one.line);
    mistakes.push_back({file, second, 1, stations.name(one.station),
                        "a day that line " + std::to_string(first) + " counts too",
                        "give days, or their month, once"});
  }
}

bool is_counted(const Observation& one, const Run& run) {
  return one.first >= run.start + run.warm_up_days && one.first + one.days <= run.start + run.days;
}

/// Tells of rows that the run does not count: how many, and the first.
void note_outside(const std::string& file, Scenario& scenario) {
  std::size_t outside = 0;
  const Observation* first = nullptr;
  for (const Observation& one : scenario.observations) {
    if (is_counted(one, scenario.run)) continue;
    ++outside;
    if (first == nullptr || one.line < first->line) first = &one;
  }
  if (first == nullptr) return;
  scenario.notices.push_back({"notice.observed.outside_run",
                              {number_value("n", static_cast<double>(outside)),
                               number_value("all", static_cast<double>(scenario.observations.size())),
                               text_value("date", format_date(first->first))},
                              file + ":" + std::to_string(first->line)});
}

}  // namespace

void read_observations(const Name& observed, const SourceFiles& sources, KnownBefore known,
                       Scenario& scenario, Diagnostics& mistakes) {
  if (observed.location.node == nullptr) return;
  const std::filesystem::path file = path_beside(*observed.location.node);
  static constexpr std::array<std::string_view, 1> kRequired{"station"};
  static constexpr std::array<std::string_view, 7> kOptional{"date",     "month",     "visits", "wait_s",
                                                             "wait_min", "abandoned", "clerks"};
  const std::vector<std::string_view> required(kRequired.begin(), kRequired.end());
  IdTable stations("office or counter");
  for (const std::string_view id : station_ids(scenario)) stations.add(std::string(id));
  if (!known.tables_are_good) stations.set_incomplete();
  const std::size_t before = mistakes.size();
  TableReader row(read_csv(file, mistakes, required, sources), required, mistakes,
                  {kOptional.begin(), kOptional.end()});
  std::vector<Observation> good;
  while (row.next()) {
    const Observation one = read_row(row, stations);
    if (is_good(row)) good.push_back(one);
  }
  std::stable_sort(good.begin(), good.end(), [](const Observation& a, const Observation& b) {
    return std::pair(a.station, a.first) < std::pair(b.station, b.first);
  });
  if (known.tables_are_good) check_overlaps(good, stations, file.string(), mistakes);
  if (mistakes.size() > before) return;
  scenario.observations = std::move(good);
  if (known.run_is_good) note_outside(file.string(), scenario);
}

}  // namespace pishkhan
