#include "tools/report/targets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <utility>

#include "models/province/calendar.hpp"
#include "models/trial/accounting/target_counter.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/measures.hpp"

namespace pishkhan {
namespace {

/// Days, counted from the first counted day, and a shift or hour of each.
struct JudgedPeriod {
  std::string name;
  std::size_t from_day, until_day, slot;
};

std::string two_digits(std::size_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::vector<JudgedPeriod> periods_judged(const Target& target, const TargetCounts& counts, const Run& run) {
  std::vector<JudgedPeriod> periods;
  switch (target.in) {
    case TargetPeriod::whole:
      return {{"whole", 0, counts.days, 0}};
    case TargetPeriod::month:
    case TargetPeriod::day:
      for (std::size_t day = 0; day < counts.days; ++day) {
        std::string name = format_date(run.start + run.warm_up_days + static_cast<DayNumber>(day));
        if (target.in == TargetPeriod::month) name.resize(name.rfind('-'));
        if (periods.empty() || periods.back().name != name) periods.push_back({name, day, day, 0});
        ++periods.back().until_day;
      }
      return periods;
    case TargetPeriod::shift:
    case TargetPeriod::hour:
      for (std::size_t slot = 0; slot < counts.slots; ++slot) {
        const bool hour = target.in == TargetPeriod::hour;
        periods.push_back({hour ? two_digits(slot) : std::to_string(slot + 1), 0, counts.days, slot});
      }
      return periods;
  }
  return periods;
}

/// How the days of a run depend on each other. In a province a citizen comes again the next working day for
/// many reasons: not served, without papers, a failed call, nobody on duty. At bare stations only who
/// retries.
DaysAre dependence(const Scenario& scenario) {
  if (scenario.run.length_s > 0) return DaysAre::one_run;
  return scenario.province || scenario.retry.at_most > 0 ? DaysAre::neighbours : DaysAre::independent;
}

/// Days by replication: on how many the target was missed, and on how many somebody was counted.
struct MissedDays {
  explicit MissedDays(std::size_t replications) : missed(replications), counted(replications) {}
  void add(std::size_t replication, bool is_counted, bool is_missed) {
    counted[replication] += is_counted;
    missed[replication] += is_counted && is_missed;
  }
  std::vector<double> missed, counted;
};

/// Of a target's counts, one cell of a replication.
void add_day(const Target& target, const TargetCounts& counts, std::size_t cell, std::size_t replication,
             MissedDays& days) {
  if (target.counts_visits()) {
    const GoodCount& day = counts.counts[cell];
    days.add(replication, day.counted > 0, is_below_goal(day.good, day.counted, target.least_good()));
  } else {
    const RatioParts& day = counts.parts[cell];
    days.add(replication, day.denominator > 0, is_above_goal(day, target.goal));
  }
}

/// At the station with place k among those of a target.
MissedDays missed_days_of(const Results& results, std::size_t target, std::size_t k,
                          const JudgedPeriod& period) {
  MissedDays days(results.trials.size());
  for (std::size_t day = period.from_day; day < period.until_day; ++day) {
    for (std::size_t i = 0; i < results.trials.size(); ++i) {
      const TargetCounts& counts = results.trials[i].targets[target];
      add_day(results.scenario.targets[target], counts, counts.cell(k, day, period.slot), i, days);
    }
  }
  return days;
}

/// The station with place k among those of a target.
std::size_t station_of(const Target& target, std::size_t k) {
  return target.stations.empty() ? k : target.stations[k];
}

/// Days of a target's stations, each over the whole run, are alike. Of the service level at all stations they
/// are those of Results::design_effects.
double usual_design_effect_of_days(const Results& results, std::size_t target) {
  const TargetCounts& first = results.trials.front().targets[target];
  const std::size_t of_station = first.days * first.slots;
  std::vector<double> effects;
  for (std::size_t begin = 0; begin < first.cells(); begin += of_station) {
    MissedDays days(results.trials.size());
    for (std::size_t i = 0; i < results.trials.size(); ++i) {
      for (std::size_t at = begin; at < begin + of_station; ++at)
        add_day(results.scenario.targets[target], results.trials[i].targets[target], at, i, days);
    }
    const double effect = estimate_design_effect(days.missed, days.counted);
    if (effect == effect) effects.push_back(effect);
  }
  return usual_design_effect(std::move(effects));
}

/// The counts of a station in a period, as observe_share takes them.
std::vector<GoodCount> counts_of(const Results& results, std::size_t target, std::size_t k,
                                 const JudgedPeriod& period) {
  std::vector<GoodCount> counts;
  for (std::size_t day = period.from_day; day < period.until_day; ++day) {
    for (const TrialResult& trial : results.trials)
      counts.push_back(trial.targets[target].at(k, day, period.slot));
  }
  return counts;
}

/// The parts of a station in a period, by replication.
std::vector<RatioParts> parts_of(const Results& results, std::size_t target, std::size_t k,
                                 const JudgedPeriod& period) {
  std::vector<RatioParts> parts(results.trials.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const TargetCounts& counts = results.trials[i].targets[target];
    for (std::size_t day = period.from_day; day < period.until_day; ++day)
      parts[i] += counts.parts[counts.cell(k, day, period.slot)];
  }
  return parts;
}

/// What was seen of a target, row by row: the one or the other.
struct SeenRows {
  std::vector<ObservedShare> shares;
  std::vector<std::vector<RatioParts>> ratios;

  /// Adds a row and returns what was counted in all replications; 0: nothing, and no row.
  double add(const Results& results, std::size_t target, std::size_t k, const JudgedPeriod& period) {
    if (results.scenario.targets[target].counts_visits()) {
      const ObservedShare share = observe_share(counts_of(results, target, k, period), results.trials.size(),
                                                dependence(results.scenario));
      if (share.counted > 0) shares.push_back(share);
      return share.counted;
    }
    std::vector<RatioParts> parts = parts_of(results, target, k, period);
    RatioParts all;
    for (const RatioParts& one : parts) all += one;
    if (all.denominator > 0) ratios.push_back(std::move(parts));
    return all.denominator;
  }
  [[nodiscard]] std::vector<Judgement> judge(const Target& target) const {
    const double margin = target.is_time() ? target.margin * target.goal : target.margin;
    if (!target.counts_visits()) return judge_ratios(ratios, target.goal, margin, ratio_rules(target));
    std::vector<Judgement> judgements = judge_shares(shares, target.least_good(), margin);
    if (target.kind == TargetKind::abandoned)
      for (Judgement& one : judgements) one.value = complement(one.value);
    return judgements;
  }
};

void judge_target(const Results& results, std::size_t number, std::vector<TargetResult>& judged) {
  const Target& target = results.scenario.targets[number];
  const TargetCounts& first = results.trials.front().targets[number];
  const std::size_t stations = first.cells() / (first.days * first.slots);
  const std::vector<JudgedPeriod> periods = periods_judged(target, first, results.scenario.run);
  const std::size_t before = judged.size();
  SeenRows seen;
  std::vector<MissedDays> missed;  ///< of each row
  for (std::size_t k = 0; k < stations; ++k) {
    for (const JudgedPeriod& period : periods) {
      const double counted = seen.add(results, number, k, period);
      if (counted <= 0) continue;
      judged.push_back({number,
                        station_of(target, k),
                        period.name,
                        counted / static_cast<double>(results.trials.size()),
                        {},
                        kNoEstimate});
      missed.push_back(missed_days_of(results, number, k, period));
    }
  }
  // An unbroken run has no days.
  const bool has_days = results.scenario.run.length_s <= 0;
  const std::vector<Judgement> judgements = seen.judge(target);
  const double usual = usual_design_effect_of_days(results, number);
  for (std::size_t i = 0; i < judgements.size(); ++i) {
    judged[before + i].judgement = judgements[i];
    if (has_days)
      judged[before + i].missed_days = estimate_proportion(missed[i].missed, missed[i].counted, usual);
  }
}

constexpr std::array<std::string_view, 3> kStations{"offices", "counters", "stations"};

std::size_t kind_of_station(const Scenario& scenario, std::size_t station) {
  if (!scenario.province) return 2;
  return station < scenario.province->offices.size() ? 0 : 1;
}

/// Of all stations of a kind together; no estimate of an unbroken run, which has no days.
Estimate missed_days_of(const Results& results, std::size_t target, std::size_t kind) {
  if (results.scenario.run.length_s > 0) return kNoEstimate;
  MissedDays days(results.trials.size());
  const Target& of = results.scenario.targets[target];
  for (std::size_t i = 0; i < results.trials.size(); ++i) {
    const TargetCounts& counts = results.trials[i].targets[target];
    const std::size_t of_station = counts.days * counts.slots;
    for (std::size_t at = 0; at < counts.cells(); ++at) {
      if (kind_of_station(results.scenario, station_of(of, at / of_station)) == kind)
        add_day(of, counts, at, i, days);
    }
  }
  return estimate_proportion(days.missed, days.counted, usual_design_effect_of_days(results, target));
}

/// With a single replication nothing can be tested.
bool is_judged(const TargetResult& result) { return std::isfinite(result.judgement.value.mean); }

using R = TargetResult;

/// What the row is about: target, station, period.
void add_row_names(ColumnList<R>& list, const Scenario& scenario) {
  list.add_identity("target", "Id of the target; service_level: the scenario's short form.",
                    [&scenario](const R& row) { return scenario.targets[row.target].id; });
  list.add_identity("station", "Id of the station.",
                    [ids = station_ids(scenario)](const R& row) { return ids[row.station]; });
  if (scenario.province) {
    const Province& province = *scenario.province;
    const std::size_t offices = province.offices.size();
    list.add_attribute("channel", "office or traditional.", [=](const R& row) {
      return to_string(row.station < offices ? Channel::office : Channel::traditional);
    });
    list.add_attribute("county", "Id of the county.", [&province, offices](const R& row) {
      const CountyId county = row.station < offices ? province.offices[row.station].county
                                                    : province.counters[row.station - offices].county;
      return province.counties[county.index()].id;
    });
  }
  list.add_attribute("period_kind", "whole, month, day, shift or hour.",
                     [&scenario](const R& row) { return to_string(scenario.targets[row.target].in); });
  list.add_identity(
      "period",
      "whole; the month or the date, Solar Hijri; the number of the shift (opening of the doors) "
      "or the hour of the day, on all counted days.",
      [](const R& row) { return row.period; });
}

/// What is said of the value.
void add_verdict(ColumnList<R>& list) {
  list.add_estimate({"missed_days_share", "share", ColumnKind::share,
                     "Days of the period on which the target was missed / days on which somebody (of "
                     "utilization and overtime: a clerk on duty) was counted; empty in an unbroken run.",
                     TableForm::full, Bounds::low_and_high},
                    [](const R& row) { return row.missed_days; });
  list.add_attribute("verdict",
                     "met or missed; at the target: neither is proven, and the whole interval of value is "
                     "within the target's margin of the goal; undecided. Empty with a single replication.",
                     [](const R& row) {
                       return is_judged(row) ? std::optional(to_string(row.judgement.verdict)) : std::nullopt;
                     });
  list.add(
      ColumnKind::attribute, "replications_needed", "replications",
      "Of the undecided alone: replications that would decide if the value stays as it is; empty: more than "
      "1,000. It is rough: it may easily be a third of the right number or six times it from 10 "
      "replications, and a tenth of it from 2.",
      [](const R& row) { return row.judgement.replications_needed; });
  list.add(
      ColumnKind::share, "p_missed", "probability",
      "Adjusted p-value of the target being met (Benjamini and Hochberg, over all rows of the target): at "
      "most "
      "0.05 where it is missed.",
      [](const R& row) { return row.judgement.p_missed; }, TableForm::full);
  list.add(
      ColumnKind::share, "p_met", "probability",
      "Adjusted p-value of the target being missed: at most 0.05 where it is met.",
      [](const R& row) { return row.judgement.p_met; }, TableForm::full);
}

}  // namespace

std::string_view to_string(TargetPeriod period) {
  constexpr std::string_view names[] = {"whole", "month", "day", "shift", "hour"};
  return names[static_cast<std::size_t>(period)];
}

std::string_view to_string(TargetKind kind) {
  constexpr std::string_view names[] = {"share",       "percentile", "wait",
                                        "utilization", "abandoned",  "overtime"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view unit_of(const Target& target) { return target.is_time() ? "s" : "share"; }

std::string_view to_string(Verdict verdict) {
  constexpr std::string_view names[] = {"met", "missed", "at the target", "undecided"};
  return names[static_cast<std::size_t>(verdict)];
}

std::vector<TargetResult> judge_targets(const Results& results) {
  std::vector<TargetResult> judged;
  if (results.trials.empty()) return judged;
  for (std::size_t i = 0; i < results.scenario.targets.size(); ++i) judge_target(results, i, judged);
  return judged;
}

struct JudgedTargets {
  std::once_flag once;
  std::vector<TargetResult> results;
};

std::shared_ptr<JudgedTargets> not_yet_judged() { return std::make_shared<JudgedTargets>(); }

const std::vector<TargetResult>& judged_targets(const Results& results) {
  JudgedTargets& judged = *results.judged;
  std::call_once(judged.once, [&] { judged.results = judge_targets(results); });
  return judged.results;
}

std::vector<TargetSummary> count_verdicts(const Results& results, const std::vector<TargetResult>& judged) {
  std::vector<TargetSummary> summaries;
  for (std::size_t target = 0; target < results.scenario.targets.size(); ++target) {
    for (std::size_t kind = 0; kind < kStations.size(); ++kind) {
      TargetSummary summary{target, kStations[kind], {}, kNoEstimate};
      std::vector<int> needed;
      for (const TargetResult& result : judged) {
        if (!is_judged(result) || result.target != target ||
            kind_of_station(results.scenario, result.station) != kind)
          continue;
        ++summary.counts.of[static_cast<std::size_t>(result.judgement.verdict)];
        if (result.judgement.verdict == Verdict::undecided)
          needed.push_back(result.judgement.replications_needed.value_or(std::numeric_limits<int>::max()));
      }
      if (summary.counts.all() == 0) continue;
      summary.missed_days = missed_days_of(results, target, kind);
      if (!needed.empty() && results.trials.size() >= kFewestToTellNeeded) {
        const auto median = needed.begin() + static_cast<std::ptrdiff_t>(needed.size() / 2);
        std::nth_element(needed.begin(), median, needed.end());
        if (*median <= kMostReplicationsNeeded) summary.counts.replications_needed = *median;
      }
      summaries.push_back(summary);
    }
  }
  return summaries;
}

std::vector<StationVerdict> verdicts_of_stations(const Results& results) {
  constexpr std::array kFromWorst{Verdict::missed, Verdict::undecided, Verdict::at_target, Verdict::met};
  const auto rank = [&](Verdict verdict) {
    return std::find(kFromWorst.begin(), kFromWorst.end(), verdict) - kFromWorst.begin();
  };
  const Scenario& scenario = results.scenario;
  const std::size_t stations = scenario.province
                                   ? scenario.province->offices.size() + scenario.province->counters.size()
                                   : scenario.stations.size();
  std::vector<StationVerdict> verdicts(stations);
  std::vector<std::size_t> last_target(stations, SIZE_MAX);
  for (const TargetResult& result : judged_targets(results)) {
    StationVerdict& of = verdicts[result.station];
    if (last_target[result.station] != result.target) {
      last_target[result.station] = result.target;
      of.targets += (of.targets.empty() ? "" : " ") + scenario.targets[result.target].id;
    }
    const Verdict verdict = result.judgement.verdict;
    if (!is_judged(result)) continue;
    if (!of.worst || rank(verdict) < rank(*of.worst)) of.worst = verdict;
  }
  return verdicts;
}

Table make_targets_table(const Results& results) {
  const Scenario& scenario = results.scenario;
  const auto target_of = [&](const TargetResult& row) -> const Target& {
    return scenario.targets[row.target];
  };
  ColumnList<R> list;
  add_row_names(list, scenario);
  list.add_attribute("target_kind",
                     "share (in time), percentile (of the wait), wait (its mean), utilization, abandoned or "
                     "overtime (of a day).",
                     [=](const R& row) { return to_string(target_of(row).kind); });
  list.add(ColumnKind::count, "counted", "visits",
           "Visits a replication that the value is taken of; empty of utilization and overtime.",
           [=](const R& row) {
             const TargetKind kind = target_of(row).kind;
             const bool of_clerks = kind == TargetKind::utilization || kind == TargetKind::overtime;
             return of_clerks ? std::nullopt : std::optional(row.counted);
           });
  list.add(ColumnKind::attribute, "within_s", "s",
           "Of a share or percentile: the wait within which a visit is in time.", [=](const R& row) {
             const Target& target = target_of(row);
             return target.is_in_time() ? std::optional(target.within_s) : std::nullopt;
           });
  list.add_attribute("unit", "Of value and goal: share or s.",
                     [=](const R& row) { return unit_of(target_of(row)); });
  list.add_estimate(
      {"value", "see unit", ColumnKind::mean,
       "Of a share or percentile: visits in time / counted visits; of abandoned: abandoned / joined; of "
       "utilization: busy / staffed clerk time; of a wait or overtime the mean; over all replications. Where "
       "visits are counted and days do not depend on each other, or on their neighbours alone, its interval "
       "is of days and replications, and so another, mostly narrower one than that of service_level, which "
       "is of replications alone, as are the intervals of the other kinds.",
       TableForm::brief, Bounds::low_and_high},
      [](const R& row) { return row.judgement.value; });
  list.add(ColumnKind::mean, "goal", "see unit",
           "What is asked for: of a share or percentile the least share in time, else the most.",
           [=](const R& row) { return target_of(row).goal; });
  add_verdict(list);
  TableOf<R> table(
      "targets",
      "Each station in each period against the scenario's targets. Of the rows called missed at most 5% are "
      "expected to meet the target, and of those called met at most 5% to miss it (false discovery rate, "
      "Benjamini and Hochberg). Stations and periods without visits are left out.",
      std::move(list), scenario.evidence);
  for (const TargetResult& result : judged_targets(results)) table.add(result);
  return table.take();
}

}  // namespace pishkhan
