#include "sim/experiment/replicate.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>

#include "sim/base/diagnostic.hpp"

namespace pishkhan::replicate_test {
namespace {

TEST(Replicate, GivesResultsInReplicationOrderWhateverTheThreads) {
  for (const int threads : {1, 2, 7}) {
    const auto results = replicate(50, threads, [](std::uint32_t replication, const std::stop_token&) {
      // Early replications take longest, so completion order differs from replication order.
      std::this_thread::sleep_for(std::chrono::microseconds(50 * (50 - replication)));
      return std::to_string(replication);
    });
    ASSERT_EQ(results.size(), 50U);
    for (std::size_t i = 0; i < results.size(); ++i) EXPECT_EQ(results[i], std::to_string(i)) << threads;
  }
}

TEST(Replicate, RunsEachReplicationOnce) {
  std::vector<std::atomic<int>> runs(200);
  replicate(200, 4, [&](std::uint32_t replication, const std::stop_token&) { return ++runs[replication]; });
  for (const auto& count : runs) EXPECT_EQ(count.load(), 1);
}

TEST(Replicate, OfNoneGivesNone) {
  EXPECT_TRUE(replicate(0, 3, [](std::uint32_t, const std::stop_token&) { return 1; }).empty());
}

TEST(Replicate, UsesSeveralThreads) {
  // Both tasks must be inside at once for either to finish.
  std::atomic<int> inside{0};
  const auto results = replicate(2, 2, [&](std::uint32_t, const std::stop_token&) {
    ++inside;
    for (int i = 0; i < 5000 && inside < 2; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return inside.load();
  });
  EXPECT_EQ(results[0] + results[1], 4);
}

TEST(Replicate, CarriesTheExceptionAndStopsTheRest) {
  for (const int threads : {1, 3}) {
    std::atomic<int> begun{0};
    try {
      replicate(1000, threads, [&](std::uint32_t replication, const std::stop_token& stop) {
        ++begun;
        if (replication == 5) throw std::runtime_error("the fifth");
        for (int i = 0; replication > 5 && i < 5000 && !stop.stop_requested(); ++i)
          std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (stop.stop_requested()) throw std::logic_error("a consequence");
        return 0;
      });
      FAIL() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "the fifth");
    }
    EXPECT_LT(begun.load(), 20) << threads;
  }
}

#ifndef PISHKHAN_SANITIZED
TEST(Replicate, SaysWhenTheSystemGivesNoMoreThreads) {
  const auto run_out_of_threads = [] {
    const rlimit limit{std::size_t{1} << 30, std::size_t{1} << 30};  // too little for so many stacks
    setrlimit(RLIMIT_AS, &limit);
    try {
      replicate(2000, 2000, [](std::uint32_t, const std::stop_token& stop) {
        while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return 0;
      });
    } catch (const EnvironmentError& error) {
      std::fputs(error.what(), stderr);
      std::_Exit(3);
    }
    std::_Exit(0);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(run_out_of_threads(), testing::ExitedWithCode(3), "cannot start 2000 threads");
}
#endif

}  // namespace
}  // namespace pishkhan::replicate_test
