#pragma once
#include <cstdint>

#include "sim/base/time.hpp"

namespace pishkhan {

/// A citizen on the way to a station. The citizen is (origin, zone, service, index) for life; each visit
/// is one attempt.
struct Attempt {
  std::uint32_t stream;  ///< zone << 16 | service; of a bare station: station << 16 | stream within it
  std::uint32_t index;
  DayNumber origin;  ///< day of the first attempt
  std::uint32_t station;
  std::uint16_t attempt = 0;       ///< visits (and online attempts) before this one
  std::uint8_t returns = 0;        ///< of these, how many ended unserved
  std::uint8_t citizen_class = 0;  ///< 1 + index into Scenario::classes; 0 for none
  bool lacks_papers = false;       ///< will be sent for missing papers when served
  std::uint8_t channel = 0;        ///< first chosen, after migration
  std::uint8_t redirects = 0;      ///< of today's attempts, those made on from office to office

  [[nodiscard]] std::uint32_t zone() const { return stream >> 16; }
  [[nodiscard]] std::uint32_t service() const { return stream & 0xffff; }
};

}  // namespace pishkhan
