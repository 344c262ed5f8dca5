#include "models/scenario/sections/shift_patterns.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "models/scenario/schema/validate.hpp"
#include "models/scenario/sections/selection.hpp"
#include "models/scenario/sections/shift_file.hpp"
#include "models/scenario/text/document.hpp"
#include "models/scenario/text/file.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/source_files.hpp"

namespace pishkhan {
namespace {

constexpr std::array<std::string_view, 9> kDays{"saturday",  "sunday",   "monday", "tuesday",
                                                "wednesday", "thursday", "friday", "saturday-wednesday",
                                                "every-day"};

/// The days of the week on which a pattern is worked; left out: all.
std::array<bool, kDaysPerWeek> days_of(const Written<ShiftKeys>& keys, Diagnostics& mistakes) {
  std::array<bool, kDaysPerWeek> days{};
  if (keys->days.empty()) days.fill(true);
  for (const Name& name : keys->days) {
    const auto at = std::find(kDays.begin(), kDays.end(), name.text);
    if (at == kDays.end()) {
      add_unknown(mistakes, name.location, "day", name.text, {kDays.begin(), kDays.end()});
      continue;
    }
    const auto day = static_cast<std::size_t>(at - kDays.begin());
    if (day < days.size())
      days[day] = true;
    else
      std::fill(days.begin(), name.text == "every-day" ? days.end() : days.begin() + 5, true);
  }
  return days;
}

Intervals hours_of(const Written<ShiftKeys>& keys, Diagnostics& mistakes) {
  const double ends_s = keys->start_s + keys->length_s;
  if (ends_s > kSecondsPerDay) {
    add_mistake(mistakes, keys.at(&ShiftKeys::length_s), "the shift ends after midnight",
                "hours past midnight belong to the next day: write a pattern for each");
  }
  if (!keys->pause.exists()) return {{keys->start_s, ends_s}};
  const double from_s = keys->start_s + keys->pause->after_s, to_s = from_s + keys->pause->length_s;
  if (to_s >= ends_s) {
    add_mistake(mistakes, keys->pause.location(), "the break does not end before the shift",
                "let it begin earlier, or leave it out");
  }
  return {{keys->start_s, from_s}, {to_s, ends_s}};
}

struct ShiftFile {
  std::vector<Written<ShiftKeys>> shifts;
};

}  // namespace

Section<ShiftKeys> shift_keys() {
  Section<ShiftKeys::Break> pause("a break");
  pause.required("after", &ShiftKeys::Break::after_s, value::positive(Quantity::duration),
                 "How long after the start of the shift it begins.");
  pause.required("length", &ShiftKeys::Break::length_s, value::positive(Quantity::duration),
                 "How long it is; it is not paid.");
  Section<ShiftKeys> keys("a pattern of a shift", "shift");
  keys.required("id", &ShiftKeys::id, value::id(), "Name of the pattern.");
  keys.required("start", &ShiftKeys::start_s, value::any(Quantity::time_of_day), "When it begins.");
  keys.required("length", &ShiftKeys::length_s, value::positive(Quantity::duration),
                "From its start to its end, the break in it.");
  keys.optional("break", &ShiftKeys::pause, pause, "A break in it; left out: none.");
  keys.optional("days", &ShiftKeys::days, names_value(),
                "Days of the week on which it is worked, `saturday-wednesday` for the five full days; left "
                "out: every day.");
  return keys;
}

std::vector<ShiftPattern> make_shift_patterns(const std::vector<Written<ShiftKeys>>& written,
                                              Diagnostics& mistakes) {
  std::vector<ShiftPattern> patterns;
  std::set<std::string> ids;
  for (const Written<ShiftKeys>& keys : written) {
    check_keys(keys.location(), mistakes, [&] {
      if (!ids.insert(keys->id).second) {
        add_mistake(mistakes, keys.at(&ShiftKeys::id), "a second pattern " + in_backticks(keys->id),
                    "give each an id of its own");
      }
      const Intervals hours = hours_of(keys, mistakes);
      const std::array<bool, kDaysPerWeek> days = days_of(keys, mistakes);
      ShiftPattern& pattern = patterns.emplace_back();
      pattern.id = keys->id;
      for (std::size_t day = 0; day < days.size(); ++day)
        if (days[day]) pattern.hours[day] = hours;
    });
  }
  return patterns;
}

std::vector<ShiftPattern> read_shift_patterns(const std::filesystem::path& file) {
  Section<ShiftFile> keys("a file of shifts");
  keys.required("shifts", &ShiftFile::shifts, list_of(shift_keys(), 1, "a list of patterns"),
                "Patterns of shifts.");
  Diagnostics mistakes;
  const Mark nowhere{std::make_shared<const std::string>(file.generic_string()), 0, 0};
  const std::string text = read_limited(file, nowhere, "", mistakes, SourceFiles());
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  Node root = parse_document(text, file.generic_string(), mistakes);
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  validate(*keys.shape(), root, "", mistakes);
  Written<ShiftFile> written;
  if (root.kind == Node::Kind::map) keys.read(root, "", mistakes, written);
  std::vector<ShiftPattern> patterns = make_shift_patterns(written->shifts, mistakes);
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  return patterns;
}

}  // namespace pishkhan
