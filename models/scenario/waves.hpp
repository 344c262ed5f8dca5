#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/province/province.hpp"

namespace pishkhan {

struct Scenario;
struct ScenarioSource;

/// A day from which services may move to another channel.
struct Wave {
  std::string id;
  DayNumber starts = 0;
  int clerks = 0;  ///< that may be added at the stations from this day on, for good
};

/// What is gained by a move.
enum class MoveGain : std::uint8_t {
  citizens,  ///< citizens who use the new channel
  time,      ///< hours that they spend less on their way, there and back
};

/// Which services may move in which wave: what `pishkhan plan` chooses. Services are those of the province.
struct MoveRules {
  std::vector<ServiceId> services;  ///< that may move; sorted, never empty
  /// Services that move in the same wave, or none of them; each group sorted, of two or more.
  std::vector<std::vector<ServiceId>> together;
  std::vector<std::vector<ServiceId>> in_order;  ///< none moves before the one that stands before it
  Channel from = Channel::traditional, to = Channel::office;
  double share = 1;  ///< of the citizens who would use `from`
  int ramp_days = 0;
  std::vector<Wave> waves;  ///< ascending days, never empty
  MoveGain gain = MoveGain::citizens;
  /// Services with the wave in which they move; none: they stay.
  std::vector<std::pair<ServiceId, std::optional<std::size_t>>> fixed;
  std::vector<std::pair<ServiceId, std::size_t>>
      forbidden;  ///< services with waves in which they do not move
};

/// What the block `plan` of a scenario says, which is no part of what a run simulates; none: there is no such
/// block. `scenario` is the one that load_scenario made of the same source. Throws UserError.
std::optional<MoveRules> load_moves(const ScenarioSource& source, const Scenario& scenario);

}  // namespace pishkhan
