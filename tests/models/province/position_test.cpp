#include "models/province/position.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace pishkhan::position_test {
namespace {

using testing::HasSubstr;

const Position kSari{36.56, 53.06};

TEST(Position, NearIsNoMistake) {
  EXPECT_FALSE(find_position_mistake({36.3, 53.2}, kSari, "its place"));
  EXPECT_FALSE(find_position_mistake({35.7, 51.4}, kSari, "its place")) << "far, and not swapped";
}

TEST(Position, SwappedIsAMistake) {
  const auto mistake = find_position_mistake({53.06, 36.56}, kSari, "its place");
  ASSERT_TRUE(mistake);
  EXPECT_THAT(mistake->problem, HasSubstr("swapped"));
  EXPECT_THAT(mistake->problem, HasSubstr("from its place"));
  EXPECT_THAT(mistake->hint, HasSubstr("0 km"));
}

TEST(Position, AThousandKilometresAreAMistake) {
  const auto mistake = find_position_mistake({0, 0}, kSari, "its place");
  ASSERT_TRUE(mistake);
  EXPECT_THAT(mistake->problem, HasSubstr("km from its place"));
}

/// Of points spread evenly over a disc, by rings and angles.
double mean_squared_distance(double away_km, double radius_km) {
  constexpr int kRings = 400, kAngles = 360;
  double sum = 0;
  for (int ring = 0; ring < kRings; ++ring) {
    const double r = radius_km * std::sqrt((ring + 0.5) / kRings);  // rings of equal area
    for (int angle = 0; angle < kAngles; ++angle) {
      const double phi = 2 * std::numbers::pi * angle / kAngles;
      const double east = r * std::cos(phi) - away_km, north = r * std::sin(phi);
      sum += east * east + north * north;
    }
  }
  return sum / (kRings * kAngles);
}

TEST(Position, ResidentsOfADiscAreMeasuredByTheirMeanSquaredDistance) {
  for (const auto& [away_km, radius_km] : {std::pair(0.0, 3.0), {1.0, 4.0}, {25.0, 6.0}}) {
    EXPECT_NEAR(distance_from_disc_km(away_km, radius_km),
                std::sqrt(mean_squared_distance(away_km, radius_km)), 0.001);
  }
  EXPECT_EQ(distance_from_disc_km(7.25, 0), 7.25);
  // The second point is spread over the same disc: over its distances from the middle, km^2 has mean r^2 / 2.
  EXPECT_NEAR(distance_from_disc_km(std::sqrt(8.0), 4), 4, 0.001);
}

}  // namespace
}  // namespace pishkhan::position_test
