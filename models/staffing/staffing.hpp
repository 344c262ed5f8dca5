#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/staffing/promises.hpp"
#include "models/staffing/solve_jobs.hpp"
#include "models/staffing/staffing_space.hpp"

namespace pishkhan {

/// How far a staffing is proven, by replications that the search did not see.
enum class StaffingProof : std::uint8_t {
  fewest,        ///< the promises are kept, and every cheaper staffing breaks one
  fewest_found,  ///< the promises are kept, and every cheaper neighbour breaks one
  met,           ///< the promises are kept; whether fewer clerks keep them is open
  undecided,     ///< whether the promises are kept is open
  unattainable,  ///< not even a clerk for every citizen keeps them
  nobody_comes,  ///< no visit is counted by any target
  not_varied,    ///< no number of clerks can be chosen
};
inline constexpr std::size_t kStaffingProofs = 7;

/// What a station needs.
struct StationStaffing {
  StationIndex station;
  StaffingProof proof = StaffingProof::undecided;
  int clerks_now = 0, clerks_needed = 0;
  double paid_hours_now = 0, paid_hours_needed = 0;  ///< in a week without holidays
  Staffing staffing;                                 ///< found; empty where not varied
  std::optional<SeenStaffing> kept;                  ///< of the proof, or of the search where unattainable
  std::optional<SeenStaffing> fewer;  ///< of the proof: the cheaper staffing that breaks its promises least
  std::vector<Promise> promises;      ///< what PromiseTests::hardest is an index of
  std::vector<std::string> slots;  ///< names of the hours, shifts or patterns of its numbers, if it has them
  std::vector<Interval> slot_times;  ///< of the hours or shifts, on all days together
  std::vector<ClerkGroup> groups;    ///< of clerks, with the staffing; where it has several numbers by time
  bool monotone = false;             ///< one clerk more never lengthens a wait
  bool all_cheaper_covered = false;  ///< by sets of staffings, in their best cases
  std::size_t cheaper_refuted = 0, cheaper_open = 0;  ///< staffings, or sets of them, tested in the proof
  std::size_t rounds = 0;                             ///< of the proof
  std::vector<SeenStaffing> curve;                    ///< of the search, by paid hours
};

struct StaffingOptions {
  StaffBy by = StaffBy::station;
  std::vector<ShiftPattern> patterns = {};  ///< of rosters
  int threads = 1;
  std::size_t search_days = 250;    ///< station-days of the search, at least
  std::size_t first_days = 1000;    ///< station-days of the first round of the proof, at least
  std::size_t most_days = 100'000;  ///< station-days of a round, at most
  std::function<bool()> stop = {};  ///< true ends it with Interrupted
  /// Told what is done next, in plain words.
  std::function<void(const std::string&)> tell = {};
};

struct StaffingResult {
  StaffBy by = StaffBy::station;
  std::vector<StationStaffing> stations;
  std::uint32_t search_replications = 0, proof_replications = 0;  ///< the latter of the first round
  std::uint64_t proof_seed = 0;                                   ///< of the first round
  bool stations_alone = false;  ///< stations share systems, and each was solved as if it did not
};

/// The error probability of all that is called proven, together.
inline constexpr double kProofLevel = 0.05;

/// Seed of the replications of a round of the proof, from 1.
std::uint64_t proof_seed(const Scenario& scenario, std::size_t round);

/// Finds and proves the fewest clerks of every station with which the scenario's targets hold. Throws
/// UserError for a scenario whose stations cannot be taken one by one: unbroken runs, slow-downs, redirects,
/// offices that close during the run. What is called proven is wrong with probability kProofLevel at most,
/// over all stations and rounds: round r has replications of its own and kProofLevel / 2^r, shared out by
/// Holm over all tests of the round.
StaffingResult find_staffing(const Plan& plan, const StaffingOptions& options);

}  // namespace pishkhan
