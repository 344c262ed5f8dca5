#include "tools/python/words.hpp"

#include <string_view>
#include <utility>

namespace pishkhan {
namespace {

/// What begins another comes after it.
constexpr std::pair<std::string_view, std::string_view> kWords[] = {
    {"`run --format store`", "`Run.write` with formats=[\"store\"]"},
    {"--format csv,sqlite", "formats=[\"csv\", \"sqlite\"]"},
    {"--format csv", "formats=[\"csv\"]"},
    {"--format", "formats"},
    {"--visits-at", "output.visits_at"},
    {"--visits-on", "output.visits_on"},
    {"--visits 1%", "visits=\"1%\""},
    {"--visits", "visits"},
    {"--replications", "replications"},
    {"--waterfall", "waterfall=True"},
    {"--columns", "output.csv_columns"},
    {"--threads", "threads"},
    {"--resume", "resume=True"},
    {"--force", "force=True"},
    {"--exact", "exact=True"},
    {"--costs", "costs"},
    {"--seed", "seed"},
    {"--set", "Scenario.set"},
    {"--out", "folder"},
    {"--bom", "output.csv_bom"},
};

bool is_option(std::string_view text) { return text.starts_with("--"); }

}  // namespace

std::string in_words_of_python(std::string text) {
  for (const auto& [option, argument] : kWords) {
    for (std::size_t at = text.find(option); at != text.npos; at = text.find(option, at + argument.size()))
      text.replace(at, option.size(), argument);
  }
  return text;
}

Diagnostic in_words_of_python(Diagnostic mistake) {
  if (is_option(mistake.file)) mistake.file.clear();
  mistake.path = in_words_of_python(std::move(mistake.path));
  mistake.problem = in_words_of_python(std::move(mistake.problem));
  mistake.hint = in_words_of_python(std::move(mistake.hint));
  return mistake;
}

}  // namespace pishkhan
