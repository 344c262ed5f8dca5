#pragma once
#include <span>
#include <vector>

namespace pishkhan::theory {

/// Mean waits of each class in M/M/c with non-preemptive priorities and one service time for all:
/// arrival_rates from the highest class to the lowest. Cobham (1954), Operations Research 2:70-76;
/// Kella and Yechiali (1985), European J. of OR 23:260-271. Infinity for a class whose load,
/// with that of the classes above it, reaches the servers.
std::vector<double> priority_waits(int servers, double mean_service, std::span<const double> arrival_rates);

}  // namespace pishkhan::theory
