#pragma once
#include <string>
#include <string_view>

// Texts of users (titles, names, files) as they may be shown. What a terminal obeys or nobody sees is written
// out with its code point and name, such as `<U+202E right-to-left override>`; bytes that are no UTF-8 as
// `<byte FF>`.
namespace pishkhan {

/// For one line: control characters (line feeds and tabs too) and direction marks are written out.
std::string printable(std::string_view text);

/// The same for several lines: line feeds stay.
std::string printable_lines(std::string_view text);

/// As printable, and so is everything else that cannot be seen or looks like a plain space; joiners stay
/// between letters of the Arabic script, which are written with them. For values that may be wrong.
std::string with_invisible_named(std::string_view text);

/// JSON text with the characters of `printable` escaped: the same values.
std::string printable_json(std::string_view json);

/// Whether a byte of UTF-8 is a control character that no text has: any but tabs and line ends.
bool is_control(char byte);

/// `U+200F right-to-left mark`.
std::string name_of_character(char32_t character);

}  // namespace pishkhan
