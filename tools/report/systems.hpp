#pragma once
#include <cstddef>
#include <span>
#include <string_view>

#include "sim/backbone/observation.hpp"
#include "sim/coupling/joint_day.hpp"
#include "tools/report/sums.hpp"

// Estimates of the agencies' systems, which tables and the terminal share.
namespace pishkhan {

/// What one replication saw of one agency's system.
struct SystemSums : SystemTally {
  double counted_s = 0;  ///< whole counted days, those on which all is closed included
  double open_s = 0;     ///< of them, while an office or counter is open
};

std::span<const Measure<SystemSums>> system_measures();

/// Whether calls were followed: not where the backbone is ideal and nothing fails.
bool follows_calls(const Results& results);

/// The design effects of an agency's system: down_h is exact where none of the outages is of that system.
DesignEffects effects_of_system(const Results& results, std::size_t agency);

/// By agency; empty where no calls were followed.
Sums<SystemSums> sums_by_agency(const Results& results);

inline constexpr std::size_t kAllAgencies = SIZE_MAX;

/// Clerk hours lost at one agency, or at all, to one cause (index Cause).
Estimate lost_clerk_h(
    const Results& results, std::size_t agency, std::size_t cause,
    double (*part)(const LostClerkTime&) = [](const LostClerkTime& lost) { return lost.total_s(); });

/// As in the table lost_clerk_hours.
std::string_view cause_name(std::size_t cause);

}  // namespace pishkhan
