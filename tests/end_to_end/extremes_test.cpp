// Extreme input, as people meet it: an end by Ctrl-C is heard within a second wherever the program is, and
// what the surroundings cannot give is exit 3.
#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "tests/end_to_end/program.hpp"

namespace pishkhan::tests::extremes_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A scenario file that lives as long as this.
class ScenarioText {
 public:
  ScenarioText(const std::string& name, const std::string& text)
      : path_(fs::path(::testing::TempDir()) / ("pishkhan-" + name + ".yaml")) {
    std::ofstream(path_) << text;
  }
  ~ScenarioText() { fs::remove(path_); }
  ScenarioText(const ScenarioText&) = delete;
  ScenarioText& operator=(const ScenarioText&) = delete;

  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

/// Starts the program, interrupts it after a while, and expects it to end soon.
void expect_heard(const std::vector<std::string>& arguments, std::chrono::milliseconds after) {
  Program program(arguments);
  std::this_thread::sleep_for(after);
  const auto begin = std::chrono::steady_clock::now();
  program.signal(SIGINT);
  const Finished finished = program.wait();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(finished.exit_code, 130) << arguments[0] << ' ' << after.count() << " ms: " << finished.error;
  EXPECT_THAT(finished.error, HasSubstr("interrupted"));
  // A second on a quiet machine.
  EXPECT_LT(took.count(), 3) << arguments[0] << ' ' << after.count() << " ms";
}

TEST(Extremes, AnInterruptIsHeardWhileReading) {
  std::string text =
      "scenario: Slow to read\nbase: " + (source_dir() / "scenarios/mazandaran/baseline.yaml").string() +
      "\nstaffing:\n";
  for (int k = 0; k < 3000; ++k) {
    text += "  - {at: offices, clerks: +1, starts: 1395-01-" + std::to_string(10 + k % 20) +
            ", ends: 1396-01-" + std::to_string(10 + k % 19) + "}\n";
  }
  const ScenarioText scenario("slow-to-read", text);
  for (const char* command : {"check", "run"})
    expect_heard({command, scenario.path()}, std::chrono::seconds(1));
}

TEST(Extremes, AnInterruptIsHeardWithinADay) {
  const ScenarioText scenario("long-day", R"(scenario: A long day
run: {length: 3000000 s, replications: 2}
stations:
  - id: a
    streams: [{id: x, arrivals: 1 / s, priority: 1}, {id: y, arrivals: 1 / s}]
    handling: {gamma: {mean: 3 s, cv: 50}}
    patience: {exponential: {mean: 10 d}}
    clerks: 3
)");
  const fs::path out = fs::path(::testing::TempDir()) / "pishkhan-long-day";
  for (const int tenths : {5, 20}) {
    expect_heard({"run", scenario.path(), "--out", out.string(), "--threads", "1"},
                 std::chrono::milliseconds(100 * tenths));
    EXPECT_FALSE(fs::exists(out));
  }
}

TEST(Extremes, ManyClerksWithManyShiftsAreForecastAndHeard) {
  std::string shifts;
  for (int hour = 0; hour < 24; ++hour) {
    for (int minute = 0; minute < 60; minute += 2) {
      const auto two = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
      shifts += (shifts.empty() ? "" : ", ") + two(hour) + ':' + two(minute) + '-' + two(hour) + ':' +
                two(minute + 1);
    }
  }
  const ScenarioText scenario("many-shifts",
                              "scenario: A million clerks by the minute\n"
                              "run: {days: 20, replications: 2}\nstations:\n"
                              "  - {id: a, doors: 08:00-12:00, arrivals: 1 / min,\n"
                              "     handling: {constant: 1 min}, clerks: [{clerks: 1000000, shifts: \"" +
                                  shifts + "\"}]}\n");
  const auto begin = std::chrono::steady_clock::now();
  const Finished checked = run_program({"check", scenario.path(), "--threads", "1"});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(checked.exit_code, 0) << checked.error;
  EXPECT_THAT(checked.out, HasSubstr("or more"));
  EXPECT_LT(took.count(), 5) << "about a second on a quiet machine";
  const fs::path out = fs::path(::testing::TempDir()) / "pishkhan-many-shifts";
  expect_heard({"run", scenario.path(), "--out", out.string(), "--threads", "1"}, std::chrono::seconds(2));
  EXPECT_FALSE(fs::exists(out));
}

TEST(Extremes, AnUnbrokenRunTakesNoMoreMemoryTheLongerItIs) {
  const ScenarioText scenario("long-run", R"(scenario: A long run
run: {length: 3000000 s, replications: 1}
stations:
  - {id: a, arrivals: 1 / s, handling: {exponential: {mean: 0.8 s}}, clerks: 1}
)");
  const fs::path out = fs::path(::testing::TempDir()) / "pishkhan-long-run";
  const auto peak = [&](const std::string& length) {
    fs::remove_all(out);
    const Finished finished = run_program({"run", scenario.path(), "--set", "run.length=" + length, "--out",
                                           out.string(), "--threads", "1", "--quiet"});
    EXPECT_EQ(finished.exit_code, 0) << finished.error;
    return finished.peak_memory_bytes;
  };
  // Of several pieces both: at the first piece that is larger than those before it, by chance, buffers
  // double.
  const double once = peak("3000000 s"), ten_times = peak("30000000 s");
  EXPECT_LT(ten_times, 1.1 * once);
  fs::remove_all(out);
}

TEST(Extremes, ARunThatNeedsMoreMemoryThanThereIsIsRefused) {
  const ScenarioText scenario("endless-queue", R"(scenario: Nobody keeps up
run: {length: 1000000 s, replications: 2}
stations:
  - {id: a, arrivals: 100 / s, handling: {exponential: {mean: 1 s}}, clerks: 50}
)");
  const fs::path out = fs::path(::testing::TempDir()) / "pishkhan-endless-queue";
  Program::Settings settings;
  settings.address_bytes = 3'000'000'000;
  const auto finished = [&](const std::vector<std::string>& arguments) {
    Program program(arguments, settings);
    return program.wait();
  };
  const Finished checked = finished({"check", scenario.path(), "--threads", "1"});
  EXPECT_EQ(checked.exit_code, 0) << checked.error;
  EXPECT_THAT(checked.out, HasSubstr("the run will end with exit code 3"));
  const Finished run = finished({"run", scenario.path(), "--threads", "1", "--out", out.string()});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.error, HasSubstr("of memory, and"));
  EXPECT_FALSE(fs::exists(out));
}

