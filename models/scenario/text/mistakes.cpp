#include "models/scenario/text/mistakes.hpp"

#include <algorithm>
#include <utility>

#include "models/province/csv.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

constexpr std::string_view kOverride = "--set ";

/// At most so much of a text as a message shows, in one line.
std::string shortened(std::string_view text) {
  constexpr std::size_t most = 60;
  std::size_t cut = text.size();
  if (cut > most) {
    cut = most;  // between characters, never inside one
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  }
  std::string shown(text.substr(0, cut));
  if (cut < text.size()) shown += "...";
  std::replace(shown.begin(), shown.end(), '\n', ' ');
  return shown;
}

/// A hint for a name that is near to none: the known names that begin like it, or all if they are few.
std::string alike(std::string_view name, const std::vector<std::string_view>& known) {
  constexpr std::size_t few = 5, least_in_common = 3;
  const auto in_common = [name](std::string_view other) {
    const auto shorter = std::min(name.size(), other.size());
    return static_cast<std::size_t>(
        std::mismatch(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(shorter), other.begin())
            .first -
        name.begin());
  };
  std::size_t longest = 0;
  for (const auto& one : known) longest = std::max(longest, in_common(one));
  const bool all = known.size() <= few;
  if (!all && longest < least_in_common) return {};
  std::string names;
  std::size_t shown = 0;
  for (const auto& one : known) {
    if ((!all && in_common(one) < longest) || shown == few) continue;
    names += (shown++ > 0 ? ", " : "") + in_backticks(one);
  }
  return (all ? "known here: " : "alike are: ") + names;
}

}  // namespace

std::string Location::key() const {
  return path.substr(path.rfind('.') + 1);  // npos + 1 is 0
}

std::string path_of(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + '.' + std::string(key);
}

std::string path_of(const std::string& path, std::size_t index) {
  return path + '[' + std::to_string(index) + ']';
}

std::string location_of(const Mark& mark) {
  std::string location = mark.file ? *mark.file : "";
  if (mark.line > 0) location += ':' + std::to_string(mark.line);
  return location;
}

std::string in_backticks(std::string_view text) { return '`' + shortened(text) + '`'; }

std::string override_label(std::string_view text) { return std::string(kOverride) + shortened(text); }

bool is_override_label(std::string_view file) { return file.starts_with(kOverride); }

std::string join_or(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += names[i];
  }
  return text;
}

Diagnostic mistake_at(const Mark& mark, std::string path, std::string problem, std::string hint) {
  return {mark.file ? *mark.file : std::string(),
          mark.line,
          mark.column,
          std::move(path),
          std::move(problem),
          std::move(hint)};
}

void add_mistake(Diagnostics& mistakes, const Location& location, std::string problem, std::string hint) {
  PISHKHAN_EXPECT(location.node != nullptr);
  mistakes.push_back(mistake_at(location.node->mark, location.path, std::move(problem), std::move(hint)));
}

void add_unknown(Diagnostics& mistakes, const Location& location, std::string_view what,
                 std::string_view name, const std::vector<std::string_view>& known) {
  const auto near = nearest_name(name, known);
  add_mistake(mistakes, location, "unknown " + std::string(what) + ' ' + in_backticks(name),
              near.empty() ? alike(name, known) : "did you mean " + in_backticks(near) + '?');
}

}  // namespace pishkhan
