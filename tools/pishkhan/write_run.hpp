#pragma once
#include <vector>

#include "tools/pishkhan/finished_run.hpp"
#include "tools/pishkhan/options.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/output_folder.hpp"
#include "tools/report/table.hpp"
#include "tools/report/visits.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan {

Language workbook_language_of(const RunOptions& options);

/// Writes what is asked for of a run whose audit passed, and puts it in place. Returns the manifest.
/// `options` as complete() gives them; `tables` as make_tables made them; `spool` has the visits, or is null.
Manifest write_run(const FinishedRun& run, const std::vector<Table>& tables, const VisitSpool* spool,
                   const RunOptions& options, OutputFolder& folder);

}  // namespace pishkhan
