#include "tools/workbook/decision_book.hpp"

#include "tools/workbook/proof_book.hpp"

namespace pishkhan::workbook {

void write_decision_workbook(const std::filesystem::path& file, const page::DecisionSource& source,
                             Language language) {
  const page::DecisionRecord& record = source.record;
  const CellWords::Names names = names_of({{"county", &record.counties},
                                           {"agency", &record.agencies},
                                           {"service", &record.services},
                                           {"station", &record.stations}},
                                          language);
  write_proof_workbook(file,
                       {record,
                        source.tables,
                        names,
                        decision_verdict_of(source, Texts(language)),
                        "book.first_of_decision",
                        "book.decided",
                        {"decision.note"},
                        "placement_budget",
                        "column.clerks_added",
                        {{"saved_in_search_h", "h"}}},
                       language);
}

}  // namespace pishkhan::workbook
