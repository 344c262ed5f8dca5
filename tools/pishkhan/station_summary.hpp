#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tools/report/tables.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// Tables by channel (or bare station): who waited how long, who was not served, how busy the clerks and how
/// long the queues were. Columns of nothing but zeros are left out.
std::string totals_text(const Texts& texts, const Results& results);

/// How far citizens travel to the stations of each channel.
std::string travel_text(const Texts& texts, const Results& results);

/// Where the run of a province went: the stations of each channel in its last whole month or week. Empty
/// where the run is too short.
std::string end_state_text(const Texts& texts, const Results& results);

/// One of the ten stations of a channel with the lowest service level.
struct WorstStation {
  std::size_t station;                 ///< offices before counters
  std::vector<StationResult> tallies;  ///< by replication
};
/// The lowest first. Of offices, or of counters (Channel::traditional).
std::vector<WorstStation> find_worst_stations(const Results& results, Channel channel);

/// The offices and the counters with the lowest service level.
std::string worst_stations_text(const Texts& texts, const Results& results);
/// The same for scripts, of one channel.
nlohmann::ordered_json worst_stations_json(const Results& results, Channel channel);

}  // namespace pishkhan
