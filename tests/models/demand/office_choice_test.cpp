#include "models/demand/office_choice.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

#include "models/province/position.hpp"
#include "tests/models/demand/three_places.hpp"

namespace pishkhan::office_choice_test {
namespace {

TEST(OfficeChooser, AlternativesComeByAttractionWithoutTheFirst) {
  const tests::ThreePlaces province({3, 1, 4, 4});
  const OfficeChooser chooser = province.chooser();
  const auto next = [&](std::size_t first, std::size_t k) {
    return chooser.alternative(0, 0, StationIndex(first), k);
  };
  EXPECT_EQ(next(0, 2), StationIndex(1));
  EXPECT_NE(next(0, 0), next(0, 1));  // two offices attract alike: both come before the small one
  EXPECT_EQ(next(2, 0), StationIndex(3));
  EXPECT_EQ(next(0, 3), kNoStation);
  EXPECT_EQ(next(77, 3), StationIndex(1));  // an office chosen before the choices changed
}

TEST(OfficeChooser, BeyondReachOnlyTheNearestIsChosen) {
  tests::ThreePlaces province({3, 1, 4, 4});
  province.scenario.province->places[0].latitude = 37.5;
  const OfficeChooser chooser = province.chooser();
  EXPECT_FALSE(chooser.choices(0, 0).in_reach());
  EXPECT_EQ(probabilities(chooser.choices(0, 0)).size(), 1u);
  EXPECT_EQ(chooser.alternative(0, 0, chooser.choices(0, 0).nearest, 0), kNoStation);
}

TEST(OfficeChooser, ResidentsSpreadOverADiscDivideMoreEvenly) {
  constexpr double kNear = 36.52, kFar = 36.56;
  const auto far_over_near = [&](double radius_km) {
    tests::ThreePlaces province({2, 2, 2, 2});
    province.scenario.province->places[0].radius_km = radius_km;
    for (Office& office : province.scenario.province->offices) office.place = PlaceId(2u);
    province.scenario.province->offices[0].latitude = kFar;
    const auto shares = probabilities(province.chooser().choices(0, 0));
    return shares.back().second / shares.front().second;
  };
  const double near_km = distance_km(36.5, 52.5, kNear, 52.5), far_km = distance_km(36.5, 52.5, kFar, 52.5);
  for (const double radius_km : {0.0, 4.0}) {
    const double half = radius_km * radius_km / 2;
    EXPECT_NEAR(far_over_near(radius_km), (near_km * near_km + half) / (far_km * far_km + half), 1e-3);
  }
  // Both the residents and the offices of a city are spread over its disc.
  tests::ThreePlaces own({1, 1});
  own.scenario.province->places[0].radius_km = 3;
  own.scenario.province->offices[0].latitude = kFar;
  for (const Office& office : own.scenario.province->offices)
    EXPECT_EQ(distance_to_office_km(*own.scenario.province, PlaceId(0u), office), 3);
}

/// Huff's model with its exponents written out, of the offices 0, 4 and 8 km away.
struct HuffCase {
  double size_exponent, distance_exponent, nearest_km;
  std::array<double, 3> weights;
};

TEST(OfficeChooser, SharesAreThoseOfHuff) {
  constexpr double kDegreesOfKm = 180 / (std::numbers::pi * 6371.0088);
  tests::ThreePlaces province({4, 1, 16});
  Province& tables = *province.scenario.province;
  for (std::size_t j = 0; j < 3; ++j)
    tables.offices[j].latitude = tables.places[0].latitude + 4.0 * static_cast<double>(j) * kDegreesOfKm;
  for (const auto& [size_exponent, distance_exponent, nearest_km, weights] :
       {HuffCase{1, 2, 1, {4, 1 / 16.0, 16 / 64.0}}, HuffCase{1, 2, 2, {1, 1 / 16.0, 16 / 64.0}},
        HuffCase{0.5, 1, 1, {2, 1 / 4.0, 4 / 8.0}}, HuffCase{2, 0.5, 1, {16, 1 / 2.0, 256 / std::sqrt(8)}},
        HuffCase{0, 3, 5, {1 / 125.0, 1 / 125.0, 1 / 512.0}}, HuffCase{1, 0, 1, {4, 1, 16}}}) {
    province.scenario.choice.size_exponent = size_exponent;
    province.scenario.choice.distance_exponent = distance_exponent;
    province.scenario.choice.nearest_km = nearest_km;
    const OfficeChooser chooser = province.chooser();
    const double total = weights[0] + weights[1] + weights[2];
    const auto shares = probabilities(chooser.choices(0, 0));
    ASSERT_EQ(shares.size(), 3u);
    for (const auto& [office, share] : shares)
      EXPECT_NEAR(share, weights[office.index()] / total, 1e-9) << size_exponent << ' ' << distance_exponent;
  }
  province.scenario.choice.within_km = 5;
  EXPECT_EQ(probabilities(province.chooser().choices(0, 0)).size(), 2u) << "the third is farther";
}

}  // namespace
}  // namespace pishkhan::office_choice_test
