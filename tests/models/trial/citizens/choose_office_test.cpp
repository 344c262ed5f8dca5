#include "models/trial/citizens/choose_office.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <map>

#include "sim/random/philox.hpp"
#include "tests/models/demand/three_places.hpp"

namespace pishkhan::choose_office_test {
namespace {

constexpr std::uint32_t kCitizens = 200'000;

/// The ids of the offices that citizens of the first place choose.
std::vector<std::string> chosen(const tests::ThreePlaces& province, std::uint32_t citizens = kCitizens) {
  const OfficeChooser chooser = province.chooser();
  const DrawKey key = draw_key(5, 0);
  const IdKey ids = key_of("place", "place-0") ^ key_of("service", "form");
  std::vector<std::string> offices;
  for (std::uint32_t i = 0; i < citizens; ++i) {
    const std::uint32_t word = draw(key, i, ids, 100, 0)[1];
    const StationIndex office = choose_office(chooser.choices(0, 0), {key, i, ids, 100, word});
    offices.push_back(province.scenario.province->offices[office.index()].id);
  }
  return offices;
}

void close(tests::ThreePlaces& province, std::size_t office) {
  province.scenario.province->offices[office].until_day = 0;
}

/// Shares against Luce's rule, whose weights are the sizes as all offices are equally far.
void expect_luce(const tests::ThreePlaces& province) {
  std::map<std::string, double> count;
  for (const std::string& office : chosen(province)) ++count[office];
  double total = 0, statistic = 0;
  std::size_t open = 0;
  for (const Office& office : province.scenario.province->offices)
    if (office.until_day > 0) total += office.size, ++open;
  EXPECT_EQ(count.size(), open);
  for (const Office& office : province.scenario.province->offices) {
    if (office.until_day <= 0) continue;
    const double expected = kCitizens * office.size / total, beyond = count[office.id] - expected;
    statistic += beyond * beyond / expected;
  }
  const boost::math::chi_squared law(static_cast<double>(open - 1));
  EXPECT_GT(cdf(complement(law, statistic)), 1e-4) << statistic;
}

TEST(ChooseOffice, FollowsLuceAmongTheProvincesOwn) { expect_luce(tests::ThreePlaces({1, 2, 3, 4, 10})); }

TEST(ChooseOffice, FollowsLuceWhereSomeAreClosed) {
  tests::ThreePlaces province({1, 2, 3, 4, 10});
  close(province, 1);
  close(province, 4);
  expect_luce(province);
}

TEST(ChooseOffice, FollowsLuceWhereNearlyAllAreClosed) {
  tests::ThreePlaces province({1, 2, 3, 4, 200, 300});
  close(province, 4);
  close(province, 5);
  expect_luce(province);
  province.add("opened-1", 2, true);
  expect_luce(province);
}

TEST(ChooseOffice, FollowsLuceWithSeveralOpened) {
  tests::ThreePlaces province({1, 2, 3, 4, 10});
  province.add("opened-1", 5, true);
  province.add("opened-2", 1, true);
  close(province, 4);
  expect_luce(province);
}

TEST(ChooseOffice, FollowsLuceWhereAllWereOpened) {
  tests::ThreePlaces province({});
  province.add("opened-1", 5, true);
  province.add("opened-2", 1, true);
  expect_luce(province);
}

/// Most first picks are rural offices; which of the rest serve differs.
tests::ThreePlaces mostly_rural() {
  tests::ThreePlaces province({1, 2, 3});
  for (const auto& [id, size] : {std::pair{"rural-0", 40.0}, {"rural-1", 60.0}, {"rural-2", 5.0}})
    province.add(id, size, false, Kind::rural);
  return province;
}

TEST(ChooseOffice, FollowsLuceWhereNoRuralOfficeServes) {
  tests::ThreePlaces province = mostly_rural();
  for (std::size_t rural = 3; rural < 6; ++rural) close(province, rural);
  close(province, 1);
  expect_luce(province);
  province.add("opened-1", 2, true, Kind::rural);
  expect_luce(province);
}

TEST(ChooseOffice, FollowsLuceWhereFewOfBothKindsServe) {
  tests::ThreePlaces province = mostly_rural();
  for (const std::size_t office : {0, 3, 4}) close(province, office);
  expect_luce(province);
  province.add("opened-1", 2, true, Kind::rural);
  province.add("opened-2", 3, true);
  expect_luce(province);
}

/// Whoever moves, moves from or to the office.
void expect_only_office_concerned(const tests::ThreePlaces& before, const tests::ThreePlaces& after,
                                  const std::string& office) {
  const auto was = chosen(before), is = chosen(after);
  std::size_t moved = 0, concerned = 0;
  for (std::size_t i = 0; i < was.size(); ++i) {
    concerned += was[i] == office || is[i] == office;
    if (was[i] == is[i]) continue;
    ++moved;
    ASSERT_TRUE(was[i] == office || is[i] == office) << was[i] << " to " << is[i];
  }
  EXPECT_EQ(moved, concerned);
  EXPECT_GT(moved, kCitizens / 100);
}

TEST(ChooseOffice, ClosingOneMovesOnlyItsOwn) {
  tests::ThreePlaces before({1, 2, 3, 4, 10, 100});
  before.add("opened-1", 5, true);
  close(before, 5);
  tests::ThreePlaces after = before;
  close(after, 4);
  expect_only_office_concerned(before, after, "office-4");
  before = after;
  close(after, 0);
  expect_only_office_concerned(before, after, "office-0");
}

TEST(ChooseOffice, ClosingOneKindAfterTheOtherMovesOnlyTheirOwn) {
  tests::ThreePlaces before = mostly_rural();
  for (const std::size_t office : {4, 3, 1, 5, 0}) {
    tests::ThreePlaces after = before;
    close(after, office);
    expect_only_office_concerned(before, after, before.scenario.province->offices[office].id);
    before = after;
  }
}

TEST(ChooseOffice, OpeningOneMovesOnlyThoseWhoGoToIt) {
  tests::ThreePlaces before({1, 2, 3, 4, 10, 300});
  close(before, 5);
  for (const char* id : {"opened-1", "opened-0", "opened-2"}) {
    tests::ThreePlaces after = before;
    after.add(id, 3, true);
    expect_only_office_concerned(before, after, id);
    before = after;
  }
}

TEST(ChooseOffice, TheOrderOfRowsIsNothing) {
  tests::ThreePlaces province({1, 2, 3, 4, 10, 3});
  province.add("opened-1", 5, true);
  const auto before = chosen(province, 20'000);
  auto& offices = province.scenario.province->offices;
  std::rotate(offices.begin(), offices.begin() + 4, offices.end());
  std::swap(offices[0], offices[3]);
  EXPECT_EQ(chosen(province, 20'000), before);
}

}  // namespace
}  // namespace pishkhan::choose_office_test
