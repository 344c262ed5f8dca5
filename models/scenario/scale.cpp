#include "models/scenario/scale.hpp"

namespace pishkhan {
namespace {

struct Scale {
  double factor;

  Distribution operator()(const Never& of) const { return of; }
  Distribution operator()(Constant of) const { return Constant{of.value * factor}; }
  Distribution operator()(Exponential of) const { return Exponential{of.mean * factor}; }
  Distribution operator()(Erlang of) const { return Erlang{of.mean * factor, of.shape}; }
  Distribution operator()(Gamma of) const { return Gamma{of.mean * factor, of.cv}; }
  Distribution operator()(Weibull of) const { return Weibull{of.shape, of.scale * factor}; }
  Distribution operator()(Lognormal of) const { return Lognormal{of.mean * factor, of.cv}; }
  Distribution operator()(Uniform of) const { return Uniform{of.low * factor, of.high * factor}; }
  Distribution operator()(Triangular of) const {
    return Triangular{of.low * factor, of.mode * factor, of.high * factor};
  }
  Distribution operator()(Empirical of) const {
    for (double& value : of.values) value *= factor;
    return of;
  }
  Distribution operator()(Mixture of) const {
    for (auto& [weight, part] : of.parts) part = scaled(part, factor);
    return of;
  }
};

}  // namespace

Distribution scaled(const Distribution& distribution, double factor) {
  return std::visit(Scale{factor}, distribution);
}

}  // namespace pishkhan
