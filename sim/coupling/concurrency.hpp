#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "sim/backbone/backbone.hpp"

namespace pishkhan {

/// Counts how many transactions are at a system at once.
class Concurrency {
 public:
  /// The greatest number of `stays` at one instant, or `known` if that is greater. At an instant at which one
  /// transaction comes and another leaves, both are counted. To be fast, it divides time into slots and
  /// counts exactly only in slots in which the number may exceed `known`.
  std::uint32_t peak(std::span<const SystemStay> stays, std::uint32_t known);
  /// Integral over time of how many more than `level` of the stays there are, in seconds.
  double area_above(std::span<const SystemStay> stays, std::uint32_t level);
  /// Positions of the stays that are there at an instant with more than `level` of them, as peak() counts, in
  /// ascending order.
  std::vector<std::uint32_t> find_above(std::span<const SystemStay> stays, std::uint32_t level);

 private:
  static constexpr double kSlotsPerSecond = 0.25;  ///< fewer where this makes more than kMostSlots
  static constexpr double kMostSlots = 1e6;
  static constexpr std::size_t kFewStays = 512;  ///< these are counted exactly at once
  void add_steps(const SystemStay& stay);
  void find_bounds(std::span<const SystemStay> stays);
  void add_steps_where_above(std::span<const SystemStay> stays, std::int32_t limit);
  [[nodiscard]] std::size_t slot(double time_s) const {
    return static_cast<std::size_t>(time_s * slots_per_second_);
  }
  void add_steps_above(std::span<const SystemStay> stays, std::uint32_t known);
  double slots_per_second_ = kSlotsPerSecond;
  std::vector<std::int32_t> bound_;  ///< by slot: at most so many stays at one instant
  std::vector<std::pair<double, int>> steps_;
};

}  // namespace pishkhan
