#pragma once
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include "sim/base/simd.hpp"

// What a family of distributions says about itself, in a file of its own in this folder. Every family has
//   kName, kDoc, kForm                 its name and description for users, and how it is given
//   kParameters, from(values)          what it is made of; not for FamilyForm::parts and limited
//   problem(values)                    optional: what is wrong with parameters that are each within bounds
//   expectation(), variance()          in the distribution's unit, and squared
//   scaled(factor)                     the distribution of factor times the amount, factor > 0
// and its quantile function: quantile(u), or a closed form that vector loops can compute too.

namespace pishkhan {

struct Parameter {
  enum class Kind : std::uint8_t {
    amount,  ///< in the unit of the distribution, a time for instance
    number,  ///< without unit
    whole,   ///< a whole number
  };
  std::string_view name;
  Kind kind = Kind::amount;
  double low = 0;
  double high = std::numeric_limits<double>::infinity();
  bool above = false;  ///< low itself is not allowed
  bool required = true;
  std::string_view doc;
};

/// How users give a distribution of the family.
enum class FamilyForm : std::uint8_t {
  nothing,     ///< the name alone
  value,       ///< one value, kParameters[0]
  parameters,  ///< values by name, kParameters
  values,      ///< a list of at least two values, each as kParameters[0]
  parts,       ///< weights and distributions
  limited,     ///< a limit and a distribution
};

struct Problem {
  std::string_view problem, hint;
};

/// Two numbers that a closed form is computed from. What they are is the family's affair.
struct Coefficients {
  double a = 0, b = 0;
};

/// The quantile is of_uniform(a, b, u), 0 < u < 1.
template <class F>
concept ClosedFormOfUniform = requires(const F& family, double x) {
  { family.coefficients() } -> std::same_as<Coefficients>;
  { F::of_uniform(x, x, x) } -> std::same_as<double>;
};
/// The quantile is of_normal(a, b, z), where z is the quantile of the standard normal distribution.
template <class F>
concept ClosedFormOfNormal = requires(const F& family, double x) {
  { family.coefficients() } -> std::same_as<Coefficients>;
  { F::of_normal(x, x, x) } -> std::same_as<double>;
};

// Parameters that several families have.
inline constexpr Parameter kMeanParameter{.name = "mean", .above = true, .doc = "Mean."};
inline constexpr Parameter kCvParameter{.name = "cv",
                                        .kind = Parameter::Kind::number,
                                        .high = 100,
                                        .above = true,
                                        .doc = "Coefficient of variation: standard deviation over mean."};

}  // namespace pishkhan
