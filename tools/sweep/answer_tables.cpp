#include "tools/sweep/answer_tables.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/base/stop_check.hpp"
#include "tools/sweep/sensitivity.hpp"
#include "tools/sweep/study_columns.hpp"

namespace pishkhan {
namespace {

using K = ColumnKind;

/// A response of a point in each replication; empty where one of them has no number.
std::vector<double> finite_values(const PointResult& result, std::size_t response) {
  if (response >= result.responses.size()) return {};
  const std::vector<double>& values = result.responses[response].by_replication;
  const bool finite =
      std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
  return finite ? values : std::vector<double>();
}

/// Rows of a design that have all their numbers of one response.
struct WholeRows {
  std::vector<RowOutputs> outputs;
  std::vector<std::size_t> numbers;  ///< of the rows
};

std::vector<WholeRows> whole_rows(const Study& study, const PointReader& points,
                                  const std::function<bool()>& stop) {
  std::vector<WholeRows> all(study.responses.size());
  const std::size_t of_row = study.points_of_row();
  for (std::size_t row = 0; row < study.sample; ++row) {
    if (stop()) throw Interrupted();
    std::vector<PointResult> results;
    for (std::size_t i = 0; i < of_row; ++i) results.push_back(points.read(row * of_row + i));
    for (std::size_t response = 0; response < all.size(); ++response) {
      RowOutputs outputs;
      for (const PointResult& result : results) outputs.push_back(finite_values(result, response));
      const bool whole = std::all_of(outputs.begin(), outputs.end(), [&](const auto& values) {
        return !values.empty() && values.size() == outputs.front().size();
      });
      if (!whole) continue;
      all[response].outputs.push_back(std::move(outputs));
      all[response].numbers.push_back(row);
    }
  }
  return all;
}

/// Which factor each step of a trajectory moves, and how far.
std::vector<Move> moves_of(const Study& study, const Design& design, std::size_t row) {
  std::vector<Move> moves;
  const std::size_t first = row * study.points_of_row();
  for (std::size_t step = 0; step < study.factors.size(); ++step) {
    for (std::size_t f = 0; f < study.factors.size(); ++f) {
      const double share = design.position(first + step + 1, f) - design.position(first + step, f);
      if (share != 0) moves.push_back({f, share});
    }
  }
  PISHKHAN_EXPECT(moves.size() == study.factors.size());
  return moves;
}

void add_sobol_indices(const WholeRows& rows, std::size_t response, std::vector<Sensitivity>& all) {
  const std::vector<SobolIndices> indices = estimate_sobol_indices(rows.outputs);
  for (std::size_t f = 0; f < indices.size(); ++f) {
    all.push_back({f, response, "first_order", indices[f].first_order, rows.outputs.size()});
    all.push_back({f, response, "total", indices[f].total, rows.outputs.size()});
  }
}

void add_elementary_effects(const WholeRows& rows, std::size_t response, const Study& study,
                            const Design& design, std::vector<Sensitivity>& all) {
  std::vector<std::vector<Move>> moves;
  for (const std::size_t row : rows.numbers) moves.push_back(moves_of(study, design, row));
  const std::vector<ElementaryEffects> effects = estimate_elementary_effects(rows.outputs, moves);
  for (std::size_t f = 0; f < effects.size(); ++f) {
    all.push_back({f, response, "mean_effect", effects[f].mean, rows.outputs.size()});
    all.push_back({f, response, "mean_size", effects[f].mean_size, rows.outputs.size()});
    all.push_back({f, response, "deviation", effects[f].deviation, rows.outputs.size()});
  }
}

/// Numbers of points, and their values of a response as if the least were best.
struct Contest {
  std::vector<std::size_t> points;
  std::vector<std::vector<double>> values;
};

bool is_index(const Sensitivity& one) { return one.index == "first_order" || one.index == "total"; }

/// How a row of the table `best` is made.
struct BestRow {
  std::size_t point, response;
  std::vector<Level> values;
  const Contender& contender;
  double sign;
};

}  // namespace

std::vector<Sensitivity> find_sensitivities(const Study& study, const Design& design,
                                            const PointReader& points, const std::function<bool()>& stop) {
  std::vector<Sensitivity> all;
  if (study.points_of_row() == 0) return all;
  const std::vector<WholeRows> rows = whole_rows(study, points, stop);
  for (std::size_t response = 0; response < rows.size(); ++response) {
    if (rows[response].outputs.empty()) continue;
    if (study.design == DesignKind::morris)
      add_elementary_effects(rows[response], response, study, design, all);
    else
      add_sobol_indices(rows[response], response, all);
  }
  return all;
}

std::vector<RankedPoint> find_best(const Study& study, const Design& design, const PointReader& points,
                                   const std::function<bool()>& stop) {
  std::vector<Contest> contests(study.responses.size());
  const bool any = std::any_of(study.responses.begin(), study.responses.end(),
                               [](const Response& response) { return response.best != Best::none; });
  for (std::size_t point = 0; any && point < design.size(); ++point) {
    if (stop()) throw Interrupted();
    const PointResult result = points.read(point);
    for (std::size_t i = 0; i < contests.size(); ++i) {
      std::vector<double> values = finite_values(result, i);
      const Best best = study.responses[i].best;
      Contest& contest = contests[i];
      const bool fits = contest.values.empty() || contest.values.front().size() == values.size();
      if (best == Best::none || values.empty() || !fits) continue;
      if (best == Best::greatest)
        for (double& value : values) value = -value;
      contest.points.push_back(point);
      contest.values.push_back(std::move(values));
    }
  }
  std::vector<RankedPoint> all;
  for (std::size_t i = 0; i < contests.size(); ++i) {
    const std::vector<Contender> contenders = compare_with_least(contests[i].values);
    for (std::size_t k = 0; k < contenders.size(); ++k)
      all.push_back({i, contests[i].points[k], contenders[k]});
  }
  return all;
}

Table make_sensitivities_table(const Study& study, Evidence evidence, const std::vector<Sensitivity>& all) {
  ColumnList<Sensitivity> list;
  list.add_identity("factor", "The factor.",
                    [&](const Sensitivity& row) { return study.factors[row.factor].id; });
  add_response_columns(study, list);
  list.add_identity(
      "index",
      "Of `sobol_indices`: `first_order`, the share of the variance of the response over the points that the "
      "factor makes alone, and `total`, with all in which it takes part. Of `morris`: `mean_effect` of the "
      "factor's moves (mu), the mean of their sizes (`mean_size`, mu*) and their standard deviation "
      "(`deviation`, sigma), of a move over the factor's whole range.",
      [](const Sensitivity& row) { return row.index; });
  list.add_attribute("unit", "Unit of the numbers.", [&](const Sensitivity& row) {
    return is_index(row) ? std::optional<std::string>("share")
                         : none_if_empty(unit_of(study.responses[row.response].quantity));
  });
  list.add_estimate(
      {"value", "see unit", K::mean, "Of the response's mean over replications; may be below 0 by chance.",
       TableForm::brief, Bounds::low_and_high},
      [](const Sensitivity& row) { return row.value; });
  list.add_attribute(
      "rows", "Rows of the design (trajectories of `morris`) behind it: those whose points all have numbers.",
      [](const Sensitivity& row) { return row.rows; });
  TableOf<Sensitivity> table(
      "sensitivities",
      "How much each response depends on each factor, of the designs `sobol_indices` and `morris`.",
      std::move(list), evidence);
  for (const Sensitivity& one : all) table.add(one);
  return table.take();
}

Table make_best_table(const Study& study, const Design* design, Evidence evidence,
                      const std::vector<RankedPoint>& all) {
  ColumnList<BestRow> list;
  add_factor_columns(study, list);
  add_response_columns(study, list);
  add_unit_column(study, list);
  list.add(K::mean, "value", "see unit", "Mean over replications of each one's value.",
           [](const BestRow& row) { return row.sign * row.contender.mean; });
  list.add_attribute(
      "may_be_best",
      "yes: among the points of which one is the best; no: another is better. All rows of a response "
      "hold together with 95% confidence.",
      [](const BestRow& row) {
        return std::isnan(row.contender.behind.mean) ? std::optional<std::string>()
               : row.contender.may_be_best           ? "yes"
                                                     : "no";
      });
  list.add_estimate(
      {"behind", "see unit", K::mean,
       "How much worse the point is than the best of the others; below 0 it is better. All intervals of "
       "a response hold together; who takes the point loses at most `behind_high`.",
       TableForm::brief, Bounds::low_and_high},
      [](const BestRow& row) { return row.contender.behind; });
  TableOf<BestRow> table(
      "best", "Every point compared with the best, of each response that says which value is `best`.",
      std::move(list), evidence);
  for (const RankedPoint& one : all) {
    const double sign = study.responses[one.response].best == Best::greatest ? -1 : 1;
    table.add({one.point, one.response, design->point(one.point), one.contender, sign});
  }
  return table.take();
}

}  // namespace pishkhan
