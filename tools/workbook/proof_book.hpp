#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/page/proof_record.hpp"
#include "tools/page/verdict_in_words.hpp"
#include "tools/report/table.hpp"
#include "tools/texts/texts.hpp"
#include "tools/workbook/cell_words.hpp"

namespace pishkhan::workbook {

/// The workbook of a search with a proof, of a staffing or a plan.
struct ProofBook {
  const page::ProofRecord& record;
  const std::vector<const Table*>& tables;
  CellWords::Names names;
  page::VerdictInWords verdict;
  const char* name;                  ///< of its first sheet: a key of the texts
  const char* heading;               ///< over what was searched: a key too
  std::vector<const char*> reading;  ///< keys of what is to be known of its tables
  // Charts over the clerks of a table, where it has more than one number of them.
  std::string_view frontier;                                    ///< its name
  const char* over;                                             ///< key of the axis of clerks
  std::vector<std::pair<std::string, std::string>> quantities;  ///< with their units: percent, min or h
  std::vector<std::string_view> kept = {};                      ///< as make_sheet_table has them
};
/// Throws EnvironmentError.
void write_proof_workbook(const std::filesystem::path& file, const ProofBook& content, Language language);

}  // namespace pishkhan::workbook
