// Writes the tables of Mazandaran from the committed facts.
#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "sim/base/diagnostic.hpp"
#include "tools/mazandaran/summary.hpp"
#include "tools/mazandaran/tables.hpp"

namespace {

void write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream << text;
  if (!stream.flush()) throw pishkhan::EnvironmentError("cannot write " + file.string());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Writes the tables of Mazandaran from the facts they rest on.");
  std::filesystem::path facts, output;
  app.add_option("facts", facts, "folder of the facts")->required();
  app.add_option("output", output, "folder to write the tables into")->required();
  CLI11_PARSE(app, argc, argv);
  try {
    const auto made = pishkhan::mazandaran::make_province(facts);
    std::filesystem::create_directories(output);
    for (const auto& [name, text] : pishkhan::mazandaran::make_files(made)) write_file(output / name, text);
    std::cout << pishkhan::mazandaran::summarize(made);
    return 0;
  } catch (const pishkhan::UserError& error) {
    std::cerr << error.what() << '\n';
    return 2;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 3;
  }
}
