#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/text/document.hpp"

namespace pishkhan {

/// A value of a document with its dotted path, such as `run.days`: where a mistake is.
struct Location {
  const Node* node = nullptr;  ///< null: nothing is written
  std::string path;

  /// Last part of the path, such as `days`.
  [[nodiscard]] std::string key() const;
};

/// Dotted path of a key, and of an item of a list.
std::string path_of(const std::string& path, std::string_view key);
std::string path_of(const std::string& path, std::size_t index);

/// `file:line`, as far as they are known.
std::string location_of(const Mark& mark);

/// A text as messages show it: between backticks, and shortened.
std::string in_backticks(std::string_view text);

/// `a, b or c`.
std::string join_or(const std::vector<std::string>& names);

/// What stands for the file in marks and diagnostics of a `path=value` given beside the scenario:
/// `--set run.days=7`, shortened.
std::string override_label(std::string_view text);
bool is_override_label(std::string_view file);

/// A diagnostic at a mark.
Diagnostic mistake_at(const Mark& mark, std::string path, std::string problem, std::string hint = {});

void add_mistake(Diagnostics& mistakes, const Location& location, std::string problem, std::string hint = {});

/// Adds `unknown <what> `name``, with known names that are like it as a hint.
void add_unknown(Diagnostics& mistakes, const Location& location, std::string_view what,
                 std::string_view name, const std::vector<std::string_view>& known);

}  // namespace pishkhan
