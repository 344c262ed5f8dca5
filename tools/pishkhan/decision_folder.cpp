#include "tools/pishkhan/decision_folder.hpp"

#include "tools/page/page.hpp"
#include "tools/report/output_file.hpp"
#include "tools/workbook/decision_book.hpp"
#include "tools/workbook/workbook.hpp"

namespace pishkhan {

namespace fs = std::filesystem;

void write_decision_folder(const Scenario& scenario, StaffingFolder content,
                           const page::DecisionRecord& record, const StaffOptions& options,
                           const fs::path& folder) {
  page::add_decision_record(record, content.facts);
  page::DecisionSource source{record, {}};
  for (const Table& table : content.tables) source.tables.push_back(&table);
  content.write_reports = [&](const Formats& formats, const fs::path& to) {
    if (contains(formats, Format::html)) write_file(to / page::kPageFile, page::decision_html(source));
    if (!contains(formats, Format::xlsx)) return;
    const Language language = workbook::language_of(options.language);
    workbook::write_decision_workbook(to / workbook::file_name(language), source, language);
  };
  write_staffing_folder(scenario, content, options.formats, folder);
}

}  // namespace pishkhan
