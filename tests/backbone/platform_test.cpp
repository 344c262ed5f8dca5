#include "sim/backbone/platform.hpp"

#include <gtest/gtest.h>

#include "sim/base/contract.hpp"

namespace pishkhan::platform_test {
namespace {

Platform two_offices() {
  Platform platform;
  platform.county_links = {{3000, 6000, 0.02}};
  platform.province_link = {9000, 9000, 0.03};
  AccessLink link;
  link.up_bytes_s = 1000, link.down_bytes_s = 4000, link.latency_s = 0.01;
  platform.access_links = {link, link};
  platform.systems = {{2, 0.5, {9000, 3000, 0.04}}};
  return platform;
}

TEST(Platform, UnloadedTimesAddUp) {
  const auto times = unloaded(two_offices(), {AccessLinkId(0u), SystemId(0u), 500, 2.0, 6000});
  EXPECT_DOUBLE_EQ(times.request_s, 0.1 + 0.5);
  EXPECT_DOUBLE_EQ(times.work_s, 4.0);
  EXPECT_DOUBLE_EQ(times.response_s, 0.1 + 2.0);  // the data centre's 3000 bytes a second are the narrowest
  EXPECT_DOUBLE_EQ(times.total_s(), 6.7);
}

TEST(Platform, NarrowLinksAreThoseTrafficCanFill) {
  Platform platform = two_offices();
  NarrowLinks narrow = narrow_links(platform);
  EXPECT_EQ(narrow.counties, std::vector<CountyLinkId>{CountyLinkId(0u)});  // 2 x 4000 down into 6000
  EXPECT_FALSE(narrow.province);
  EXPECT_EQ(narrow.data_centres, std::vector<SystemId>{SystemId(0u)});
  platform.county_links[0].down_bytes_s = 8000;
  platform.systems[0].data_centre.down_bytes_s = 8000;
  EXPECT_TRUE(narrow_links(platform).none());
  platform.province_link.down_bytes_s = 7999;
  narrow = narrow_links(platform);
  EXPECT_TRUE(narrow.province);
  EXPECT_TRUE(narrow.data_centres.empty());  // the province lets no more through
}

TEST(Platform, TheImpossibleIsRefused) {
  const auto refused = [](auto change) {
    Platform platform = two_offices();
    change(platform);
    EXPECT_THROW(expect_possible(platform), ContractViolation);
  };
  EXPECT_NO_THROW(expect_possible(two_offices()));
  refused([](Platform& p) { p.access_links[0].up_bytes_s = 0; });
  refused([](Platform& p) { p.access_links[1].latency_s = -0.1; });
  refused([](Platform& p) { p.access_links[1].county = CountyLinkId(1u); });
  refused([](Platform& p) { p.county_links[0].down_bytes_s = 1.0 / 0.0; });
  refused([](Platform& p) { p.systems[0].cores = 0; });
  refused([](Platform& p) { p.systems[0].speed = 0; });
  refused([](Platform& p) { p.systems[0].data_centre.latency_s = 0.0 / 0.0; });
}

}  // namespace
}  // namespace pishkhan::platform_test
