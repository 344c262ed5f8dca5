#include "models/assumptions/assumption_points.hpp"

#include "models/scenario/assumed_numbers.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/random/space_filling.hpp"

namespace pishkhan {

double factor_at(const AssumedRange& range, double place) {
  return place < 0.5 ? range.low + (1 - range.low) * 2 * place : 1 + (range.high - 1) * (2 * place - 1);
}

AssumptionPoints draw_assumption_points(const Scenario& scenario, std::size_t points) {
  if (scenario.assumed_ranges.empty()) {
    throw UserError({{scenario.file.generic_string(), 0, 0, "province.evidence",
                      "sets of assumptions of a scenario without ranges",
                      "give its assumed numbers `low` and `high` in the table that `evidence` names"}});
  }
  AssumptionPoints drawn{scenario.assumed_ranges, {}};
  const auto places = latin_hypercube(points, drawn.ranges.size(), scenario.run.seed);
  for (const std::vector<double>& place : places) {
    std::vector<double>& factors = drawn.factors.emplace_back();
    for (std::size_t k = 0; k < place.size(); ++k) factors.push_back(factor_at(drawn.ranges[k], place[k]));
  }
  return drawn;
}

Scenario at_assumption_point(const Scenario& scenario, const AssumptionPoints& points, std::size_t point) {
  PISHKHAN_EXPECT(point < points.factors.size());
  Scenario varied = scenario;
  for (std::size_t k = 0; k < points.ranges.size(); ++k) {
    const AssumedNumber* number = find_assumed_number(points.ranges[k].file, points.ranges[k].column);
    PISHKHAN_EXPECT(number != nullptr);
    number->vary(varied, points.factors[point][k]);
  }
  return varied;
}

}  // namespace pishkhan
