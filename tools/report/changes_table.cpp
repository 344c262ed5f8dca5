#include "tools/report/changes_table.hpp"

#include "tools/report/columns.hpp"

namespace pishkhan {

Table make_changes_table(const Results& results) {
  ColumnList<Change> list;
  list.add_identity("verb",
                    "Key of the scenario whose item changes something; month for one with a factor, "
                    "special_days for such days.",
                    [](const Change& change) { return change.verb; });
  list.add_identity(
      "item", "Number of the item in its list, from 0 as in paths; of migrations and special days the id.",
      [](const Change& change) { return change.item; });
  list.add_attribute("quantity", "What asked and reached count.",
                     [](const Change& change) { return change.quantity; });
  list.add_attribute("unit", "Unit of asked and reached.", [](const Change& change) { return change.unit; });
  list.add(
      ColumnKind::count, "asked", "see unit",
      "How much the item asks for: a share of the clerks; its whole share of the citizens of the counted "
      "days, whenever it begins; the stations it names.",
      [](const Change& change) { return change.asked; });
  list.add(ColumnKind::count, "reached", "see unit",
           "How much of it the counted days of the run have. Citizens moved are those expected (the table "
           "ledger counts them), clerks those of the first counted day on which the change holds.",
           [](const Change& change) { return change.reached; });
  list.add_attribute(
      "why", "Why reached is not what was asked; empty where it is.",
      [](const Change& change) { return change.why.empty() ? std::nullopt : std::optional(change.why); });
  list.add(
      ColumnKind::count, "counted_days", "days",
      "Counted days of the run on which it holds; on the others, all is as without it, and the numbers of "
      "the other tables are of all of them. Of failures at random, all.",
      [](const Change& change) { return change.counted_days; });
  TableOf<Change> table(
      "changes",
      "What each change of the scenario did: one row of each item of a verb, then of each month with a "
      "factor and each kind of special days. Exact numbers, the same in all replications.",
      std::move(list), results.scenario.evidence);
  for (const Change& change : results.changes) table.add(change);
  return table.take();
}

}  // namespace pishkhan
