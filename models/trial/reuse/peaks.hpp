#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "models/trial/reuse/kept_days.hpp"
#include "models/trial/reuse/partial_run.hpp"

namespace pishkhan {

/// By system, the most calls at once on the counted days of a variant that are not joint. The stays at the
/// systems are those of a kept run, without those of some stations `before` the change, and with those
/// `after` it. Nothing if on some day more calls come together at a system than it has cores, or if that is
/// not known.
std::optional<std::vector<std::uint32_t>> find_peaks(const Plan& base, const Plan& variant,
                                                     const KeptDays& kept, const PartialRun& before,
                                                     const PartialRun& after);

}  // namespace pishkhan
