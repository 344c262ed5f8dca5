#include "models/trial/totals/service_totals.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"
#include "sim/base/simd.hpp"
#include "sim/statistics/station_observer.hpp"

namespace pishkhan {
ServiceTotals::ServiceTotals(std::size_t services)
    : services_(services), sums_(services * kChannels), follow_up_sums_(services * kChannels) {}

void ServiceTotals::add(Channel channel, const Visits& visits, const VisitParts& parts,
                        std::span<const std::uint8_t> reworked, std::span<const std::uint8_t> needs_follow_up,
                        std::span<std::uint32_t> given) {
  const std::size_t n = visits.size();
  PISHKHAN_EXPECT(parts.counts.size() >= n && parts.wait_s.size() >= n && given.size() >= services_);
  for (auto* list : {&follow_ups_, &waited_}) list->resize(std::max(list->size(), n + 1));
  std::uint32_t *const follow_ups = follow_ups_.data(), *const waited = waited_.data();
  Sums* const sums = &sums_[row(channel, 0)];
  std::size_t follow_up_count = 0, waited_count = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const PackedCounts counts{parts.counts[i]};
    const bool served = counts.served() != 0;
    const bool follow_up = !served | (reworked[i] != 0) | (needs_follow_up[i] != 0);
    Sums& at = sums[visits.service[i]];
    at.wait_s += parts.wait_s[i];
    at.handling_s += choose(served, visits.end_s[i] - visits.leave_s[i], 0.0);
    at.system_s += choose(served, visits.system_s[i], 0.0);
    at.served += counts.served();
    at.in_target += counts.in_target();
    given[visits.service[i]] += static_cast<std::uint32_t>(served & (reworked[i] == 0));
    follow_ups[follow_up_count] = waited[waited_count] = static_cast<std::uint32_t>(i);
    follow_up_count += follow_up;
    waited_count += parts.wait_s[i] > 0;  // 0 for the unserved
  }
  follow_up_count_ = follow_up_count;
  waited_count_ = waited_count;
}

void ServiceTotals::add_follow_up(Channel channel, const Visits& visits, std::size_t visit, bool reworked) {
  FollowUpSums& tally = follow_up_sums_[row(channel, visits.service[visit])];
  const Outcome outcome = visits.outcome[visit];
  tally.served += outcome == Outcome::served;
  tally.reworked += outcome == Outcome::served && reworked;
  tally.abandoned += outcome == Outcome::abandoned;
  tally.balked += outcome == Outcome::balked;
  tally.sent_away += outcome == Outcome::sent_away;
  tally.inside += outcome == Outcome::inside;
  if (outcome != Outcome::served) tally.wait_joined_s += visits.leave_s[visit] - visits.arrival_s[visit];
  if (outcome != Outcome::failed) return;
  ++tally.failed;
  tally.failed_s += visits.end_s[visit] - visits.leave_s[visit];
}

void ServiceTotals::subtract_aside(Channel channel, const Visits& visits, const Aside& aside) {
  VisitTally change;
  pishkhan::subtract_aside(visits, aside, change);
  FollowUpSums& sums = follow_up_sums_[row(channel, visits.service[aside.visit])];
  sums.handling_s += change.handling_s;
  sums.failed_s += change.failed_s;
  sums.aside_s += change.aside_s;
}

void ServiceTotals::add_to(std::vector<VisitTally>& services, std::vector<CitizenTally>& citizens) const {
  for (std::size_t channel = 0; channel < kChannels; ++channel) {
    for (std::size_t service = 0; service < services_; ++service) {
      const std::size_t from = channel * services_ + service, to = service * kChannels + channel;
      const Sums& sums = sums_[from];
      const FollowUpSums& rest = follow_up_sums_[from];
      VisitTally tally;
      tally.arrived = sums.served + rest.abandoned + rest.balked + rest.sent_away + rest.inside + rest.failed;
      tally.served = sums.served;
      tally.abandoned = rest.abandoned;
      tally.balked = rest.balked;
      tally.sent_away = rest.sent_away;
      tally.inside = rest.inside;
      tally.failed = rest.failed;
      tally.reworked = rest.reworked;
      tally.in_target = sums.in_target;
      tally.wait_s = sums.wait_s;
      tally.wait_joined_s = TimeSum(sums.wait_s) += rest.wait_joined_s;
      tally.sojourn_s = sums.wait_s + sums.handling_s;
      tally.handling_s = sums.handling_s + rest.handling_s;
      tally.system_s = sums.system_s;
      tally.failed_s = rest.failed_s;
      tally.aside_s = rest.aside_s;
      services[to] += tally;
      citizens[to].completed += sums.served - rest.served;
      citizens[to].trips += sums.served - rest.served;
    }
  }
}

}  // namespace pishkhan
