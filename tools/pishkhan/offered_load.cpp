#include "tools/pishkhan/offered_load.hpp"

#include <algorithm>

#include "models/province/calendar.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan {
namespace {

/// Clerks: what is so little below a whole number is that number.
constexpr double kRounding = 1e-9;

void worst_first(std::vector<Load>& loads) {
  std::stable_sort(loads.begin(), loads.end(),
                   [](const Load& a, const Load& b) { return a.ratio() > b.ratio(); });
}

std::string hour_text(const Texts& texts, const Load& load) {
  const std::string weekday =
      load.weekday ? texts.at("weekday." + std::string(weekday_name(*load.weekday))) : "";
  if (load.hour < 0) {
    const std::string day = load.weekday ? weekday : texts.at("terminal.loads.day");
    if (!load.range) return day;
    return texts.fill("terminal.loads.day_of", {{"day", day},
                                                {"from", date_text(texts, load.range->first_day)},
                                                {"to", date_text(texts, load.range->until_day - 1)}});
  }
  const std::string hour = (load.hour < 10 ? "0" : "") + std::to_string(load.hour) + ":00";
  return (load.weekday ? weekday + ' ' : "") + set_number(hour, texts.language());
}

/// Of each station that cannot keep up on a weekday of some range: the worst of these.
std::vector<Load> find_overloaded(const std::vector<Forecast::WeekdayLoad>& weekday_loads) {
  std::vector<Load> overloaded;
  for (auto first = weekday_loads.begin(); first != weekday_loads.end();) {
    const auto end = std::find_if(first, weekday_loads.end(), [&](const Forecast::WeekdayLoad& one) {
      return one.station != first->station;
    });
    std::vector<Load> loads;
    double needed = 0;
    for (auto one = first; one != end; ++one) {
      Load load{one->station, -1, one->offered_load_h / one->open_days, one->clerk_h / one->open_days};
      load.weekday = one->weekday;
      load.open_days = one->open_days;
      if (std::prev(end)->range.first_day != first->range.first_day) load.range = one->range;
      if (load.offered_load <= 0 || load.offered_load < load.clerks) continue;
      const double hours_of_one = one->hours_of_one / one->open_days;
      if (hours_of_one > 0) {
        load.clerks_now = std::round(load.clerks / hours_of_one);
        // As it reaches the clerk time, one more is needed even if rounding hides it.
        needed = std::max(
            {needed, std::floor(load.offered_load / hours_of_one + kRounding) + 1, *load.clerks_now + 1});
      }
      loads.push_back(load);
    }
    worst_first(loads);
    if (!loads.empty()) {
      if (loads.front().clerks_now) loads.front().clerks_needed = needed;
      overloaded.push_back(loads.front());
    }
    first = end;
  }
  worst_first(overloaded);
  return overloaded;
}

}  // namespace

LoadFindings judge_loads(const Forecast& forecast) {
  LoadFindings findings;
  constexpr std::size_t kHoursPerWeek = kDaysPerWeek * kHoursPerDay;
  for (std::size_t key = 0; key < forecast.offered_load.size(); ++key) {
    const std::size_t station = key / kHoursPerWeek;
    Load load{station, static_cast<int>(key % kHoursPerDay), forecast.offered_load[key],
              forecast.clerks[key]};
    if (load.offered_load <= 0 && load.clerks <= 0) continue;
    if (!std::binary_search(forecast.steady.begin(), forecast.steady.end(), station))
      load.weekday = static_cast<int>(key % kHoursPerWeek / kHoursPerDay);
    findings.hours.push_back(load);
    if (load.offered_load >= load.clerks) findings.crowded.push_back(load);
  }
  worst_first(findings.crowded);
  findings.overloaded = find_overloaded(forecast.weekday_loads);
  return findings;
}

namespace {

std::string more_text(const Texts& texts, std::size_t loads, std::size_t most) {
  if (loads <= most) return "";
  return texts.fill("terminal.loads.more", {{"n", grouped(texts, static_cast<double>(loads - most))}}) + '\n';
}

std::vector<std::string> cells_of(const Texts& texts, const Load& load,
                                  const std::vector<std::string_view>& ids) {
  return {std::string(ids[load.station]), hour_text(texts, load), grouped(texts, load.offered_load, 2),
          std::isinf(load.clerks) ? texts.at("terminal.loads.unlimited") : grouped(texts, load.clerks, 2),
          load.clerks > 0 ? grouped(texts, load.ratio(), 2) : texts.at("terminal.loads.no_clerk")};
}

}  // namespace

std::string loads_text(const Texts& texts, const std::vector<Load>& loads,
                       const std::vector<std::string_view>& ids, std::size_t most) {
  TextTable table(texts, {"<station", ">hour", ">offered_load", ">clerks", ">ratio"});
  for (std::size_t i = 0; i < std::min(most, loads.size()); ++i) table.add(cells_of(texts, loads[i], ids));
  return table.text() + more_text(texts, loads.size(), most);
}

std::string overloaded_text(const Texts& texts, const std::vector<Load>& overloaded,
                            const std::vector<std::string_view>& ids, std::size_t most) {
  std::string text = '\n' +
                     texts.fill("terminal.loads.overloaded",
                                {{"n", grouped(texts, static_cast<double>(overloaded.size()))}}) +
                     '\n';
  if (overloaded.empty()) return text;
  TextTable table(texts, {"<station", ">weekday", ">days", ">offered_hours", ">clerk_time", ">ratio",
                          ">clerks_now", ">needed"});
  const auto clerks = [&](const std::optional<double>& number) {
    return number ? grouped(texts, *number) : std::string("-");
  };
  for (std::size_t i = 0; i < std::min(most, overloaded.size()); ++i) {
    std::vector<std::string> cells = cells_of(texts, overloaded[i], ids);
    cells.insert(cells.begin() + 2, grouped(texts, overloaded[i].open_days, overloaded[i].weekday ? 0 : 1));
    cells.push_back(clerks(overloaded[i].clerks_now));
    cells.push_back(clerks(overloaded[i].clerks_needed));
    table.add(std::move(cells));
  }
  return text + table.text() + more_text(texts, overloaded.size(), most) + texts.at("terminal.loads.needed") +
         '\n';
}

nlohmann::ordered_json loads_json(const std::vector<Load>& loads, const std::vector<std::string_view>& ids) {
  auto json = nlohmann::ordered_json::array();
  for (const Load& load : loads) {
    nlohmann::ordered_json entry{{"station", ids[load.station]}};
    if (load.weekday) entry["weekday"] = weekday_name(*load.weekday);
    if (load.hour >= 0) entry["hour"] = load.hour;
    if (load.range) {
      entry["from"] = format_date(load.range->first_day);
      entry["to"] = format_date(load.range->until_day - 1);
    }
    if (load.hour < 0) entry["days"] = json_number(load.open_days);
    entry["offered_load"] = json_number(load.offered_load);
    if (std::isinf(load.clerks))
      entry["clerks"] = "unlimited";
    else
      entry["clerks"] = json_number(load.clerks);
    if (load.clerks_now) entry["clerks_now"] = json_number(*load.clerks_now);
    if (load.clerks_needed) entry["clerks_needed"] = json_number(*load.clerks_needed);
    json.push_back(std::move(entry));
  }
  return json;
}

}  // namespace pishkhan
