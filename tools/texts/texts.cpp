#include "tools/texts/texts.hpp"

#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "sim/base/contract.hpp"
#include "sim/base/time.hpp"
#include "tools/texts/catalogues.hpp"
#include "tools/texts/icu.hpp"

namespace pishkhan {
namespace {

std::unique_ptr<icu::SimpleDateFormat> make_date_format(Language language) {
  icu::Locale locale = locale_of(language);
  UErrorCode error = U_ZERO_ERROR;
  locale.setKeywordValue("calendar", "persian", error);
  auto format = std::make_unique<icu::SimpleDateFormat>(u"d MMMM y", locale, error);
  PISHKHAN_ENSURE(U_SUCCESS(error));
  format->adoptTimeZone(icu::TimeZone::createTimeZone("GMT"));
  return format;
}

}  // namespace

Texts::Texts(Language language)
    : language_(language),
      texts_(
          nlohmann::json::parse(language == Language::persian ? catalogues::kPersian : catalogues::kEnglish)
              .get<std::map<std::string, std::string>>()) {}

const std::string& Texts::at(const std::string& key) const {
  const auto text = texts_.find(key);
  PISHKHAN_EXPECT(text != texts_.end());
  return text->second;
}

const std::string& Texts::at_or(const std::string& key, const std::string& otherwise) const {
  const auto text = texts_.find(key);
  return text == texts_.end() ? otherwise : text->second;
}

std::string Texts::fill(const std::string& key,
                        const std::vector<std::pair<std::string_view, std::string>>& values) const {
  const std::string& pattern = at(key);
  std::string text;
  for (std::size_t from = 0; from < pattern.size();) {
    const std::size_t open = pattern.find('{', from);
    const std::size_t close = open == std::string::npos ? open : pattern.find('}', open);
    if (close == std::string::npos) return text + pattern.substr(from);
    text += pattern.substr(from, open - from);
    const std::string name = pattern.substr(open + 1, close - open - 1);
    for (const auto& [of, value] : values)
      if (of == name) text += value;
    from = close + 1;
  }
  return text;
}

std::string target_name(const std::string& id, const Texts& texts) {
  return id == "service_level" ? texts.at("targets.service_level") : id;
}

std::string change_name(const std::string& change, const Texts& texts) {
  const std::size_t open = change.find('['), close = change.find(']');
  if (open == std::string::npos || close == std::string::npos)
    return texts.at_or("waterfall." + change, change);
  const std::string verb = change.substr(0, open), item = change.substr(open + 1, close - open - 1);
  const bool is_of_first = close + 1 < change.size();
  return texts.fill(
      is_of_first ? "waterfall.change_of_first" : "waterfall.change",
      {{"verb", texts.at_or("verb." + verb, verb)}, {"item", set_number(item, texts.language())}});
}

std::string long_date(DayNumber day, const Texts& texts) {
  thread_local std::map<Language, std::unique_ptr<icu::SimpleDateFormat>> formats;
  std::unique_ptr<icu::SimpleDateFormat>& format = formats[texts.language()];
  if (!format) format = make_date_format(texts.language());
  icu::UnicodeString text;
  format->format(static_cast<UDate>(day) * kSecondsPerDay * 1000, text);
  return to_utf8(text);
}

}  // namespace pishkhan
