#include "models/plan/dated_changes.hpp"

#include <algorithm>
#include <optional>

#include "models/plan/plan_data.hpp"
#include "models/province/calendar.hpp"

namespace pishkhan {
namespace {

/// Collects days of changes, and says the first that is within the run.
class Changes {
 public:
  Changes(const Scenario& scenario, const std::string& what, std::vector<Diagnostic>& mistakes)
      : scenario_(scenario), what_(what), mistakes_(mistakes) {}

  void add(DayNumber day) {
    const Run& run = scenario_.run;
    if (run.start < day && day < run.start + run.days && (!first_ || day < *first_)) first_ = day;
  }
  /// Tells the first of those that were added, and forgets them.
  void tell(const std::string& verb, const std::string& verbs) {
    if (first_) {
      mistakes_.push_back({scenario_.file.generic_string(), 0, 0, verb,
                           what_ + " while " + verbs + " on " + format_date(*first_),
                           "let the run begin on that day, or end before it"});
    }
    first_.reset();
  }
  template <class Items>
  void add_days(const Items& items) {
    for (const auto& item : items) {
      add(item.from_day);
      add(item.until_day);
    }
  }
  template <class Visit>
  void for_rules(Visit visit) const {
    for (const Office& office : scenario_.province->offices) visit(office.rules);
    for (const Counter& counter : scenario_.province->counters) visit(counter.rules);
  }
  void add_doors() {
    for_rules([&](const StationRules& rules) { add_days(rules.dated_doors); });
    tell("hours", "doors change");
    for_rules([&](const StationRules& rules) { add_absence(rules.groups); });
    tell("absence", "absence changes");
  }

 private:
  /// Clerks of a group that was cut in two at a day, before which they are absent more or less often.
  void add_absence(const std::vector<ClerkGroup>& groups) {
    for (const ClerkGroup& before : groups) {
      for (const ClerkGroup& after : groups) {
        if (after.id == before.id && after.from_day == before.until_day && after.absence != before.absence)
          add(after.from_day);
      }
    }
  }

  const Scenario& scenario_;
  const std::string& what_;
  std::vector<Diagnostic>& mistakes_;
  std::optional<DayNumber> first_;
};

}  // namespace

void add_dated_doors(const Scenario& scenario, const std::string& what, std::vector<Diagnostic>& mistakes) {
  if (scenario.province) Changes(scenario, what, mistakes).add_doors();
}

void add_appointments(const Scenario& scenario, const std::string& what, std::vector<Diagnostic>& mistakes) {
  if (scenario.appointments.empty()) return;
  mistakes.push_back({scenario.file.generic_string(), 0, 0, "appointments",
                      what + " where citizens book slots",
                      "write `without: [appointments]` beside `base`, or run it with "
                      "`--set 'appointments=[]'`; runs, comparisons and studies know appointments"});
}

void add_transfers(const Scenario& scenario, const std::string& what, std::vector<Diagnostic>& mistakes) {
  if (std::none_of(scenario.migrations.begin(), scenario.migrations.end(),
                   [](const Migration& migration) { return migration.transfer.has_value(); }))
    return;
  mistakes.push_back({scenario.file.generic_string(), 0, 0, "migrations",
                      what + " where clerks go from counters to offices with a migration",
                      "leave `transfer` out, and write as `staffing` who went, as the table `changes` says; "
                      "runs, comparisons and studies know transfers"});
}

void add_breaks(const Scenario& scenario, const std::string& what, std::vector<Diagnostic>& mistakes) {
  const auto has_break = [](const auto& station) { return station.rules.breaks; };
  const bool in_province = scenario.province && (std::ranges::any_of(scenario.province->offices, has_break) ||
                                                 std::ranges::any_of(scenario.province->counters, has_break));
  if (!in_province && std::ranges::none_of(scenario.stations, has_break)) return;
  mistakes.push_back({scenario.file.generic_string(), 0, 0, scenario.province ? "breaks" : "stations",
                      what + " where clerks have breaks",
                      scenario.province ? "write `without: [breaks]` beside `base`, or run it with `--set "
                                          "'breaks=[]'`; runs, comparisons and studies know breaks"
                                        : "leave `break` out; of rosters `shifts` may have breaks"});
}

void add_dated_demand(const Scenario& scenario, const std::string& what, std::vector<Diagnostic>& mistakes) {
  if (!scenario.province) return;
  add_appointments(scenario, what, mistakes);
  add_transfers(scenario, what, mistakes);
  Changes changes(scenario, what, mistakes);
  changes.add_days(scenario.demand.growth);
  changes.tell("demand_growth", "demand changes");
  for (const DayNumber day : authorisation_changes(*scenario.province)) changes.add(day);
  changes.tell("authorise", "authorisations change");
  if (scenario.demand.distance_elasticity > 0) {
    mistakes.push_back({scenario.file.generic_string(), 0, 0, "demand.distance_elasticity",
                        what + " with demand that hangs on distance", "leave it out"});
  }
  if (!brings_demand(*scenario.province)) return;
  mistakes.push_back({scenario.file.generic_string(), 0, 0, "hours", what + " with doors that bring demand",
                      "leave `brings` out"});
}

void add_dated_changes(const Scenario& scenario, const std::string& what, std::vector<Diagnostic>& mistakes) {
  if (!scenario.province) return;
  Changes changes(scenario, what, mistakes);
  changes.add_doors();
  changes.add_days(scenario.handling);
  changes.tell("handling", "handling changes");
  changes.add_days(scenario.online_failures);
  changes.tell("online_failures", "failures online change");
  add_dated_demand(scenario, what, mistakes);
}

}  // namespace pishkhan
