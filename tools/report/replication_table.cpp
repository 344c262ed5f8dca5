#include "tools/report/replication_table.hpp"

#include <limits>
#include <string>

#include "tools/report/shared_columns.hpp"

namespace pishkhan {
namespace {

struct ReplicationRow {
  std::size_t replication;
  std::string_view station;
  const StationResult& result;
};

/// What one replication says of a measure; NaN where it is none.
template <class T>
double value_of(const Measure<T>& measure, const StationResult& result) {
  if (measure.waits || measure.levels) return std::numeric_limits<double>::quiet_NaN();
  const double numerator = measure.numerator(result);
  if (!measure.denominator) return numerator;
  const double denominator = measure.denominator(result);
  return denominator > 0 ? numerator / denominator : std::numeric_limits<double>::quiet_NaN();
}

template <class T>
void add_values(ColumnList<ReplicationRow>& list, std::span<const Measure<T>> measures) {
  for (const Measure<T>& measure : measures) {
    list.add(measure.kind, std::string(measure.name), std::string(measure.unit),
             std::string(measure.description),
             [measure](const ReplicationRow& row) { return value_of(measure, row.result); });
  }
}

}  // namespace

Table make_replication_table(const Results& results, std::size_t first) {
  ColumnList<ReplicationRow> list;
  list.add_identity("replication", "Replication, counting from 0.",
                    [](const ReplicationRow& row) { return row.replication; });
  list.add_identity("station", "Id of the office, counter or station.",
                    [](const ReplicationRow& row) { return row.station; });
  add_values(list, visit_measures());
  add_values(list, queue_measures());
  add_values(list, staff_measures());
  for (const auto& [name, p] :
       {std::pair("wait_p50_s", 0.5), std::pair("wait_p90_s", 0.9), std::pair("wait_p95_s", 0.95)}) {
    list.add(ColumnKind::quantile, name, "s", "Percentile of the wait of the served.",
             [p = p](const ReplicationRow& row) { return row.result.waits.unpack().quantile(p); });
  }
  TableOf<ReplicationRow> table(
      "replications",
      "Each station in each replication. One replication's numbers are no estimate: "
      "they vary as replications do.",
      std::move(list), results.scenario.evidence);
  const std::vector<std::string_view> ids = station_ids(results.scenario);
  for (std::size_t i = 0; i < results.trials.size(); ++i) {
    const auto& stations = results.trials[i].stations;
    for (std::size_t s = 0; s < stations.size() && s < ids.size(); ++s)
      table.add({first + i, ids[s], stations[s]});
  }
  return table.take();
}

}  // namespace pishkhan
