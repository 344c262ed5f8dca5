#include "tools/report/freed_hours_table.hpp"

#include <string>

#include "tools/report/columns.hpp"
#include "tools/report/staffing_tables.hpp"

namespace pishkhan {
namespace {

using K = ColumnKind;

struct Line {
  const Scenario& scenario;
  const FreedHours& freed;
};

const Counter& counter_of(const Line& line) {
  const Province& province = *line.scenario.province;
  return province.counters[line.freed.station.index() - province.offices.size()];
}

}  // namespace

Table make_freed_hours_table(const Scenario& scenario, const std::vector<FreedHours>& freed) {
  ColumnList<Line> list;
  list.add_identity("station", "Counter.", [](const Line& line) { return counter_of(line).id; });
  list.add_attribute("agency", "Whose it is.", [](const Line& line) {
    return line.scenario.province->agencies[counter_of(line).agency.index()].id;
  });
  list.add_attribute("county", "Where it is.", [](const Line& line) {
    return line.scenario.province->counties[counter_of(line).county.index()].id;
  });
  list.add(K::count, "clerks_now", "clerks", "As the scenario says.",
           [](const Line& line) { return line.freed.after.clerks_now; });
  list.add(K::count, "paid_hours_now", "h", "Their shifts in a week without holidays.",
           [](const Line& line) { return line.freed.after.paid_hours_now; });
  list.add(K::count, "clerks_needed_before", "clerks",
           "The fewest found to meet the targets without the migrations that take citizens from counters.",
           [](const Line& line) { return line.freed.before.clerks_needed; });
  list.add(K::count, "paid_hours_before", "h", "The same in paid hours a week.",
           [](const Line& line) { return line.freed.before.paid_hours_needed; });
  list.add_attribute("proof_before", "How far that is proven, as `proof` of `staffing`.",
                     [](const Line& line) { return to_string(line.freed.before.proof); });
  list.add(K::count, "clerks_needed_after", "clerks",
           "The same with the migrations, over the counted days, as `clerks_needed` of `staffing`.",
           [](const Line& line) { return line.freed.after.clerks_needed; });
  list.add(K::count, "paid_hours_after", "h", "The same in paid hours a week.",
           [](const Line& line) { return line.freed.after.paid_hours_needed; });
  list.add_attribute("proof_after", "How far that is proven, as `proof` of `staffing`.",
                     [](const Line& line) { return to_string(line.freed.after.proof); });
  list.add(K::ratio, "freed_h", "h",
           "Paid hours a week that are needed before and not after; a counter that nobody comes to needs "
           "none. Empty where either is not known (unattainable, not_varied).",
           [](const Line& line) { return line.freed.freed_h(); });
  TableOf<Line> table("freed_hours", "Clerk hours of counters that migrations free, of `staff`.",
                      std::move(list), scenario.evidence);
  for (const FreedHours& one : freed) table.add({scenario, one});
  return table.take();
}

}  // namespace pishkhan
