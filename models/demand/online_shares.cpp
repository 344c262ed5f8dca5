#include "models/demand/online_shares.hpp"

namespace pishkhan {

OnlineShares online_shares(const Scenario& scenario, double first, double failure, const OnlineWhere& where) {
  const UnservedRule* rule = rule_after_online(scenario.unserved, where.service, where.zone, where.day);
  if (rule == nullptr) return {first, first * failure, 0};
  double attempts = 1, of_next = 1;
  for (int again = 0; again < rule->at_most; ++again)
    attempts += of_next *= failure * rule->share(NextStep::online);
  const double failed = first * attempts * failure;
  return {first * attempts, failed * rule->share(NextStep::office), failed * rule->share(NextStep::counter)};
}

}  // namespace pishkhan
