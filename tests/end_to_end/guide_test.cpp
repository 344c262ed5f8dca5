// The guide for planners: its scenarios and commands are run as a reader would run them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

#include "tests/end_to_end/program.hpp"
#include "tests/report/scratch_folder.hpp"

namespace pishkhan::guide_test {
namespace {

namespace fs = std::filesystem;
using tests::Finished;
using tests::ScratchFolder;

struct Guide {
  std::string text;
  std::map<std::string, std::string> scenarios;    ///< by the file that the first line names
  std::vector<std::vector<std::string>> commands;  ///< without the program's name
};

Guide read_guide(const std::string& language) {
  std::ifstream in(tests::source_dir() / "scenarios" / ("guide." + language + ".md"));
  Guide guide{{std::istreambuf_iterator<char>(in), {}}, {}, {}};
  std::istringstream lines(guide.text);
  std::string block, file;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      block = line.substr(3);
      file.clear();
    } else if (block == "yaml") {
      if (file.empty()) file = line.substr(2);
      guide.scenarios[file] += line + '\n';
    } else if (block == "sh") {
      std::istringstream words(line);
      std::vector<std::string> command{std::istream_iterator<std::string>(words), {}};
      EXPECT_EQ(command.front(), "pishkhan") << line;
      command.erase(command.begin());
      guide.commands.push_back(std::move(command));
    }
  }
  return guide;
}

TEST(Guide, BothLanguagesAskTheSame) {
  const Guide persian = read_guide("fa"), english = read_guide("en");
  EXPECT_EQ(persian.commands, english.commands);
  ASSERT_EQ(persian.scenarios.size(), english.scenarios.size());
  for (const auto& [file, text] : english.scenarios) {
    const auto without_title = [](const std::string& scenario) {
      return std::regex_replace(scenario, std::regex("scenario: .*"), "");
    };
    ASSERT_TRUE(persian.scenarios.contains(file)) << file;
    EXPECT_EQ(without_title(persian.scenarios.at(file)), without_title(text));
  }
  const auto count = [](const std::string& text, const std::string& what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
  };
  for (const char* part : {"\n## ", "\n- ", "\n| ", "\n1. "})
    EXPECT_EQ(count(persian.text, part), count(english.text, part)) << part;
}

TEST(Guide, PicturesAndLinksExist) {
  for (const char* language : {"fa", "en"}) {
    const std::string text = read_guide(language).text;
    const std::regex link(R"(\]\(([^)]+)\))");
    std::size_t found = 0;
    for (auto at = std::sregex_iterator(text.begin(), text.end(), link); at != std::sregex_iterator(); ++at) {
      EXPECT_TRUE(fs::exists(tests::source_dir() / "scenarios" / (*at)[1].str())) << (*at)[1];
      ++found;
    }
    EXPECT_GE(found, 3U);
  }
}

TEST(Guide, CommandsRun) {
  const ScratchFolder scratch;
  fs::create_directory(scratch.path() / "scenarios");
  fs::create_directory_symlink(tests::source_dir() / "scenarios/mazandaran",
                               scratch.path() / "scenarios/mazandaran");
  const Guide guide = read_guide("fa");
  for (const auto& [file, text] : guide.scenarios) std::ofstream(scratch.path() / file) << text;
  ASSERT_GE(guide.commands.size(), 8U);
  for (const std::vector<std::string>& command : guide.commands) {
    tests::Program::Settings settings;
    settings.folder = scratch.path();
    const Finished finished = tests::run_program(command, settings);
    EXPECT_EQ(finished.exit_code, 0) << ::testing::PrintToString(command) << finished.error;
    EXPECT_FALSE(finished.out.empty());
  }
  const fs::path results = scratch.path() / "results";
  for (const char* file :
       {"sari-one-clerk-more/page.html", "sari-one-clerk-more/workbook_fa.xlsx", "today/page.html",
        "today/workbook_en.xlsx", "our-counts/page.html", "more-demand/page.html"})
    EXPECT_TRUE(fs::exists(results / file)) << file;
  const auto header = [&](const std::string& file) {
    std::ifstream in(results / file);
    std::string line;
    std::getline(in, line);
    return line;
  };
  EXPECT_NE(header("sari-one-clerk-more/offices.csv").find("wait_min_mean"), std::string::npos);
  EXPECT_NE(header("today/offices.csv").find("wait_min_mean"), std::string::npos);
}

}  // namespace
}  // namespace pishkhan::guide_test
