#include "tools/pishkhan/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

namespace pishkhan {
namespace {

/// Bytes of the character at the front of a text.
std::size_t character_bytes(std::string_view text) {
  std::size_t bytes = 1;
  while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) ++bytes;
  return bytes;
}

/// Columns of one character: joiners, marks of Arabic script and accents that stand over another take none.
std::size_t character_columns(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  const auto second = character.size() > 1 ? static_cast<unsigned char>(character[1]) : 0;
  const bool accent = (lead == 0xCC && second >= 0x80) || (lead == 0xCD && second <= 0xAF);
  const bool arabic_mark = lead == 0xD9 && second >= 0x8B && second <= 0x9F;
  const bool joiner = character == "\u200C" || character == "\u200D";
  return accent || arabic_mark || joiner ? 0 : 1;
}

/// Bytes of the longest front of a text that fits into the columns.
std::size_t bytes_that_fit(std::string_view text, std::size_t columns) {
  std::size_t at = 0, taken = 0;
  while (at < text.size()) {
    const std::size_t bytes = character_bytes(text.substr(at));
    taken += character_columns(text.substr(at, bytes));
    if (taken > columns) break;
    at += bytes;
  }
  return at;
}

/// Where the rest of a line that is broken begins.
std::size_t hanging_indent(std::string_view line, std::size_t columns) {
  const std::size_t first = std::min(line.find_first_not_of(' '), line.size());
  const std::size_t gap = line.find("  ", first);
  const std::size_t second = gap == std::string_view::npos ? gap : line.find_first_not_of(' ', gap);
  const std::size_t indent = second == std::string_view::npos ? first + 2 : width_of(line.substr(0, second));
  return indent > columns / 2 ? std::min(first + 2, columns / 2) : indent;
}

void append_wrapped(std::string& out, std::string_view line, std::size_t columns) {
  const std::string indent(hanging_indent(line, columns), ' ');
  std::size_t room = columns;
  while (width_of(line) > room) {
    std::size_t end = bytes_that_fit(line, room);
    const std::size_t text = line.find_first_not_of(' ');
    const std::size_t space = line.rfind(' ', end);
    if (space != std::string_view::npos && space > text) end = space;
    out.append(line.substr(0, end));
    line.remove_prefix(end);
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (line.empty()) return;
    out += '\n' + indent;
    room = columns - indent.size();
  }
  out.append(line);
}

}  // namespace

std::size_t terminal_columns(int stream) {
  winsize size{};
  if (::isatty(stream) != 1 || ::ioctl(stream, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const std::size_t bytes = character_bytes(text);
    width += character_columns(text.substr(0, bytes));
    text.remove_prefix(bytes);
  }
  return width;
}

std::string cut_to(std::string_view text, std::size_t columns) {
  if (width_of(text) <= columns || columns == 0) return std::string(text);
  return std::string(text.substr(0, bytes_that_fit(text, columns - 1))) + "…";
}

std::string wrapped(std::string_view text, std::size_t columns) {
  constexpr std::size_t kFewest = 20;  // narrower ones are beyond help
  if (columns < kFewest) return std::string(text);
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    append_wrapped(out, text.substr(0, end), columns);
    if (end < text.size()) out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string right_to_left(std::string_view text) {
  constexpr std::string_view kMark = "\u200F", kPercent = "٪", kMinus = "\u2212";
  std::string out;
  bool begins = true;  // a line or a cell
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.front() != ' ' && rest.front() != '\n') {
      if (begins || rest.starts_with(kPercent)) out += kMark;
      if (rest.starts_with(kMinus)) out += "\u200E";
      begins = false;
    }
    begins = begins || rest.front() == '\n' || rest.starts_with("  ");
    out += rest.front();
  }
  return out;
}

}  // namespace pishkhan
