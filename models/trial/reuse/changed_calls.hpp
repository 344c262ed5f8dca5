#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/trial/reuse/kept_days.hpp"

namespace pishkhan {

/// Compares the calls of changed stations at a system on a day with those that they had in a kept run.
class ChangedCalls {
 public:
  /// The most calls of all stations at once; 0 where none came or left.
  struct Peaks {
    std::uint32_t before = 0, after = 0;
  };
  /// In the times at which the changed stations have calls that they had not, or had others; or at all times.
  /// `marks`: by station, 1 where it is changed; `after`: the stays of these stations' calls now.
  Peaks find(const KeptStays& kept, std::span<const std::uint8_t> marks, std::span<const SystemStay> after,
             bool at_all_times);

 private:
  struct Interval {
    double from_s, to_s;
    friend auto operator<=>(const Interval&, const Interval&) = default;
  };
  /// Calls come or leave; `changed`: whether they were, or are, there at this time only in one of the two.
  struct Step {
    double time_s;
    bool leaves;
    std::int8_t before, after, changed;
  };
  void find_changes(const KeptStays& kept, std::span<const std::uint8_t> marks,
                    std::span<const SystemStay> after);
  void add(const Interval& stay, int before, int after, int changed);
  void add_kept(const KeptStays& kept, bool at_all_times);
  Peaks sweep(bool at_all_times);

  std::vector<Interval> before_, after_, gone_, new_, changed_;
  std::vector<Step> steps_;
};

}  // namespace pishkhan
