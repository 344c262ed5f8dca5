#pragma once
#include "sim/base/id.hpp"

namespace pishkhan {

/// A station's place in Plan::Data::stations: offices, then counters; or the bare stations.
using StationIndex = Id<struct StationTag>;

/// No station gives the service.
inline constexpr StationIndex kNoStation{UINT32_MAX};

}  // namespace pishkhan
