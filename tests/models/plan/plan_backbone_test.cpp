// Links, systems and calls as the plan numbers them.
#include <gtest/gtest.h>

#include "models/plan/plan_data.hpp"
#include "models/scenario/scenario.hpp"

namespace pishkhan::plan_backbone_test {
namespace {

// Of the small province: five offices, three counters; birth certificate, change of address, parcel.
constexpr std::size_t kOffices = 5, kStations = 8;
constexpr std::size_t kAddressChange = 1, kParcel = 2;

TEST(PlanBackbone, NumbersLinksLikeStationsAndTheWebLast) {
  const Scenario scenario = load_scenario("tests/scenarios/valid/backbone-shared.yaml");
  const Plan plan(scenario);
  const Platform& platform = plan.data().platform;
  EXPECT_NO_THROW(expect_possible(platform));
  ASSERT_EQ(platform.access_links.size(), kStations + 1);
  EXPECT_EQ(platform.access_links[3].kind, 0u) << "an urban office: stations are in the order of their ids";
  EXPECT_EQ(platform.access_links[2].kind, 1u) << "a rural office";
  EXPECT_EQ(platform.access_links[0].county, CountyLinkId(1));
  EXPECT_EQ(platform.access_links[kOffices].down_bytes_s, 2.5e6) << "a counter";
  for (std::size_t s = 0; s < kStations; ++s) EXPECT_FALSE(platform.access_links[s].dedicated) << s;
  const AccessLink& web = platform.access_links.back();
  EXPECT_TRUE(web.dedicated);
  EXPECT_EQ(web.kind, scenario.backbone.link_kinds.size());
  EXPECT_EQ(web.up_bytes_s, 500e3);
  ASSERT_EQ(platform.county_links.size(), 3u);
  EXPECT_EQ(web.county, CountyLinkId(2)) << "no county's outage takes the web away";
  ASSERT_EQ(platform.systems.size(), 2u);
  EXPECT_EQ(platform.systems[1].cores, 8u);
}

TEST(PlanBackbone, CallsTakeTheirUnloadedTimeFromEachStation) {
  const Scenario scenario = load_scenario("tests/scenarios/valid/backbone-shared.yaml");
  const Plan plan(scenario);
  const Plan::Data& data = plan.data();
  for (std::size_t s = 0; s <= kStations; ++s) {
    EXPECT_EQ(data.transaction_s(s, kParcel), 0);
    Transaction call = data.transactions[kAddressChange];
    call.from = AccessLinkId(s);
    EXPECT_DOUBLE_EQ(data.transaction_s(s, kAddressChange), unloaded(data.platform, call).total_s()) << s;
  }
  // 20 s of work, 220 kB at 256 kbit/s, and 325 ms there and back.
  EXPECT_NEAR(data.transaction_s(0, kAddressChange), 20 + 220e3 / 32e3 + 0.65, 1e-9);
}

TEST(PlanBackbone, WithoutLinksACallTakesItsWork) {
  const Scenario scenario = load_scenario("tests/scenarios/small/small.yaml");
  const Plan plan(scenario);
  const Plan::Data& data = plan.data();
  EXPECT_NO_THROW(expect_possible(data.platform));
  ASSERT_EQ(data.transactions.size(), 3u);
  EXPECT_EQ(data.transactions[kAddressChange].work_s, 20);
  EXPECT_EQ(data.transactions[kParcel].work_s, 0);
  for (std::size_t s = 0; s <= kStations; ++s) {
    EXPECT_NEAR(data.transaction_s(s, kAddressChange), 20, 1e-8);
    EXPECT_EQ(data.transaction_s(s, kParcel), 0);
  }
}

}  // namespace
}  // namespace pishkhan::plan_backbone_test
