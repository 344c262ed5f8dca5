#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/totals/attempt.hpp"
#include "sim/coupling/joint_day.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

/// The calls that a day's online attempts make to agency systems, at random times of the day.
class WebCalls {
 public:
  WebCalls(const Scenario& scenario, const Plan::Data& data, DrawKey key);

  /// Replaces the calls by those of these attempts. Attempts at services without a system make none.
  void draw(std::span<const Attempt> online);
  void clear();
  /// Ordered by time.
  [[nodiscard]] std::span<const WebCall> calls() const { return calls_; }
  /// The call of attempt number k of those given to draw(); nothing where it makes none.
  [[nodiscard]] std::optional<std::size_t> call_of(std::size_t k) const {
    if (call_of_[k] == kNoCall) return std::nullopt;
    return call_of_[k];
  }
  /// Whether attempt number k of those given to draw() got no answer.
  [[nodiscard]] bool failed(std::size_t k, const CallsOutcome& outcome) const {
    return outcome.web_failed > 0 && call_of_[k] != kNoCall && outcome.web_fails[call_of_[k]] != 0;
  }

 private:
  static constexpr std::uint32_t kNoCall = UINT32_MAX;

  const Plan::Data& data_;
  DrawKey key_;
  ArrivalCurve curve_;
  std::vector<WebCall> calls_;
  std::vector<std::uint32_t> call_of_;  ///< by attempt
};

}  // namespace pishkhan
