#include "tools/sweep/sweep_tables.hpp"

#include <optional>
#include <utility>

#include "sim/base/stop_check.hpp"
#include "tools/report/columns.hpp"

namespace pishkhan {
namespace {

using K = ColumnKind;

/// What the rows of a point are made from.
struct PointRow {
  const std::vector<Level>& values;
  const PointResult& result;
  std::size_t response = 0, replication = 0;

  /// Null where the point failed.
  [[nodiscard]] const ResponseValue* value() const {
    return response < result.responses.size() ? &result.responses[response] : nullptr;
  }
};

using Columns = ColumnList<PointRow>;

std::optional<std::string> none_if_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

/// The point, and the value of each factor at it.
Columns factor_columns(const Study& study) {
  Columns list;
  list.add_identity("point", "Number of the point, counting from 0.",
                    [](const PointRow& row) { return row.result.point; });
  for (std::size_t f = 0; f < study.factors.size(); ++f) {
    const Factor& factor = study.factors[f];
    const std::string what =
        "Factor: " + (factor.path.empty() ? "the variant." : '`' + factor.path + "` of the scenario.");
    if (factor.is_numeric) {
      const std::size_t begin = factor.unit.find_first_not_of(' ');
      list.add(K::attribute, factor.id, begin < factor.unit.size() ? factor.unit.substr(begin) : "", what,
               [f](const PointRow& row) { return row.values[f].number; });
    } else {
      list.add_attribute(factor.id, what, [f](const PointRow& row) { return row.values[f].text; });
    }
  }
  return list;
}

/// Which response a row is of.
void add_response_columns(const Study& study, Columns& list) {
  const auto add = [&](const char* name, const char* description, std::string Response::*member,
                       const std::string& all) {
    list.add_identity(name, description, [&study, member, all](const PointRow& row) {
      const std::string& text = study.responses[row.response].*member;
      return text.empty() ? all : text;
    });
  };
  add("quantity", "As in the tables of a run, without `_mean`.", &Response::quantity, "");
  add("channel", "Of the stations of this channel; of citizens, the first that they chose.",
      &Response::channel, "all");
  add("county", "Of the stations of this county.", &Response::county, "all");
  add("station", "Of this station.", &Response::station, "all");
  list.add_attribute("unit", "Unit of the numbers.", [&study](const PointRow& row) {
    return none_if_empty(unit_of(study.responses[row.response].quantity));
  });
}

void add_failure(Columns& list) {
  list.add_attribute("failure", "Why the point has no numbers; empty if it has.",
                     [](const PointRow& row) { return none_if_empty(row.result.failure); });
}

Columns columns_of_points(const Study& study) {
  Columns list = factor_columns(study);
  list.add_attribute("scenario_sha256",
                     "Of the resolved scenario, as in the manifest of a run; empty where it cannot be read.",
                     [](const PointRow& row) { return none_if_empty(row.result.scenario_sha256); });
  add_failure(list);
  return list;
}

Columns columns_of_responses(const Study& study) {
  Columns list = factor_columns(study);
  add_response_columns(study, list);
  list.add_estimate({"value", "see unit", K::mean, "Over the replications of the point, with its interval.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const PointRow& row) { return row.value() ? row.value()->estimate : kNoEstimate; });
  add_failure(list);
  return list;
}

Columns columns_of_replications(const Study& study) {
  Columns list = factor_columns(study);
  add_response_columns(study, list);
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
  return headers;
}

DictionaryPart study_dictionary() {
  Study study;
  study.factors.resize(1);
  study.factors[0].id = "(factor)";
  study.factors[0].path = "path";
  study.responses.resize(1);
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
  return rows;
}

}  // namespace pishkhan
