#include "tools/texts/texts.hpp"

#include <nlohmann/json.hpp>

#include "sim/base/contract.hpp"
#include "tools/texts/catalogues.hpp"

namespace pishkhan {

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

std::string long_date(DayNumber day, const Texts& texts) {
  const Date date = to_solar_hijri(day);
  // Years have no thousands.
  const auto digits = [&](int value) {
    return set_number("x" + std::to_string(value), texts.language()).substr(1);
  };
  return texts.fill("date", {{"day", digits(date.day)},
                             {"month", texts.at("month." + std::to_string(date.month))},
                             {"year", digits(date.year)}});
}

}  // namespace pishkhan
