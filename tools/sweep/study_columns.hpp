#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "tools/report/columns.hpp"
#include "tools/sweep/responses.hpp"
#include "tools/sweep/study.hpp"

// Columns that several tables of a study have. They outlive neither the study nor what a row refers to.
namespace pishkhan {

inline std::optional<std::string> none_if_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

/// The point of a row, `row.point`, and the value of each factor at it, `row.values`.
template <class Row>
void add_factor_columns(const Study& study, ColumnList<Row>& list) {
  list.add_identity("point", "Number of the point, counting from 0.",
                    [](const Row& row) { return row.point; });
  for (std::size_t f = 0; f < study.factors.size(); ++f) {
    const Factor& factor = study.factors[f];
    const std::string what =
        "Factor: " + (factor.path.empty() ? "the variant." : '`' + factor.path + "` of the scenario.");
    if (factor.is_numeric) {
      const std::size_t begin = factor.unit.find_first_not_of(' ');
      list.add(ColumnKind::attribute, factor.id, begin < factor.unit.size() ? factor.unit.substr(begin) : "",
               what, [f](const Row& row) { return row.values[f].number; });
    } else {
      list.add_attribute(factor.id, what, [f](const Row& row) { return row.values[f].text; });
    }
  }
}

/// Which response a row is of, `row.response`, an index; its unit is a column of its own, `unit`.
template <class Row>
void add_response_columns(const Study& study, ColumnList<Row>& list) {
  const auto add = [&](const char* name, const char* description, std::string Response::*member,
                       const std::string& all) {
    list.add_identity(name, description, [&study, member, all](const Row& row) {
      const std::string& text = study.responses[row.response].*member;
      return text.empty() ? all : text;
    });
  };
  add("quantity", "As in the tables of a run, without `_mean`.", &Response::quantity, "");
  add("channel", "Of the stations of this channel; of citizens, the first that they chose.",
      &Response::channel, "all");
  add("county", "Of the stations of this county.", &Response::county, "all");
  add("station", "Of this station.", &Response::station, "all");
}

template <class Row>
void add_unit_column(const Study& study, ColumnList<Row>& list) {
  list.add_attribute("unit", "Unit of the numbers.", [&study](const Row& row) {
    return none_if_empty(unit_of(study.responses[row.response].quantity));
  });
}

}  // namespace pishkhan
