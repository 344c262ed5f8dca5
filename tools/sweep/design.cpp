#include "tools/sweep/design.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/contract.hpp"
#include "sim/random/space_filling.hpp"
#include "tools/sweep/sensitivity_points.hpp"

namespace pishkhan {

Design::Design(const Study& study) : study_(study) {
  const std::vector<Factor>& factors = study.factors;
  switch (study.design) {
    case DesignKind::latin_hypercube:
      sample_ = latin_hypercube(study.sample, factors.size(), study.design_seed);
      size_ = study.sample;
      break;
    case DesignKind::sobol:
      sample_ = sobol_points(study.sample, factors.size());
      size_ = study.sample;
      break;
    case DesignKind::sobol_indices:
      sample_ = pick_freeze_points(study.sample, factors.size(), study.design_seed);
      size_ = sample_.size();
      break;
    case DesignKind::morris:
      sample_ = trajectory_points(study.sample, factors.size(), study.grid, study.design_seed);
      size_ = sample_.size();
      break;
    case DesignKind::full_factorial:
      size_ = 1;
      for (const Factor& factor : factors) size_ *= factor.levels.size();
      break;
    case DesignKind::one_at_a_time:
      size_ = 1;
      for (const Factor& factor : factors) size_ += factor.levels.size() - 1;
      break;
  }
}

std::size_t Design::level_at(std::size_t number, std::size_t factor) const {
  PISHKHAN_EXPECT(number < size_ && factor < study_.factors.size());
  const std::size_t levels = study_.factors[factor].levels.size();
  // A trajectory's moves are long enough to end at another level than they began.
  if (study_.design == DesignKind::morris)
    return static_cast<std::size_t>(std::lround(sample_[number][factor] * static_cast<double>(levels - 1)));
  if (!sample_.empty()) {
    const auto level = static_cast<std::size_t>(sample_[number][factor] * static_cast<double>(levels));
    return std::min(level, levels - 1);
  }
  if (study_.design == DesignKind::one_at_a_time) {
    std::size_t first = 1;  // point at which the factor has its second level
    for (std::size_t f = 0; f < factor; ++f) first += study_.factors[f].levels.size() - 1;
    return number >= first && number < first + levels - 1 ? number - first + 1 : 0;
  }
  // The last factor changes fastest.
  std::size_t points = 1;
  for (std::size_t f = factor + 1; f < study_.factors.size(); ++f) points *= study_.factors[f].levels.size();
  return number / points % levels;
}

double Design::position(std::size_t number, std::size_t factor) const {
  PISHKHAN_EXPECT(!sample_.empty());
  const std::size_t levels = study_.factors[factor].levels.size();
  if (levels == 0) return sample_[number][factor];
  if (levels == 1) return 0;
  return static_cast<double>(level_at(number, factor)) / static_cast<double>(levels - 1);
}

std::vector<Level> Design::point(std::size_t number) const {
  std::vector<Level> values;
  for (std::size_t f = 0; f < study_.factors.size(); ++f) {
    const Factor& factor = study_.factors[f];
    values.push_back(factor.levels.empty() ? factor.between(sample_[number][f])
                                           : factor.levels[level_at(number, f)]);
  }
  return values;
}

std::vector<std::string> overrides_of(const std::vector<Level>& values) {
  std::vector<std::string> overrides;
  for (const Level& value : values)
    overrides.insert(overrides.end(), value.overrides.begin(), value.overrides.end());
  return overrides;
}

}  // namespace pishkhan
