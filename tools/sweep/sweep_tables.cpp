#include "tools/sweep/sweep_tables.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "sim/base/stop_check.hpp"
#include "tools/sweep/answer_tables.hpp"
#include "tools/sweep/study_columns.hpp"

namespace pishkhan {
namespace {

using K = ColumnKind;

/// What the rows of a point are made from.
struct PointRow {
  const std::vector<Level>& values;
  const PointResult& result;
  std::size_t point = result.point, response = 0, replication = 0;

  /// Null where the point failed.
  [[nodiscard]] const ResponseValue* value() const {
    return response < result.responses.size() ? &result.responses[response] : nullptr;
  }
};

using Columns = ColumnList<PointRow>;

void add_failure(Columns& list) {
  list.add_attribute("failure", "Why the point has no numbers; empty if it has.",
                     [](const PointRow& row) { return none_if_empty(row.result.failure); });
}

Columns columns_of_points(const Study& study) {
  Columns list;
  add_factor_columns(study, list);
  list.add_attribute("scenario_sha256",
                     "Of the resolved scenario, as in the manifest of a run; empty where it cannot be read.",
                     [](const PointRow& row) { return none_if_empty(row.result.scenario_sha256); });
  add_failure(list);
  return list;
}

Columns columns_of_responses(const Study& study) {
  Columns list;
  add_factor_columns(study, list);
  add_response_columns(study, list);
  add_unit_column(study, list);
  list.add_estimate({"value", "see unit", K::mean, "Over the replications of the point, with its interval.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const PointRow& row) { return row.value() ? row.value()->estimate : kNoEstimate; });
  add_failure(list);
  return list;
}

Columns columns_of_replications(const Study& study) {
  Columns list;
  add_factor_columns(study, list);
  add_response_columns(study, list);
  add_unit_column(study, list);
  list.add(K::identity, "replication", "",
           "Counting from 0; the same citizens at every point that has the same seed.",
           [](const PointRow& row) { return row.replication; });
  list.add(K::mean, "value", "see unit",
           "In this replication; one replication's number is no estimate. Empty where nothing was observed.",
           [](const PointRow& row) { return row.value()->by_replication[row.replication]; });
  return list;
}

struct SweepTable {
  TableHeader header;
  Columns columns;
};

std::vector<SweepTable> sweep_tables(const Study& study, Evidence evidence) {
  std::vector<SweepTable> tables;
  const auto add = [&](std::string name, std::string description, Columns columns) {
    columns.add_evidence(evidence);
    TableHeader header{std::move(name), std::move(description), columns.columns()};
    tables.push_back({std::move(header), std::move(columns)});
  };
  add("points", "Each point of the study: the value of every factor, in a column named after it.",
      columns_of_points(study));
  add("responses", "Each response of each point.", columns_of_responses(study));
  add("replications", "Each response of each point in each replication; points that failed have none.",
      columns_of_replications(study));
  return tables;
}

bool seeks_best(const Study& study) {
  return std::any_of(study.responses.begin(), study.responses.end(),
                     [](const Response& response) { return response.best != Best::none; });
}

/// Calls write(row) for the rows that a point has in the table of that number.
template <class Write>
void for_each_row(std::size_t table, PointRow row, std::size_t responses, Write write) {
  if (table == 0) return write(row);
  for (row.response = 0; row.response < responses; ++row.response) {
    if (table == 1) {
      write(row);
      continue;
    }
    const std::size_t replications = row.value() ? row.value()->by_replication.size() : 0;
    for (row.replication = 0; row.replication < replications; ++row.replication) write(row);
  }
}

}  // namespace

std::vector<TableHeader> sweep_headers(const Study& study, Evidence evidence) {
  std::vector<TableHeader> headers;
  for (SweepTable& table : sweep_tables(study, evidence)) headers.push_back(std::move(table.header));
  if (study.points_of_row() > 0) headers.push_back(make_sensitivities_table(study, evidence, {}).header);
  if (seeks_best(study)) headers.push_back(make_best_table(study, nullptr, evidence, {}).header);
  return headers;
}

DictionaryPart study_dictionary() {
  Study study;
  study.factors.resize(1);
  study.factors[0].id = "(factor)";
  study.factors[0].path = "path";
  study.responses.resize(1);
  study.responses[0].best = Best::least;
  study.design = DesignKind::sobol_indices;
  return {"Tables of a study", sweep_headers(study, Evidence::assumed)};
}

std::vector<std::size_t> write_sweep_tables(const Study& study, const Design& design, Evidence evidence,
                                            const PointReader& points, const std::vector<Writer*>& writers,
                                            const std::function<bool()>& stop) {
  const std::vector<SweepTable> tables = sweep_tables(study, evidence);
  std::vector<std::size_t> rows(tables.size(), 0);
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (Writer* writer : writers) writer->begin(tables[t].header);
    Row cells;
    for (std::size_t point = 0; point < design.size(); ++point) {
      if (stop()) throw Interrupted();
      const std::vector<Level> values = design.point(point);
      const PointResult result = points.read(point);
      for_each_row(t, {values, result}, study.responses.size(), [&](const PointRow& row) {
        cells.clear();
        tables[t].columns.append_cells(row, cells);
        for (Writer* writer : writers) writer->row(cells);
        ++rows[t];
      });
    }
    for (Writer* writer : writers) writer->end();
  }
  const auto write_whole = [&](const Table& table) {
    for (Writer* writer : writers) write_table(*writer, table);
    rows.push_back(table.rows.size());
  };
  if (study.points_of_row() > 0)
    write_whole(make_sensitivities_table(study, evidence, find_sensitivities(study, design, points, stop)));
  if (seeks_best(study))
    write_whole(make_best_table(study, &design, evidence, find_best(study, design, points, stop)));
  return rows;
}

}  // namespace pishkhan
