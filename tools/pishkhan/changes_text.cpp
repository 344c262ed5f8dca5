#include "tools/pishkhan/changes_text.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "tools/pishkhan/text.hpp"

namespace pishkhan {
namespace {

/// Tenths where they are not 0, as a share of the clerks is no whole number.
std::string amount(double value) {
  const double tenths = std::round(value * 10) / 10;
  return grouped(tenths, tenths == std::round(tenths) || std::abs(tenths) >= 1000 ? 0 : 1);
}

}  // namespace

std::string changes_text(std::span<const Change> changes) {
  if (changes.empty()) return "";
  TextTable table({"<change", "<quantity", ">asked", ">reached", ">days", "<why not as asked"});
  for (const Change& change : changes) {
    table.add({change.verb + ' ' + change.item, change.quantity, amount(change.asked), amount(change.reached),
               amount(change.counted_days), change.why});
  }
  return "\nWhat each change does on the counted days (citizens as expected; the special days of whole "
         "years), and on how many of these days:\n" +
         table.text();
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
