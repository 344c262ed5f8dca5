#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/page/comparison.hpp"
#include "tools/page/table_view.hpp"
#include "tools/page/verdict.hpp"
#include "tools/report/printed.hpp"
#include "tools/texts/texts.hpp"

// The parts of which the page of a comparison is put together.
namespace pishkhan::page {

/// A quantity of two runs beside each other, with the decimals that the difference's interval tells.
struct PrintedPair {
  std::string a, b;            ///< empty where there is no number
  std::string unit;            ///< of a and b
  PrintedEstimate difference;  ///< b - a; of shares in percentage points, `points`
};
/// Reads the estimate `difference` of a row, and the values in the columns `a` and `b`.
PrintedPair print_pair(const TableView& table, std::size_t row, const std::string& quantity,
                       std::string_view unit, const std::string& a, const std::string& b,
                       const std::string& difference);

/// A quantity of a whole run that differs between the first run and another.
struct HeadlineDifference {
  std::string quantity, channel;
  double low = 0, high = 0;  ///< of the difference, in the unit of the table; NaN where there is no number
  PrintedPair printed;
  std::optional<double> unpaired_replications;
};
/// Quantities of a run in the order in which they are read, those that differ in any replication.
std::vector<HeadlineDifference> headline_differences(const ComparisonSource& source, const std::string& run);
/// By quantity, the first are asked first.
std::vector<std::string> headline_quantities();

/// A step of a waterfall, in digits that sum to those of the total; empty where there is no number.
struct PrintedStep {
  std::string change, text;     ///< as in the table `waterfall`
  std::string mean, low, high;  ///< its part
  std::string written, reverse, shared;
};
struct PrintedSplit {
  std::string quantity, channel;
  std::string unit, of_difference;  ///< of the quantity, and of its parts
  std::vector<PrintedStep> steps;   ///< the last is the total
};
/// The waterfalls of a run, in the order of the table.
std::vector<PrintedSplit> printed_splits(const ComparisonSource& source, const std::string& run);

/// A row of the table `ranking`.
struct PrintedRank {
  std::string quantity, channel;
  int rank = 0;
  std::string run;      ///< its name
  PrintedPair printed;  ///< `a` is the run's value, the difference that from the best
  bool is_tied = false;
};
std::vector<PrintedRank> printed_ranking(const ComparisonSource& source);

/// The titles of the runs.
std::string title_of(const ComparisonRecord& record);

/// What a comparison found, in words: of each run but the first whether it is better, where and by how much.
struct ComparisonVerdict {
  struct OfRun {
    std::string sentence;
    std::vector<Figure> figures;
  };
  std::string facts;  ///< what was compared
  std::vector<OfRun> runs;
  std::string how_sure;
};
/// For a page its titles are marked up as HTML.
ComparisonVerdict comparison_verdict_of(const ComparisonSource& source, const Texts& texts, bool marked_up);

/// The head of the page in one language.
std::string comparison_verdict(const ComparisonSource& source, const Texts& texts);

/// What the script draws, as JSON.
std::string comparison_data(const ComparisonSource& source);

}  // namespace pishkhan::page
