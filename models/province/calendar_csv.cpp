// The tables of a province that say when things happen, and how well its numbers are known.
#include "models/province/calendar_csv.hpp"

#include <algorithm>
#include <map>

#include "models/province/calendar.hpp"
#include "models/province/province_columns.hpp"

namespace pishkhan {
namespace {

std::string the_first_is_in(int line) { return "the first is in line " + std::to_string(line); }

/// Expects an entry to grade a column of a table, or a key of a scenario, that is in the folder.
void check_subject(TableReader& row, const EvidenceEntry& entry, const std::filesystem::path& folder,
                   const SourceFiles& files) {
  if (!row.is_good("file")) return;
  static const std::vector<InputTableDescription> tables = province_table_descriptions();
  std::vector<std::string> names;
  for (const InputTableDescription& table : tables) names.push_back(table.name + ".csv");
  const auto did_you_mean = [](std::string_view near) {
    return near.empty() ? "" : "did you mean '" + std::string(near) + "'?";
  };
  const auto name = std::find(names.begin(), names.end(), entry.file);
  if (name == names.end()) {
    if (files.is_regular_file(folder / entry.file)) return;
    row.report("file", "no file '" + entry.file + "' beside this table",
               did_you_mean(nearest_name(entry.file, {names.begin(), names.end()})));
    return;
  }
  if (!row.is_good("column")) return;
  std::vector<std::string_view> known;
  for (const InputColumn& column : tables[static_cast<std::size_t>(name - names.begin())].columns)
    known.push_back(column.name);
  if (std::find(known.begin(), known.end(), entry.column) != known.end()) return;
  row.report("column", "no column '" + entry.column + "' in " + entry.file,
             did_you_mean(nearest_name(entry.column, known)));
}

}  // namespace

std::vector<Holiday> load_holidays(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics,
                                   const SourceFiles& files) {
  std::vector<Holiday> holidays;
  std::map<DayNumber, int> lines;
  const InputTable<HolidayRow> table = holidays_table();
  TableReader row = table.open(file, diagnostics, files);
  while (row.next()) {
    const auto [day, gregorian, name] = table.read(row);
    if (!day) continue;
    if (gregorian && *gregorian != *day) {
      row.report("gregorian", row.raw("gregorian") + " is another day than " + row.raw("date"),
                 "it is " + format_date(*day, CalendarKind::gregorian));
    }
    const auto [first, is_new] = lines.emplace(*day, row.line());
    if (!is_new) {
      row.report("date", "the holiday " + row.raw("date") + " stands here twice",
                 the_first_is_in(first->second));
    }
    holidays.push_back({*day, name});
  }
  std::stable_sort(holidays.begin(), holidays.end(),
                   [](const Holiday& a, const Holiday& b) { return a.day < b.day; });
  return holidays;
}

Profiles load_profiles(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics,
                       const SourceFiles& files) {
  Profiles profiles;
  std::array<std::array<std::array<int, kHoursPerDay>, kKinds>, kChannels> lines{};
  const InputTable<ProfileRow> table = profiles_table();
  const std::size_t mistakes = diagnostics.size();
  TableReader row = table.open(file, diagnostics, files);
  while (row.next()) {
    const ProfileRow read = table.read(row);
    if (!row.is_good("channel") || !row.is_good("kind") || !row.is_good("hour")) continue;
    const bool online = read.channel == Channel::online;
    if (online && read.kind) row.report("kind", "a kind of the web", "leave it empty");
    if (!online && !read.kind) row.report("kind", "the value is missing", "one of urban, rural");
    const auto channel = static_cast<std::size_t>(read.channel);
    const auto kind = online ? 0 : static_cast<std::size_t>(read.kind.value_or(Kind::urban));
    const auto hour = static_cast<std::size_t>(read.hour);
    int& line = lines[channel][kind][hour];
    if (line > 0) row.report("hour", "the hour stands here twice", the_first_is_in(line));
    line = row.line();
    (online ? profiles.web : profiles.stations[channel][kind])[hour] = read.weight;
  }
  if (diagnostics.size() > mistakes) return profiles;
  const auto expect_weight = [&](const Profiles::Hours& weights, const std::string& which) {
    if (std::any_of(weights.begin(), weights.end(), [](double weight) { return weight > 0; })) return;
    diagnostics.push_back(
        {file.string(), 1, 1, which, "the profile has no positive weight", "add rows for its hours"});
  };
  for (const Channel channel : {Channel::traditional, Channel::office}) {
    for (const Kind kind : {Kind::urban, Kind::rural}) {
      expect_weight(profiles.stations[static_cast<std::size_t>(channel)][static_cast<std::size_t>(kind)],
                    std::string(to_string(channel)) + "." + std::string(to_string(kind)));
    }
  }
  expect_weight(profiles.web, "online");
  return profiles;
}

std::vector<EvidenceEntry> load_evidence(const std::filesystem::path& file,
                                         std::vector<Diagnostic>& diagnostics, bool beside_its_files,
                                         const SourceFiles& files) {
  std::vector<EvidenceEntry> entries;
  std::map<std::pair<std::string, std::string>, int> lines;
  const InputTable<EvidenceEntry> table = evidence_table();
  TableReader row = table.open(file, diagnostics, files);
  while (row.next()) {
    EvidenceEntry entry = table.read(row);
    if (beside_its_files) check_subject(row, entry, file.parent_path(), files);
    const auto [first, is_new] = lines.emplace(std::pair(entry.file, entry.column), row.line());
    if (!is_new && row.is_good("file") && row.is_good("column")) {
      row.report("column", "the column " + entry.column + " of " + entry.file + " stands here twice",
                 the_first_is_in(first->second));
    }
    if (entry.low.has_value() != entry.high.has_value())
      row.report(entry.low ? "high" : "low", "the value is missing", "a range has both ends, or none");
    entry.line = row.line();
    if (entry.low) entry.low_at = row.place("low");
    entries.push_back(std::move(entry));
  }
  return entries;
}

Evidence weakest(const std::vector<EvidenceEntry>& entries) {
  Evidence found = entries.empty() ? Evidence::assumed : Evidence::measured;
  for (const EvidenceEntry& entry : entries) found = std::max(found, entry.evidence);
  return found;
}

}  // namespace pishkhan
