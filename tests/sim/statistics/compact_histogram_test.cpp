#include "sim/statistics/compact_histogram.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace pishkhan::compact_histogram_test {
namespace {

WaitHistogram sample(double factor) {
  WaitHistogram histogram;
  for (int i = 0; i < 1000; ++i) histogram.add(factor * (i % 37) * (i % 11));
  histogram.add(1e9);
  histogram.add(60, 4'000'000'000U);
  return histogram;
}

TEST(CompactHistogram, ComeBackAsTheyWere) {
  EXPECT_EQ(CompactHistogram(sample(1)).unpack(), sample(1));
  EXPECT_EQ(CompactHistogram().unpack(), WaitHistogram());
  EXPECT_TRUE(CompactHistogram(WaitHistogram()).bytes().empty());
  EXPECT_LT(CompactHistogram(sample(1)).bytes().size(), 700U);
}

TEST(CompactHistogram, EqualHistogramsHaveEqualBytes) {
  WaitHistogram longer = sample(1);
  longer.add(1e15);
  WaitHistogram cleared = longer;
  cleared.clear();
  cleared += sample(1);
  EXPECT_EQ(CompactHistogram(cleared), CompactHistogram(sample(1)))
      << "bins that never counted leave no trace";
}

TEST(CompactHistogram, AddUp) {
  WaitHistogram sum = sample(1);
  WaitHistogram small;
  small.add(0.5);
  sum += small;
  WaitHistogram added;
  CompactHistogram(sample(1)).add_to(added);
  CompactHistogram(small).add_to(added);
  EXPECT_EQ(added, sum);
}

TEST(CompactHistogram, TornBytesAreRefused) {
  EXPECT_THROW(CompactHistogram(std::string("\x80")), std::runtime_error)
      << "a number without its last digit";
  EXPECT_THROW(CompactHistogram(std::string(1, '\0')), std::runtime_error) << "a run without its length";
  EXPECT_THROW(CompactHistogram(std::string("\xff\xff\xff\xff\x7f")), std::runtime_error) << "beyond 2^32";
  EXPECT_THROW(CompactHistogram(std::string("\0\xff\xff\xff\xff\x0f", 6)), std::runtime_error)
      << "4 billion bins";
}

}  // namespace
}  // namespace pishkhan::compact_histogram_test
