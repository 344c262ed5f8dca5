#include "tools/report/targets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "models/province/calendar.hpp"
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
  void add(std::size_t replication, const GoodCount& day, double goal) {
    counted[replication] += day.counted > 0;
    missed[replication] += is_below_goal(day.good, day.counted, goal);
  }
  std::vector<double> missed, counted;
};

/// At the station with place k among those of a target.
MissedDays missed_days_of(const Results& results, std::size_t target, std::size_t k,
                          const JudgedPeriod& period) {
  MissedDays days(results.trials.size());
  const double goal = results.scenario.targets[target].goal;
  for (std::size_t day = period.from_day; day < period.until_day; ++day) {
    for (std::size_t i = 0; i < results.trials.size(); ++i)
      days.add(i, results.trials[i].targets[target].at(k, day, period.slot), goal);
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
  const double goal = results.scenario.targets[target].goal;
  const std::size_t of_station = first.days * first.slots;
  std::vector<double> effects;
  for (std::size_t begin = 0; begin < first.counts.size(); begin += of_station) {
    MissedDays days(results.trials.size());
    for (std::size_t i = 0; i < results.trials.size(); ++i) {
      for (std::size_t at = begin; at < begin + of_station; ++at)
        days.add(i, results.trials[i].targets[target].counts[at], goal);
    }
    const double effect = estimate_design_effect(days.missed, days.counted);
    if (effect == effect) effects.push_back(effect);
  }
  return usual_design_effect(std::move(effects));
}

void judge_target(const Results& results, std::size_t number, std::vector<TargetResult>& judged) {
  const Target& target = results.scenario.targets[number];
  const std::vector<TrialResult>& trials = results.trials;
  const TargetCounts& first = trials.front().targets[number];
  const std::size_t stations = first.counts.size() / (first.days * first.slots);
  const DaysAre days = dependence(results.scenario);
  const std::vector<JudgedPeriod> periods = periods_judged(target, first, results.scenario.run);
  const std::size_t before = judged.size();
  std::vector<ObservedShare> shares;
  std::vector<GoodCount> counts;
  std::vector<MissedDays> missed;  ///< of each share
  for (std::size_t k = 0; k < stations; ++k) {
    for (const JudgedPeriod& period : periods) {
      counts.clear();
      for (std::size_t day = period.from_day; day < period.until_day; ++day) {
        for (const TrialResult& trial : trials)
          counts.push_back(trial.targets[number].at(k, day, period.slot));
      }
      const ObservedShare share = observe_share(counts, trials.size(), days);
      if (share.counted == 0) continue;
      shares.push_back(share);
      judged.push_back({number,
                        station_of(target, k),
                        period.name,
                        share.counted / static_cast<double>(trials.size()),
                        {},
                        kNoEstimate});
      missed.push_back(missed_days_of(results, number, k, period));
    }
  }
  // An unbroken run has no days.
  const bool has_days = results.scenario.run.length_s <= 0;
  const std::vector<Judgement> judgements = judge_shares(shares, target.goal, target.margin);
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
    for (std::size_t at = 0; at < counts.counts.size(); ++at) {
      if (kind_of_station(results.scenario, station_of(of, at / of_station)) == kind)
        days.add(i, counts.counts[at], of.goal);
    }
  }
  return estimate_proportion(days.missed, days.counted, usual_design_effect_of_days(results, target));
}

/// With a single replication nothing can be tested.
bool is_judged(const TargetResult& result) { return std::isfinite(result.judgement.share.mean); }

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

}  // namespace

std::string_view to_string(TargetPeriod period) {
  constexpr std::string_view names[] = {"whole", "month", "day", "shift", "hour"};
  return names[static_cast<std::size_t>(period)];
}

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

Table make_targets_table(const Results& results) {
  const Scenario& scenario = results.scenario;
  const auto target_of = [&](const TargetResult& row) -> const Target& {
    return scenario.targets[row.target];
  };
  ColumnList<R> list;
  add_row_names(list, scenario);
  list.add(ColumnKind::count, "counted", "visits", "Visits a replication that the share is taken of.",
           [](const R& row) { return row.counted; });
  list.add(ColumnKind::attribute, "within_s", "s", "The wait within which a visit is in time.",
           [=](const R& row) { return target_of(row).within_s; });
  list.add_estimate(
      {"in_time", "share", ColumnKind::share,
       "Share of the counted visits that were in time, over all replications. Where days do not depend on "
       "each other, or on their neighbours alone, its interval is of days and replications, and so another, "
       "mostly narrower one than that of service_level, which is of replications alone.",
       TableForm::brief, Bounds::low_and_high},
      [](const R& row) { return row.judgement.share; });
  list.add(ColumnKind::share, "goal", "share", "The share that is asked for.",
           [=](const R& row) { return target_of(row).goal; });
  list.add_estimate({"missed_days_share", "share", ColumnKind::share,
                     "Days of the period on which a smaller share than the goal was in time / days on which "
                     "somebody was counted; empty in an unbroken run.",
                     TableForm::full, Bounds::low_and_high},
                    [](const R& row) { return row.missed_days; });
  list.add_attribute("verdict",
                     "met or missed; at the target: neither is proven, and the whole interval of in_time is "
                     "within the target's margin of the goal; undecided. Empty with a single replication.",
                     [](const R& row) {
                       return is_judged(row) ? std::optional(to_string(row.judgement.verdict)) : std::nullopt;
                     });
  list.add(
      ColumnKind::attribute, "replications_needed", "replications",
      "Of the undecided alone: replications that would decide if the share stays as it is; empty: more than "
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

  TableOf<R> table(
      "targets",
      "Each station in each period against the scenario's targets. Of the rows called missed at most 5% are "
      "expected to meet the target, and of those called met at most 5% to miss it (false discovery rate, "
      "Benjamini and Hochberg). Stations and periods without visits are left out.",
      std::move(list), scenario.evidence);
  for (const TargetResult& result : judge_targets(results)) table.add(result);
  return table.take();
}

}  // namespace pishkhan
