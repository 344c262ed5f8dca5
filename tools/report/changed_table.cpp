#include "tools/report/changed_table.hpp"

#include <map>
#include <utility>

#include "sim/statistics/discovery.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/paired_cells.hpp"
#include "tools/report/targets.hpp"

namespace pishkhan {
namespace {

using K = ColumnKind;
using Verdicts = std::map<std::string, std::string_view, std::less<>>;

template <class T, class Tally>
bool differs(std::span<const Measure<T>> measures, const PairedCell<Tally>& cell) {
  for (const Measure<T>& measure : measures)
    if (has_series(measure) && series_of(measure, cell.a) != series_of(measure, cell.b)) return true;
  return false;
}

template <class Tally>
double mean_arrived(const std::vector<Tally>& tallies) {
  double sum = 0;
  for (const VisitTally& tally : tallies) sum += count(tally.arrived);
  return sum / count(tallies.size());
}

template <class Tally>
PairedDifference compare(std::string_view quantity, const PairedCell<Tally>& cell) {
  const auto& measure = find_measure(queue_measures(), quantity);
  return estimate_paired(series_of(measure, cell.a), series_of(measure, cell.b));
}

/// Of a pair of which nothing differs.
void make_exact(PairedDifference& paired, std::size_t replications) {
  paired.difference = {0, 0, replications};
  paired.p = kNan;
}

/// One row, without the test.
template <class Tally>
void add_cell(const std::string& run, const PairedCell<Tally>& cell, bool any,
              std::vector<Changed>& changed) {
  Changed row{&run, cell.key, ChangeResult::undecided, mean_arrived(cell.a), mean_arrived(cell.b), {}, {}};
  if (row.arrived_a == 0 && row.arrived_b == 0) return;
  row.wait_joined_s = compare("wait_joined_s", cell);
  row.service_level = compare("service_level", cell);
  if (row.arrived_a == 0) {
    row.result = ChangeResult::opened;
  } else if (row.arrived_b == 0) {
    row.result = ChangeResult::closed;
  } else if (!any) {
    row.result = ChangeResult::untouched;
    make_exact(row.wait_joined_s, cell.a.size());
    make_exact(row.service_level, cell.a.size());
  }
  changed.push_back(std::move(row));
}

/// Tests the rows from `first` on as one family.
void decide(std::vector<Changed>& changed, std::size_t first) {
  std::vector<double> p_values;
  for (std::size_t i = first; i < changed.size(); ++i) {
    const bool tested = changed[i].result == ChangeResult::undecided;
    p_values.push_back(tested ? changed[i].wait_joined_s.p : kNan);
  }
  const std::vector<double> adjusted = adjust_p_values(p_values);
  for (std::size_t i = first; i < changed.size(); ++i) {
    Changed& row = changed[i];
    row.p_adjusted = adjusted[i - first];
    if (!(row.p_adjusted <= kFalseDiscoveryRate)) continue;
    const bool shorter = row.wait_joined_s.difference.mean < 0;
    row.result = shorter ? ChangeResult::better : ChangeResult::worse;
  }
}

/// By station, on the scenario's first target where that is about the whole time.
Verdicts verdicts_of(const ComparedRun& run) {
  Verdicts verdicts;
  if (run.trials.size() < 2 || run.scenario.targets.empty()) return verdicts;
  if (run.scenario.targets.front().in != TargetPeriod::whole) return verdicts;
  const std::vector<std::string_view> ids = station_ids(run.scenario);
  for (const TargetResult& judged : judge_targets({run.scenario, run.trials, {}, {}, {}})) {
    if (judged.target == 0)
      verdicts.emplace(std::string(ids[judged.station]), to_string(judged.judgement.verdict));
  }
  return verdicts;
}

bool is_same_target(const ComparedRun& a, const ComparedRun& b) {
  if (a.scenario.targets.empty() || b.scenario.targets.empty()) return false;
  const Target &first = a.scenario.targets.front(), &second = b.scenario.targets.front();
  return first.kind == second.kind && first.goal == second.goal && first.within_s == second.within_s &&
         first.of == second.of && first.left_is_late == second.left_is_late && first.in == second.in;
}

void add_verdicts(const ComparedRun& a, const ComparedRun& b, std::vector<Changed>& changed) {
  if (!is_same_target(a, b)) return;
  const Verdicts before = verdicts_of(a), after = verdicts_of(b);
  const auto find = [](const Verdicts& verdicts, const std::string& station) {
    const auto found = verdicts.find(station);
    return found != verdicts.end() ? found->second : std::string_view();
  };
  for (Changed& row : changed) {
    row.verdict_a = find(before, row.key.id);
    row.verdict_b = find(after, row.key.id);
  }
}

bool is_service(const CellKey& key) { return key.level == "service" || key.level == "stream"; }

}  // namespace

std::string_view to_string(ChangeResult result) {
  constexpr std::string_view kNames[] = {"better", "worse", "undecided", "untouched", "opened", "closed"};
  return kNames[static_cast<std::size_t>(result)];
}

std::vector<Changed> find_changed(const ComparedRun& a, const ComparedRun& b) {
  std::vector<Changed> changed;
  for_each_pair(a.cells.stations, b.cells.stations, [&](const PairedCell<StationTally>& cell) {
    if (cell.key.level == "all" || cell.key.level == "county") return;
    const bool any =
        differs(visit_measures(), cell) || differs(queue_measures(), cell) || differs(staff_measures(), cell);
    add_cell(b.name, cell, any, changed);
  });
  decide(changed, 0);
  add_verdicts(a, b, changed);
  const std::size_t stations = changed.size();
  for_each_pair(a.cells.visits, b.cells.visits, [&](const PairedCell<VisitTally>& cell) {
    if (!is_service(cell.key) || cell.key.channel == "online") return;
    add_cell(b.name, cell, differs(visit_measures(), cell) || differs(queue_measures(), cell), changed);
  });
  decide(changed, stations);
  return changed;
}

ChangedCounts count_changed(std::span<const Changed> changed, const std::string& run, bool services) {
  ChangedCounts counts{};
  for (const Changed& row : changed)
    if (*row.run == run && is_service(row.key) == services) ++counts[static_cast<std::size_t>(row.result)];
  return counts;
}

Table make_changed_table(std::span<const Changed> changed, const CellNames& names, Evidence weakest) {
  ColumnList<Changed> list;
  list.add_identity("run", "The run that is compared with the first, `a`.",
                    [](const Changed& row) { return *row.run; });
  list.add_identity("level", "office, counter or service; of bare stations station or stream.",
                    [](const Changed& row) { return row.key.level; });
  list.add_identity("id", "Of the station, service, or `station/stream`.",
                    [](const Changed& row) { return row.key.id; });
  list.add_identity("channel", "Of the stations; of bare stations all.",
                    [](const Changed& row) { return row.key.channel; });
  list.add_attribute("name_fa", "Persian name, if there is one.",
                     [&](const Changed& row) { return names.of(row.key).name_fa; });
  list.add_attribute("name_en", "English name, if there is one.",
                     [&](const Changed& row) { return names.of(row.key).name_en; });
  list.add_attribute("county", "Id of the station's county; of services none.",
                     [&](const Changed& row) { return names.of(row.key).county; });
  list.add_attribute(
      "result",
      "better or worse: wait_joined_s is shorter or longer, tested so that of those called so "
      "at most 5% are not, in expectation, with six replications or more, among stations and among "
      "services; undecided; "
      "untouched: nothing differs in any replication, so nothing is tested; opened, closed: "
      "visits come in one run only.",
      [](const Changed& row) { return to_string(row.result); });
  list.add(K::count, "arrived_a", "visits", "Visits that came, a replication, in the first run.",
           [](const Changed& row) { return row.arrived_a; });
  list.add(K::count, "arrived_b", "visits", "The same in the other run.",
           [](const Changed& row) { return row.arrived_b; });
  list.add(K::mean, "wait_joined_a_s", "s", "Wait of all who joined, in the first run.",
           [](const Changed& row) { return row.wait_joined_s.a; });
  list.add(K::mean, "wait_joined_b_s", "s", "The same in the other run.",
           [](const Changed& row) { return row.wait_joined_s.b; });
  list.add_estimate({"wait_joined_difference_s", "s", K::mean,
                     "wait_joined_b_s - wait_joined_a_s, paired by replication; exactly 0 where untouched.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const Changed& row) { return row.wait_joined_s.difference; });
  list.add(K::share, "p_adjusted", "",
           "p-value of the test that the wait does not differ, adjusted by Benjamini and Hochberg; empty "
           "where nothing is tested.",
           [](const Changed& row) { return row.p_adjusted; });
  list.add(K::share, "service_level_a", "share", "Service level in the first run.",
           [](const Changed& row) { return row.service_level.a; });
  list.add(K::share, "service_level_b", "share", "Service level in the other run.",
           [](const Changed& row) { return row.service_level.b; });
  list.add_estimate(
      {"service_level_difference", "share", K::ratio,
       "service_level_b - service_level_a, paired by replication.", TableForm::brief, Bounds::low_and_high},
      [](const Changed& row) { return row.service_level.difference; });
  list.add_attribute("verdict_a",
                     "Of stations, in the first run: met, missed, at the target or undecided, on the first "
                     "target, if both runs have it and it is about the whole time.",
                     [](const Changed& row) { return row.verdict_a; });
  list.add_attribute("verdict_b", "The same in the other run.",
                     [](const Changed& row) { return row.verdict_b; });
  TableOf<Changed> table(
      "changed",
      "Which stations and services a change touches, and for which of them the wait of all who joined "
      "becomes shorter or longer, beside the size of the difference.",
      std::move(list), weakest);
  for (const Changed& row : changed) table.add(row);
  return table.take();
}

}  // namespace pishkhan
