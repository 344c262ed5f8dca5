#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "models/province/calendar.hpp"

namespace pishkhan {

/// A value in the sentence of a notice.
struct NoticeValue {
  enum class Kind : std::uint8_t {
    text,       ///< an id or what a scenario file says: the same in every language
    number,     ///< in decimal digits
    weekdays,   ///< names of weekdays (weekday_name), with commas between
    reason,     ///< Change::why
    date_time,  ///< `1395-02-15 09:30`
  };
  std::string name;  ///< by which the sentence knows it
  Kind kind;
  std::string text;
};

std::string_view to_string(NoticeValue::Kind kind);
std::optional<NoticeValue::Kind> notice_value_kind(std::string_view name);

NoticeValue text_value(std::string name, std::string text);
NoticeValue number_value(std::string name, double number);
/// Weekdays by their index: Saturday is 0.
NoticeValue weekdays_value(std::string name, const std::set<std::size_t>& weekdays);

/// What the reader should know though nothing is wrong. Its sentence stands in the catalogues of texts
/// (tools/texts), a language each.
struct Notice {
  std::string key;  ///< of the sentence
  std::vector<NoticeValue> values = {};
  std::string location = {};  ///< `file:line` of the item that it is about, or empty
};

}  // namespace pishkhan
