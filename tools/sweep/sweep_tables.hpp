#pragma once
#include <functional>
#include <string>
#include <vector>

#include "models/province/province.hpp"
#include "tools/report/tables.hpp"
#include "tools/report/writer.hpp"
#include "tools/sweep/design.hpp"
#include "tools/sweep/point_file.hpp"

namespace pishkhan {

/// Headers of the tables of a study: points, responses, replications, and where it asks for them
/// sensitivities and best.
std::vector<TableHeader> sweep_headers(const Study& study, Evidence evidence);

/// The same for the data dictionary, of a study with some factor.
DictionaryPart study_dictionary();

/// The rows of a study's tables, written one point after the other, so that the memory does not grow with the
/// points. Each table goes to every writer. `stop` is asked now and then; true ends it with Interrupted.
/// Returns the number of rows of each table, in the order of sweep_headers.
std::vector<std::size_t> write_sweep_tables(const Study& study, const Design& design, Evidence evidence,
                                            const PointReader& points, const std::vector<Writer*>& writers,
                                            const std::function<bool()>& stop);

}  // namespace pishkhan
