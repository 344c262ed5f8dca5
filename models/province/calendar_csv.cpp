// The tables of a province that say when things happen, and how well its numbers are known.
#include "models/province/calendar_csv.hpp"

#include <algorithm>

#include "models/province/calendar.hpp"
#include "models/province/province_columns.hpp"

namespace pishkhan {
std::vector<Holiday> load_holidays(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics) {
  std::vector<Holiday> holidays;
  const InputTable<HolidayRow> table = holidays_table();
  TableReader row = table.open(read_csv(file, diagnostics), diagnostics);
  while (row.next()) {
    const auto [day, gregorian, name] = table.read(row);
    if (!day) continue;
    if (gregorian && *gregorian != *day) {
      row.report("gregorian", row.raw("gregorian") + " is another day than " + row.raw("date"),
                 "it is " + format_date(*day, CalendarKind::gregorian));
    }
    const auto same = [&](const Holiday& holiday) { return holiday.day == *day; };
    if (std::any_of(holidays.begin(), holidays.end(), same))
      row.report("date", "the holiday " + row.raw("date") + " stands here twice", "");
    holidays.push_back({*day, name});
  }
  std::stable_sort(holidays.begin(), holidays.end(),
                   [](const Holiday& a, const Holiday& b) { return a.day < b.day; });
  return holidays;
}

Profiles load_profiles(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics) {
  Profiles profiles;
  std::array<std::array<std::array<bool, kHoursPerDay>, kKinds>, kChannels> seen{};
  const InputTable<ProfileRow> table = profiles_table();
  CsvTable text = read_csv(file, diagnostics);
  const std::string name = text.file;
  const std::size_t mistakes = diagnostics.size();
  TableReader row = table.open(std::move(text), diagnostics);
  while (row.next()) {
    const ProfileRow read = table.read(row);
    const bool online = read.channel == Channel::online;
    if (online && read.kind) row.report("kind", "a kind of the web", "leave it empty");
    if (!online && !read.kind) row.report("kind", "the value is missing", "one of urban, rural");
    const auto channel = static_cast<std::size_t>(read.channel);
    const auto kind = online ? 0 : static_cast<std::size_t>(read.kind.value_or(Kind::urban));
    const auto hour = static_cast<std::size_t>(read.hour);
    if (seen[channel][kind][hour]) row.report("hour", "the hour stands here twice", "");
    seen[channel][kind][hour] = true;
    (online ? profiles.web : profiles.stations[channel][kind])[hour] = read.weight;
  }
  if (diagnostics.size() > mistakes || name.empty()) return profiles;
  const auto expect_weight = [&](const Profiles::Hours& weights, const std::string& which) {
    if (std::any_of(weights.begin(), weights.end(), [](double weight) { return weight > 0; })) return;
    diagnostics.push_back(
        {name, 1, 0, which, "the profile has no positive weight", "add rows for its hours"});
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
                                         std::vector<Diagnostic>& diagnostics) {
  std::vector<EvidenceEntry> entries;
  const InputTable<EvidenceEntry> table = evidence_table();
  TableReader row = table.open(read_csv(file, diagnostics), diagnostics);
  while (row.next()) {
    EvidenceEntry entry = table.read(row);
    const auto same = [&](const EvidenceEntry& other) {
      return other.file == entry.file && other.column == entry.column;
    };
    if (std::any_of(entries.begin(), entries.end(), same))
      row.report("column", "the column " + entry.column + " of " + entry.file + " stands here twice", "");
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
