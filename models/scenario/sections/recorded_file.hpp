#pragma once
#include "models/scenario/text/mistakes.hpp"
#include "sim/base/source_files.hpp"

namespace pishkhan {

/// Puts the rows of the files that arrivals of bare stations name into the document, as `recorded`: so it
/// says all by itself, and mistakes about a row are told at the row. Mistakes of the files are added; the key
/// of a file with mistakes stays.
void take_recorded_files(Node& root, const SourceFiles& files, Diagnostics& mistakes);

}  // namespace pishkhan
