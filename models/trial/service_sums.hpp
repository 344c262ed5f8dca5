#pragma once
#include <span>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/trial/trial_result.hpp"
#include "sim/statistics/day_sums.hpp"

namespace pishkhan {

/// Visits by service and channel, and citizens whom a visit completed, summed before they are added to a
/// result. Nearly all visits are usual, and take a few additions; the unusual are told one by one.
class ServiceSums {
 public:
  explicit ServiceSums(std::size_t services);

  /// Adds a station-day. `parts` as StationObserver made them. Visits that were not served, came without the
  /// papers or are marked as `special` are unusual: they are only half added, and listed in unusual().
  void add(Channel channel, const Visits& visits, const VisitParts& parts,
           std::span<const std::uint8_t> reworked, std::span<const std::uint8_t> special);
  /// Positions of the last station-day's unusual visits, in order.
  [[nodiscard]] std::span<const std::uint32_t> unusual() const { return {unusual_.data(), unusual_count_}; }
  /// Adds the other half of one: what became of it. Whether a citizen is done is for the caller to say.
  void add_unusual(Channel channel, const Visits& visits, std::size_t i, bool reworked);
  /// As pishkhan::subtract_aside.
  void subtract_aside(Channel channel, const Visits& visits, const Aside& aside);

  /// Adds all to a result's tallies by service and channel, and begins anew.
  void flush(std::vector<VisitTally>& services, std::vector<CitizenTally>& citizens);
  void clear();

 private:
  struct alignas(64) Sums {
    double wait_s, wait_joined_s, handling_s, system_s;
    std::uint64_t arrived, served, in_target, usual;
  };
  [[nodiscard]] std::size_t row(Channel channel, std::uint32_t service) const {
    return static_cast<std::size_t>(channel) * services_ + service;
  }
  std::size_t services_;
  std::vector<Sums> sums_;                ///< by channel, then by service: a station's stand together
  std::vector<VisitTally> unusual_sums_;  ///< the same, of the unusual's other halves
  std::vector<std::uint32_t> unusual_;
  std::size_t unusual_count_ = 0;
};

}  // namespace pishkhan
