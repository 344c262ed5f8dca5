#include "sim/base/printable.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>

namespace pishkhan {
namespace {

enum class Effect : unsigned char {
  obeyed,  ///< by terminals: it moves, hides or turns round what else is shown
  joins,   ///< letters of some scripts; invisible
  unseen   ///< or not told from a space
};

struct Characters {
  char32_t first, last;
  std::string_view name;
  Effect effect;
};

/// Sorted. Names are those of Unicode, in lower case and without those of whole alphabets.
constexpr Characters kCharacters[] = {
    {0x00, 0x00, "null", Effect::obeyed},
    {0x01, 0x06, "control character", Effect::obeyed},
    {0x07, 0x07, "bell", Effect::obeyed},
    {0x08, 0x08, "backspace", Effect::obeyed},
    {0x09, 0x09, "tab", Effect::obeyed},
    {0x0A, 0x0A, "line feed", Effect::obeyed},
    {0x0B, 0x0B, "vertical tab", Effect::obeyed},
    {0x0C, 0x0C, "form feed", Effect::obeyed},
    {0x0D, 0x0D, "carriage return", Effect::obeyed},
    {0x0E, 0x1A, "control character", Effect::obeyed},
    {0x1B, 0x1B, "escape", Effect::obeyed},
    {0x1C, 0x1F, "control character", Effect::obeyed},
    {0x7F, 0x7F, "delete", Effect::obeyed},
    {0x80, 0x84, "control character", Effect::obeyed},
    {0x85, 0x85, "next line", Effect::obeyed},
    {0x86, 0x9F, "control character", Effect::obeyed},
    {0xA0, 0xA0, "no-break space", Effect::unseen},
    {0xAD, 0xAD, "soft hyphen", Effect::unseen},
    {0x34F, 0x34F, "combining grapheme joiner", Effect::unseen},
    {0x61C, 0x61C, "Arabic letter mark", Effect::obeyed},
    {0x115F, 0x1160, "Hangul filler", Effect::unseen},
    {0x1680, 0x1680, "Ogham space mark", Effect::unseen},
    {0x17B4, 0x17B5, "Khmer inherent vowel", Effect::unseen},
    {0x180B, 0x180F, "Mongolian separator", Effect::unseen},
    {0x2000, 0x2006, "wide space", Effect::unseen},
    {0x2007, 0x2007, "figure space", Effect::unseen},
    {0x2008, 0x2008, "punctuation space", Effect::unseen},
    {0x2009, 0x2009, "thin space", Effect::unseen},
    {0x200A, 0x200A, "hair space", Effect::unseen},
    {0x200B, 0x200B, "zero width space", Effect::unseen},
    {0x200C, 0x200C, "zero width non-joiner", Effect::joins},
    {0x200D, 0x200D, "zero width joiner", Effect::joins},
    {0x200E, 0x200E, "left-to-right mark", Effect::obeyed},
    {0x200F, 0x200F, "right-to-left mark", Effect::obeyed},
    {0x2028, 0x2028, "line separator", Effect::obeyed},
    {0x2029, 0x2029, "paragraph separator", Effect::obeyed},
    {0x202A, 0x202A, "left-to-right embedding", Effect::obeyed},
    {0x202B, 0x202B, "right-to-left embedding", Effect::obeyed},
    {0x202C, 0x202C, "pop directional formatting", Effect::obeyed},
    {0x202D, 0x202D, "left-to-right override", Effect::obeyed},
    {0x202E, 0x202E, "right-to-left override", Effect::obeyed},
    {0x202F, 0x202F, "narrow no-break space", Effect::unseen},
    {0x205F, 0x205F, "medium mathematical space", Effect::unseen},
    {0x2060, 0x2060, "word joiner", Effect::unseen},
    {0x2061, 0x2065, "invisible operator", Effect::unseen},
    {0x2066, 0x2066, "left-to-right isolate", Effect::obeyed},
    {0x2067, 0x2067, "right-to-left isolate", Effect::obeyed},
    {0x2068, 0x2068, "first strong isolate", Effect::obeyed},
    {0x2069, 0x2069, "pop directional isolate", Effect::obeyed},
    {0x206A, 0x206F, "format character", Effect::obeyed},
    {0x2800, 0x2800, "Braille pattern blank", Effect::unseen},
    {0x3000, 0x3000, "ideographic space", Effect::unseen},
    {0x3164, 0x3164, "Hangul filler", Effect::unseen},
    {0xFE00, 0xFE0F, "variation selector", Effect::unseen},
    {0xFEFF, 0xFEFF, "zero width no-break space (byte order mark)", Effect::unseen},
    {0xFFA0, 0xFFA0, "halfwidth Hangul filler", Effect::unseen},
    {0xFFF9, 0xFFFB, "interlinear annotation", Effect::obeyed},
    {0x1BCA0, 0x1BCA3, "shorthand format character", Effect::unseen},
    {0x1D173, 0x1D17A, "musical format character", Effect::unseen},
    {0xE0000, 0xE007F, "tag character", Effect::obeyed},
    {0xE0100, 0xE01EF, "variation selector", Effect::unseen},
};

const Characters* find_character(char32_t character) {
  const auto* found = std::upper_bound(std::begin(kCharacters), std::end(kCharacters), character,
                                       [](char32_t one, const Characters& row) { return one <= row.last; });
  return found != std::end(kCharacters) && found->first <= character ? found : nullptr;
}

/// Bytes of the character that starts with this byte; 0 when none does.
std::size_t length_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

struct Decoded {
  char32_t character = 0;
  std::size_t length = 0;  ///< 0: the text does not begin with UTF-8
};

/// The first character of a text that is not empty (RFC 3629).
Decoded decode(std::string_view text) {
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = length_of(lead);
  if (length <= 1) return {lead, length};
  if (length > text.size()) return {};
  char32_t character = lead & (0xFFU >> (length + 1));
  for (const char c : text.substr(1, length - 1)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80) return {};
    character = character << 6 | (byte & 0x3FU);
  }
  const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
  if (character < kLeast[length] || surrogate || character > 0x10FFFF) return {};
  return {character, length};
}

std::string hex(std::uint32_t number, int digits) {
  std::string text;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    text += "0123456789ABCDEF"[(number >> shift) & 0xF];
  return text;
}

bool is_of_arabic_script(char32_t character) {
  return (character >= 0x620 && character <= 0x6FF) || (character >= 0x750 && character <= 0x77F) ||
         (character >= 0x8A0 && character <= 0x8FF) || (character >= 0xFB50 && character <= 0xFDFF) ||
         (character >= 0xFE70 && character <= 0xFEFC);
}

/// Replaces the characters for which `replaced(row, before, character, after)` gives a text.
template <class Replaced, class Broken>
std::string replace_characters(std::string_view text, Replaced replaced, Broken broken) {
  std::string out;
  char32_t before = 0;
  while (!text.empty()) {
    const Decoded one = decode(text);
    const std::size_t length = std::max<std::size_t>(one.length, 1);
    const std::string_view rest = text.substr(length);
    if (one.length == 0) {
      out += broken(static_cast<unsigned char>(text[0]));
    } else if (const Characters* row = find_character(one.character)) {
      const char32_t after = rest.empty() ? 0 : decode(rest).character;
      const std::optional<std::string> other = replaced(*row, before, one.character, after);
      out += other ? *other : std::string(text.substr(0, length));
    } else {
      out += text.substr(0, length);
    }
    before = one.character;
    text = rest;
  }
  return out;
}

std::string broken_byte(unsigned char byte) { return "<byte " + hex(byte, 2) + '>'; }

std::string written_out(char32_t character) { return '<' + name_of_character(character) + '>'; }

}  // namespace

