#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "models/province/calendar_csv.hpp"
#include "models/province/input_table.hpp"
#include "models/province/province.hpp"

// The columns of the tables a province is made of.
namespace pishkhan {

/// The ids that tables refer to, in the order of their rows.
struct ProvinceIds {
  IdTable counties{"county"}, places{"place"}, agencies{"agency"}, services{"service"}, offices{"office"};
  IdTable link_kinds{"kind of link"};
  bool any_link = false;                ///< no kinds are known: every one is taken for the first
  std::set<std::string> unknown_links;  ///< that were reported
};

// `ids` must outlive the tables.
InputTable<County> counties_table(ProvinceIds& ids);
InputTable<Place> places_table(ProvinceIds& ids);
InputTable<Agency> agencies_table(ProvinceIds& ids);
InputTable<Service> services_table(ProvinceIds& ids);
InputTable<Office> offices_table(ProvinceIds& ids);
InputTable<Counter> counters_table(ProvinceIds& ids);

struct HolidayRow {
  std::optional<DayNumber> date, gregorian;
  std::string name_fa;
};
InputTable<HolidayRow> holidays_table();

struct ProfileRow {
  Channel channel = Channel::traditional;
  std::optional<Kind> kind;
  int hour = 0;
  double weight = 0;
};
InputTable<ProfileRow> profiles_table();

InputTable<EvidenceEntry> evidence_table();

/// All tables.
std::vector<InputTableDescription> province_table_descriptions();

/// The documentation of all tables in Markdown: scenarios/mazandaran/README.md.
std::string province_columns_markdown();

}  // namespace pishkhan
