#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace pishkhan {

/// Columns of the terminal that a stream (STDOUT_FILENO, STDERR_FILENO) goes to; 0 when it goes to none.
std::size_t terminal_columns(int stream);

/// Columns that a text takes on the screen.
std::size_t width_of(std::string_view text);

/// At most so many columns of a text, the last one `…` where something is left out.
std::string cut_to(std::string_view text, std::size_t columns);

/// Breaks lines that are wider than the columns between words; the rest of a line is indented to where its
/// last aligned column begins, or by two. No columns: the text as it is.
std::string wrapped(std::string_view text, std::size_t columns);

/// A text in Persian with the marks by which every line and every cell runs from right to left, whatever
/// letters it begins with. Terminals that know no direction show what they showed.
std::string right_to_left(std::string_view text);

}  // namespace pishkhan
