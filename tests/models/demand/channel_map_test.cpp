#include "models/demand/channel_map.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <utility>

#include "models/scenario/channel_stretches.hpp"

namespace pishkhan::channel_map_test {
namespace {

Migration migration(Channel from, Channel to, double share, DayNumber starts = INT32_MIN, int ramp_days = 0) {
  Migration one;
  one.services = {ServiceId(0)};
  one.from = from;
  one.to = to;
  one.share = share;
  one.starts = starts;
  one.ramp_days = ramp_days;
  return one;
}

std::vector<Migration> back_and_forth(std::size_t count, double share) {
  std::vector<Migration> migrations;
  for (std::size_t m = 0; m < count; ++m) {
    migrations.push_back(m % 2 == 0 ? migration(Channel::traditional, Channel::office, share)
                                    : migration(Channel::office, Channel::traditional, share));
  }
  return migrations;
}

ChannelMap map_on(DayNumber day, const std::vector<Migration>& migrations) {
  ChannelMap map(std::array{0.5, 0.3, 0.2}, 0.5);
  for (std::size_t m = 0; m < migrations.size(); ++m)
    map.migrate(migrations[m].from, migrations[m].to, migrated_share(migrations[m], day), m);
  return map;
}

TEST(ChannelMap, HasAsManyStretchesAsAreCounted) {
  for (std::size_t count = 0; count <= 12; ++count) {
    const auto migrations = back_and_forth(count, 0.5);
    const auto shares = map_on(0, migrations).shares();
    EXPECT_EQ(shares.size(), most_channel_stretches(migrations, ServiceId(0))) << count;
    EXPECT_EQ(most_channel_stretches(migrations, ServiceId(1)), 3);
    std::set<std::pair<Channel, std::uint64_t>> kinds;
    for (const auto& share : shares) kinds.emplace(share.channel, share.moved_by);
    EXPECT_EQ(kinds.size(), shares.size()) << "two could be joined";
  }
}

TEST(ChannelMap, IsNotCutByMigrationsOfAll) {
  EXPECT_EQ(most_channel_stretches(back_and_forth(64, 1), ServiceId(0)), 3);
  EXPECT_EQ(map_on(0, back_and_forth(64, 1)).shares().size(), 3U);
}

TEST(ChannelMap, HasNoMoreStretchesThanAreCountedOnAnyDay) {
  const std::vector<Migration> migrations{
      migration(Channel::traditional, Channel::office, 1, 3, 4),
      migration(Channel::office, Channel::online, 1, 5),
      migration(Channel::online, Channel::traditional, 0.5, 8, 2),
      migration(Channel::traditional, Channel::office, 1, 10, 5),
      migration(Channel::office, Channel::traditional, 0.2, 12),
  };
  std::size_t most = 0;
  for (DayNumber day = 0; day < 20; ++day) most = std::max(most, map_on(day, migrations).shares().size());
  EXPECT_LE(most, most_channel_stretches(migrations, ServiceId(0)));
  EXPECT_GE(2 * most, most_channel_stretches(migrations, ServiceId(0)));
}

TEST(ChannelMap, LeavesOutSegmentsThatNoWordPicks) {
  std::vector<ChannelSegment> segments;
  map_on(0, back_and_forth(12, 1e-4)).append_segments(segments);
  EXPECT_LT(segments.size(), 100U);
  for (std::size_t i = 1; i < segments.size(); ++i) EXPECT_LT(segments[i - 1].last, segments[i].last) << i;
  EXPECT_EQ(segments.back().last, UINT32_MAX);
}

}  // namespace
}  // namespace pishkhan::channel_map_test
