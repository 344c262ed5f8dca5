// Scenarios made from the description of the language, with values at the bounds of their ranges.
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/fuzz/extreme_fuzz.hpp"
#include "tests/fuzz/scenario_maker.hpp"

namespace pishkhan::extreme_test {
namespace {

FuzzOptions options_of(std::uint64_t seed, std::uint64_t loads, std::uint64_t runs) {
  FuzzOptions options;
  options.seed = seed;
  options.loads = loads;
  options.runs = runs;
  options.folder = std::filesystem::path(testing::TempDir()) /
                   ("pishkhan-extremes-" + std::to_string(seed) + "-" + std::to_string(getpid()));
  std::filesystem::create_directories(options.folder);
  return options;
}

void expect_clean(const FuzzOptions& options) {
  const FuzzReport report = fuzz_extremes(options);
  EXPECT_TRUE(report.faults.empty() && report.slow.empty()) << report_text(report, false);
  EXPECT_GE(static_cast<double>(report.accepted), 0.3 * static_cast<double>(report.loads));
  std::filesystem::remove_all(options.folder);
}

TEST(ExtremeFuzz, WhatIsAcceptedFinishes) { expect_clean(options_of(1, 3'000, 300)); }

TEST(LongExtremeFuzz, WhatIsAcceptedFinishes) { expect_clean(options_of(1'000'000, 200'000, 10'000)); }

TEST(ExtremeFuzz, AScenarioIsTheSameForItsSeed) {
  EXPECT_EQ(make_scenario(1395).yaml, make_scenario(1395).yaml);
  EXPECT_NE(make_scenario(1395).yaml, make_scenario(1396).yaml);
}

}  // namespace
}  // namespace pishkhan::extreme_test
