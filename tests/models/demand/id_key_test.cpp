#include "models/demand/id_key.hpp"

#include <gtest/gtest.h>

#include <array>

namespace pishkhan {
namespace {

TEST(IdKey, DependsOnRoleAndIdAlone) {
  EXPECT_EQ(key_of("place", "sari"), key_of("place", "sari"));
  EXPECT_FALSE(key_of("place", "sari") == key_of("service", "sari"));
  EXPECT_FALSE(key_of("place", "sari") == key_of("place", "sarj"));
  EXPECT_FALSE(key_of("ab", "c") == key_of("a", "bc"));
}

TEST(IdKey, FindsKeysThatDrawAlikeOnSomeDays) {
  const IdKey key{0x12345678, 0x9abcdef0};
  const auto among = [key](IdKey other) {
    return find_clash(std::array{IdKey{1, 2}, key, other}).has_value();
  };
  EXPECT_TRUE(among(key));
  EXPECT_TRUE(among({key.low, key.high ^ 0xfffff}));
  EXPECT_TRUE(among({key.low, key.high ^ 0xfff00000}));  // a day before the first and one after it
  EXPECT_FALSE(among({key.low, key.high ^ 0x100000}));
  EXPECT_FALSE(among({key.low ^ 1, key.high}));
}

}  // namespace
}  // namespace pishkhan
