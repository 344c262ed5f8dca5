#include "tools/pishkhan/staff_summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <vector>

#include "tools/pishkhan/staff_assumptions.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/staffing_tables.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kMostNamed = 5;

/// Of the stations whose clerks were searched: those that targets count visits of, and that have a number.
struct StaffingSums {
  std::size_t searched = 0;
  double now = 0, needed = 0, hours_now = 0, hours_needed = 0;
  std::array<std::size_t, kStaffingProofs> proofs{};
};

StaffingSums sums_of(const StaffingResult& result) {
  StaffingSums sums;
  for (const StationStaffing& station : result.stations) {
    ++sums.proofs[static_cast<std::size_t>(station.proof)];
    if (station.proof == StaffingProof::not_varied || station.proof == StaffingProof::nobody_comes) continue;
    ++sums.searched;
    sums.now += station.clerks_now;
    sums.needed += station.clerks_needed;
    sums.hours_now += station.paid_hours_now;
    sums.hours_needed += station.paid_hours_needed;
  }
  return sums;
}

std::string_view name_of(StaffBy by) {
  switch (by) {
    case StaffBy::station:
      return "station";
    case StaffBy::shift:
      return "shift";
    case StaffBy::hour:
      return "hour";
    case StaffBy::roster:
      break;
  }
  return "roster";
}

std::string others_text(const Texts& texts, std::size_t stations) {
  if (stations <= kMostNamed) return "";
  return texts.fill("terminal.staff.others",
                    {{"n", grouped(texts, static_cast<double>(stations - kMostNamed))}});
}

double change_of_hours(const StationStaffing* station) {
  return std::abs(station->paid_hours_needed - station->paid_hours_now);
}

/// The stations for which `wanted` holds, those of the largest change of paid hours first.
template <class Wanted>
std::vector<const StationStaffing*> most_changed(const StaffingResult& result, Wanted wanted) {
  std::vector<const StationStaffing*> list;
  for (const StationStaffing& station : result.stations)
    if (wanted(station)) list.push_back(&station);
  std::stable_sort(list.begin(), list.end(), [](const StationStaffing* a, const StationStaffing* b) {
    return change_of_hours(a) > change_of_hours(b);
  });
  return list;
}

std::string stations_text(const Texts& texts, const StaffingReport& report,
                          const std::vector<const StationStaffing*>& list) {
  std::vector<ChangedStation> changed;
  for (const StationStaffing* one : list)
    changed.push_back({one->station, one->clerks_now, one->clerks_needed});
  return changed_stations_text(texts, report.scenario, changed);
}

/// The numbers of the stations whose paid hours change most: `08: 2, 09: 3`.
std::string numbers_text(const Texts& texts, const StaffingReport& report) {
  const std::vector<std::string_view> ids = station_ids(report.scenario);
  const auto list =
      most_changed(report.result, [](const StationStaffing& station) { return !station.staffing.empty(); });
  std::string text;
  for (std::size_t i = 0; i < std::min(list.size(), kMostNamed); ++i) {
    std::string numbers;
    for (std::size_t k = 0; k < list[i]->staffing.size(); ++k) {
      numbers += (k > 0 ? texts.at("terminal.compare.separator") : "") + list[i]->slots[k] + ": " +
                 grouped(texts, list[i]->staffing[k]);
    }
    if (i > 0) text += "; ";
    text += texts.fill("terminal.staff.by_number",
                       {{"station", std::string(ids[list[i]->station.index()])}, {"numbers", numbers}});
  }
  return text + others_text(texts, list.size());
}

/// Paid hours a week of the counters whose citizens move, those of which it is known.
struct FreedSums {
  double counters = 0, now_h = 0, freed_h = 0;
};

FreedSums sums_of(const std::vector<FreedHours>& freed) {
  FreedSums sums;
  for (const FreedHours& one : freed) {
    if (!std::isfinite(one.freed_h())) continue;
    ++sums.counters;
    sums.now_h += one.after.paid_hours_now;
    sums.freed_h += one.freed_h();
  }
  return sums;
}

}  // namespace

std::string changed_stations_text(const Texts& texts, const Scenario& scenario,
                                  std::span<const ChangedStation> list) {
  const std::vector<std::string_view> ids = station_ids(scenario);
  std::string text;
  for (const ChangedStation& one : list.first(std::min(list.size(), kMostNamed))) {
    if (!text.empty()) text += texts.at("terminal.compare.separator");
    text += texts.fill("terminal.staff.station", {{"station", std::string(ids[one.station.index()])},
                                                  {"now", grouped(texts, one.now)},
                                                  {"needed", grouped(texts, one.then)}});
  }
  return text + others_text(texts, list.size());
}

