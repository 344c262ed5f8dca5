#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace pishkhan {

/// `did you mean `run`?`: the known words that begin with the word, or the nearest. All when none is near.
std::string suggestion(std::string_view word, const std::vector<std::string>& known);

/// The arguments with `--visits all` written as `--visits=all`: the value may be left out, so the library
/// would take it for the scenario.
std::vector<std::string> join_optional_values(std::vector<std::string> arguments);

/// Throws UserError when the first word is neither a command nor an option of the program itself.
void expect_command(const CLI::App& app, const std::vector<std::string>& arguments);

/// Throws UserError about words that the command did not take: each with the option that was probably meant.
[[noreturn]] void refuse_rest(const CLI::App& command, const std::vector<std::string>& rest);

}  // namespace pishkhan
