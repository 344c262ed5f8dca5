#include "sim/base/whole.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace pishkhan::whole_test {
namespace {

TEST(Whole, CutsWhatFits) {
  EXPECT_EQ(to_whole<int>(3.9), 3);
  EXPECT_EQ(to_whole<int>(-3.9), -3);
  EXPECT_EQ(to_whole<int>(2147483647.5), INT32_MAX);
  EXPECT_EQ(to_whole<int>(-2147483648.5), INT32_MIN);
  EXPECT_EQ(to_whole<std::uint32_t>(4294967295.0), UINT32_MAX);
  EXPECT_EQ(to_whole<std::uint32_t>(-0.5), 0u);
  EXPECT_EQ(to_whole<std::int64_t>(-0x1p63), INT64_MIN);
  EXPECT_EQ(to_whole<std::uint64_t>(0x1p63), std::uint64_t{1} << 63);
}

TEST(Whole, RefusesWhatDoesNot) {
  for (const double value : {2147483648.0, -2147483649.0, 1e300, -1e300, HUGE_VAL, std::nan("")})
    EXPECT_THROW(to_whole<int>(value), ContractViolation) << value;
  EXPECT_THROW(to_whole<std::uint32_t>(-1), ContractViolation);
  EXPECT_THROW(to_whole<std::uint32_t>(4294967296.0), ContractViolation);
  EXPECT_THROW(to_whole<std::int64_t>(0x1p63), ContractViolation);
  EXPECT_THROW(to_whole<std::uint64_t>(0x1p64), ContractViolation);
}

}  // namespace
}  // namespace pishkhan::whole_test
