#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/stop_check.hpp"

namespace pishkhan {

/// Sorts a station-day's attempts by arrival. Attempts that arrive at the same time keep the order in which
/// they are given.
class ArrivalOrder {
 public:
  /// By the random words of the arrival times, of which the times are an increasing function. n words.
  void sort_by_word(const std::uint32_t* words, std::size_t n);
  /// By the arrival times themselves.
  void sort_by_time(std::span<const double> times_s, StopCheck stop = {});
  /// Puts `count` attempts, which now come first among all, before the others.
  void prepend(std::size_t count);
  /// Takes over a new order: for each visit the position of its attempt.
  void assign(std::span<const std::uint32_t> attempts) { order_.assign(attempts.begin(), attempts.end()); }

  /// Leaves the visits at these positions, which ascend.
  void keep(std::span<const std::uint32_t> visits) {
    for (std::size_t k = 0; k < visits.size(); ++k) order_[k] = attempt(visits[k]);
    order_.resize(visits.size());
  }

  [[nodiscard]] std::size_t size() const { return order_.size(); }
  /// Position among the attempts of visit number i in order of arrival.
  [[nodiscard]] std::uint32_t attempt(std::size_t i) const { return static_cast<std::uint32_t>(order_[i]); }
  /// The same for a key of keys(), for loops that must not look the order up anew for each visit.
  [[nodiscard]] static std::uint32_t attempt_of(std::uint64_t key) { return static_cast<std::uint32_t>(key); }
  [[nodiscard]] const std::uint64_t* keys() const { return order_.data(); }
  /// After sort_by_word: the word of visit i.
  [[nodiscard]] std::uint32_t word(std::size_t i) const {
    return static_cast<std::uint32_t>(order_[i] >> 32);
  }

 private:
  std::vector<std::uint64_t> order_;  ///< by visit: word << 32 | position of the attempt
  std::vector<std::uint32_t> buckets_;
};

}  // namespace pishkhan
