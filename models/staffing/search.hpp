#pragma once
#include <algorithm>
#include <climits>
#include <map>
#include <vector>

#include "models/staffing/promises.hpp"
#include "models/staffing/staffing_space.hpp"

namespace pishkhan {

/// Staffings of fewer paid hours with one clerk fewer.
std::vector<Staffing> one_clerk_fewer(const StaffingSpace& space, const Staffing& staffing);
/// These, and exchanges: two go and one comes, or one goes to a number of fewer hours.
std::vector<Staffing> cheaper_neighbours(const StaffingSpace& space, const Staffing& staffing);

/// Looks for the staffing of fewest paid hours with which a station keeps its promises in the mean of common
/// citizens. It asks for the staffings whose counts it needs, and goes on when it has them:
///
/// - One number of clerks: the present number and its neighbours first; numbers that fail grow by half until
///   one meets; then those between the last that fails and the first that meets are tried.
/// - Several numbers, of groups, shifts, hours or patterns: from the first guess or the present staffing, all
///   grow until the promises are kept; then clerks are taken away, one at a time, and exchanged, as long as
///   that saves hours and the promises are kept. Of what saves as much, what keeps them best is taken.
class StaffingSearch {
 public:
  /// The space must outlive it. `first`: what to begin with; by shift, hour or roster only.
  explicit StaffingSearch(const StaffingSpace& space, const Staffing& first = {});
  /// Clerks of a group beyond which more are of no use, as there is one for every citizen of a day. To be
  /// said before the second next().
  void at_most(int most) { most_ = std::max(most, 1); }

  /// The staffings whose counts are needed to go on; empty when the search has ended.
  std::vector<Staffing> next();
  void learn(const Staffing& staffing, const PromiseTests& tests) { known_[staffing] = tests; }

  /// After the end: the staffing found, or the largest, where not even that meets the promises.
  [[nodiscard]] const Staffing& found() const { return best_; }
  [[nodiscard]] bool attainable() const { return attainable_; }
  /// Nobody was counted, so there is nothing to find.
  [[nodiscard]] bool nobody_counted() const { return nobody_counted_; }
  [[nodiscard]] const std::map<Staffing, PromiseTests>& known() const { return known_; }

 private:
  [[nodiscard]] bool knows(const Staffing& staffing) const { return known_.contains(staffing); }
  [[nodiscard]] bool meets(const Staffing& staffing) const { return known_.at(staffing).meets; }
  [[nodiscard]] Staffing grown(const Staffing& staffing) const;
  std::vector<Staffing> grow();
  std::vector<Staffing> next_numbers();
  [[nodiscard]] std::vector<Staffing> numbers_between(int fails, int meets) const;
  [[nodiscard]] std::vector<Staffing> unknown_of(const std::vector<Staffing>& list) const;
  [[nodiscard]] const Staffing* best_of(const std::vector<Staffing>& list) const;
  [[nodiscard]] std::vector<Staffing> one_clerk_more() const;
  [[nodiscard]] std::vector<Staffing> likely_exchanges() const;
  std::vector<Staffing> take_away();

  const StaffingSpace& space_;
  int most_ = INT_MAX / 2;
  std::map<Staffing, PromiseTests> known_;
  Staffing best_;  ///< the largest tried while growing, then the best that meets
  bool growing_ = true, attainable_ = true, nobody_counted_ = false;
};

}  // namespace pishkhan
