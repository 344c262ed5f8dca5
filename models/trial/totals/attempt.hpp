#pragma once
#include <cstdint>

#include "models/demand/station_index.hpp"
#include "models/province/province.hpp"
#include "sim/base/time.hpp"

namespace pishkhan {

/// Numbers of those who wait at a bare station when its doors open begin here: more never come on a day.
inline constexpr std::uint32_t kFirstAtStart = 1U << 31;

/// One attempt of a citizen to get the service: a visit to a station, or a try online. The citizen is
/// (origin, place, service, index) for life; random draws are keyed by it, so other citizens change nothing.
struct Attempt {
  std::uint32_t stream = 0;  ///< place << 16 | service; of a bare station: station << 16 | stream within it
  std::uint32_t index = 0;   ///< of the citizen among those of the same stream and origin
  DayNumber origin = 0;      ///< day on which the citizen first wants the service, be the station shut or not
  StationIndex station;      ///< where the attempt is made, or where it has to be made next
  std::uint16_t number = 0;  ///< attempts of the citizen before this one, online attempts included
  std::uint8_t retries = 0;  ///< visits before this one that ended unserved and were followed by a retry
  std::uint8_t citizen_class = 0;  ///< 1 + index into Scenario::classes; 0 for none
  bool lacks_papers = false;  ///< is handled for a part of the time, and has to come again with the papers
  Channel channel = Channel::traditional;  ///< first chosen, after migration
  std::uint8_t redirects = 0;  ///< how often the citizen was redirected to another office today, so far
  /// The station's opening of the doors on the day, counted from 0, from which on the visit may be made: not
  /// 0 where the citizen was there, or at another station, earlier on the day.
  std::uint8_t opening = 0;
  bool failed_online = false;          ///< an online attempt, and it failed
  std::uint8_t more_online_tries = 0;  ///< online attempts before this one, but for the first
  /// Of a visit in a booked slot: 1 + index into Scenario::appointments, and the minute after midnight at
  /// which the slot begins; else 0.
  std::uint16_t appointment = 0, slot_minute = 0;

  /// Of a bare station: whether the citizen waits there when the doors open.
  [[nodiscard]] bool is_at_start() const { return index >= kFirstAtStart && number == 0; }
  [[nodiscard]] std::uint32_t place() const { return stream >> 16; }
  [[nodiscard]] std::uint32_t service() const { return stream & 0xffff; }
  /// Visits to stations before this attempt.
  [[nodiscard]] std::uint32_t visits_before() const {
    const bool tried_online = channel == Channel::online && number > 0;
    return number - (tried_online ? 1U + more_online_tries : 0U);
  }
  friend bool operator==(const Attempt&, const Attempt&) = default;
};

/// The last opening of a day to which citizens come again; who was there in it comes on another day.
inline constexpr std::size_t kLastOpening = 7;

/// The order in which citizens of one station who come again are served at equal arrival times.
inline bool by_citizen(const Attempt& a, const Attempt& b) {
  if (a.origin != b.origin) return a.origin < b.origin;
  return a.stream != b.stream ? a.stream < b.stream : a.index < b.index;
}

}  // namespace pishkhan
