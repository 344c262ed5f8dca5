#include "tools/page/station_verdicts.hpp"

#include <algorithm>

#include "tools/page/table_view.hpp"

namespace pishkhan::page {
namespace {

Standing standing_named(const std::string& verdict) {
  if (verdict == "missed") return Standing::missed;
  if (verdict == "undecided") return Standing::undecided;
  if (verdict == "at the target") return Standing::at_target;
  return verdict == "met" ? Standing::met : Standing::none;
}

std::string stations_of(const std::string& channel) {
  if (channel == "office") return "offices";
  return channel == "traditional" ? "counters" : "stations";
}

}  // namespace

std::string_view to_string(Standing standing) {
  constexpr std::string_view names[] = {"missed", "undecided", "at_target", "met", "none"};
  return names[static_cast<std::size_t>(standing)];
}

StationVerdicts read_verdicts(const PageSource& source) {
  StationVerdicts verdicts;
  const auto table = find_table(source, "targets");
  if (!table) return verdicts;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const std::string target = table->text(row, "target"),
                      stations = stations_of(table->text(row, "channel"));
    auto count = std::find_if(verdicts.counts.begin(), verdicts.counts.end(), [&](const TargetCount& one) {
      return one.target == target && one.stations == stations;
    });
    if (count == verdicts.counts.end()) {
      TargetCount added{target, stations, table->text(row, "period_kind"), 0, 0, {}};
      added.goal = table->number(row, "goal").value_or(0);
      added.within_s = table->number(row, "within_s").value_or(0);
      count = verdicts.counts.insert(count, std::move(added));
    }
    if (target == "service_level" && count->period == "whole")
      verdicts.row_of_station.emplace(table->text(row, "station"), row);
    const Standing standing = standing_named(table->text(row, "verdict"));
    ++count->of[static_cast<std::size_t>(standing)];
    const auto [station, is_new] = verdicts.of_station.emplace(table->text(row, "station"), standing);
    if (!is_new) station->second = std::min(station->second, standing);
  }
  return verdicts;
}

}  // namespace pishkhan::page
