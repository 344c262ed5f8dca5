#include "tools/sweep/study_checks.hpp"

#include <algorithm>
#include <string>

#include "sim/random/space_filling.hpp"
#include "tools/sweep/design.hpp"

namespace pishkhan {
namespace {

/// What a sensitivity's design asks.
void check_sensitivities(const Study& study, const Location& design, Diagnostics& mistakes) {
  const auto factors = static_cast<double>(study.factors.size());
  const double of_row = study.design == DesignKind::morris ? factors + 1 : factors + 2;
  if (static_cast<double>(study.sample) * of_row > static_cast<double>(kMostPoints))
    add_mistake(mistakes, design, "the design has more than " + std::to_string(kMostPoints) + " points");
  if (study.replications > 0 && study.replications < kFewestForSensitivities) {
    add_mistake(
        mistakes, design,
        "it multiplies different replications, and " + std::to_string(study.replications) + " are too few",
        "at least " + std::to_string(kFewestForSensitivities));
  }
  if (study.design != DesignKind::morris) return;
  if (study.grid % 2 == 1) add_mistake(mistakes, design, "an odd number of `levels`", "for example 4");
  for (const Factor& factor : study.factors) {
    if (factor.levels.size() == 1) {
      mistakes.push_back(mistake_at(factor.mark, "factors." + factor.id, "a single value has no effect",
                                    "give it two or more"));
    }
  }
}

/// That it has points, and not too many.
void check_points(const Study& study, const Location& design, Diagnostics& mistakes) {
  if (study.factors.empty()) {
    add_mistake(mistakes, design, "a study without factors has no points", "say in `factors` what it varies");
    return;
  }
  if (study.design == DesignKind::sobol && study.factors.size() > kMostSobolCoordinates) {
    add_mistake(mistakes, design, std::to_string(study.factors.size()) + " factors",
                "at most " + std::to_string(kMostSobolCoordinates));
  }
  if (study.points_of_row() > 0) return check_sensitivities(study, design, mistakes);
  if (study.sample > 0) return;
  double points = 1;
  for (const Factor& factor : study.factors) {
    if (factor.levels.empty() && factor.is_numeric) {
      mistakes.push_back(mistake_at(factor.mark, "factors." + factor.id, "the design needs single values",
                                    "add `levels: 5`, or take a Latin hypercube or Sobol points"));
    }
    const auto levels = static_cast<double>(std::max<std::size_t>(1, factor.levels.size()));
    points = study.design == DesignKind::full_factorial ? points * levels : points + levels - 1;
  }
  if (points > static_cast<double>(kMostPoints)) {
    add_mistake(mistakes, design, "the design has more than " + std::to_string(kMostPoints) + " points",
                "take fewer levels, or a sample: `{latin_hypercube: {points: 1000}}`");
  }
}

/// Where the best is sought, every point is compared with every other.
void check_best(const Study& study, const Location& design, Diagnostics& mistakes) {
  const bool any = std::any_of(study.responses.begin(), study.responses.end(),
                               [](const Response& response) { return response.best != Best::none; });
  if (any && Design(study).size() > kMostCompared) {
    add_mistake(mistakes, design,
                "the best is found among at most " + std::to_string(kMostCompared) + " points",
                "leave out `best`, or take fewer points");
  }
}

}  // namespace

void check_design(const Study& study, const Location& design, Diagnostics& mistakes) {
  check_points(study, design, mistakes);
  if (mistakes.empty()) check_best(study, design, mistakes);
}

}  // namespace pishkhan
