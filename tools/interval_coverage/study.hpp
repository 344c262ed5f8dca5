#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/plan/plan.hpp"
#include "sim/statistics/verdict.hpp"
#include "tools/interval_coverage/printed.hpp"

// How often the intervals of a run's tables hold the truth.
namespace pishkhan::interval_coverage {

struct StudySize {
  std::uint32_t experiments = 500;
  std::uint32_t replications = 10;  ///< of each experiment
  /// The truth comes from so many others, in chunks. A chunk's tables are made as an experiment's are; a
  /// truth is the mean over chunks, of a quantile the median, so that it is among the values that occur. The
  /// bias of a ratio falls with the replications it is formed of, and so that of a chunk is negligible.
  std::uint32_t chunks = 40;
  std::uint32_t chunk_replications = 500;
  int threads = 1;
};

/// What an experiment printed in a cell.
enum class CellOutcome : std::uint8_t { no_row, no_number, misses, holds };

/// A cell of a table in all experiments.
struct CellRecord {
  std::size_t family = 0;
  std::vector<double> truths;         ///< by chunk; NaN where it printed none
  double truth = 0;                   ///< NaN where no chunk printed one
  std::vector<CellOutcome> outcomes;  ///< by experiment
  std::vector<float> values;          ///< by experiment; NaN where no number was printed
  std::vector<float> widths;          ///< by experiment, of the interval

  [[nodiscard]] std::size_t count(CellOutcome outcome) const;
  /// Whether a tenth of the numbers printed are the very same: then coverage moves by jumps, and intervals
  /// that hold the truth in 95% of experiments need not exist.
  [[nodiscard]] bool is_lump() const;
  /// Whether the cell rests on events so rare that more than 5% of experiments see none: fewer than three an
  /// experiment, as exp(-3) = 5%. The number is that of the Poisson distribution which is as skewed as the
  /// numbers printed are, 1 / skewness^2, or which has their kurtosis, 1 / excess kurtosis, if that is fewer:
  /// events that raise a difference or lower it make it hardly skewed. No interval from an experiment alone
  /// can tell what it did not see.
  /// The intervals themselves have no say: one without length that misses the truth is a miss.
  [[nodiscard]] bool is_rare() const;
};

/// The cells of a family together. Cells of one experiment depend on each other, so that experiments are what
/// is independent.
struct FamilyCoverage {
  Family family;
  double cells = 0;       ///< with a number, of an experiment
  double no_number = 0;   ///< share of cells
  double rare = 0;        ///< share of the numbers
  double lumps = 0;       ///< share of the numbers
  double width = 0;       ///< mean, of the interval
  Judgement all;          ///< share of the intervals that hold the truth
  Judgement not_rare;     ///< the same of the cells that are not rare, against 95%
  Judgement not_lumps;    ///< the same of the cells that are no lumps, against 98%
  bool is_below = false;  ///< not_rare is below 95%, by more than chance and more than binomial_noise
};

/// What the share of intervals that hold the truth may be off by chance, where it is 95% in so many
/// independent experiments: 1.96 binomial standard deviations.
double binomial_noise(std::uint32_t experiments);

struct Study {
  std::vector<FamilyCoverage> families;     ///< in the order of tables and columns
  std::map<std::string, CellRecord> cells;  ///< by table, column and row, with tabs between
};

/// Simulates the replications of the plan and of `without`, the same without what costs: those of the
/// experiments have the numbers from 0 on, those of the chunks the following. The same for any number of
/// threads.
Study study_coverage(const Plan& plan, const Plan& without, const StudySize& size);

}  // namespace pishkhan::interval_coverage
