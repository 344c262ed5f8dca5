#pragma once
#include <cstddef>
#include <functional>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/staffing/solve_jobs.hpp"

namespace pishkhan {

/// Staffings to begin a search with, by station and slot (hour or shift); empty where the space has no slots
/// in its staffings, or cannot vary. The modified offered load (Jennings, Mandelbaum, Massey and Whitt 1996):
/// of each slot the mean number inside if everybody started at once, seen in replications of the plan, and
/// for it the fewest clerks with whom Erlang C keeps the station's targets of shares in time; where there are
/// none, by the square-root rule. Nothing is proven by it.
std::vector<Staffing> first_guesses(const Plan& plan, const StaffedStations& stations,
                                    std::uint32_t replications, int threads,
                                    const std::function<bool()>& stop);

/// Of one slot: the offered load in erlangs, the mean handling, and targets, of which others than shares in
/// time are left out.
int guess_clerks(double load, double handling_s, const std::vector<Target>& targets);

}  // namespace pishkhan
