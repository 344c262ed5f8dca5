#pragma once
#include <string>
#include <string_view>

#include "models/trial/totals/trial_result.hpp"

namespace pishkhan {

/// A result as bytes and back, every bit the same: how a replication in a process of its own reports. Only
/// for processes of the same program; the bytes are nothing to keep.
std::string to_bytes(const TrialResult& result);
/// Throws std::runtime_error when the bytes do not end where the result does.
TrialResult from_bytes(std::string_view bytes);

}  // namespace pishkhan
