#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "models/plan/plan.hpp"

namespace pishkhan {

/// By station of a province, 1 where what happens there may differ between two scenarios while no calls of
/// different stations slow each other down. Nothing where that is not proven cheaply: only a whole run tells
/// then. The scenarios may differ in their titles and in the verbs `hours`, `staffing`, `absence`, `links`
/// and `systems`, as long as everybody chooses the same stations.
std::optional<std::vector<std::uint8_t>> find_touched_stations(const Plan& base, const Plan& variant);

}  // namespace pishkhan