bool is_control(char byte) {
  const auto code = static_cast<unsigned char>(byte);
  return (code < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || code == 0x7F;
}

std::string name_of_character(char32_t character) {
  std::string name = "U+" + hex(character, character > 0xFFFF ? 5 : 4);
  if (const Characters* row = find_character(character)) name += ' ' + std::string(row->name);
  return name;
}

std::string printable(std::string_view text) {
  return replace_characters(
      text,
      [](const Characters& row, char32_t, char32_t character, char32_t) -> std::optional<std::string> {
        if (row.effect != Effect::obeyed) return std::nullopt;
        return written_out(character);
      },
      broken_byte);
}

std::string printable_lines(std::string_view text) {
  return replace_characters(
      text,
      [](const Characters& row, char32_t, char32_t character, char32_t) -> std::optional<std::string> {
        if (row.effect != Effect::obeyed || character == '\n') return std::nullopt;
        return written_out(character);
      },
      broken_byte);
}

std::string with_invisible_named(std::string_view text) {
  return replace_characters(
      text,
      [](const Characters& row, char32_t before, char32_t character,
         char32_t after) -> std::optional<std::string> {
        const bool in_a_word = is_of_arabic_script(before) && is_of_arabic_script(after);
        if (row.effect == Effect::joins && in_a_word) return std::nullopt;
        return written_out(character);
      },
      broken_byte);
}

std::string printable_json(std::string_view json) {
  return replace_characters(
      json,
      [](const Characters& row, char32_t, char32_t character, char32_t) -> std::optional<std::string> {
        // Line feeds stand between values, never in them.
        if (row.effect != Effect::obeyed || character == '\n') return std::nullopt;
        if (character <= 0xFFFF) return "\\u" + hex(character, 4);
        const char32_t rest = character - 0x10000;
        return "\\u" + hex(0xD800 + (rest >> 10), 4) + "\\u" + hex(0xDC00 + (rest & 0x3FF), 4);
      },
      broken_byte);
}

}  // namespace pishkhan
