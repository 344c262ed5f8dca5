#include "tools/pishkhan/option_kinds.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <utility>

#include "models/province/csv.hpp"
#include "models/scenario/schema/quantity.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "tools/pishkhan/arguments.hpp"

namespace pishkhan {
namespace {

/// The parts of a list between commas, empty ones too.
std::vector<std::string> parts_of(const std::string& list) {
  std::vector<std::string> parts(1);
  for (const char c : list) {
    if (c == ',')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

/// Accepts a list with commas between if all its parts are accepted.
CLI::Validator list_of(const CLI::Validator& part, std::string description) {
  return CLI::Validator(
      [part](const std::string& list) {
        for (std::string one : parts_of(list))
          if (std::string problem = part(one); !problem.empty()) return problem;
        return std::string();
      },
      std::move(description));
}

/// An option whose value is a list with commas between, and which may come again; each part counts once.
/// `read` makes what is kept of a part.
template <class T>
CLI::Option* add_list_of(CLI::App& command, const std::string& name, std::vector<T>& into,
                         const std::string& help, const CLI::Validator& part,
                         std::function<T(std::string)> read) {
  const auto add = [&into, read = std::move(read)](const std::vector<std::string>& lists) {
    for (const std::string& list : lists) {
      for (const std::string& one : parts_of(list)) {
        T value = read(one);
        if (std::find(into.begin(), into.end(), value) == into.end()) into.push_back(std::move(value));
      }
    }
  };
  return command.add_option_function<std::vector<std::string>>(name, add, help)
      ->allow_extra_args(false)
      ->check(list_of(part, part.get_description()));
}

}  // namespace

CLI::Validator one_of(std::vector<std::string> words) {
  std::string names;
  for (const std::string& word : words) names += (names.empty() ? "" : ",") + word;
  return CLI::Validator(
      [words](const std::string& word) {
        if (std::find(words.begin(), words.end(), word) != words.end()) return std::string();
        return in_backticks(word) + " is unknown (" + suggestion(word, words) + ')';
      },
      '{' + names + '}');
}

CLI::Validator not_empty() {
  return CLI::Validator(
      [](const std::string& text) { return text.empty() ? "a text is missing" : std::string(); }, "TEXT");
}

CLI::Validator whole_number(int least, int most) {
  return CLI::Validator(
      [least, most](std::string& text) {
        const auto number = parse_whole(text);
        if (!number || *number < least || *number > most) {
          return in_backticks(text) + " is not a whole number from " + std::to_string(least) + " to " +
                 std::to_string(most);
        }
        text = std::to_string(*number);
        return std::string();
      },
      "NUMBER");
}

CLI::Validator share_from(double least) {
  return CLI::Validator(
      [least](std::string& text) {
        const bool is_percent = text.ends_with('%');
        const std::string digits = is_percent ? text.substr(0, text.size() - 1) : text;
        double number = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        const double share = is_percent ? number / 100 : number;
        if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() ||
            !(share >= least && share <= 1))
          return in_backticks(text) + " is not a share such as 0.9 or 90%, above 0 and up to 1";
        if (is_percent) text = std::to_string(share);
        return std::string();
      },
      "SHARE");
}

CLI::Validator change_of_clerks() {
  return CLI::Validator(
      [](std::string& text) {
        const bool signed_plus = text.starts_with('+') && !text.starts_with("+-");
        const auto number = parse_whole(signed_plus ? text.substr(1) : text);
        if (!number || *number < -kMostClerks || *number > kMostClerks) {
          return in_backticks(text) + " is not a number of clerks such as +300, 0 or -20, of at most " +
                 std::to_string(kMostClerks);
        }
        text = std::to_string(*number);
        return std::string();
      },
      "CLERKS");
}

CLI::Option* add_list_option(CLI::App& command, const std::string& name, std::vector<std::string>& into,
                             const std::string& help, const CLI::Validator& part) {
  return add_list_of<std::string>(command, name, into, help, part, [](std::string one) { return one; });
}

CLI::Option* add_formats(CLI::App& command, Formats& into, std::vector<std::string> names,
                         const std::string& help) {
  return add_list_of<Format>(command, "--format", into, help, one_of(std::move(names)),
                             [](const std::string& name) { return format_of(name); });
}

std::string names_of(const Formats& formats) {
  std::string names;
  for (const Format format : formats) names += (names.empty() ? "" : ",") + std::string(to_string(format));
  return names;
}

}  // namespace pishkhan
