#pragma once
#include <span>
#include <vector>

#include "sim/backbone/platform.hpp"
#include "sim/station/station.hpp"

// The model once more, played by SimGrid's own actors: a third opinion on both kernels. Of the kernels
// it knows the data they are given and nothing else.
namespace pishkhan::oracle {

/// What became of a citizen; as in Visits.
struct Fate {
  double leave_s = 0, end_s = 0, system_s = 0;
  Outcome outcome = Outcome::inside;
  std::uint32_t clerk = kNoClerk;
};

/// An office or a counter, and who comes to it. It does not close with AtClosing::stop.
struct Scene {
  const StationDay* day = nullptr;
  const Visits* visits = nullptr;  ///< results are left alone
  AccessLinkId link;
};

/// The calls to agency systems. Without a platform a call takes the time in Visits::system.
struct Wires {
  const Platform* platform = nullptr;
  std::span<const Transaction> transactions;  ///< by Visits::service; work_s 0: no call
  double share_before = 0.5;                  ///< of the human time
};

/// A day of all stations together. Only once in a process: SimGrid knows one engine.
std::vector<std::vector<Fate>> act_out(std::span<const Scene> scenes, const Wires& wires);

}  // namespace pishkhan::oracle
