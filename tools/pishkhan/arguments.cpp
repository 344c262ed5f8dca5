#include "tools/pishkhan/arguments.hpp"

#include <CLI/App.hpp>
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <system_error>

#include "models/province/csv.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace {

/// What `--visits` may be followed by: `all`, `none` or a share.
bool is_share(const std::string& word) {
  const auto of_number = [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) || c == '.' || c == '%';
  };
  return word == "all" || word == "none" ||
         (!word.empty() && std::all_of(word.begin(), word.end(), of_number));
}

/// Whether a word that is no file is like one of these.
bool may_mean_share(const std::string& word) {
  std::error_code error;
  return !word.starts_with('-') && !std::filesystem::exists(word, error) &&
         !nearest_name(word, {"all", "none"}).empty();
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

/// The known words of which one is the beginning, in backticks; none if too many are.
std::vector<std::string> that_begin_with(std::string_view word, const std::vector<std::string>& known) {
  constexpr std::size_t kFewestLetters = 2, kMostWords = 4;
  std::vector<std::string> longer;
  const std::size_t dashes = std::min(word.find_first_not_of('-'), word.size());
  if (word.size() - dashes < kFewestLetters) return longer;
  for (const std::string& one : known)
    if (one.starts_with(word)) longer.push_back(in_backticks(one));
  if (longer.size() > kMostWords) longer.clear();
  return longer;
}

/// Refuses an option before the command that the program itself does not have.
void expect_option(const CLI::App& app, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  const auto has = [&](const CLI::App& command) {
    const std::vector<std::string> names = option_names(command);
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (word == "-h" || has(app)) return;
  const auto commands = app.get_subcommands({});
  const bool of_a_command =
      std::any_of(commands.begin(), commands.end(), [&](const CLI::App* command) { return has(*command); });
  throw UserError({{"", 0, 0, name, app.get_name() + " has no such option",
                    of_a_command ? "write it behind the command" : suggestion(name, option_names(app))}});
}

}  // namespace

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
  const std::vector<std::string_view> names(known.begin(), known.end());
  if (const std::vector<std::string> longer = that_begin_with(word, known); !longer.empty())
    return "did you mean " + join_or(longer) + '?';
  const std::string_view near = nearest_name(word, names);
  if (!near.empty()) return "did you mean " + in_backticks(near) + '?';
  constexpr std::size_t kMostListed = 25;
  return known.size() <= kMostListed ? "known are " + join_or(known) : "";
}

std::vector<std::string> join_optional_values(std::vector<std::string> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].starts_with("--") && arguments[i].find('=') == arguments[i].size() - 1) {
      const std::string name = arguments[i].substr(0, arguments[i].size() - 1);
      throw UserError({{"", 0, 0, name, "a value is missing",
                        name == "--visits" ? "`all`, `none` or a share such as `1%`" : ""}});
    }
    if (arguments[i] != "--visits" || i + 1 == arguments.size()) continue;
    if (!is_share(arguments[i + 1]) && !may_mean_share(arguments[i + 1])) continue;
    arguments[i] += '=' + arguments[i + 1];
    arguments.erase(arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
  return arguments;
}

void expect_command(const CLI::App& app, const std::vector<std::string>& arguments) {
  const std::vector<std::string> known = command_names(app);
  if (arguments.empty()) {
    throw UserError({{"", 0, 0, "", "a command is missing",
                      "one of " + join_or(known) + "; `pishkhan --help` says more"}});
  }
  const std::string& word = arguments.front();
  if (word.starts_with('-')) return expect_option(app, word);
  if (std::find(known.begin(), known.end(), word) != known.end()) return;
  const bool is_file = word.ends_with(".yaml") || word.ends_with(".json");
  throw UserError({{"", 0, 0, "", "there is no command " + in_backticks(word),
                    is_file ? "did you mean `run " + word + "`?" : suggestion(word, known)}});
}

void refuse_rest(const CLI::App& command, const std::vector<std::string>& rest) {
  std::vector<Diagnostic> mistakes;
  for (const std::string& word : rest) {
    if (!word.starts_with('-')) {
      // The value of an option that is not known comes after it.
      if (mistakes.empty() || !mistakes.back().path.starts_with("--")) {
        mistakes.push_back(
            {"", 0, 0, "", in_backticks(word) + " is one word too many", "quote texts with spaces"});
      }
      continue;
    }
    const std::string name = word.substr(0, word.find('='));
    mistakes.push_back({"", 0, 0, name, command.get_name() + " has no such option",
                        suggestion(name, option_names(command))});
  }
  throw UserError(std::move(mistakes));
}

}  // namespace pishkhan
