#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "models/plan/plan.hpp"

namespace pishkhan {

/// Whether a replication is such that stations are decided one by one, but for days on which calls slow each
/// other down.
bool may_be_apart(const Scenario& scenario);

/// By station of a province, 1 where what happens there may differ between two scenarios while no calls of
/// different stations slow each other down. Nothing where that is not proven cheaply: only a whole run tells
/// then. The scenarios may differ in their titles and in the verbs `hours`, `staffing`, `absence`, `links`
/// and `systems`, as long as everybody chooses the same stations and the same things fail.
std::optional<std::vector<std::uint8_t>> find_touched_stations(const Plan& base, const Plan& variant);

}  // namespace pishkhan
