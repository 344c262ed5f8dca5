#include "models/scenario/sections/replications.hpp"

#include <string>
#include <utility>
#include <vector>

#include "models/scenario/schema/read_scalar.hpp"
#include "models/scenario/schema/section.hpp"
#include "models/scenario/text/mistakes.hpp"

namespace pishkhan {
namespace {

constexpr double kMostReplications = 1'000'000;

struct PrecisionKeys {
  Name precision;
  std::vector<WatchedQuantity> of;
  int at_most = 0;
};

WatchedQuantity located(WatchedQuantity one, const Location& location, Diagnostics& mistakes) {
  one.mark = location.node->mark;
  one.path = location.path;
  if (!one.channel.empty() + !one.county.empty() + !one.station.empty() > 1)
    add_mistake(mistakes, location, "more than one of `channel`, `county` and `station`");
  return one;
}

Value<WatchedQuantity> quantity_in_map() {
  Section<WatchedQuantity> keys("a quantity", "quantity");
  keys.required("quantity", &WatchedQuantity::quantity, value::text(),
                "As in the tables of a run, without `_mean`.");
  keys.optional("channel", &WatchedQuantity::channel, value::text(), "Of the stations of this channel.");
  keys.optional("county", &WatchedQuantity::county, value::text(), "Of the stations of this county.");
  keys.optional("station", &WatchedQuantity::station, value::text(), "Of this station.");
  return value::made_from<WatchedQuantity, WatchedQuantity>(keys, located);
}

Value<WatchedQuantity> quantity_alone() {
  return value::made_from<WatchedQuantity, std::string>(
      value::text(), [](std::string name, const Location& location, Diagnostics& mistakes) {
        return located({std::move(name), "", "", "", {}, {}}, location, mistakes);
      });
}

Value<std::vector<WatchedQuantity>> only(Value<WatchedQuantity> one) {
  return value::made_from<std::vector<WatchedQuantity>, WatchedQuantity>(
      std::move(one), [](WatchedQuantity quantity, const Location&, Diagnostics&) {
        return std::vector<WatchedQuantity>{std::move(quantity)};
      });
}

Value<std::vector<WatchedQuantity>> quantities() {
  const char* label = "a quantity such as `wait_joined_s` or `{quantity: wait_joined_s, channel: office}`";
  const Value<WatchedQuantity> either =
      value::either<WatchedQuantity>("", label, {quantity_alone(), quantity_in_map()});
  return value::either<std::vector<WatchedQuantity>>(
      "", std::string(label) + ", or a list of such",
      {value::list<WatchedQuantity>(either, 1, "a list of quantities"), only(quantity_alone()),
       only(quantity_in_map())});
}

/// What the unit of an absolute precision is depends on the quantities, and is checked with them.
void read_share(Precision& precision, const Location& location, Diagnostics& mistakes) {
  constexpr const char* kHint =
      "`5%` of the mean, or with the unit of the quantities: `30 s`, `2 min`, `1 km`, `10 visits`, "
      "`1 percentage points` of a share";
  double number = 0;
  std::string_view rest;
  if (const auto wrong = split_number(Quantity::number, precision.text, number, rest)) {
    add_mistake(mistakes, location, in_backticks(precision.text) + " is no precision", kHint);
  } else if (looks_infinite(precision.text) || !(number > 0)) {
    add_mistake(mistakes, location, "a precision is above 0", kHint);
  } else if (rest.empty()) {
    add_mistake(mistakes, location, in_backticks(precision.text) + " has no unit", kHint);
  } else if (rest == "%") {
    precision.share = number / 100;
    if (number >= 100) add_mistake(mistakes, location, "a relative precision is below 100%", kHint);
  }
}

Section<PrecisionKeys> precision_keys(bool in_study) {
  Section<PrecisionKeys> keys("replications until a precision is reached", in_study ? "" : "precision");
  keys.required("precision", &PrecisionKeys::precision, value::text(),
                "The longer arm of the 95% interval: `5%` of the mean, or with its unit, as `30 s`.");
  if (in_study) {
    keys.optional("of", &PrecisionKeys::of, quantities(), "Of which quantities; left out: of all responses.");
  } else {
    keys.required("of", &PrecisionKeys::of, quantities(),
                  "Of which quantities; all must be known as precisely, and share the level.");
  }
  keys.required("at_most", &PrecisionKeys::at_most, value::whole(kFirstLook, kMostReplications),
                "Replications after which it ends, precise or not.");
  return keys;
}

Value<Replications> until_precise(bool in_study) {
  return value::made_from<Replications, PrecisionKeys>(
      precision_keys(in_study), [](PrecisionKeys keys, const Location&, Diagnostics& mistakes) {
        const Location& location = keys.precision.location;
        Precision precision{0,
                            std::string(trim(keys.precision.text)),
                            std::move(keys.of),
                            keys.at_most,
                            location.node->mark,
                            location.path};
        read_share(precision, location, mistakes);
        return Replications{keys.at_most, std::move(precision)};
      });
}

}  // namespace

Value<Replications> replications_value(double at_least, bool in_study) {
  return value::either<Replications>(
      in_study ? "" : "replications", "a number, or `{precision: 5%, of: wait_joined_s, at_most: 200}`",
      {value::part(&Replications::count, value::whole(at_least, kMostReplications)),
       until_precise(in_study)});
}

std::string precision_text(const Precision& precision) {
  std::string text = "{precision: \"" + precision.text + "\", of: [";
  for (const WatchedQuantity& one : precision.of) {
    text += (&one == precision.of.data() ? "{quantity: " : ", {quantity: ") + one.quantity;
    if (!one.channel.empty()) text += ", channel: \"" + one.channel + '"';
    if (!one.county.empty()) text += ", county: \"" + one.county + '"';
    if (!one.station.empty()) text += ", station: \"" + one.station + '"';
    text += '}';
  }
  return text + "], at_most: " + std::to_string(precision.at_most) + '}';
}

}  // namespace pishkhan
