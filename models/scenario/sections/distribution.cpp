#include "models/scenario/sections/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "models/scenario/schema/section.hpp"

namespace pishkhan {
namespace {

Scalar time() { return value::positive(Quantity::duration); }
Scalar time_or_zero() { return value::amount(Quantity::duration); }

/// A family of distributions whose keys are its parameters.
template <class Family>
Value<Distribution> family(const Section<Family>& keys) {
  return value::as<Distribution, Family>(keys);
}

template <class Family>
Value<Distribution> by_mean_and_cv() {
  Section<Family> keys("`{mean, cv}`");
  keys.required("mean", &Family::mean, time(), "Mean.");
  keys.required("cv", &Family::cv, value::within(Quantity::number, {.low = 0, .high = 100, .above = true}),
                "Coefficient of variation: standard deviation over mean.");
  return family(keys);
}

Value<Distribution> constant() {
  return value::as<Distribution, Constant>(value::part(&Constant::value, time_or_zero()));
}

Value<Distribution> exponential() {
  Section<Exponential> keys("`{mean}`");
  keys.required("mean", &Exponential::mean, time(), "Mean.");
  return family(keys);
}

Value<Distribution> erlang() {
  Section<Erlang> keys("`{mean, shape}`");
  keys.required("mean", &Erlang::mean, time(), "Mean of the sum.");
  keys.required("shape", &Erlang::shape, value::whole(1, 1000), "Number of exponential phases.");
  return family(keys);
}

struct WeibullKeys {
  double shape = 1;
  std::optional<double> scale_s, median_s;
};

Value<Distribution> weibull() {
  Section<WeibullKeys> keys("`{shape}` with `scale` or `median`");
  keys.required("shape", &WeibullKeys::shape,
                value::within(Quantity::number, {.low = 0, .high = 1000, .above = true}),
                "Shape: below 1 the hazard falls, above 1 it rises.");
  keys.optional("scale", &WeibullKeys::scale_s, time(), "Scale; give it or the median.");
  keys.optional("median", &WeibullKeys::median_s, time(), "Median; give it or the scale.");
  return value::made_from<Distribution, WeibullKeys>(
      keys, [](const WeibullKeys& of, const Location& location, Diagnostics& mistakes) -> Distribution {
        if (of.scale_s.has_value() == of.median_s.has_value()) {
          add_mistake(mistakes, location, "a Weibull has a scale or a median",
                      "give exactly one of `scale` and `median`");
          return Never{};
        }
        // The median is scale (ln 2)^(1/shape).
        return Weibull{of.shape,
                       of.scale_s ? *of.scale_s : *of.median_s / std::pow(std::log(2.0), 1 / of.shape)};
      });
}

Value<Distribution> uniform() {
  Section<Uniform> keys("`{low, high}`");
  keys.required("low", &Uniform::low, time_or_zero(), "Smallest time.");
  keys.required("high", &Uniform::high, time(), "Largest time.");
  return value::made_from<Distribution, Uniform>(
      keys, [](const Uniform& of, const Location& location, Diagnostics& mistakes) -> Distribution {
        if (of.low >= of.high) add_mistake(mistakes, location, "low is not below high");
        return of;
      });
}

Value<Distribution> triangular() {
  Section<Triangular> keys("`{low, mode, high}`");
  keys.required("low", &Triangular::low, time_or_zero(), "Smallest time.");
  keys.required("mode", &Triangular::mode, time_or_zero(), "Most likely time.");
  keys.required("high", &Triangular::high, time(), "Largest time.");
  return value::made_from<Distribution, Triangular>(
      keys, [](const Triangular& of, const Location& location, Diagnostics& mistakes) -> Distribution {
        if (of.low >= of.high)
          add_mistake(mistakes, location, "low is not below high");
        else if (of.mode < of.low || of.mode > of.high)
          add_mistake(mistakes, location, "mode is not between low and high");
        return of;
      });
}

Value<Distribution> empirical() {
  return value::made_from<Distribution, std::vector<double>>(
      value::list<double>(time_or_zero(), 2, "a list of times"),
      [](std::vector<double>&& values, const Location&, Diagnostics&) -> Distribution {
        std::sort(values.begin(), values.end());
        return Empirical{std::move(values)};
      });
}

/// `of` is the kind of value of the parts.
Value<Distribution> mixture(const Value<Distribution>& of) {
  Section<MixturePart> keys("a part of a mixture");
  keys.required("weight", &MixturePart::weight, value::positive(Quantity::number),
                "Relative weight of the part.");
  keys.required("of", &MixturePart::of, of, "Its distribution.");
  return value::as<Distribution, Mixture>(
      value::part(&Mixture::parts, value::list<MixturePart>(keys, 1, "a list of `{weight, of}`")));
}

/// The families by name. Every distribution of the model but Never, which only patience may be, has its row.
Value<Distribution> all_families() {
  value::Choice<Distribution> families("distribution",
                                       "a distribution such as `{lognormal: {mean: 9 min, cv: 0.8}}`");
  const Value<Distribution> any{families.own_shape(), [](const Node& node, const std::string& path,
                                                         Diagnostics& mistakes, Distribution& into) {
                                  distribution_value().read(node, path, mistakes, into);
                                }};
  families.option("constant", constant(), "Always the same time.")
      .option("exponential", exponential(), "Exponential.")
      .option("erlang", erlang(), "Erlang.")
      .option("gamma", by_mean_and_cv<Gamma>(), "Gamma.")
      .option("weibull", weibull(), "Weibull.")
      .option("lognormal", by_mean_and_cv<Lognormal>(), "Lognormal, as handling times mostly are.")
      .option("uniform", uniform(), "Uniform.")
      .option("triangular", triangular(), "Triangular.")
      .option("empirical", empirical(),
              "Observed times; the quantile function is piecewise linear through them.")
      .option("mixture", mixture(any), "One of several distributions, by weight.");
  return families;
}

}  // namespace

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
