#include "tools/workbook/plan_book.hpp"

#include "tools/workbook/proof_book.hpp"

namespace pishkhan::workbook {

const std::vector<std::string_view> kColumnsOfPlan{"service", "wave", "starts",       "station", "state",
                                                   "target",  "goal", "clerks_added", "clerks",  "services"};

void write_plan_workbook(const std::filesystem::path& file, const page::PlanSource& source,
                         Language language) {
  const page::PlanRecord& record = source.record;
  const CellWords::Names names = names_of(
      {{"agency", &record.agencies}, {"service", &record.services}, {"station", &record.stations}}, language);
  write_proof_workbook(file,
                       {record,
                        source.tables,
                        names,
                        plan_verdict_of(source, Texts(language)),
                        "book.first_of_plan",
                        "book.planned",
                        {"planservices.note", "planoffices.note", "planfrontier.note"},
                        "plan_frontier",
                        "column.clerks_added",
                        {{"moved_share", "percent"}},
                        kColumnsOfPlan},
                       language);
}

}  // namespace pishkhan::workbook
