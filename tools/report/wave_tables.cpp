#include "tools/report/wave_tables.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/province/calendar.hpp"
#include "sim/base/time.hpp"
#include "tools/report/columns.hpp"

namespace pishkhan {
namespace {

using K = ColumnKind;

struct ServiceLine {
  const FoundPlan& plan;
  ServiceId service;
};

const Service& service_of(const ServiceLine& line) {
  return line.plan.scenario.province->services[line.service.index()];
}

std::optional<std::size_t> wave_of(const ServiceLine& line) {
  return line.plan.found.moves.wave[line.plan.effects.item_of(line.service)];
}

MoveEffects::Part part_of(const ServiceLine& line) {
  const std::optional<std::size_t> wave = wave_of(line);
  return wave ? line.plan.effects.part(line.service, *wave) : MoveEffects::Part();
}

ColumnList<ServiceLine> plan_columns() {
  ColumnList<ServiceLine> list;
  list.add_identity("service", "Service that may move.",
                    [](const ServiceLine& line) { return std::string_view(service_of(line).id); });
  list.add_attribute("agency", "Its agency.", [](const ServiceLine& line) {
    return std::string_view(line.plan.scenario.province->agencies[service_of(line).agency.index()].id);
  });
  list.add_attribute(
      "wave", "The wave in which it moves; `stays` if it does not.", [](const ServiceLine& line) {
        const std::optional<std::size_t> wave = wave_of(line);
        return wave ? std::string_view(line.plan.rules.waves[*wave].id) : std::string_view("stays");
      });
  list.add_attribute("starts", "First day of the wave.", [](const ServiceLine& line) {
    const std::optional<std::size_t> wave = wave_of(line);
    return wave ? format_date(line.plan.rules.waves[*wave].starts) : std::string();
  });
  list.add(K::count, "citizens", "citizens",
           "Expected on the counted days to use the new channel; 0 if it stays.",
           [](const ServiceLine& line) { return part_of(line).citizens; });
  list.add(K::count, "citizens_at_once", "citizens", "The same if it moved in the first wave.",
           [](const ServiceLine& line) { return line.plan.effects.part(line.service, 0).citizens; });
  list.add(K::ratio, "gain", "citizens or h",
           "What `gain` asks for: citizens, or hours that they spend less on their way, there and back.",
           [](const ServiceLine& line) { return part_of(line).gain; });
  list.add(K::ratio, "cost_clerk_h", "h", "Clerk time, expected, that it brings to the stations.",
           [](const ServiceLine& line) { return part_of(line).work_s / kSecondsPerHour; });
  return list;
}

struct OfficeLine {
  const FoundPlan& plan;
  const std::vector<std::string_view>& ids;
  const MovedStation& station;
};

const Target* target_of(const OfficeLine& line) {
  if (!line.station.target) return nullptr;
  return &line.plan.scenario.targets[line.plan.found.targets[*line.station.target].target];
}

void add_hardest(ColumnList<OfficeLine>& list) {
  list.add_attribute("target", "The target that comes nearest to being missed, in the month that does.",
                     [](const OfficeLine& line) {
                       const Target* target = target_of(line);
                       return target == nullptr ? std::string_view() : std::string_view(target->id);
                     });
  list.add_attribute("month", "That month.", [](const OfficeLine& line) {
    return line.station.month ? line.plan.effects.months()[*line.station.month].name : std::string();
  });
  list.add(K::share, "goal", "share", "Of that target.", [](const OfficeLine& line) {
    const Target* target = target_of(line);
    return target == nullptr ? std::nullopt : std::optional(target->goal);
  });
  list.add_estimate(
      {"in_time", "share", K::share, "Of that target in that month, in the last round of the proof.",
       TableForm::brief, Bounds::low_and_high},
      [](const OfficeLine& line) { return line.station.share; });
  list.add(K::ratio, "work_h", "h", "Clerk time there with the moves, expected.", [](const OfficeLine& line) {
    return line.station.month ? std::optional(line.station.work_h) : std::nullopt;
  });
  list.add(K::ratio, "most_work_h", "h",
           "With so much the target is just proven to hold, as the program took it from simulations; empty: "
           "more than may come.",
           [](const OfficeLine& line) {
             return line.station.month ? std::optional(line.station.most_h) : std::nullopt;
           });
}

ColumnList<OfficeLine> office_columns() {
  ColumnList<OfficeLine> list;
  list.add_identity("station", "Office or counter to which the moves add work, or which can take none.",
                    [](const OfficeLine& line) {
                      return line.ids[line.plan.effects.stations()[line.station.station].index()];
                    });
  list.add_attribute(
      "state",
      "kept: proven that every target holds in every month to which the moves add work; part_kept: the same "
      "but "
      "for months that are let off, as a target is proven to be missed in them without moves too; open: not "
      "proven; unheld: all these months are let off; no_target: the station has no target; full: it gets no "
      "work, as it comes too near to a target without moves already, whatever clerks the waves add.",
      [](const OfficeLine& line) { return to_string(line.station.state); });
  list.add(
      K::count, "months_missed_before", "months",
      "Months with added work that are let off, as a target is proven to be missed in them without moves "
      "(2.5% at most over all stations and months, by Holm).",
      [](const OfficeLine& line) { return line.station.let_off; });
  list.add(
      K::share, "let_off_in_time", "share",
      "In time in these months with the moves, the least, as seen in the proof; empty: there are none, or "
      "no proof was made.",
      [](const OfficeLine& line) { return line.station.let_off_share; });
  list.add(K::count, "clerks_added", "clerks", "Until the last wave.", [](const OfficeLine& line) {
    const std::size_t waves = line.plan.rules.waves.size();
    return line.plan.found.moves.clerks[line.station.station * waves + waves - 1];
  });
  list.add_attribute("clerks_by_wave", "Clerks added, wave by wave.", [](const OfficeLine& line) {
    std::string text;
    const std::size_t waves = line.plan.rules.waves.size();
    for (std::size_t wave = 0; wave < waves; ++wave) {
      text += (wave == 0 ? "" : " ") +
              std::to_string(added_in_wave(line.plan.found.moves, line.station.station, wave, waves));
    }
    return text;
  });
  add_hardest(list);
  return list;
}

struct FrontierLine {
  const FoundPlan& plan;
  const FrontierPoint& point;
};

ColumnList<FrontierLine> frontier_columns() {
  ColumnList<FrontierLine> list;
  list.add(K::identity, "clerks", "clerks", "That all waves together may add.",
           [](const FrontierLine& line) { return line.point.clerks; });
  list.add(K::count, "services", "services", "That move.", [](const FrontierLine& line) {
    std::size_t services = 0;
    for (std::size_t item = 0; item < line.point.moves.wave.size(); ++item)
      if (line.point.moves.wave[item]) services += line.plan.effects.items()[item].size();
    return services;
  });
  list.add(K::ratio, "gain", "citizens or h", "As in `plan`.",
           [](const FrontierLine& line) { return line.point.gain; });
  list.add(K::share, "moved_share", "share",
           "Citizens who use the new channel, of those who would if all moved in the first wave.",
           [](const FrontierLine& line) {
             const double all = line.plan.found.all_citizens;
             return all > 0 ? std::optional(line.point.citizens / all) : std::nullopt;
           });
  list.add_attribute("known_by",
                     "proof: the plan itself, which simulation proved; program: what the program proposes "
                     "with so many clerks, not simulated.",
                     [](const FrontierLine& line) {
                       const bool is_plan = line.point.moves == line.plan.found.moves;
                       const bool proven = line.plan.found.proven && line.plan.found.proof_replications > 0;
                       return std::string_view(is_plan && proven ? "proof" : "program");
                     });
  return list;
}

constexpr const char* kPlan = "The services that may move, with the waves that `plan` found.";
constexpr const char* kOffices =
    "The stations to which the moves of `plan` add work, and whether targets hold, and those that are full.";
constexpr const char* kFrontier = "What moves with more or fewer clerks than the waves of `plan` may add.";

}  // namespace

std::string_view to_string(StationUnderMoves state) {
  constexpr std::string_view kNames[] = {"kept", "part_kept", "open", "unheld", "no_target", "full"};
  return kNames[static_cast<std::size_t>(state)];
}

Table make_plan_table(const FoundPlan& plan) {
  TableOf<ServiceLine> table("plan", kPlan, plan_columns(), plan.scenario.evidence);
  for (const ServiceId service : plan.rules.services) table.add({plan, service});
  return table.take();
}

Table make_plan_offices_table(const FoundPlan& plan) {
  TableOf<OfficeLine> table("plan_offices", kOffices, office_columns(), plan.scenario.evidence);
  const std::vector<std::string_view> ids = station_ids(plan.scenario);
  for (const MovedStation& station : plan.found.stations) table.add({plan, ids, station});
  return table.take();
}

Table make_plan_frontier_table(const FoundPlan& plan) {
  TableOf<FrontierLine> table("plan_frontier", kFrontier, frontier_columns(), plan.scenario.evidence);
  for (const FrontierPoint& point : plan.found.frontier) table.add({plan, point});
  return table.take();
}

std::vector<TableHeader> plan_headers() {
  TableOf<ServiceLine> plan("plan", kPlan, plan_columns(), Evidence::assumed);
  TableOf<OfficeLine> offices("plan_offices", kOffices, office_columns(), Evidence::assumed);
  TableOf<FrontierLine> frontier("plan_frontier", kFrontier, frontier_columns(), Evidence::assumed);
  return {plan.take().header, offices.take().header, frontier.take().header};
}

}  // namespace pishkhan
