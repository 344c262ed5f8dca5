#include "tools/workbook/staffing_book.hpp"

#include "tools/workbook/proof_book.hpp"

namespace pishkhan::workbook {

void write_staffing_workbook(const std::filesystem::path& file, const page::StaffingSource& source,
                             Language language) {
  write_proof_workbook(file,
                       {source.record,
                        source.tables,
                        names_of({{"county", &source.record.counties}}, language),
                        staffing_verdict_of(source, Texts(language)),
                        "book.first_of_staffing",
                        "book.staffed",
                        {"staffing.note", "staffcurve.note_of_book", "frontier.note"},
                        "staffing_frontier",
                        "column.clerks",
                        {{"service_level", "percent"}, {"wait_joined_s", "min"}}},
                       language);
}

}  // namespace pishkhan::workbook
