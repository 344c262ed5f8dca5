#pragma once
#include <vector>

#include "models/scenario/scenario.hpp"

namespace pishkhan {

/// Most stretches that the channels of one zone and service may be cut into.
inline constexpr double kMostChannelStretches = 1000;

/// Into how many stretches the migrations cut the channels of a service, at most, on the day on which they
/// are most: see ChannelMap. Those that differ in channel or in the migrations that moved them are never
/// joined, so migrations back and forth multiply them.
double most_channel_stretches(const std::vector<Migration>& migrations, ServiceId service);

}  // namespace pishkhan
