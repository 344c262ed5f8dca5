#include "sim/random/distributions/mixture.hpp"

#include <algorithm>

#include "sim/random/distribution.hpp"

namespace pishkhan {

double Mixture::total_weight() const {
  double total = 0;
  for (const MixturePart& part : parts) total += part.weight;
  return total;
}

double Mixture::expectation() const {
  double sum = 0;
  for (const auto& [weight, part] : parts) sum += weight * mean(part);
  return sum / total_weight();
}

double Mixture::variance() const {
  double sum = 0;
  for (const auto& [weight, part] : parts)
    sum += weight * (pishkhan::variance(part) + mean(part) * mean(part));
  return sum / total_weight() - expectation() * expectation();
}

Mixture Mixture::scaled(double factor) const {
  Mixture of = *this;
  for (MixturePart& part : of.parts) part.of = pishkhan::scaled(part.of, factor);
  return of;
}

double Mixture::quantile(double u) const {
  constexpr double kLeast = 0x1p-33;  // of the uniforms of 32 bits
  double left = u * total_weight();
  for (const MixturePart& part : parts) {
    if (left < part.weight || &part == &parts.back())
      return pishkhan::quantile(part.of, std::clamp(left / part.weight, kLeast, 1 - kLeast));
    left -= part.weight;
  }
  return 0;
}

std::vector<double> Mixture::part_ends() const {
  const double total = total_weight();
  std::vector<double> ends;
  double begin = 0;
  for (const MixturePart& part : parts) {
    for (const double end : pishkhan::part_ends(part.of)) ends.push_back((begin + end * part.weight) / total);
    begin += part.weight;
    if (&part != &parts.back()) ends.push_back(begin / total);
  }
  return ends;
}

bool Mixture::operator==(const Mixture&) const = default;

}  // namespace pishkhan
