#pragma once
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <string>
#include <string_view>

#include "tools/texts/numbers.hpp"

// What the files of this folder that ask ICU share.
namespace pishkhan {

icu::UnicodeString to_unicode(std::string_view text);
std::string to_utf8(const icu::UnicodeString& text);
const icu::Locale& locale_of(Language language);

}  // namespace pishkhan
