#include "tools/pishkhan/changes_text.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "models/province/csv.hpp"
#include "models/province/month_names.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/texts/notices.hpp"

namespace pishkhan {
namespace {

/// Tenths where they are not 0, as a share of the clerks is no whole number.
std::string amount(const Texts& texts, double value) {
  const double tenths = std::round(value * 10) / 10;
  return grouped(texts, tenths, tenths == std::round(tenths) || std::abs(tenths) >= 1000 ? 0 : 1);
}

/// A number where the item is an entry of a list without a name.
std::string item_text(const Texts& texts, const Change& change) {
  if (const auto number = parse_whole(change.item)) return grouped(texts, static_cast<double>(*number));
  const auto month = std::find(kMonthNames.begin(), kMonthNames.end(), change.item);
  if (texts.language() != Language::persian || change.verb != "month" || month == kMonthNames.end())
    return change.item;
  return texts.at_or("month." + std::to_string(month - kMonthNames.begin() + 1), change.item);
}

}  // namespace

std::string changes_text(const Texts& texts, std::span<const Change> changes) {
  if (changes.empty()) return "";
  TextTable table(texts, {"<change", "<quantity", ">asked", ">reached", ">days", "<why"});
  for (const Change& change : changes) {
    const bool persian = texts.language() == Language::persian;  // in English tables have the words
    table.add({(persian ? texts.at_or("verb." + change.verb, change.verb) : change.verb) + ' ' +
                   item_text(texts, change),
               persian ? texts.at_or("change." + change.quantity, change.quantity) : change.quantity,
               amount(texts, change.asked), amount(texts, change.reached), amount(texts, change.counted_days),
               persian ? reason_text(texts, change.why) : change.why});
  }
  return '\n' + texts.at("terminal.changes.title") + '\n' + table.text();
}

nlohmann::ordered_json changes_json(std::span<const Change> changes) {
  auto json = nlohmann::ordered_json::array();
  for (const Change& change : changes) {
    nlohmann::ordered_json entry{{"verb", change.verb},
                                 {"item", change.item},
                                 {"quantity", change.quantity},
                                 {"unit", change.unit},
                                 {"asked", change.asked},
                                 {"reached", change.reached},
                                 {"counted_days", change.counted_days}};
    if (!change.why.empty()) entry["why"] = change.why;
    json.push_back(std::move(entry));
  }
  return json;
}

}  // namespace pishkhan
