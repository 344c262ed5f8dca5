#include "tests/fuzz/extreme_fuzz.hpp"

#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "sim/base/diagnostic.hpp"
#include "tests/fuzz/scenario_maker.hpp"
#include "tests/fuzz/tiny_province.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFindings = 20;
constexpr double kHangs = 4;  ///< times what a run may take

/// The scenario at work, in a file that stays when the process dies.
class LastScenario {
 public:
  explicit LastScenario(const fs::path& file)
      : descriptor_(::open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644)) {
    if (descriptor_ < 0) throw EnvironmentError("cannot write " + file.string());
  }
  ~LastScenario() { ::close(descriptor_); }
  LastScenario(const LastScenario&) = delete;
  LastScenario& operator=(const LastScenario&) = delete;

  void write(std::uint64_t seed, const std::string& yaml) {
    const std::string text = "# seed " + std::to_string(seed) + '\n' + yaml;
    if (::ftruncate(descriptor_, 0) != 0 || ::pwrite(descriptor_, text.data(), text.size(), 0) < 0)
      throw EnvironmentError("cannot write the scenario at work");
  }

 private:
  int descriptor_;
};

/// Ends the process by SIGPROF after so much time of the processor; 0: never.
void set_timer(double seconds) {
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(seconds);
  ::setitimer(ITIMER_PROF, &timer, nullptr);
}

std::uint64_t resident_kib() {
  std::ifstream status("/proc/self/statm");
  std::uint64_t all = 0, resident = 0;
  status >> all >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 1024;
}

/// A problem without its values: what the same refusals have in common.
std::string kind_of(const std::string& problem) {
  std::string kind;
  bool value = false;
  for (const char c : problem) {
    if (c == '`') value = !value;
    if (!value && (c < '0' || c > '9')) kind += c;
  }
  return kind;
}

/// Told at once: who knows how the process ends.
void keep(std::vector<Finding>& findings, std::uint64_t seed, const RunFinding& found) {
  std::cerr << to_string(found.ending) << " at seed " << seed << ": " << found.fault << std::endl;
  if (findings.size() < kMostFindings) findings.push_back({seed, found});
}

}  // namespace

FuzzReport fuzz_extremes(const FuzzOptions& options) {
  tiny::write_tables(options.folder);
  LastScenario last(options.folder / "last.yaml");
  FuzzReport report{0, 0, {}, {}, {}, {}, KeyCoverage(keys_never_made()), 0, 0, 0};
  const auto begin = std::chrono::steady_clock::now();
  const auto elapsed = [begin] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  // A third of the scenarios or more is accepted, and a part of those is too large.
  const std::uint64_t stride =
      std::max<std::uint64_t>(1, options.loads / 5 / std::max<std::uint64_t>(1, options.runs));
  const std::string name = (options.folder / "made.yaml").string();
  std::uint64_t& finished = report.endings[static_cast<std::size_t>(Ending::finished)];
  for (std::uint64_t i = 0; i < options.loads && elapsed() < options.seconds; ++i) {
    const std::uint64_t seed = options.seed + i;
    const MadeScenario made = make_scenario(seed);
    last.write(seed, made.yaml);
    set_timer(kHangs * options.limits.seconds);
    const bool run = i % stride == 0 && finished < options.runs;
    const RunFinding found = judge(made.yaml, name, run, options.limits);
    const bool accepted = found.ending != Ending::refused;
    ++report.loads;
    report.accepted += accepted ? 1 : 0;
    ++report.endings[static_cast<std::size_t>(found.ending)];
    report.coverage.add(made.uses, accepted, found.ending == Ending::finished);
    if (found.ending == Ending::refused) ++report.refusals[kind_of(found.fault)];
    if (found.ending == Ending::at_fault) keep(report.faults, seed, found);
    if (found.ending == Ending::too_slow) keep(report.slow, seed, found);
    if (found.ending == Ending::at_fault && options.until_fault) break;
    if (i == options.loads / 10) report.memory_early_kib = resident_kib();
  }
  set_timer(0);
  report.seconds = elapsed();
  report.memory_late_kib = resident_kib();
  return report;
}

std::string report_text(const FuzzReport& report, bool keys) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(1);
  const auto loads = static_cast<double>(std::max<std::uint64_t>(1, report.loads));
  out << report.loads << " scenarios in " << report.seconds << " s, " << report.accepted << " accepted ("
      << 100 * static_cast<double>(report.accepted) / loads << "%)\n";
  for (std::size_t i = 0; i < report.endings.size(); ++i)
    out << "  " << std::setw(9) << report.endings[i] << ' ' << to_string(static_cast<Ending>(i)) << '\n';
  out << "resident memory: " << report.memory_early_kib << " KiB after a tenth, " << report.memory_late_kib
      << " KiB at the end\n";
  if (keys) {
    std::vector<std::pair<std::uint64_t, std::string>> refusals;
    for (const auto& [kind, count] : report.refusals) refusals.emplace_back(count, kind);
    std::sort(refusals.rbegin(), refusals.rend());
    out << "most frequent first reasons of refusals:\n";
    for (std::size_t i = 0; i < std::min<std::size_t>(40, refusals.size()); ++i)
      out << "  " << std::setw(9) << refusals[i].first << ' ' << refusals[i].second << '\n';
    report.coverage.print(out);
  }
  const auto missing = report.coverage.missing(false), unfinished = report.coverage.missing(true);
  out << missing.size() << " keys or bounds in no accepted scenario:";
  for (const std::string& key : missing) out << "\n  " << key;
  out << '\n' << unfinished.size() << " in no finished one";
  for (const std::string& key : unfinished) out << "\n  " << key;
  for (const std::string& bound : report.coverage.unexpected()) out << "\naccepted: " << bound;
  out << '\n';
  const auto list = [&out](const char* what, const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
      out << what << " at seed " << finding.seed << ": " << finding.found.fault << "\n"
          << "  repeat: fuzz_scenarios --seed " << finding.seed << " --loads 1 --folder FOLDER\n"
          << make_scenario(finding.seed).yaml;
    }
  };
  list("SLOW", report.slow);
  list("FAULT", report.faults);
  return out.str();
}

}  // namespace pishkhan
