#include "models/scenario/sections/distribution.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "models/scenario/schema/section.hpp"

namespace pishkhan {
namespace {

/// Values of a family's parameters; NaN stands for one that is not given.
struct Given {
  std::array<double, 4> values{kNotGiven, kNotGiven, kNotGiven, kNotGiven};
  static constexpr double kNotGiven = std::numeric_limits<double>::quiet_NaN();
};

/// Parameters that are amounts are times here.
Scalar scalar_of(const Parameter& parameter) {
  const Quantity quantity = parameter.kind == Parameter::Kind::amount  ? Quantity::duration
                            : parameter.kind == Parameter::Kind::whole ? Quantity::count
                                                                       : Quantity::number;
  const double high = quantity == Quantity::duration ? kLongestMean_s : parameter.high;
  return value::within(quantity, {.low = parameter.low, .high = high, .above = parameter.above});
}

/// What must be given, and what may: `{shape}` with `scale` or `median`.
std::string label_of(const DistributionFamily& family) {
  std::string required, optional;
  for (const Parameter& parameter : family.parameters) {
    if (parameter.required)
      required += (required.empty() ? "" : ", ") + std::string(parameter.name);
    else
      optional += (optional.empty() ? " with `" : " or `") + std::string(parameter.name) + '`';
  }
  return "`{" + required + "}`" + optional;
}

/// A distribution of values that have no problem by themselves.
Distribution make_times(const DistributionFamily& family, std::span<const double> values,
                        const Location& location, Diagnostics& mistakes) {
  Distribution made = family.make(values);
  if (const auto wrong = check_times(made)) add_mistake(mistakes, location, wrong->problem, wrong->hint);
  return made;
}

Value<Distribution> by_parameters(const DistributionFamily& family) {
  Section<Given> keys(label_of(family));
  PISHKHAN_EXPECT(family.parameters.size() <= Given{}.values.size());
  for (std::size_t k = 0; k < family.parameters.size(); ++k) {
    const Parameter& parameter = family.parameters[k];
    const auto value = [k](Given& given) -> double& { return given.values[k]; };
    if (parameter.required)
      keys.required(std::string(parameter.name), value, scalar_of(parameter), std::string(parameter.doc));
    else
      keys.optional(std::string(parameter.name), value, scalar_of(parameter), std::string(parameter.doc));
  }
  return value::made_from<Distribution, Given>(
      keys, [&family](const Given& given, const Location& location, Diagnostics& mistakes) -> Distribution {
        const auto problem = family.problem(given.values);
        if (!problem) return make_times(family, given.values, location, mistakes);
        add_mistake(mistakes, location, std::string(problem->problem), std::string(problem->hint));
        return Never{};
      });
}

Value<Distribution> by_values(const DistributionFamily& family) {
  return value::made_from<Distribution, std::vector<double>>(
      value::list<double>(scalar_of(family.parameters[0]), 2, "a list of times"),
      [&family](const std::vector<double>& values, const Location& location, Diagnostics& mistakes) {
        return make_times(family, values, location, mistakes);
      });
}

bool can_be_checked(const MixturePart& part) {
  return part.weight > 0 && !std::holds_alternative<Never>(part.of) && !check_times(part.of);
}

/// `of` is the kind of value of the parts. What is wrong with a part is told of the part alone.
Value<Distribution> by_parts(const Value<Distribution>& of) {
  Section<MixturePart> keys("a part of a mixture");
  keys.required("weight", &MixturePart::weight, value::positive(Quantity::number),
                "Relative weight of the part.");
  keys.required("of", &MixturePart::of, of, "Its distribution.");
  return value::made_from<Distribution, std::vector<MixturePart>>(
      value::list<MixturePart>(keys, 1, "a list of `{weight, of}`"),
      [](std::vector<MixturePart> parts, const Location& location, Diagnostics& mistakes) -> Distribution {
        Mixture made{std::move(parts)};
        if (made.parts.empty() || !std::ranges::all_of(made.parts, can_be_checked)) return made;
        if (const auto wrong = check_times(made))
          add_mistake(mistakes, location, wrong->problem, wrong->hint);
        return made;
      });
}

Value<Distribution> by_limit(const Value<Distribution>& of) {
  struct Limited {
    double limit_s = 0;
    Distribution of;
  };
  Section<Limited> keys("a limit and a distribution");
  keys.required("limit", &Limited::limit_s,
                value::within(Quantity::duration, {.low = kShortestDuration_s, .high = kLongestDuration_s}),
                "The longest time.");
  keys.required("of", &Limited::of, of, "The distribution of the times before.");
  return value::made_from<Distribution, Limited>(
      keys, [](const Limited& given, const Location& location, Diagnostics& mistakes) -> Distribution {
        if (!(given.limit_s > 0) || check_times(given.of)) return given.of;
        Distribution made = limited(given.of, given.limit_s);
        if (const auto wrong = check_times(made))
          add_mistake(mistakes, location, wrong->problem, wrong->hint);
        return made;
      });
}

Value<Distribution> by_value(const DistributionFamily& family) {
  return value::made_from<Distribution, double>(scalar_of(family.parameters[0]),
                                                [&family](double value, const Location&, Diagnostics&) {
                                                  return family.make({&value, 1});
                                                });
}

/// The families by name, in the order of their list. Never is none: only patience may be that.
Value<Distribution> all_families() {
  value::Choice<Distribution> choice("distribution",
                                     "a distribution such as `{lognormal: {mean: 9 min, cv: 0.8}}`");
  const Value<Distribution> any{
      choice.own_shape(), [](const Node& node, const std::string& path, Diagnostics& mistakes,
                             Distribution& into) { distribution_value().read(node, path, mistakes, into); }};
  for (const DistributionFamily& family : distribution_families()) {
    if (family.form == FamilyForm::nothing) continue;
    choice.option(std::string(family.name),
                  family.form == FamilyForm::value        ? by_value(family)
                  : family.form == FamilyForm::parameters ? by_parameters(family)
                  : family.form == FamilyForm::values     ? by_values(family)
                  : family.form == FamilyForm::limited    ? by_limit(any)
                                                          : by_parts(any),
                  std::string(family.doc));
  }
  return choice;
}

}  // namespace

std::optional<Misread> check_times(const Distribution& times) {
  if (std::holds_alternative<Never>(times)) return std::nullopt;
  constexpr double kMostUniform = 1 - 0x1p-33;
  const auto days = [](double time_s) { return short_text(time_s / kSecondsPerDay) + " d"; };
  const double mean_s = mean(times);
  if (mean_s > 0 && mean_s < kShortestDuration_s) {
    return Misread{"its mean of " + short_text(mean_s) + " s is too short",
                   "0, or at least " + limit_text(Quantity::duration, kShortestDuration_s)};
  }
  if (!(mean_s <= kLongestMean_s))
    return Misread{"its mean of " + days(mean_s) + " is too long", "at most " + days(kLongestMean_s)};
  if (const double longest_s = quantile(times, kMostUniform); !(longest_s <= kLongestDuration_s)) {
    return Misread{"its times spread too far: the longest of all draws is " + days(longest_s),
                   "at most " + days(kLongestDuration_s)};
  }
  return std::nullopt;
}

std::string too_slow(double speed, double mean_s) {
  return "at speed " + number_text(speed) + " handling takes " + short_text(mean_s / speed / kSecondsPerDay) +
         " d on average, more than " + short_text(kLongestMean_s / kSecondsPerDay) + " d";
}

const Value<Distribution>& distribution_value() {
  static const Value<Distribution> made = all_families();
  return made;
}

Value<Distribution> patience_value() {
  return value::either<Distribution>(
      "patience", "a distribution such as `{exponential: {mean: 30 min}}`, or `never`",
      {value::words<Distribution>({{"never", Never{}, "Nobody gives up waiting."}}), distribution_value()});
}

}  // namespace pishkhan
