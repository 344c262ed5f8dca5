#include "models/scenario/channel_stretches.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <set>

namespace pishkhan {
namespace {

/// A day from which a migration moves its whole share.
std::int64_t full_day(const Migration& migration) {
  return std::int64_t{migration.starts} + std::max(1, migration.ramp_days) - 1;
}

double stretches_on(std::int64_t day, const std::vector<const Migration*>& migrations) {
  std::array<double, kChannels> stretches{};
  stretches.fill(1);
  for (const Migration* migration : migrations) {
    if (day < migration->starts || day >= migration->until_day) continue;
    double& from = stretches[static_cast<std::size_t>(migration->from)];
    stretches[static_cast<std::size_t>(migration->to)] += from;
    // Digital access may keep some of those who would move online.
    const bool all_move =
        migration->share >= 1 && migration->to != Channel::online && day >= full_day(*migration);
    if (all_move) from = 0;
  }
  return stretches[0] + stretches[1] + stretches[2];
}

double most_stretches(const std::vector<const Migration*>& migrations) {
  std::set<std::int64_t> days{INT32_MIN};  // on which the number changes
  for (const Migration* migration : migrations)
    days.insert({migration->starts, full_day(*migration), migration->until_day});
  double most = 0;
  for (const std::int64_t day : days) most = std::max(most, stretches_on(day, migrations));
  return most;
}

}  // namespace

double most_channel_stretches(const std::vector<Migration>& migrations, ServiceId service) {
  std::vector<const Migration*> of_service, everywhere;
  std::set<ZoneId> zones;  // that some migration is of alone
  for (const Migration& migration : migrations) {
    const bool moves = migration.share > 0 && migration.from != migration.to;
    if (!moves || !std::binary_search(migration.services.begin(), migration.services.end(), service))
      continue;
    of_service.push_back(&migration);
    zones.insert(migration.zones.begin(), migration.zones.end());
    if (migration.zones.empty()) everywhere.push_back(&migration);
  }
  double most = most_stretches(everywhere);
  for (const ZoneId zone : zones) {
    std::vector<const Migration*> here;
    std::copy_if(of_service.begin(), of_service.end(), std::back_inserter(here),
                 [zone](const Migration* migration) { return migration->is_of(zone); });
    most = std::max(most, most_stretches(here));
  }
  return most;
}

}  // namespace pishkhan
