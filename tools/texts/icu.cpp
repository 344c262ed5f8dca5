#include "tools/texts/icu.hpp"

#include <unicode/stringpiece.h>

#include <cstdint>

namespace pishkhan {

icu::UnicodeString to_unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string bytes;
  return text.toUTF8String(bytes);
}

const icu::Locale& locale_of(Language language) {
  static const icu::Locale persian("fa"), english("en");
  return language == Language::persian ? persian : english;
}

}  // namespace pishkhan
