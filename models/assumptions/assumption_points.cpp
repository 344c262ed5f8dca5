#include "models/assumptions/assumption_points.hpp"

#include "models/scenario/assumed_numbers.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/fnv.hpp"
#include "sim/random/philox.hpp"
#include "sim/random/space_filling.hpp"

namespace pishkhan {
namespace {

/// The last word of a draw's counter; no draw of a trial has it (models/trial/purpose.hpp).
constexpr std::uint32_t kTagOfAssumptions = UINT32_MAX;

}  // namespace

Scenario with_factors(const Scenario& scenario, const std::vector<AssumedRange>& ranges,
                      const std::vector<double>& factors) {
  Scenario varied = scenario;
  for (std::size_t k = 0; k < ranges.size(); ++k) {
    const AssumedNumber* number = find_assumed_number(ranges[k].file, ranges[k].column);
    PISHKHAN_EXPECT(number != nullptr);
    number->vary(varied, factors[k]);
  }
  return varied;
}

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

std::vector<double> sampled_factors(const Scenario& scenario, std::uint32_t replication) {
  const DrawKey key = draw_key(scenario.run.seed, replication);
  std::vector<double> factors;
  for (const AssumedRange& range : scenario.assumed_ranges) {
    const std::uint64_t name = fnv1a(range.file + ' ' + range.column);
    const Block block = draw(key, static_cast<std::uint32_t>(name), static_cast<std::uint32_t>(name >> 32), 0,
                             kTagOfAssumptions);
    factors.push_back(factor_at(range, uniform(block[0], block[1])));
  }
  return factors;
}

Scenario with_sampled_inputs(const Scenario& scenario, std::uint32_t replication) {
  Scenario varied = with_factors(scenario, scenario.assumed_ranges, sampled_factors(scenario, replication));
  varied.run.inputs = RunInputs::fixed;
  return varied;
}

Scenario at_assumption_point(const Scenario& scenario, const AssumptionPoints& points, std::size_t point) {
  PISHKHAN_EXPECT(point < points.factors.size());
  return with_factors(scenario, points.ranges, points.factors[point]);
}

}  // namespace pishkhan
