#pragma once
#include <string>
#include <string_view>

#include "models/trial/totals/trial_result.hpp"

namespace pishkhan {

/// A result as bytes and back, every bit the same. A replication in a process of its own sends its result so.
/// Another version of the program cannot read the bytes, so they must not be kept.
std::string to_bytes(const TrialResult& result);
/// Throws std::runtime_error when there are more or fewer bytes than a result has.
TrialResult from_bytes(std::string_view bytes);

}  // namespace pishkhan
