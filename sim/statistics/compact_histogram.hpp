#pragma once
#include <cstdint>
#include <string>

#include "sim/statistics/wait_histogram.hpp"

namespace pishkhan {

/// A WaitHistogram in little memory, to be kept: most bins of a station count few visits or none, so that a
/// tenth of the memory is enough. A count is written in base 128, lowest digit first, with 128 added to each
/// digit but the last; a run of n empty bins is a 0 and the number n.
class CompactHistogram {
 public:
  CompactHistogram() = default;
  explicit CompactHistogram(const WaitHistogram& histogram);
  /// From the bytes() of another. Throws std::runtime_error where they are not whole.
  explicit CompactHistogram(std::string bytes);

  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] WaitHistogram unpack() const;
  /// Adds the counts, without unpacking them first.
  void add_to(WaitHistogram& sum) const;

  friend bool operator==(const CompactHistogram&, const CompactHistogram&) = default;

 private:
  std::string bytes_;
};

}  // namespace pishkhan
