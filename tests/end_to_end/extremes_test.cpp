// Extreme input, as people meet it: an end by Ctrl-C is heard within a second wherever the program is, and
// what the surroundings cannot give is exit 3.
#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "tests/end_to_end/program.hpp"

namespace pishkhan::testing {
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

TEST(Extremes, AReadErrorIsExitThree) {
  const Finished finished = run_program({"check", "/proc/self/mem"});
  EXPECT_EQ(finished.exit_code, 3);
  EXPECT_THAT(finished.error, HasSubstr("cannot read /proc/self/mem"));
}

}  // namespace
}  // namespace pishkhan::testing