std::string staffing_summary(const Texts& texts, const StaffingReport& report) {
  const StaffingResult& result = report.result;
  const StaffingSums sums = sums_of(result);
  const auto number = [&](double value) { return grouped(texts, value); };
  std::string text = texts.fill("terminal.staff.what", {{"title", report.scenario.title},
                                                        {"search", number(result.search_replications)},
                                                        {"replications", number(result.proof_replications)},
                                                        {"seed", std::to_string(result.proof_seed)}}) +
                     '\n';
  text += texts.fill("terminal.staff.clerks", {{"stations", number(static_cast<double>(sums.searched))},
                                               {"now", number(sums.now)},
                                               {"needed", number(sums.needed)},
                                               {"hours_now", number(sums.hours_now)},
                                               {"hours", number(sums.hours_needed)}}) +
          '\n';
  for (std::size_t k = 0; k < kStaffingProofs; ++k) {
    if (sums.proofs[k] == 0) continue;
    const std::string key = "terminal.staff." + std::string(to_string(static_cast<StaffingProof>(k)));
    text += texts.fill(key, {{"n", number(static_cast<double>(sums.proofs[k]))}}) + '\n';
    if (report.under != nullptr)
      text += met_at_text(texts, result, *report.under, static_cast<StaffingProof>(k));
  }
  const auto more = most_changed(
      result, [](const StationStaffing& station) { return station.clerks_needed > station.clerks_now; });
  const auto fewer = most_changed(
      result, [](const StationStaffing& station) { return station.clerks_needed < station.clerks_now; });
  if (result.by != StaffBy::station) {
    const char* key = result.by == StaffBy::hour    ? "terminal.staff.by_hour"
                      : result.by == StaffBy::shift ? "terminal.staff.by_shift"
                                                    : "terminal.staff.by_roster";
    if (const std::string numbers = numbers_text(texts, report); !numbers.empty())
      text += texts.fill(key, {{"stations", numbers}}) + '\n';
  }
  if (!more.empty())
    text += texts.fill("terminal.staff.more", {{"stations", stations_text(texts, report, more)}}) + '\n';
  if (!fewer.empty())
    text += texts.fill("terminal.staff.fewer", {{"stations", stations_text(texts, report, fewer)}}) + '\n';
  if (!report.freed.empty()) {
    const FreedSums freed = sums_of(report.freed);
    text += texts.fill("terminal.staff.freed", {{"n", number(freed.counters)},
                                                {"now", number(freed.now_h)},
                                                {"hours", number(freed.freed_h)}}) +
            '\n';
  }
  if (result.stations_alone) text += texts.at("terminal.staff.alone") + '\n';
  text += texts.at(report.scenario.evidence == Evidence::assumed ? "terminal.staff.level_assumed"
                                                                 : "terminal.staff.level") +
          '\n';
  if (report.under != nullptr) {
    text += assumptions_text(texts, *report.under);
  } else if (report.scenario.province && report.scenario.evidence == Evidence::assumed) {
    text += texts.at(result.by == StaffBy::station ? "terminal.staff.not_repeated"
                                                   : "terminal.staff.not_repeated_by") +
            '\n';
  }
  if (!report.robust.empty())
    text += robust_text(texts, result, *report.under, (report.out / report.robust).string());
  text += texts.fill("terminal.staff.scenario", {{"file", (report.out / report.staffed).string()}}) + '\n';
  return text + texts.fill("terminal.compare.tables", {{"folder", report.out.string()}}) + '\n';
}

std::string staffing_json(const StaffingReport& report) {
  const StaffingSums sums = sums_of(report.result);
  nlohmann::ordered_json json = json_of_command("staff");
  json.update({{"scenario", report.scenario.name},
               {"folder", report.out.generic_string()},
               {"staffed", report.staffed},
               {"by", name_of(report.result.by)},
               {"proof_seed", report.result.proof_seed},
               {"proof_replications", report.result.proof_replications},
               {"stations_alone", report.result.stations_alone},
               {"clerks_now", static_cast<std::int64_t>(sums.now)},
               {"clerks_needed", static_cast<std::int64_t>(sums.needed)},
               {"paid_hours_now", sums.hours_now},
               {"paid_hours_needed", sums.hours_needed}});
  for (std::size_t k = 0; k < kStaffingProofs; ++k)
    json["stations"][std::string(to_string(static_cast<StaffingProof>(k)))] = sums.proofs[k];
  if (report.result.by != StaffBy::station) {
    const std::vector<std::string_view> ids = station_ids(report.scenario);
    json["numbers"] = nlohmann::ordered_json::object();
    for (const StationStaffing& station : report.result.stations) {
      auto& numbers = json["numbers"];
      for (std::size_t k = 0; k < station.staffing.size(); ++k)
        numbers[std::string(ids[station.station.index()])][station.slots[k]] = station.staffing[k];
    }
  }
  if (report.under != nullptr) json["assumptions"] = assumptions_json(*report.under);
  if (!report.robust.empty()) json["robust"] = report.robust;
  if (!report.freed.empty()) {
    const FreedSums freed = sums_of(report.freed);
    json["freed_hours"] = {
        {"counters", freed.counters}, {"paid_hours_now", freed.now_h}, {"freed_h", freed.freed_h}};
  }
  return json_line(json);
}

}  // namespace pishkhan
