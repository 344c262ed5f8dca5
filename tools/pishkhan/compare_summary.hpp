#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "tools/pishkhan/reusing_simulator.hpp"
#include "tools/report/changed_table.hpp"
#include "tools/report/waterfall_table.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// What compare shows after the tables are written.
struct Comparison {
  std::span<const ComparedRun> runs;  ///< the first, and those compared with it
  std::span<const Waterfall> waterfalls;
  std::span<const Table> tables;
  std::size_t simulated = 0;  ///< of the runs; the others were finished before
  ReusedWork reused;          ///< of these, and of those for the waterfall
  std::span<const Changed> changed;
  std::filesystem::path out;
};

/// In some ten lines for each run that is compared with the first: the headlines, how many stations are
/// better and worse, the largest parts of the waterfall, where the tables are.
std::string comparison_summary(const Texts& texts, const Comparison& comparison);

/// The same for scripts: one JSON object on one line.
std::string comparison_json(const Comparison& comparison);

}  // namespace pishkhan
