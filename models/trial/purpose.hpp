#pragma once
#include <cstdint>

namespace pishkhan {

/// What a draw of the trial is for. Each purpose has its own block of four 32-bit words.
enum class Purpose : std::uint16_t {
  routing,      ///< channel, first pick of an office, class; whether papers are missing, or an online attempt
                ///< fails
  visit,        ///< arrival, handling, patience, balking
  retry,        ///< whether an unserved citizen returns
  count,        ///< citizens of a stream on a day
  busyness,     ///< the day's factor of the province, a county or a bare station
  absence,      ///< of a clerk
  sample,       ///< whether a visit is written out
  call,         ///< whether a citizen's visits to a counter call the system
  outage,       ///< when something fails, and for how long
  web,          ///< when an online attempt is made
  pick,         ///< of an office, after the first
  pick_time,    ///< when an office is picked
  clock,        ///< of a citizen at an office that the scenario opened: the least of them takes the citizen
  brought,      ///< whether the doors of the chosen station bring a citizen
  web_day,      ///< whether a citizen goes online on a day on which all else is closed
  appointment,  ///< whether a citizen books, when on the day; whether the citizen comes, and how early
  after_online,  ///< what a citizen does after a failed online attempt
  online_again,  ///< whether a further online attempt fails
  batch,         ///< of a bare station's stream: when it comes, and its size
  schedule,      ///< whether somebody comes as planned, and how far from the planned time
};

/// The last word of a draw's counter.
constexpr std::uint32_t tag(std::uint32_t attempt, Purpose purpose) {
  return attempt << 16 | static_cast<std::uint32_t>(purpose);
}

}  // namespace pishkhan
