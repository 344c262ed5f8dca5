#include "tools/report/staffing_tables.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/report/cell_names.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/targets.hpp"

namespace pishkhan {
namespace {

using K = ColumnKind;

struct Line {
  const Scenario& scenario;
  const std::vector<std::string_view>& ids;
  const StaffingResult& result;
  const StationStaffing& station;
  const SeenStaffing* seen;  ///< of the curve
  const StationUnderAssumptions* under = nullptr;
};

std::string groups_of(const Staffing& staffing) {
  std::string text;
  for (const int clerks : staffing) text += (text.empty() ? "" : " ") + std::to_string(clerks);
  return text;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string_view cheaper_by(const StationStaffing& station) {
  if (station.staffing.empty()) return {};
  if (station.all_cheaper_covered) return "best_case";
  if (station.monotone) return "one_fewer";
  return station.staffing.size() == 1 ? "one_by_one" : "neighbours";
}

const Promise* hardest_of(const Line& line) {
  const auto& kept = line.station.kept;
  return kept && kept->tests.any ? &line.station.promises[kept->tests.hardest] : nullptr;
}

std::string_view target_of(const Line& line) {
  const Promise* hardest = hardest_of(line);
  return hardest == nullptr ? std::string_view() : line.scenario.targets[hardest->target].id;
}

const Target* hardest_target_of(const Line& line) {
  const Promise* hardest = hardest_of(line);
  return hardest == nullptr ? nullptr : &line.scenario.targets[hardest->target];
}

std::optional<double> margin_of(const std::optional<SeenStaffing>& seen) {
  return seen && seen->tests.any ? std::optional(seen->tests.margin) : std::nullopt;
}

Estimate value_of(const std::optional<SeenStaffing>& seen) {
  return seen && seen->tests.any ? seen->tests.value : Estimate{kNan, kNan};
}

/// The target that decides with the cheaper staffing, if it is the same as with the staffing kept; a value of
/// another may have another unit.
bool decides_too(const Line& line, const std::optional<SeenStaffing>& seen) {
  const Promise* hardest = hardest_of(line);
  return hardest != nullptr && seen && seen->tests.any &&
         line.station.promises[seen->tests.hardest].target == hardest->target;
}

/// What the station is called, and where it is.
void add_names(ColumnList<Line>& list, const Province& province) {
  const std::size_t offices = province.offices.size();
  const auto add_name = [&](const char* column, const char* description, Language language,
                            std::string Office::*name) {
    list.add_attribute(
        column, description,
        [&province, offices, name, texts = std::make_shared<Texts>(language)](const Line& line) {
          const std::size_t s = line.station.station.index();
          return s < offices ? province.offices[s].*name
                             : counter_name(province, province.counters[s - offices], *texts);
        });
  };
  add_name("name_fa", "Persian name.", Language::persian, &Office::name_fa);
  add_name("name_en", "English name.", Language::english, &Office::name_en);
  list.add_attribute("county", "Id of the county.", [&province, offices](const Line& line) {
    const std::size_t s = line.station.station.index();
    const CountyId county = s < offices ? province.offices[s].county : province.counters[s - offices].county;
    return province.counties[county.index()].id;
  });
}

void add_need(ColumnList<Line>& list, const Scenario& scenario) {
  list.add_identity("station", "Office or counter; or bare station.",
                    [](const Line& line) { return line.ids[line.station.station.index()]; });
  if (scenario.province) add_names(list, *scenario.province);
  list.add(K::count, "clerks_now", "clerks", "As the scenario says, over all groups.",
           [](const Line& line) { return line.station.clerks_now; });
  list.add(K::count, "clerks_needed", "clerks",
           "The fewest that were found to meet the targets; as now where `proof` is nobody_comes, not_varied "
           "or unattainable.",
           [](const Line& line) { return line.station.clerks_needed; });
  list.add_attribute("groups",
                     "Clerks needed, by `slots`; of bare stations without, by group in the order of the "
                     "scenario.",
                     [](const Line& line) { return groups_of(line.station.staffing); });
  list.add_attribute("slots",
                     "With `--by`, what `groups` is by: hours of the day (08 is from 08:00 on), the shifts "
                     "of a day by number, or the patterns of a roster. Who works before and after a change "
                     "stays at the desk; who does "
                     "not work any more finishes the citizen, in addition to the new number, or, with "
                     "`after_shift: counted`, as one of it.",
                     [](const Line& line) { return joined(line.station.slots); });
  list.add(K::count, "paid_hours_now", "h", "Clerks' shifts in a week without holidays.",
           [](const Line& line) { return line.station.paid_hours_now; });
  list.add(K::count, "paid_hours_needed", "h", "The same with the clerks needed.",
           [](const Line& line) { return line.station.paid_hours_needed; });
  list.add_attribute(
      "proof",
      "fewest: the targets are met and every cheaper staffing was refuted; fewest_found: they are met and "
      "every cheaper neighbour (one clerk fewer of a number; of groups and rosters also two fewer and one "
      "more) was refuted; met: "
      "whether fewer clerks do is open; undecided: "
      "whether these clerks do is open; unattainable: in the search, not even a clerk for every citizen of "
      "the busiest day met them; nobody_comes: no target counts a visit; not_varied: there is no number of "
      "clerks to choose, or it changes during the run. All that is proven is right with a probability of "
      "95%, "
      "over all stations and rounds together (Holm), as far as the numbers of the scenario are.",
      [](const Line& line) { return to_string(line.station.proof); });
  const auto of_points = [](auto member) {
    return [member](const Line& line) {
      return line.under == nullptr ? std::nullopt : std::optional(line.under->*member);
    };
  };
  list.add(K::count, "assumptions_met", "sets",
           "Sets of assumptions at which the clerks needed keep the targets; empty where the verdict was not "
           "repeated. What is proven holds for the scenario's own numbers: this says what it is worth where "
           "they are assumed.",
           of_points(&StationUnderAssumptions::met));
  list.add(K::count, "assumptions", "sets", "Of so many (table `assumptions`).",
           of_points(&StationUnderAssumptions::points));
}

void add_evidence_of_need(ColumnList<Line>& list) {
  list.add_attribute("target", "The target that decides: its value is the least within its goal, or beyond.",
                     [](const Line& line) { return target_of(line); });
  list.add_attribute("period", "The period of it that decides: whole, month, date, shift or hour.",
                     [](const Line& line) {
                       const Promise* hardest = hardest_of(line);
                       return hardest == nullptr ? std::string() : hardest->period;
                     });
  list.add_attribute("unit", "Of goal, value and fewer: share or s.", [](const Line& line) {
    const Target* target = hardest_target_of(line);
    return target == nullptr ? std::string_view() : unit_of(*target);
  });
  list.add(K::mean, "goal", "see unit", "Of that target: the least share in time, or the most.",
           [](const Line& line) {
             const Target* target = hardest_target_of(line);
             return target == nullptr ? std::nullopt : std::optional(target->goal);
           });
  list.add_estimate({"value", "see unit", K::mean,
                     "With the clerks needed, in fresh replications, as in `targets`. Of unattainable ones, "
                     "in the search.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const Line& line) { return value_of(line.station.kept); });
  list.add(K::ratio, "margin", "",
           "How far value_mean is within the goal (below 0: beyond): of shares the difference, of times as a "
           "share of the goal.",
           [](const Line& line) { return margin_of(line.station.kept); });
  list.add_estimate(
      {"fewer", "see unit", K::mean,
       "The value of the cheaper staffing that was tested last and comes nearest, in the period that decides "
       "there; empty if another target does.",
       TableForm::brief, Bounds::low_and_high},
      [](const Line& line) {
        return decides_too(line, line.station.fewer) ? value_of(line.station.fewer) : Estimate{kNan, kNan};
      });
  list.add(K::ratio, "fewer_margin", "", "Its margin, for the target that decides there.",
           [](const Line& line) { return margin_of(line.station.fewer); });
  list.add_attribute(
      "cheaper_by",
      "How cheaper staffings are refuted. best_case: all of them, by sets: the best that could "
      "happen after the same beginning of the day, or in one slot by itself, misses a target; "
      "one_fewer: all, as one clerk more never lengthens a wait; one_by_one: each by itself, "
      "up to 15 numbers; neighbours: only those.",
      [](const Line& line) { return cheaper_by(line.station); });
  list.add(K::count, "cheaper_refuted", "staffings",
           "Cheaper staffings, or sets of them, of which it is proven that they miss a target, or follows "
           "from such a proof.",
           [](const Line& line) { return line.station.cheaper_refuted; });
  list.add(K::count, "cheaper_open", "staffings",
           "Cheaper staffings, or sets of them, that were tested and are undecided.",
           [](const Line& line) { return line.station.cheaper_open; });
  list.add(K::count, "station_days", "days",
           "Days with visits in the last round of the proof that tested it.", [](const Line& line) {
             return line.station.kept ? std::optional(line.station.kept->station_days) : std::nullopt;
           });
  list.add(K::count, "rounds", "rounds", "Of the proof; each has replications of its own.",
           [](const Line& line) { return line.station.rounds; });
  list.add_attribute("taken",
                     "exactly: as `run` decides the station; alone: systems that stations share are taken as "
                     "if no other station used them.",
                     [](const Line& line) { return line.result.stations_alone ? "alone" : "exactly"; });
}

}  // namespace

std::string_view to_string(StaffingProof proof) {
  constexpr std::string_view kNames[] = {"fewest",       "fewest_found", "met",       "undecided",
                                         "unattainable", "nobody_comes", "not_varied"};
  return kNames[static_cast<std::size_t>(proof)];
}

Table make_staffing_table(const Scenario& scenario, const StaffingResult& result,
                          const StaffingUnderAssumptions* under) {
  ColumnList<Line> list;
  add_need(list, scenario);
  add_evidence_of_need(list);
  TableOf<Line> table("staffing",
                      "The fewest clerks with which the scenario's targets hold at each station, of `staff`.",
                      std::move(list), scenario.evidence);
  const std::vector<std::string_view> ids = station_ids(scenario);
  for (const StationStaffing& station : result.stations) {
    const auto* at_points = under == nullptr ? nullptr : &under->stations[station.station.index()];
    table.add({scenario, ids, result, station, nullptr, at_points});
  }
  return table.take();
}

Table make_staffing_curve_table(const Scenario& scenario, const StaffingResult& result) {
  ColumnList<Line> list;
  list.add_identity("station", "Office or counter; or bare station.",
                    [](const Line& line) { return line.ids[line.station.station.index()]; });
  list.add_identity(
      "groups", "Clerks, by group where a bare station has several, or by `slots` of the table `staffing`.",
      [](const Line& line) { return groups_of(line.seen->set.staffing); });
  list.add(K::count, "clerks", "clerks", "All together; with `slots`, the sum over these.",
           [](const Line& line) { return clerks_of(line.seen->set.staffing); });
  list.add_attribute("target", "The target that decides.", [](const Line& line) {
    return line.scenario.targets[line.station.promises[line.seen->tests.hardest].target].id;
  });
  list.add_attribute("period", "The period of it that decides.",
                     [](const Line& line) { return line.station.promises[line.seen->tests.hardest].period; });
  list.add_attribute("unit", "Of value: share or s.", [](const Line& line) {
    return unit_of(line.scenario.targets[line.station.promises[line.seen->tests.hardest].target]);
  });
  list.add_estimate({"value", "see unit", K::mean,
                     "In the search, whose citizens are the same for all staffings: of the target that "
                     "decides, as in `targets`.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const Line& line) { return line.seen->tests.value; });
  list.add(K::count, "visits", "visits", "That joined, a replication of the search.",
           [](const Line& line) { return line.seen->visits; });
  list.add_estimate({"service_level", "share", K::share,
                     "Of those who joined: started within the scenario's service level time.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const Line& line) { return line.seen->service_level; });
  list.add_estimate(
      {"wait_joined_s", "s", K::mean, "Mean wait of those who joined, until they start or leave.",
       TableForm::brief, Bounds::low_and_high},
      [](const Line& line) { return line.seen->wait_s; });
  list.add_attribute("meets", "yes, if every target was met there; else no.",
                     [](const Line& line) { return line.seen->tests.meets ? "yes" : "no"; });
  TableOf<Line> table("staffing_curve",
                      "What the search for `staffing` saw of each number of clerks that it tried.",
                      std::move(list), scenario.evidence);
  const std::vector<std::string_view> ids = station_ids(scenario);
  for (const StationStaffing& station : result.stations) {
    for (const SeenStaffing& seen : station.curve)
      if (seen.tests.any) table.add({scenario, ids, result, station, &seen});
  }
  return table.take();
}

}  // namespace pishkhan
