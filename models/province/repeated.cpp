#include "models/province/repeated.hpp"

#include <map>
#include <tuple>

namespace pishkhan {
namespace {

constexpr std::size_t kMostApart = 3;
constexpr std::size_t kMostRanges = 8;

/// The problem without what is in quotes, and without numbers.
std::string cause_of(const std::string& problem) {
  std::string cause;
  bool quoted = false;
  for (const char c : problem) {
    if (c == '\'') quoted = !quoted;
    const bool of_a_number = (c >= '0' && c <= '9') || c == '.' || c == ',' || c == '-';
    if (!quoted && !of_a_number) cause += c;
  }
  return cause;
}

/// `lines 5 to 9, 12`.
std::string in_words(const std::vector<int>& lines) {
  std::string text;
  std::size_t ranges = 0;
  for (std::size_t i = 0; i < lines.size();) {
    std::size_t last = i;
    while (last + 1 < lines.size() && lines[last + 1] <= lines[last] + 1) ++last;
    if (ranges++ == kMostRanges) return "lines " + text + ", ... to " + std::to_string(lines.back());
    text += (text.empty() ? "" : ", ") + std::to_string(lines[i]);
    if (lines[last] > lines[i]) text += " to " + std::to_string(lines[last]);
    i = last + 1;
  }
  return (lines.size() > 1 ? "lines " : "line ") + text;
}

}  // namespace

void merge_repeated(std::vector<Diagnostic>& diagnostics, std::size_t first) {
  using Key = std::tuple<std::string, std::string, std::string>;
  std::map<Key, std::vector<std::size_t>> groups;
  for (std::size_t i = first; i < diagnostics.size(); ++i) {
    const Diagnostic& one = diagnostics[i];
    const std::string column = one.path.substr(one.path.rfind('.') + 1);
    groups[{one.file, column, cause_of(one.problem)}].push_back(i);
  }
  std::vector<bool> joined(diagnostics.size(), false);
  for (const auto& [key, members] : groups) {
    if (members.size() <= kMostApart) continue;
    std::vector<int> lines;
    for (std::size_t i = 1; i < members.size(); ++i) {
      lines.push_back(diagnostics[members[i]].line);
      joined[members[i]] = true;
    }
    diagnostics[members[0]].problem +=
        "; the same in " + std::to_string(lines.size()) + " more rows: " + in_words(lines);
  }
  std::vector<Diagnostic> kept;
  for (std::size_t i = 0; i < diagnostics.size(); ++i)
    if (!joined[i]) kept.push_back(std::move(diagnostics[i]));
  diagnostics = std::move(kept);
}

}  // namespace pishkhan
