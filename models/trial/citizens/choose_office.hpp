#pragma once
#include "models/demand/office_choice.hpp"

namespace pishkhan {

/// Who chooses: what the citizen's draws are keyed by.
struct ChoosingCitizen {
  DrawKey key;
  std::uint32_t index = 0;
  IdKey ids;
  DayNumber origin = 0;
  std::uint32_t first_pick = 0;  ///< a uniform word of the citizen
};

/// The office that the citizen chooses, by Luce's rule; kNoStation if the choices are empty.
///
/// It is the winner of a race of exponential clocks, one for each office, whose rate is the office's weight.
/// An office that opens, closes, or is given a service therefore moves those who come to it or leave it and
/// nobody else. The province's own offices race by picks from one table, at the rate of their weights, until
/// a pick is open and may give the service: the first of all of them, later ones of each kind apart, as many
/// services are not given at rural offices. Where that takes long, those that may serve ring clocks of their
/// own from then on, as do the offices opened by the scenario from the start.
StationIndex choose_office(const OfficeChoices& among, const ChoosingCitizen& citizen);

}  // namespace pishkhan
