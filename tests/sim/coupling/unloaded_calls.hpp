#pragma once
#include <span>

#include "sim/backbone/platform.hpp"
#include "sim/station/station.hpp"

namespace pishkhan {

/// Gives each visit the unloaded time of its service's call over the link, as the kernels want it.
inline void set_unloaded_calls(const Platform& platform, std::span<const Transaction> transactions,
                               AccessLinkId link, Visits& visits) {
  for (std::size_t i = 0; i < visits.size(); ++i) {
    Transaction what = transactions[visits.service[i]];
    what.from = link;
    visits.system_s[i] = what.work_s > 0 ? unloaded(platform, what).total_s() : 0;
  }
}

}  // namespace pishkhan
