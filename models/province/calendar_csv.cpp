// The tables of a province that say when things happen, and how well its numbers are known.
#include <algorithm>

#include "models/province/calendar.hpp"
#include "models/province/province_csv.hpp"
#include "models/province/table_reader.hpp"

namespace pishkhan {
namespace {

std::optional<DayNumber> read_date(TableReader& row, std::string_view column) {
  ParsedDate date = parse_date(row.raw(column));
  if (!date.day) row.report(column, std::move(date.problem), std::move(date.hint));
  return date.day;
}

}  // namespace

std::vector<Holiday> load_holidays(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics) {
  std::vector<Holiday> holidays;
  TableReader row(read_csv(file, diagnostics), {"date", "gregorian", "name_fa"}, diagnostics);
  while (row.next()) {
    const auto day = read_date(row, "date");
    const auto gregorian = read_date(row, "gregorian");
    const std::string name = row.text("name_fa");
    if (!day) continue;
    if (gregorian && *gregorian != *day) {
      row.report("gregorian", row.raw("gregorian") + " is another day than " + row.raw("date"),
                 "it is " + format_date(*day, CalendarKind::gregorian));
    }
    const auto same = [&](const Holiday& holiday) { return holiday.day == *day; };
    if (std::any_of(holidays.begin(), holidays.end(), same)) {
      row.report("date", "the holiday " + row.raw("date") + " stands here twice", "");
    }
    holidays.push_back({*day, name});
  }
  std::stable_sort(holidays.begin(), holidays.end(),
                   [](const Holiday& a, const Holiday& b) { return a.day < b.day; });
  return holidays;
}

Profiles load_profiles(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics) {
  Profiles profiles;
  std::array<std::array<std::array<bool, kHoursPerDay>, kKinds>, kChannels> seen{};
  CsvTable table = read_csv(file, diagnostics);
  const std::string name = table.file;
  const std::size_t mistakes = diagnostics.size();
  TableReader row(std::move(table), {"channel", "kind", "hour", "weight"}, diagnostics);
  while (row.next()) {
    const std::size_t channel = row.word("channel", {"traditional", "office", "online"});
    const bool online = channel == static_cast<std::size_t>(Channel::online);
    const std::size_t kind = online ? 0 : row.word("kind", {"urban", "rural"});
    if (online && !row.raw("kind").empty()) row.report("kind", "a kind of the web", "leave it empty");
    const auto hour = static_cast<std::size_t>(row.whole("hour", 0, kHoursPerDay - 1));
    const double weight = row.number("weight", 0, 1e9);
    if (seen[channel][kind][hour]) row.report("hour", "the hour stands here twice", "");
    seen[channel][kind][hour] = true;
    (online ? profiles.web : profiles.stations[channel][kind])[hour] = weight;
  }
  if (diagnostics.size() > mistakes || name.empty()) return profiles;
  const auto expect_weight = [&](const Profiles::Hours& weights, const std::string& which) {
    if (std::any_of(weights.begin(), weights.end(), [](double weight) { return weight > 0; })) return;
    diagnostics.push_back(
        {name, 0, 0, which, "the profile has no positive weight", "add rows for its hours"});
  };
  for (const Channel channel : {Channel::traditional, Channel::office})
    for (const Kind kind : {Kind::urban, Kind::rural})
      expect_weight(profiles.stations[static_cast<std::size_t>(channel)][static_cast<std::size_t>(kind)],
                    std::string(to_string(channel)) + "." + std::string(to_string(kind)));
  expect_weight(profiles.web, "online");
  return profiles;
}

std::vector<EvidenceEntry> load_evidence(const std::filesystem::path& file,
                                         std::vector<Diagnostic>& diagnostics) {
  std::vector<EvidenceEntry> entries;
  TableReader row(read_csv(file, diagnostics), {"file", "column", "evidence", "source", "note"}, diagnostics);
  while (row.next()) {
    EvidenceEntry entry;
    entry.file = row.text("file");
    entry.column = row.text("column");
    entry.evidence = static_cast<Evidence>(row.word("evidence", {"measured", "stated", "assumed"}));
    entry.source = row.text("source");
    entry.note = row.text("note", true);
    const auto same = [&](const EvidenceEntry& other) {
      return other.file == entry.file && other.column == entry.column;
    };
    if (std::any_of(entries.begin(), entries.end(), same)) {
      row.report("column", "the column " + entry.column + " of " + entry.file + " stands here twice", "");
    }
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
