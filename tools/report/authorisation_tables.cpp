#include "tools/report/authorisation_tables.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "models/trial/totals/trial_result.hpp"
#include "sim/base/time.hpp"
#include "sim/statistics/paired.hpp"
#include "sim/statistics/tally.hpp"
#include "sim/statistics/verdict.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/measures.hpp"
#include "tools/report/siting_tables.hpp"
#include "tools/report/tables.hpp"
#include "tools/report/targets.hpp"

namespace pishkhan {
namespace {

using K = ColumnKind;

std::vector<StationTally> tallies_at(const std::vector<TrialResult>& trials, std::size_t station) {
  std::vector<StationTally> tallies;
  for (const TrialResult& trial : trials) tallies.push_back(trial.stations[station]);
  return tallies;
}

std::vector<OfficeTargets> targets_by_office(const Results& results) {
  std::vector<OfficeTargets> targets(results.scenario.province->offices.size());
  for (const TargetResult& one : judge_targets(results)) {
    if (one.station >= targets.size()) continue;
    ++targets[one.station].judged;
    targets[one.station].missed += one.judgement.verdict == Verdict::missed;
  }
  return targets;
}

struct AuthorisationLine {
  const Scenario& scenario;
  const OfficeService& given;
  Travelled saved;
  Estimate citizens;
  double clerk_s;  ///< of a citizen

  [[nodiscard]] const Office& office() const { return scenario.province->offices[given.office.index()]; }
  [[nodiscard]] const Service& service() const { return scenario.province->services[given.service.index()]; }
};

/// Who got the service at the office, in each replication.
std::vector<double> citizens_given(const std::vector<TrialResult>& trials, const OfficeService& given) {
  std::vector<double> citizens;
  for (const TrialResult& trial : trials) {
    double sum = 0;
    for (const GivenCount& count : trial.given) {
      if (count.station == given.office.index() && count.service == given.service.index())
        sum += count.visits;
    }
    citizens.push_back(sum);
  }
  return citizens;
}

Estimate times(Estimate estimate, double factor) {
  estimate.mean *= factor;
  estimate.half_width *= factor;
  estimate.low *= factor;
  estimate.high *= factor;
  return estimate;
}

struct ChangeLine {
  const Province& province;
  const OfficeChange& change;

