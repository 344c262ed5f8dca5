#pragma once
#include <filesystem>
#include <string>

#include "tools/pishkhan/offered_load.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/tables.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// What the terminal shows after a run: what ran, totals by channel (or station), the stations in most
/// trouble, targets, stations that cannot keep up (`overloaded`), systems, costs, the audit's verdict, where
/// the tables are.
std::string terminal_summary(const Texts& texts, const Results& results, const Manifest& manifest,
                             const std::vector<Load>& overloaded, const std::filesystem::path& out,
                             double elapsed_s);

/// The same for scripts: one JSON object on one line. `tables` as make_tables made them.
std::string json_summary(const Results& results, const Manifest& manifest,
                         const std::vector<Load>& overloaded, const std::filesystem::path& out,
                         const std::vector<Table>& tables);

}  // namespace pishkhan
