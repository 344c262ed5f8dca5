#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "models/province/province.hpp"
#include "sim/statistics/estimate.hpp"

namespace pishkhan {

/// A fact that the baseline is to have, of compared.csv, and what it has.
struct ComparedFact {
  std::string id, statement, unit, source;
  Evidence evidence = Evidence::assumed;
  double value = 0, low = 0, high = 0;  ///< what is said, and how far the baseline may be from it
  bool held = true;                     ///< no: it follows from other facts, which were preferred
  std::optional<double> table;          ///< what tables and scenario say
  std::optional<Estimate> simulated;    ///< mean over replications

  /// Whether the tables, and the mean of the replications, are within the range.
  [[nodiscard]] bool agrees() const;
};

/// Reads the facts, and compares them with a scenario of the province, which is simulated for so many
/// replications. Throws UserError.
std::vector<ComparedFact> compare_facts(const std::filesystem::path& facts,
                                        const std::filesystem::path& scenario,
                                        const std::vector<std::string>& overrides, int replications,
                                        int threads);

/// The table as a document.
std::string facts_markdown(const std::vector<ComparedFact>& facts, const std::string& run);

}  // namespace pishkhan
