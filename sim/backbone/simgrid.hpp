#pragma once
#include <memory>

#include "sim/backbone/backbone.hpp"

namespace pishkhan {

/// The platform simulated by SimGrid: a star of hosts, one for each access link and each system,
/// with two one-way links for each link of the platform; transfers are shared max-min fair over all
/// four links of their way (CM02, no cross-traffic, no window limit), work by SimGrid's multi-core
/// processors. Outages turn SimGrid's links and hosts off.
///
/// SimGrid knows one engine a process, ever: a second call in a process throws ContractViolation, so
/// replications belong in forked workers (sim/experiment/forked.hpp). A backbone made before the fork
/// is inherited and may be used once in each child. SimGrid merges what happens within its timing
/// precision of 1e-9 s, so its dates are that exact.
///
/// The only part of sim that knows SimGrid. Programs load it as a module when a run asks for it, because
/// loading SimGrid takes longer than a short run.
std::unique_ptr<Backbone> make_simgrid_backbone(Platform platform);

/// The same as the module's entry, which a program looks up by this name: the caller owns what it returns.
inline constexpr const char* kSimgridEntry = "pishkhan_make_simgrid_backbone";
using SimgridEntry = Backbone*(const Platform& platform);

}  // namespace pishkhan