TEST(Extremes, CheckAndRunForecastTheSameMemory) {
  const ScenarioText scenario("long-day", R"(scenario: A long day
run: {days: 1, replications: 1}
stations:
  - {id: a, doors: 08:00-16:00, arrivals: 20 / s, handling: {constant: 1 ms}, clerks: 1}
)");
  const fs::path out = fs::path(::testing::TempDir()) / "pishkhan-long-day";
  const auto with_bytes = [&](const std::vector<std::string>& arguments, rlim_t bytes) {
    Program::Settings settings;
    settings.address_bytes = bytes;
    return run_program(arguments, settings);
  };
  const std::vector<std::string> check{"check", scenario.path(), "--threads", "1"};
  const std::vector<std::string> run{"run",     scenario.path(), "--threads", "1",
                                     "--quiet", "--out",         out.string()};
  std::size_t sure = 0, unsure = 0;
  for (rlim_t bytes = 120'000'000; bytes <= 300'000'000; bytes += 15'000'000) {
    const Finished checked = with_bytes(check, bytes), ran = with_bytes(run, bytes);
    fs::remove_all(out);
    const bool will = checked.out.find("will end with exit code 3") != std::string::npos;
    const bool may = checked.out.find("may end with exit code 3") != std::string::npos;
    if (checked.exit_code != 0) continue;  // not even that has room
    EXPECT_TRUE(may || ran.exit_code == (will ? 3 : 0)) << bytes << ran.error;
    sure += will || !may;
    unsure += may;
  }
  EXPECT_GT(sure, 4U);
  EXPECT_GT(unsure, 0U);
}

TEST(Extremes, AReadErrorIsExitThree) {
  const Finished finished = run_program({"check", "/proc/self/mem"});
  EXPECT_EQ(finished.exit_code, 3);
  EXPECT_THAT(finished.error, HasSubstr("cannot read /proc/self/mem"));
}

}  // namespace
}  // namespace pishkhan::tests::extremes_test
