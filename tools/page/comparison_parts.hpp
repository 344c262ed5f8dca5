#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/page/comparison.hpp"
#include "tools/page/table_view.hpp"
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

/// The titles of the runs.
std::string title_of(const ComparisonRecord& record);

std::optional<TableView> find_table(const ComparisonSource& source, std::string_view name);

/// The head of the page in one language: of each run whether it is better, where and by how much.
std::string comparison_verdict(const ComparisonSource& source, const Texts& texts);

/// What the script draws, as JSON.
std::string comparison_data(const ComparisonSource& source);

}  // namespace pishkhan::page
