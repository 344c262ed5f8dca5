#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/scenario/scenario.hpp"

namespace pishkhan {

/// A stretch of the random words that pick a citizen's channel: those after the stretch before, up to `last`.
struct ChannelSegment {
  std::uint32_t last;
  Channel channel;
  std::uint64_t moved_by;  ///< bit m: migration m moved these citizens
};

/// The unit interval of one zone and service, cut into channels. Migrations move the lower part of each
/// stretch they apply to, so a larger share moves more citizens and always the same ones first. No two
/// stretches have the same channel and the same migrations, so none can be joined: see
/// most_channel_stretches.
class ChannelMap {
 public:
  struct Share {
    double share;
    Channel channel;
    std::uint64_t moved_by;
  };

  ChannelMap() = default;
  /// Shares of the three channels; what exceeds the zone's digital access online falls to the other two
  /// in proportion (to the office if both are 0).
  ChannelMap(std::span<const double, kChannels> shares, double digital_access);
  /// Migration number `migration` (at most 63) moves a share of those who would use `from`. A move online
  /// stops at the digital access.
  void migrate(Channel from, Channel to, double share, std::size_t migration);

  [[nodiscard]] const std::vector<Share>& shares() const { return shares_; }
  [[nodiscard]] double share_of(Channel channel) const;
  /// Appends the stretches in order of the words.
  void append_segments(std::vector<ChannelSegment>& segments) const;

 private:
  std::vector<Share> shares_;
  double digital_access_ = 1;
};

/// Share that a migration has reached on a day: 0 before it starts and after it has ended, linear over the
/// ramp.
double migrated_share(const Migration& migration, DayNumber day);

/// Probability on a day that an online attempt of the zone's residents turns into a visit.
double online_failure_on(const Scenario& scenario, ServiceId service, ZoneId zone, DayNumber day);

}  // namespace pishkhan
