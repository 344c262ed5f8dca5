#include "models/demand/channel_map.hpp"

#include <algorithm>
#include <cmath>

namespace pishkhan {

ChannelMap::ChannelMap(std::span<const double, kChannels> shares, double digital_access)
    : digital_access_(digital_access) {
  const double traditional = shares[0], office = shares[1];
  const double online = std::min(shares[2], digital_access);
  const double excess = shares[2] - online, others = traditional + office;
  const double to_traditional = others > 0 ? excess * traditional / others : 0;
  shares_ = {{traditional + to_traditional, Channel::traditional, 0},
             {office + excess - to_traditional, Channel::office, 0},
             {online, Channel::online, 0}};
  std::erase_if(shares_, [](const Share& s) { return s.share <= 0; });
}

double ChannelMap::share_of(Channel channel) const {
  double sum = 0;
  for (const auto& s : shares_) sum += s.channel == channel ? s.share : 0;
  return sum;
}

void ChannelMap::migrate(Channel from, Channel to, double share, std::size_t migration) {
  const double source = share_of(from);
  if (source <= 0 || share <= 0 || from == to) return;
  if (to == Channel::online)
    share = std::min(share, std::max(0.0, digital_access_ - share_of(Channel::online)) / source);
  std::vector<Share> after;
  for (const auto& s : shares_) {
    if (s.channel != from) {
      after.push_back(s);
      continue;
    }
    const double moved = s.share * share;
    if (moved > 0) after.push_back({moved, to, s.moved_by | std::uint64_t{1} << migration});
    if (s.share - moved > 0) after.push_back({s.share - moved, from, s.moved_by});
  }
  shares_ = std::move(after);
}

void ChannelMap::append_segments(std::vector<ChannelSegment>& segments) const {
  double total = 0, cumulative = 0, edge_before = -1;
  for (const auto& s : shares_) total += s.share;
  for (std::size_t k = 0; k < shares_.size(); ++k) {
    cumulative += shares_[k].share;
    const double edge = std::floor(cumulative / total * 0x1p32) - 1;
    const bool is_last = k + 1 == shares_.size();
    if (!is_last && edge <= edge_before) continue;  // narrower than one word: nobody picks it
    edge_before = edge;
    const auto last = is_last || edge >= 0x1p32 - 1 ? UINT32_MAX : static_cast<std::uint32_t>(edge);
    segments.push_back({last, shares_[k].channel, shares_[k].moved_by});
  }
}

double migrated_share(const Migration& migration, DayNumber day) {
  if (day < migration.starts || day >= migration.until_day) return 0;
  if (migration.ramp_days <= 0 || migration.starts == INT32_MIN) return migration.share;
  const double reached = static_cast<double>(day - migration.starts + 1) / migration.ramp_days;
  return migration.share * std::min(1.0, reached);
}

double online_failure_on(const Scenario& scenario, ServiceId service, ZoneId zone, DayNumber day) {
  double probability = scenario.province->services[service.index()].online_failure;
  for (const OnlineFailure& failure : scenario.online_failures) {
    if (failure.from_day <= day && day < failure.until_day &&
        std::binary_search(failure.services.begin(), failure.services.end(), service) &&
        std::binary_search(failure.zones.begin(), failure.zones.end(), zone))
      probability = failure.probability;
  }
  return probability;
}

}  // namespace pishkhan
