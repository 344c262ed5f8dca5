#pragma once
#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "models/scenario/schema/shape.hpp"

namespace pishkhan {

/// A key that stands in one scenario. Named parts of the language, which stand at many places, count as one:
/// `<distribution>.weibull.shape`.
struct KeyUse {
  bool low = false, high = false;  ///< with a value at a bound
};
using KeyUses = std::map<std::string, KeyUse>;

/// Name of the keys of a shape that stands at a path.
std::string keys_below(const Shape& shape, const std::string& path);

/// How many scenarios had each key of the language, and each at its bounds.
class KeyCoverage {
 public:
  /// `left_out` are keys that are never made.
  explicit KeyCoverage(const std::vector<std::string>& left_out);

  /// Of a scenario that was made and, if so, accepted, and then run to its end.
  void add(const KeyUses& uses, bool accepted, bool finished);

  /// Keys that no scenario run to its end had, or had at a bound; the same of those accepted. Without the
  /// bounds that no valid scenario has.
  [[nodiscard]] std::vector<std::string> missing(bool finished) const;
  /// Bounds that no valid scenario should have, and one had.
  [[nodiscard]] std::vector<std::string> unexpected() const;

  /// A line for each key.
  void print(std::ostream& out) const;

 private:
  struct Count {
    std::uint64_t present = 0, low = 0, high = 0;
  };
  struct Row {
    bool bounded = false;
    Count made, accepted, finished;
  };

  void collect(const Shape& shape, const std::string& path);

  std::map<std::string, Row> rows_;
  std::vector<std::string> names_;  ///< of definitions that were collected
};

}  // namespace pishkhan
