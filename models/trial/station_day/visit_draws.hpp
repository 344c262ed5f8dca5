#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/totals/attempt.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

/// The random words of a station-day's attempts. Each word is a function of the citizen's key and the number
/// of the attempt, not of the station or of who else comes.
class VisitDraws {
 public:
  VisitDraws(const Plan::Data& data, DrawKey key) : data_(data), key_(key) {}

  /// Draws the words of all attempts; those of calls too, if asked for.
  void draw(std::span<const Attempt> attempts, bool with_calls);

  // Words by attempt, valid until the next draw().
  [[nodiscard]] const std::uint32_t* arrival() const { return words_[0].data(); }
  [[nodiscard]] const std::uint32_t* handling() const { return words_[1].data(); }
  [[nodiscard]] const std::uint32_t* patience() const { return words_[2].data(); }
  [[nodiscard]] const std::uint32_t* balking() const { return words_[3].data(); }
  /// Decides whether a citizen's visits to a counter call the agency's system.
  [[nodiscard]] const std::uint32_t* calls() const { return call_words_[0].data(); }

 private:
  const Plan::Data& data_;
  DrawKey key_;
  std::vector<std::uint32_t> index_, ids_, day_, tag_;  ///< the words of the counters
  std::array<std::vector<std::uint32_t>, 4> words_, call_words_;
};

}  // namespace pishkhan
