#pragma once
#include <string>

#include "models/theory/closed_form.hpp"
#include "sim/random/distribution.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan {

/// Mean and coefficient of variation of several distributions of handling together.
class HandlingMix {
 public:
  void add(double weight, const Distribution& handling);
  [[nodiscard]] double mean_s() const { return weight_ > 0 ? first_ / weight_ : 0; }
  [[nodiscard]] double cv() const;
  /// Whether all are exponential with one mean.
  [[nodiscard]] bool is_exponential() const { return exponential_ && weight_ > 0; }

 private:
  double weight_ = 0, first_ = 0, second_ = 0;
  double mean_of_last_ = 0;
  bool exponential_ = true;
};

/// What a station has that its formula leaves out, in the order in which it is told.
struct Reasons {
  std::string text;
  void add(bool holds, const char* reason) {
    if (holds) text += (text.empty() ? "" : "; ") + std::string(reason);
  }
};

/// A station without its load: what a closed form needs, with the handling of clerks at speed 1, and what it
/// leaves out.
struct FormulaInputs {
  theory::Queue queue;
  Reasons left_out;
};

FormulaInputs inputs_of(const Scenario& scenario, const BareStation& station);
/// Of an office or counter with the handling of its channel.
FormulaInputs inputs_of(const Scenario& scenario, Channel channel, const StationRules& rules,
                        const HandlingMix& handling);
/// Handling at the stations of a channel, by what was served there in all replications.
HandlingMix handling_of(const Results& results, Channel channel);

}  // namespace pishkhan
