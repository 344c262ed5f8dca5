// Simulates a county often enough to say how often the intervals of its tables hold the truth.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "sim/base/diagnostic.hpp"
#include "sim/base/keep_memory.hpp"
#include "tools/interval_coverage/county.hpp"
#include "tools/interval_coverage/discoveries.hpp"
#include "tools/interval_coverage/known_answers.hpp"
#include "tools/interval_coverage/study.hpp"
#include "tools/report/costs.hpp"
#include "tools/report/output_file.hpp"

namespace {

using namespace pishkhan;
using namespace pishkhan::interval_coverage;
namespace fs = std::filesystem;

constexpr const char* kCounty = "ramsar";

/// A folder that is removed in the end.
class ScratchFolder {
 public:
  ScratchFolder() : path_(fs::temp_directory_path() / ("interval-coverage-" + std::to_string(::getpid()))) {
    fs::create_directories(path_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string percent(double share) {
  if (share != share) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", 100 * share);
  return text;
}

std::string interval(const Judgement& judged) {
  return percent(judged.value.mean) + " (" + percent(judged.value.low) + " to " + percent(judged.value.high) +
         ")";
}

/// A line for each family; gives how many are below 95%.
int print_families(const Study& study, std::uint32_t experiments) {
  std::printf("%-18s %-38s %8s %6s %6s %6s  %-21s %-21s %-21s %10s\n", "table", "column", "numbers", "none %",
              "rare %", "lumps %", "held % (95% interval)", "of not rare", "of no lumps", "width");
  int below = 0, above = 0;
  for (const FamilyCoverage& family : study.families) {
    const bool is_above = family.not_lumps.verdict == Verdict::met;
    std::printf("%-18s %-38s %8.1f %6s %6s %6s  %-21s %-21s %-21s %10.4g%s%s\n", family.family.table.c_str(),
                family.family.column.c_str(), family.cells, percent(family.no_number).c_str(),
                percent(family.rare).c_str(), percent(family.lumps).c_str(), interval(family.all).c_str(),
                interval(family.not_rare).c_str(), interval(family.not_lumps).c_str(), family.width,
                family.is_below ? "  BELOW 95%" : "", is_above ? "  above 98%" : "");
    below += family.is_below;
    above += is_above;
  }
  std::printf("%zu families: %d below 95%% less %s%%, %d above 98%% without lumps\n", study.families.size(),
              below, percent(binomial_noise(experiments)).c_str(), above);
  return below;
}

void write_cells(const Study& study, const fs::path& file) {
  OutputFile out(file);
  out.write("table\tcolumn\trow\ttruth\tnumbers\tno_number\theld_share\twidth_mean\tlump\trare\n");
  for (const auto& [key, cell] : study.cells) {
    const std::size_t held = cell.count(CellOutcome::holds), numbers = held + cell.count(CellOutcome::misses);
    double widths = 0;
    for (std::size_t i = 0; i < cell.widths.size(); ++i)
      if (cell.outcomes[i] >= CellOutcome::misses) widths += cell.widths[i];
    char text[160];
    std::snprintf(text, sizeof text, "\t%.9g\t%zu\t%zu\t%.4f\t%.6g\t%d\t%d\n", cell.truth, numbers,
                  cell.count(CellOutcome::no_number),
                  static_cast<double>(held) / static_cast<double>(numbers),
                  widths / static_cast<double>(numbers), cell.is_lump() ? 1 : 0, cell.is_rare() ? 1 : 0);
    out.write(key + text);
  }
  out.close();
}

/// The overrides by which scenarios read the county's tables.
std::vector<std::string> county_tables(const fs::path& project, const ScratchFolder& scratch) {
  return write_county(project / "scenarios/mazandaran", kCounty, scratch.path());
}

Scenario county(const fs::path& project, const std::vector<std::string>& sets) {
  return load_scenario(project / "tools/interval_coverage/one_county.yaml", sets);
}

/// A row for each interval; gives 1 if one holds the truth too rarely.
int print_known_answers(const StudySize& size) {
  std::printf(
      "| quantity | replications | truth | mean number of them | holds the truth | within the precision | "
      "mean length | |\n|---|---|---|---|---|---|---|---|\n");
  int below = 0;
  for (const KnownAnswer& one : study_known_answers(size.experiments, size.threads)) {
    const bool by_precision = one.ended.starts_with("precision");
    const std::string precise =
        by_precision ? percent(static_cast<double>(one.precise) / one.experiments) + '%' : "";
    const char* verdict = one.is_below()    ? "below 95%"
                          : !one.is_above() ? ""
                          : one.is_discrete ? "above, discrete"
                                            : "above 95%";
    std::printf("| `%s` | %s | %.6g | %.1f | %s%% | %s | %.4g | %s |\n", one.quantity.c_str(),
                one.ended.c_str(), one.truth, one.replications, percent(one.held_share()).c_str(),
                precise.c_str(), one.width, verdict);
    below += one.is_below();
  }
  std::printf("\n%u experiments: within chance, 95%% +- %s%%\n", size.experiments,
              percent(binomial_noise(size.experiments)).c_str());
  return below > 0 ? 1 : 0;
}

/// Gives 1 if more is found than may be.
int print_discoveries(const StudySize& size, const fs::path& project) {
  constexpr double kLevel = 0.05;
  const ScratchFolder scratch;
  std::vector<std::string> sets = county_tables(project, scratch);
  const Scenario scenario = county(project, sets);
  sets.emplace_back("staffing=[{at: {kind: urban}, clerks: +1}]");
  const Scenario changed = county(project, sets);
  const DiscoveryStudy study =
      study_discoveries(Plan(scenario), Plan(changed), size.experiments, size.replications, size.threads);
  const double noise = 1.96 * std::sqrt(kLevel * (1 - kLevel) / study.comparisons);
  int above = 0;
  std::printf(
      "| no law differs | tested | comparisons in which something is called better or worse "
      "|\n|---|---|---|\n");
  const auto print = [&](const char* what, const FalseDiscoveries& found) {
    const double share = static_cast<double>(found.comparisons) / study.comparisons;
    std::printf("| %s | %.1f | %s%% (%zu calls in all) |\n", what, found.tests, percent(share).c_str(),
                found.found);
    above += share > kLevel + noise;
  };
  print("other persons, stations", study.other_persons_stations);
  print("other persons, services", study.other_persons_services);
  print("common citizens, runs exchanged by a coin, stations", study.exchanged_stations);
  print("common citizens, runs exchanged by a coin, services", study.exchanged_services);
  std::printf(
      "\n%u comparisons of %u replications: at most 5%% + %s%%. A clerk more at each urban office: %.2f "
      "stations "
      "differ, %.2f are called better, %.2f worse (means).\n",
      study.comparisons, size.replications, percent(noise).c_str(), study.differing, study.better,
      study.worse);
  return above > 0 ? 1 : 0;
}

int run(const StudySize& size, const fs::path& project, const fs::path& cells) {
  const ScratchFolder scratch;
  const Scenario scenario = county(project, county_tables(project, scratch));
  const Scenario other = without(scenario, CostOf::outages);
  const Study study = study_coverage(Plan(scenario), Plan(other), size);
  if (!cells.empty()) write_cells(study, cells);
  return print_families(study, size.experiments) > 0 ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  pishkhan::keep_freed_memory();
  CLI::App app(
      "How often do the 95% intervals of a run's tables hold the truth? Simulates a county by itself in many "
      "experiments and counts. Ends with 1 if a column's intervals hold it too rarely.");
  StudySize size;
  fs::path project = ".", cells;
  app.add_option("--experiments", size.experiments, "experiments")->check(CLI::Range(10, 100'000));
  app.add_option("--replications", size.replications, "of each experiment")->check(CLI::Range(2, 1000));
  app.add_option("--chunks", size.chunks, "of replications that the truth is taken from")
      ->check(CLI::Range(2, 10'000));
  app.add_option("--chunk-replications", size.chunk_replications, "of each chunk")
      ->check(CLI::Range(2, 10'000));
  app.add_option("--threads", size.threads, "at a time")->check(CLI::Range(1, 256));
  app.add_option("--cells", cells, "file to write with a line for each cell");
  app.add_option("--project", project, "folder of the project")->check(CLI::ExistingDirectory);
  app.fallthrough();
  const CLI::App* known = app.add_subcommand("known", "Intervals of a day whose truth is known exactly");
  const CLI::App* discoveries = app.add_subcommand("discoveries", "What comparisons find where nothing is");
  app.require_subcommand(0, 1);
  CLI11_PARSE(app, argc, argv);
  try {
    if (known->parsed()) return print_known_answers(size);
    if (discoveries->parsed()) return print_discoveries(size, project);
    return run(size, project, cells);
  } catch (const UserError& error) {
    std::cerr << error.what() << '\n';
    return 2;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 3;
  }
}
