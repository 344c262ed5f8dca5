#pragma once
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"

namespace pishkhan {

/// A pattern of a roster, as it is written.
struct ShiftKeys {
  struct Break {
    double after_s = 0, length_s = 0;
  };
  std::string id;
  double start_s = 0, length_s = 0;
  Written<Break> pause;
  std::vector<Name> days;
};
Section<ShiftKeys> shift_keys();

/// The patterns, every one with hours on some day.
std::vector<ShiftPattern> make_shift_patterns(const std::vector<Written<ShiftKeys>>& written,
                                              Diagnostics& mistakes);

}  // namespace pishkhan
