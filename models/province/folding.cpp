#include "models/province/folding.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

constexpr UChar32 kHalfSpace = 0x200C;

/// White space and what is not seen: a no-break space, the half-space, marks of direction, a byte-order mark.
constexpr std::array<std::string_view, 10> kInvisible = {" ",
                                                         "\t",
                                                         "\n",
                                                         "\r",
                                                         "\xC2\xA0",
                                                         "\xE2\x80\x8C",
                                                         "\xE2\x80\x8E",
                                                         "\xE2\x80\x8F",
                                                         "\xE2\x80\xAF",
                                                         "\xEF\xBB\xBF"};

/// The Persian letter that an Arabic one stands for, or a plain letter for one that carries a sign.
UChar32 persian(UChar32 letter) {
  switch (letter) {
    case 0x0643:
      return 0x06A9;  // kaf
    case 0x064A:      // yeh
    case 0x0649:
      return 0x06CC;  // alef maksura
    case 0x0629:      // teh marbuta
    case 0x06C0:      // heh with yeh above
    case 0x06C2:
    case 0x06C1:
    case 0x06BE:
    case 0x06D5:
      return 0x0647;  // heh
    case 0x0623:
    case 0x0625:
      return 0x0627;  // alef with hamza
    default:
      return letter;
  }
}

bool is_dropped(UChar32 character) {
  constexpr UChar32 kTatweel = 0x0640;
  const bool is_mark = u_charType(character) == U_NON_SPACING_MARK;
  const bool is_unseen = u_charType(character) == U_FORMAT_CHAR && character != kHalfSpace;
  return is_mark || is_unseen || character == kTatweel;
}

/// NFKC; without vowel signs, hamza and other marks above and below.
icu::UnicodeString without_marks(const icu::UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* composed = icu::Normalizer2::getNFKCInstance(error);
  PISHKHAN_ENSURE(U_SUCCESS(error));
  const icu::UnicodeString normal = composed->normalize(text, error);
  PISHKHAN_ENSURE(U_SUCCESS(error));
  icu::UnicodeString plain;
  bool space = false;
  for (std::int32_t at = 0; at < normal.length(); at = normal.moveIndex32(at, 1)) {
    const UChar32 character = normal.char32At(at);
    if (is_dropped(character)) continue;
    if (u_isUWhiteSpace(character) || character == kHalfSpace) {
      space = true;
      continue;
    }
    if (space && !plain.isEmpty()) plain.append(u' ');
    space = false;
    const std::int32_t digit = u_charDigitValue(character);
    plain.append(digit >= 0 ? UChar32('0' + digit) : persian(character));
  }
  return plain;
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

/// Most ids are such: nothing to fold.
bool is_folded(std::string_view text) {
  const auto plain = [](char c) { return c > ' ' && static_cast<unsigned char>(c) < 0x7F; };
  return std::all_of(text.begin(), text.end(), plain);
}

}  // namespace

std::string folded(std::string_view utf8) {
  if (is_folded(utf8)) return std::string(utf8);
  return to_utf8(without_marks(icu::UnicodeString::fromUTF8(std::string(utf8))));
}

std::string folded_for_search(std::string_view utf8) {
  return to_utf8(without_marks(icu::UnicodeString::fromUTF8(std::string(utf8))).foldCase());
}

std::string_view trimmed(std::string_view utf8) {
  if (is_folded(utf8)) return utf8;
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view one : kInvisible) {
      const bool first = utf8.starts_with(one), last = !first && utf8.ends_with(one);
      if (first) utf8.remove_prefix(one.size());
      if (last) utf8.remove_suffix(one.size());
      again = again || first || last;
    }
  }
  return utf8;
}

}  // namespace pishkhan
