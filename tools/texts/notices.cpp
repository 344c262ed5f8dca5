#include "tools/texts/notices.hpp"

#include <unicode/listformatter.h>
#include <unicode/msgfmt.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/base/contract.hpp"
#include "tools/texts/icu.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan {
namespace {

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + separator.size(), text.size()));
  }
  return parts;
}

/// `Thursday, Friday` as «پنجشنبه و جمعه».
icu::UnicodeString weekdays_text(const Texts& texts, std::string_view weekdays) {
  std::vector<icu::UnicodeString> names;
  for (const std::string_view day : split(weekdays, ", "))
    names.push_back(to_unicode(texts.at_or("weekday." + std::string(day), std::string(day))));
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::ListFormatter> list(
      icu::ListFormatter::createInstance(locale_of(texts.language()), error));
  PISHKHAN_ENSURE(U_SUCCESS(error));
  icu::UnicodeString text;
  list->format(names.data(), static_cast<std::int32_t>(names.size()), text, error);
  PISHKHAN_ENSURE(U_SUCCESS(error));
  return text;
}

double number_of(std::string_view digits) {
  double number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

icu::Formattable value_of(const Texts& texts, const NoticeValue& value) {
  switch (value.kind) {
    case NoticeValue::Kind::number:
      return {number_of(value.text)};
    case NoticeValue::Kind::weekdays:
      return {weekdays_text(texts, value.text)};
    case NoticeValue::Kind::reason:
      return {to_unicode(reason_text(texts, value.text))};
    case NoticeValue::Kind::date_time:
      return {to_unicode(set_number(value.text, texts.language()))};
    case NoticeValue::Kind::text:
      break;
  }
  return {to_unicode(value.text)};
}

}  // namespace

std::string notice_text(const Texts& texts, const Notice& notice) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::MessageFormat format(to_unicode(texts.at(notice.key)), locale_of(texts.language()), error);
  PISHKHAN_ENSURE(U_SUCCESS(error));
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const NoticeValue& value : notice.values) {
    names.push_back(to_unicode(value.name));
    values.push_back(value_of(texts, value));
  }
  icu::UnicodeString text;
  format.format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), text, error);
  PISHKHAN_ENSURE(U_SUCCESS(error));
  return to_utf8(text);
}

std::string located_notice_text(const Texts& texts, const Notice& notice) {
  const std::string text = notice_text(texts, notice);
  return notice.location.empty() ? text : notice.location + ": " + text;
}

std::string reason_text(const Texts& texts, std::string_view why) {
  std::string text;
  for (const std::string_view part : split(why, "; ")) {
    const std::size_t digits = std::min(part.find_first_not_of("0123456789"), part.size());
    const std::string key =
        "why." + (digits > 0 ? '#' + std::string(part.substr(digits)) : std::string(part));
    if (!text.empty()) text += texts.at("list.semicolon");
    text += texts.all().contains(key)
                ? texts.fill(key, {{"n", set_number(part.substr(0, digits), texts.language())}})
                : std::string(part);
  }
  return text;
}

}  // namespace pishkhan
