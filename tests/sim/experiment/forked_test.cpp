#include "sim/experiment/forked.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace pishkhan::forked_test {
namespace {

TEST(Forked, ResultsComeInTheOrderOfTheJobs) {
  std::size_t ended = 0;
  ForkedOptions options;
  options.workers = 3;
  options.ended = [&](std::size_t) { ++ended; };
  const auto outcomes = run_forked(
      10,
      [](std::size_t i) {
        usleep(static_cast<useconds_t>(1000 * (10 - i)));  // the first are the slowest
        return "job " + std::to_string(i) + std::string(1, '\0');
      },
      options);
  ASSERT_EQ(outcomes.size(), 10u);
  EXPECT_EQ(ended, 10u);
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_TRUE(outcomes[i].succeeded());
    EXPECT_EQ(outcomes[i].bytes, "job " + std::to_string(i) + std::string(1, '\0'));
  }
}

TEST(Forked, AFailureStaysWithItsJob) {
  ForkedOptions options;
  options.workers = 2;
  int untouched = 1;
  const auto outcomes = run_forked(
      7,
      [&](std::size_t i) -> std::string {
        untouched = 2;
        switch (i) {
          case 1:
            throw std::runtime_error("the system of job 1 is down");
          case 2:
            raise(SIGKILL);
            break;
          case 3:
            _exit(9);
          case 4:
            throw 4;
          case 5:
            _exit(0);  // success without a result is none
          default:
            break;
        }
        return "fine";
      },
      options);
  EXPECT_EQ(untouched, 1);
  EXPECT_EQ(outcomes[0].bytes, "fine");
  EXPECT_EQ(outcomes[1].failure, "the system of job 1 is down");
  EXPECT_EQ(outcomes[2].failure, "killed by signal SIGKILL (Killed)");
  EXPECT_EQ(outcomes[3].failure, "ended without a result, exit code 9");
  EXPECT_EQ(outcomes[4].failure, "an exception of unknown type");
  EXPECT_EQ(outcomes[5].failure, "ended without a result, exit code 0");
  EXPECT_EQ(outcomes[6].bytes, "fine");
  for (const auto& outcome : outcomes) EXPECT_EQ(outcome.succeeded(), outcome.bytes == "fine");
}

TEST(Forked, ResultsLargerThanAPipeArrive) {
  ForkedOptions options;
  options.workers = 2;
  const auto outcomes = run_forked(
      3, [](std::size_t i) { return std::string(3000000 + i, static_cast<char>('a' + i)); }, options);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(outcomes[i].bytes, std::string(3000000 + i, static_cast<char>('a' + i)));
}

TEST(Forked, StoppingEndsWhatRuns) {
  ForkedOptions options;
  options.workers = 2;
  std::size_t ended = 0;
  options.ended = [&](std::size_t) { ++ended; };
  options.stop = [&] { return ended > 0; };
  const auto outcomes = run_forked(
      4,
      [](std::size_t i) -> std::string {
        if (i == 1) return "quick";
        for (;;) pause();
      },
      options);
  EXPECT_EQ(outcomes[1].bytes, "quick");
  for (const std::size_t i : {0u, 2u, 3u}) EXPECT_EQ(outcomes[i].failure, "stopped");
}

TEST(Forked, NothingToDo) {
  EXPECT_TRUE(run_forked(0, [](std::size_t) { return std::string(); }).empty());
}

}  // namespace
}  // namespace pishkhan::forked_test
