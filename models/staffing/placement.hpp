#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "models/demand/station_index.hpp"
#include "models/plan/plan.hpp"
#include "sim/statistics/estimate.hpp"

namespace pishkhan {

/// What a search saw of a number of clerks at a station.
struct SeenClerks {
  int clerks = 0;
  double wait_h = 0, unserved = 0;  ///< in the mean of its replications, over the counted days
};

/// What a station gets, or gives.
struct StationPlacement {
  StationIndex station;
  std::size_t pool = 0;  ///< of PlacementResult::pools
  int clerks_now = 0, clerks_placed = 0;
  std::vector<SeenClerks> curve;  ///< of the search, by clerks
  double saved_in_search_h = 0;   ///< waiting, visits without service counted in
  // Of fresh replications, over the counted days; where the clerks change.
  Estimate wait_now_h{kNan, kNan}, wait_placed_h{kNan, kNan};
  Estimate saved_h{kNan, kNan};  ///< waiting, paired by replication, visits without service counted in
  Estimate unserved_now{kNan, kNan}, unserved_placed{kNan, kNan};
};

/// Stations among which clerks are shared out: an agency's counters, offices, bare stations, or all.
struct PlacementPool {
  std::string id;
  std::size_t stations = 0;
  double saved_in_search_h = 0;  ///< against the scenario as it is
  /// Of the searched citizens' hours: no other way to share out as many clerks saves more than this beyond.
  double gap_h = 0;
};

struct PlacementOptions {
  int threads = 1;
  int budget = 0;  ///< clerks more in all, fewer below 0; 0: clerks move within pools
  /// Which stations may get or give clerks, sorted. Empty: of a province all, with a budget of 0 the
  /// counters; of bare stations all.
  std::vector<std::uint32_t> stations;
  double unserved_s = 3600;         ///< waiting that a visit without service counts as, beside its own
  std::size_t search_days = 500;    ///< station-days of the search, at least
  std::size_t first_days = 1000;    ///< station-days of the fresh replications, at least
  std::function<bool()> stop = {};  ///< true ends it with Interrupted
};

struct PlacementResult {
  std::vector<StationPlacement> stations;  ///< those that may get or give clerks
  std::vector<PlacementPool> pools;
  int clerks_placed = 0;  ///< more than now, in all; may be less than the budget, where more save nothing
  int clerks_moved = 0;   ///< taken from one station and given to another
  /// Of the fresh replications, as of a station.
  Estimate wait_now_h{kNan, kNan}, wait_placed_h{kNan, kNan}, saved_h{kNan, kNan};
  Estimate unserved_now{kNan, kNan}, unserved_placed{kNan, kNan};
  double saved_in_search_h = 0;
  /// With one pool: the most that is saved in the search with so many clerks in all against now (below 0:
  /// fewer), and with 1, 2, ... more than these.
  int fewest_clerks = 0;
  std::vector<double> saved_by_clerks_h;
  std::uint32_t search_replications = 0, proof_replications = 0;
  std::uint64_t proof_seed = 0;
  int working_days = 0;         ///< as working_days()
  std::size_t left_alone = 0;   ///< chosen stations whose clerks cannot be placed
  bool stations_alone = false;  ///< stations share systems, and each was solved as if it did not
};

/// Shares out clerks so that citizens wait the least. With a budget above 0, stations keep what they have;
/// with 0 they give clerks to others of their pool, and with a budget below 0 they lose them, but each keeps
/// one. Stations without clerks, and those whose clerks cannot be varied, are left as they are.
///
/// Each station's waiting against its clerks is that of the same citizens. Curves are followed as far as a
/// number of clerks can belong to the best placement (by the price of a clerk, as waiting is never negative),
/// and the placement is the best of all over them (share_out). What it saves is then seen in replications of
/// another seed. Throws UserError where stations cannot be taken one by one (expect_separable), and where
/// fewer clerks are left than a station each.
PlacementResult place_clerks(const Plan& plan, const PlacementOptions& options);

}  // namespace pishkhan
