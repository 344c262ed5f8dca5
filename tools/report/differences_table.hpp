#pragma once
#include <span>
#include <string>
#include <vector>

#include "tools/report/compared_run.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// One quantity of one cell in two runs.
struct Difference {
  const std::string* run;  ///< name of the run that is compared with the first
  CellKey key;
  std::string_view quantity, unit;
  PairedDifference paired;
};

/// Every quantity of the cells of which any quantity differs in any replication. A cell that one of the runs
/// does not have is empty there.
std::vector<Difference> find_differences(const ComparedRun& a, const ComparedRun& b);

/// The weakest of the runs'.
Evidence weakest_evidence(const ComparedRun& first, std::span<const ComparedRun> others);

/// The table `differences`: each of the others against the first.
Table make_differences_table(const ComparedRun& first, std::span<const ComparedRun> others);

}  // namespace pishkhan
