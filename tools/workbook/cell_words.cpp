#include "tools/workbook/cell_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "tools/page/page_source.hpp"

namespace pishkhan::workbook {
namespace {

/// A column and the beginning of the keys of its words.
constexpr std::array<std::pair<std::string_view, std::string_view>, 27> kKeys{{
    {"channel", "channel."},
    {"from", "channel."},
    {"to", "channel."},
    {"kind", "kind."},
    {"class", "class."},
    {"cause", "cause."},
    {"link", "link."},
    {"period_kind", "target.in."},
    {"target_kind", "target.kind."},
    {"proof", "proof."},
    {"proof_before", "proof."},
    {"proof_after", "proof."},
    {"meets", "meets."},
    {"state", "planstate."},
    {"known_by", "known_by."},
    {"weekday", "weekday."},
    {"verb", "verb."},
    {"quantity", "change."},
    {"measure", "column."},
    {"cost_of", "costs."},
    {"kind_of_stations", "stations."},
    {"note", "note."},
    {"covers_expenses", "covers."},
    {"fitted", "observed.factor."},
    {"lies", "observed.lies."},
    {"fit_state", "observed.state."},
    {"evidence", "evidence."},
}};

bool is_digit_of_number(char c) { return c >= '0' && c <= '9'; }

std::vector<std::string> parts_of(const std::string& list, std::string_view separator) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= list.size();) {
    const std::size_t end = std::min(list.find(separator, from), list.size());
    parts.push_back(list.substr(from, end - from));
    from = end + separator.size();
  }
  return parts;
}

/// Dates and months in the digits of the language: `1395-02`, or with slashes between in Persian.
std::string set_date(std::string date, Language language) {
  if (language == Language::english) return date;
  std::replace(date.begin(), date.end(), '-', '/');
  return set_number("x" + date, language).substr(1);
}

}  // namespace

CellWords::CellWords(const Scenario& scenario, const Texts& texts)
    : texts_(texts), has_dates_(page::has_dates(scenario)) {
  if (!scenario.province) return;
  const bool persian = texts.language() == Language::persian;
  const auto add = [&](const char* column, const auto& items) {
    for (const auto& item : items) {
      const std::string& name = persian ? item.name_fa : item.name_en;
      names_[column].emplace(item.id, name.empty() ? item.id : name);
    }
  };
  add("county", scenario.province->counties);
  add("place", scenario.province->places);
  add("agency", scenario.province->agencies);
  add("service", scenario.province->services);
}

std::string CellWords::name_of(std::string_view column, const std::string& id) const {
  const auto names = names_.find(column);
  if (names == names_.end()) return id;
  const auto name = names->second.find(id);
  return name == names->second.end() ? id : name->second;
}

/// `12 beyond the zones' digital access; the others had it already`.
std::string CellWords::reasons(const std::string& why) const {
  std::string all;
  for (const std::string& reason : parts_of(why, "; ")) {
    const auto rest = std::find_if_not(reason.begin(), reason.end(), is_digit_of_number);
    const std::string number(reason.begin(), rest);
    const std::string key = "why." + (number.empty() ? "" : "#" + std::string(rest, reason.end()));
    const bool known = texts_.all().contains(number.empty() ? "why." + reason : key);
    if (!all.empty()) all += texts_.at("list.semicolon");
    if (!known)
      all += reason;
    else if (number.empty())
      all += texts_.at("why." + reason);
    else
      all += texts_.fill(key, {{"n", set_number(number, texts_.language())}});
  }
  return all;
}

/// Of the summary: `office, last month`, `office, last week`, `migration forms-move`.
std::string CellWords::group(const std::string& value) const {
  constexpr std::pair<std::string_view, const char*> kPeriods[] = {{", last month", "group.last_month"},
                                                                   {", last week", "group.last_week"}};
  for (const auto& [ending, key] : kPeriods) {
    if (value.ends_with(ending))
      return texts_.fill(key, {{"group", group(value.substr(0, value.size() - ending.size()))}});
  }
  const std::string migration = "migration ";
  if (value.starts_with(migration))
    return texts_.fill("group.migration", {{"migration", value.substr(migration.size())}});
  return texts_.at_or("stations." + value, texts_.at_or("channel." + value, value));
}

std::string CellWords::word(std::string_view column, const std::string& value) const {
  if (value.empty()) return value;
  if (column == "date_solar_hijri") return set_date(value, texts_.language());
  if (column == "period" && is_digit_of_number(value.front())) return set_date(value, texts_.language());
  if (column == "period") return texts_.at_or("period." + value, texts_.at_or("target.in." + value, value));
  if (column == "item" && std::ranges::all_of(value, is_digit_of_number))
    return set_number(value, texts_.language());
  if (column == "why" || column == "differs_because") return reasons(value);
  if (column == "group") return group(value);
  if (column == "verdict")
    return texts_.at_or("standing." + std::string(value == "at the target" ? "at_target" : value), value);
  if (column == "target") return target_name(value, texts_);
  for (const auto& [name, beginning] : kKeys) {
    if (name != column) continue;
    const std::string& word = texts_.at_or(std::string(beginning) + value, value);
    return column == "quantity" ? texts_.at_or("column." + value, word) : word;
  }
  return value;
}

CellWords::Names names_of(
    std::initializer_list<
        std::pair<const char*, const std::map<std::string, std::pair<std::string, std::string>>*>>
        columns,
    Language language) {
  CellWords::Names names;
  for (const auto& [column, all] : columns) {
    for (const auto& [id, both] : *all) {
      const std::string& name = language == Language::persian ? both.first : both.second;
      names[column].emplace(id, name.empty() ? id : name);
    }
  }
  return names;
}

}  // namespace pishkhan::workbook
