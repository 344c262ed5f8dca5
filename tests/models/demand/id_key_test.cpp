#include "models/demand/id_key.hpp"

#include <gtest/gtest.h>

#include <array>

namespace pishkhan::id_key_test {
namespace {

TEST(IdKey, DependsOnRoleAndIdAlone) {
  EXPECT_EQ(key_of("place", "sari"), key_of("place", "sari"));
  EXPECT_FALSE(key_of("place", "sari") == key_of("service", "sari"));
  EXPECT_FALSE(key_of("place", "sari") == key_of("place", "sarj"));
  EXPECT_FALSE(key_of("ab", "c") == key_of("a", "bc"));
}

TEST(IdKey, FindsKeysThatDrawAlikeOnSomeDays) {
  const IdKey key{0x12345678, 0x9abcdef0};
  const auto among = [key](IdKey other, DayNumber first, int days) {
    return find_clash(std::array{IdKey{1, 2}, key, other}, first, days).has_value();
  };
  EXPECT_TRUE(among(key, 100, 1));
  EXPECT_TRUE(among({key.low, key.high ^ 1}, 100, 2)) << "day 100 of one is day 101 of the other";
  EXPECT_FALSE(among({key.low, key.high ^ 1}, 101, 2)) << "101 and 102 differ in more than the last bit";
  EXPECT_TRUE(among({key.low, key.high ^ 3}, 101, 2));
  EXPECT_TRUE(among({key.low, key.high ^ 0xffffffff}, -1, 2)) << "the days -1 and 0";
  EXPECT_FALSE(among({key.low, key.high ^ 0xffffffff}, 0, 400));
  EXPECT_FALSE(among({key.low, key.high ^ 0x100000}, 100, 400));
  EXPECT_FALSE(among({key.low ^ 1, key.high}, 100, 400));
}

}  // namespace
}  // namespace pishkhan::id_key_test
