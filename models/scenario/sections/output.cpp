#include "models/scenario/sections/output.hpp"

#include <algorithm>

#include "models/province/calendar.hpp"

namespace pishkhan {

namespace {

template <class T>
void sort_unique(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

void apply_visits(const Written<OutputKeys>& output, bool run_is_good, Scenario& scenario,
                  Diagnostics& mistakes) {
  VisitsOutput& visits = scenario.visits;
  visits.share = output->visits_share;
  const auto check = [&](auto member) {
    if (!output.has(member) || visits.share > 0) return;
    add_mistake(mistakes, output.at(member), "a choice of visits, and none are written",
                "write `visits: all`, or a share");
  };
  check(&OutputKeys::visits_at);
  check(&OutputKeys::visits_on);
  const std::vector<std::string_view> ids = station_ids(scenario);
  for (const Name& name : output->visits_at) {
    const auto found = std::find(ids.begin(), ids.end(), name.text);
    if (found != ids.end())
      visits.stations.push_back(static_cast<std::uint32_t>(found - ids.begin()));
    else if (!ids.empty())
      add_unknown(mistakes, name.location, "station", name.text, ids);
  }
  sort_unique(visits.stations);
  visits.days = output->visits_on;
  sort_unique(visits.days);
  if (!run_is_good || visits.share <= 0) return;
  const Run& run = scenario.run;
  const auto outside = [&](DayNumber day) { return day < run.start || day >= run.start + run.days; };
  if (run.length_s > 0 && !visits.days.empty()) {
    add_mistake(mistakes, output.at(&OutputKeys::visits_on), "days in an unbroken run", "leave it out");
  } else if (std::any_of(visits.days.begin(), visits.days.end(), outside)) {
    add_mistake(mistakes, output.at(&OutputKeys::visits_on), "a day outside the run",
                "the run is from " + format_date(run.start) + " to " + format_date(run.start + run.days - 1));
  }
}

}  // namespace

Section<OutputKeys> output_keys() {
  Section<OutputKeys> keys("what is written", "output");
  keys.optional("visits", &OutputKeys::visits_share,
                value::either<double>(
                    "", "`none`, `all` or a share such as `1%`",
                    {value::words<double>({{"none", 0.0, "No visits."}, {"all", 1.0, "Every visit."}}),
                     value::share()}),
                "Visits written out: none, all, or a share of them.", "none");
  keys.optional("visits_at", &OutputKeys::visits_at, names_value(),
                "Of the visits only those at these stations; left out: all.");
  keys.optional("visits_on", &OutputKeys::visits_on,
                value::list<DayNumber>(value::date(), 1, "a list of dates"),
                "Of the visits only those on these days; left out: all.");
  keys.optional(
      "costs", &OutputKeys::costs,
      value::list(
          value::words<CostOf>(
              {{"outages", CostOf::outages, "The same without outages and slow-downs."},
               {"backbone", CostOf::backbone, "The same with the ideal backbone and without outages."}}),
          0, "a list of costs"),
      "What the run is compared with under common random numbers; left out: nothing.");
  keys.optional(
      "queues", &OutputKeys::queues, value::boolean(),
      "Whether there are the tables `hour_queues`, `stream_queues` and `station_queues`: the unserved, "
      "percentiles of the wait, and how long more than so many waited; left out: no.");
  keys.optional(
      "csv_bom", &OutputKeys::csv_bom, value::boolean(),
      "Whether CSV files begin with a byte-order mark, by which spreadsheets know UTF-8; left out: no.");
  keys.optional(
      "csv_columns", &OutputKeys::csv_is_short,
      value::words<bool>(
          {{"full", false, "Every table and column, every digit."},
           {"short", true,
            "What people read: rounded as the interval tells, waits in minutes, without what is empty or the "
            "same in all rows."}}),
      "Which form the CSV files of the tables have; left out: full.");
  return keys;
}

void apply_output(const Written<OutputKeys>& output, bool has_outages, bool run_is_good, Scenario& scenario,
                  Diagnostics& mistakes) {
  if (!output.valid()) return;
  apply_visits(output, run_is_good, scenario, mistakes);
  scenario.csv_bom = output->csv_bom;
  scenario.queues = output->queues;
  if (scenario.queues && run_is_good && scenario.run.length_s > 0) {
    add_mistake(mistakes, output.at(&OutputKeys::queues), "queues by hour of an unbroken run",
                "write a run by `days`, or leave it out");
  }
  scenario.csv_is_short = output->csv_is_short;
  std::vector<CostOf>& costs = scenario.costs;
  costs = output->costs;
  sort_unique(costs);
  if (costs.empty()) return;
  const Location& location = output.at(&OutputKeys::costs);
  if (!scenario.stations.empty()) {
    add_mistake(mistakes, location, "costs in a scenario of bare stations", "they call no system");
  } else if (costs.front() == CostOf::outages && !has_outages) {
    add_mistake(mistakes, location, "the cost of outages, and there are none",
                "write `outages` or `slow_downs`, or leave it out");
  }
}

}  // namespace pishkhan