  [[nodiscard]] const Office& office() const { return province.offices[change.office.index()]; }
};

/// Three columns; `name`: what their names begin with.
void add_change(ColumnList<ChangeLine>& list, const std::string& name, const std::string& what,
                MeasureChange OfficeChange::*member) {
  const auto add = [&](const char* end, K kind, const std::string& says, Estimate MeasureChange::*which) {
    list.add_estimate({name + end, "share", kind, says, TableForm::brief, Bounds::low_and_high},
                      [=](const ChangeLine& line) { return line.change.*member.*which; });
  };
  add("_before", K::share, what + ", without the authorisations, in fresh replications.",
      &MeasureChange::before);
  add("_after", K::share, "The same with them.", &MeasureChange::after);
  add("_more", K::ratio,
      "The second less the first, paired by replication; empty where they are the same in all replications.",
      &MeasureChange::more);
}

}  // namespace

std::vector<OfficeChange> find_office_changes(const Scenario& as_is, const Scenario& after,
                                              const AuthorisingResult& result) {
  const Results before_run{as_is, result.before}, after_run{after, result.after};
  const std::vector<OfficeTargets> targets_before = targets_by_office(before_run),
                                   targets_after = targets_by_office(after_run);
  const Measure<StationTally>& utilization = find_measure(staff_measures(), "utilization");
  const Measure<VisitTally>& level = find_measure(queue_measures(), "service_level");
  std::vector<OfficeChange> changes;
  for (std::size_t j = 0; j < as_is.province->offices.size(); ++j) {
    OfficeChange& change = changes.emplace_back();
    change.office = OfficeId(j);
    change.authorisations = static_cast<std::size_t>(
        std::count_if(result.chosen.list.begin(), result.chosen.list.end(),
                      [&](const ChosenAuthorisation& one) { return one.given.office == change.office; }));
    const std::vector<StationTally> before = tallies_at(result.before, j), with = tallies_at(result.after, j);
    const auto change_of = [&](const auto& measure) {
      const auto [parts, of] = parts_of(measure, std::span(before));
      const auto [parts_with, of_with] = parts_of(measure, std::span(with));
      return MeasureChange{estimate(measure, before, before_run.station_effects.at(j)),
                           estimate(measure, with, after_run.station_effects.at(j)),
                           estimate_paired(RatioSums{parts, of}, RatioSums{parts_with, of_with}).difference};
    };
    change.utilization = change_of(utilization);
    change.service_level = change_of(level);
    change.targets_before = targets_before[j];
    change.targets_after = targets_after[j];
  }
  return changes;
}

Table make_authorisations_table(const Scenario& scenario, const AuthorisingResult& result) {
  using Line = AuthorisationLine;
  ColumnList<Line> list;
  list.add_identity("office", "Office that is authorised.",
                    [](const Line& line) { return line.office().id; });
  list.add_identity("service", "Service that it then may give.",
                    [](const Line& line) { return line.service().id; });
  list.add_attribute("agency", "Agency of the service.", [](const Line& line) {
    return line.scenario.province->agencies[line.service().agency.index()].id;
  });
  list.add_attribute("county", "Where the office is.", [](const Line& line) {
    return line.scenario.province->counties[line.office().county.index()].id;
  });
  list.add_attribute("kind", "urban or rural.",
                     [](const Line& line) { return to_string(line.office().kind); });
  list.add_estimate({"citizens", "citizens", K::count,
                     "Who get the service there over the counted days, in fresh replications.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const Line& line) { return line.citizens; });
  list.add(K::count, "expected_travel_h", "person-hours",
           "Travel there and back over the counted days that there is expected to be more without this "
           "authorisation alone, by the rules of choice, without chance.",
           [](const Line& line) { return line.saved.hours; });
  list.add(K::count, "expected_travel_km", "km", "The same as distance, as the crow flies.",
           [](const Line& line) { return line.saved.km; });
  list.add_estimate(
      {"clerk_h", "h", K::count,
       "Clerk time that these citizens take there, expected of so many at a clerk's speed of 1: "
       "handling, and waiting for the system.",
       TableForm::brief, Bounds::low_and_high},
      [](const Line& line) { return times(line.citizens, line.clerk_s / kSecondsPerHour); });
  TableOf<Line> table("authorisations",
                      "Offices that are authorised to give a service, of `staff --authorise`.",
                      std::move(list), std::max(kTravelEvidence, scenario.evidence));
  for (std::size_t k = 0; k < result.chosen.list.size(); ++k) {
    const ChosenAuthorisation& one = result.chosen.list[k];
    table.add({scenario, one.given, one.saved, estimate_count(citizens_given(result.after, one.given)),
               result.clerk_s[k]});
  }
  return table.take();
}

Table make_authorised_offices_table(const Scenario& scenario, const std::vector<OfficeChange>& changes) {
  using Line = ChangeLine;
  ColumnList<Line> list;
  list.add_identity("office", "Id of the office.", [](const Line& line) { return line.office().id; });
  list.add_attribute("county", "Where it is.", [](const Line& line) {
    return line.province.counties[line.office().county.index()].id;
  });
  list.add_attribute("kind", "urban or rural.",
                     [](const Line& line) { return to_string(line.office().kind); });
  list.add(K::count, "authorisations", "authorisations", "That it gets.",
           [](const Line& line) { return line.change.authorisations; });
  add_change(list, "utilization", "Busy clerk time / staffed clerk time, overtime in both",
             &OfficeChange::utilization);
  add_change(list, "service_level",
             "Joined visits that started within the scenario's service level time / joined",
             &OfficeChange::service_level);
  list.add(K::count, "targets", "targets", "Targets of the office, each in each of its periods.",
           [](const Line& line) { return line.change.targets_after.judged; });
  list.add(K::count, "missed_before", "targets", "Of these, those with the verdict missed without them.",
           [](const Line& line) { return line.change.targets_before.missed; });
  list.add(K::count, "missed_after", "targets", "And with them.",
           [](const Line& line) { return line.change.targets_after.missed; });
  TableOf<Line> table("authorised_offices",
                      "What offices have of the authorisations, of `staff --authorise`.", std::move(list),
                      scenario.evidence);
  for (const OfficeChange& change : changes) table.add({*scenario.province, change});
  return table.take();
}

std::vector<TableHeader> authorisation_headers() {
  Scenario scenario;
  scenario.province.emplace();
  return headers_of({make_authorisations_table(scenario, {}), make_authorised_offices_table(scenario, {})});
}

}  // namespace pishkhan
