#include "tools/report/summary_table.hpp"

#include <cmath>
#include <limits>

namespace pishkhan {
namespace {

bool has_interval(const Estimate& estimate) {
  return std::isfinite(estimate.mean) && std::isfinite(estimate.half_width);
}

/// Why there is no number; empty where there is one.
std::string_view note_on(const Estimate& estimate, std::size_t replications) {
  if (has_interval(estimate)) return "";
  if (replications == 1) return "one replication: no interval, so no number";
  return "too few replications observed it";
}

}  // namespace

ColumnList<SummaryTable::Entry> SummaryTable::columns() {
  const auto number = [](const Entry& entry, double value) {
    return has_interval(entry.estimate) ? value : std::numeric_limits<double>::quiet_NaN();
  };
  ColumnList<Entry> list;
  list.add_identity("group", "What the row is about.", [](const Entry& entry) { return entry.group; });
  list.add_identity("quantity", "Quantity, defined as the columns of the same name in the other tables.",
                    [](const Entry& entry) { return entry.quantity; });
  list.add_attribute("unit", "Unit of mean, half_width, low and high.",
                     [](const Entry& entry) { return entry.unit; });
  list.add(ColumnKind::mean, "mean", "see unit",
           "Mean over replications, ratio of sums over them, or percentile of all replications together.",
           [number](const Entry& entry) { return number(entry, entry.estimate.mean); });
  list.add(ColumnKind::half_width, "half_width", "see unit", "Half the length of the 95% interval.",
           [number](const Entry& entry) { return number(entry, entry.estimate.half_width); });
  list.add(ColumnKind::low, "low", "see unit", "Lower end of the 95% interval.",
           [number](const Entry& entry) { return number(entry, entry.estimate.low); });
  list.add(ColumnKind::high, "high", "see unit", "Upper end of the 95% interval.",
           [number](const Entry& entry) { return number(entry, entry.estimate.high); });
  list.add(ColumnKind::count, "replications", "replications", "Replications that observed the quantity.",
           [](const Entry& entry) { return entry.estimate.replications; });
  list.add_attribute("note", "Why there is no number, where there is none.",
                     [](const Entry& entry) { return note_on(entry.estimate, entry.replications); });
  return list;
}

SummaryTable::SummaryTable(std::string description, const Results& results)
    : table_("summary", std::move(description), columns(), results.scenario.evidence),
      usual_(results.design_effects) {}

void SummaryTable::add(std::string_view group, std::string_view quantity, std::string_view unit,
                       const Estimate& estimate, std::size_t replications) {
  table_.add({group, quantity, unit, estimate, replications});
}

}  // namespace pishkhan
