#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "tools/report/formats.hpp"

// The kinds of values that options of the command line take.
namespace pishkhan {

/// Accepts some words only, and suggests one for any other.
CLI::Validator one_of(std::vector<std::string> words);

/// An empty text is a script's variable without a value, and would pass for an option left out.
CLI::Validator not_empty();

/// A whole number in decimal digits; the library would read `010` as eight.
CLI::Validator whole_number(int least, int most);

/// A number of clerks more (`+300`, `300`), fewer (`-20`), or 0.
CLI::Validator change_of_clerks();
/// A share such as 0.9 or 90%, from `least` to 1.
CLI::Validator share_from(double least);

/// An option whose value is a list with commas between, and which may come again; each part counts once.
CLI::Option* add_list_option(CLI::App& command, const std::string& name, std::vector<std::string>& into,
                             const std::string& help, const CLI::Validator& part = not_empty());

/// The option `--format`, of the formats named.
CLI::Option* add_formats(CLI::App& command, Formats& into, std::vector<std::string> names,
                         const std::string& help);

/// `csv,sqlite`.
std::string names_of(const Formats& formats);

}  // namespace pishkhan
