// The texts of page, workbook and terminal: the same keys in both languages, none missing, none that
// nothing asks for.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/support/source_dir.hpp"
#include "tools/page/page_data.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan::catalogue_test {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

const std::vector<std::string> kFolders{"tools/page", "tools/workbook", "tools/texts", "tools/pishkhan",
                                        "models"};

/// Sources that ask for texts, joined.
std::string sources(const std::vector<std::string>& folders = kFolders) {
  std::string all;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(tests::source_dir() / folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension == ".js" || extension == ".cpp" || extension == ".html") all += read(entry.path()) + '\n';
    }
  }
  return all;
}

std::multiset<std::string> placeholders(const std::string& text) {
  static const std::regex pattern(R"(\{\w+(?=[,}]))");
  std::multiset<std::string> found;
  for (auto at = std::sregex_iterator(text.begin(), text.end(), pattern); at != std::sregex_iterator(); ++at)
    found.insert(at->str());
  return found;
}

TEST(Catalogue, BothLanguagesHaveTheSameKeysAndPlaceholders) {
  const Texts persian(Language::persian), english(Language::english);
  for (const auto& [key, text] : persian.all()) {
    ASSERT_TRUE(english.all().contains(key)) << key << " is in Persian alone";
    const std::multiset<std::string> of_persian = placeholders(text),
                                     of_english = placeholders(english.at(key));
    const std::set<std::string> a(of_persian.begin(), of_persian.end()),
        b(of_english.begin(), of_english.end());
    EXPECT_EQ(a, b) << key;
  }
  EXPECT_EQ(persian.all().size(), english.all().size());
}

TEST(Catalogue, PersianTextsHavePersianLettersAndDigits) {
  const Texts persian(Language::persian);
  for (const auto& [key, text] : persian.all()) {
    if (key == "button.language") continue;  // which names the other language
    const std::string words = std::regex_replace(text, std::regex("=[0-9]+ \\{"), "");  // of one number
    EXPECT_FALSE(std::regex_search(words, std::regex("[0-9]"))) << key << ": " << text;
    EXPECT_EQ(text.find("ي"), std::string::npos) << key << " has an Arabic yeh";
    EXPECT_EQ(text.find("ك"), std::string::npos) << key << " has an Arabic kaf";
  }
}

/// Keys written whole: `t("key")` in the script, `texts_.at("key")` and `texts_.fill("key"` in the writer.
TEST(Catalogue, EveryTextThatIsAskedForIsThere) {
  const Texts english(Language::english);
  const std::string all = sources();
  const std::regex pattern(R"re((?:[^.\w]t|texts_?\.at|texts_?\.fill)\(\s*"([^"]+[^".])"\s*[,)])re");
  std::size_t found = 0;
  for (auto at = std::sregex_iterator(all.begin(), all.end(), pattern); at != std::sregex_iterator(); ++at) {
    EXPECT_TRUE(english.all().contains((*at)[1])) << (*at)[1];
    ++found;
  }
  EXPECT_GT(found, 100U);
}

/// Keys of notices stand whole in the sources, wherever a notice is given.
TEST(Catalogue, EveryNoticeIsThere) {
  const Texts persian(Language::persian), english(Language::english);
  const std::string all = sources();
  const std::regex pattern(R"re("(notice\.\w[\w.]*)")re");
  std::set<std::string> found;
  for (auto at = std::sregex_iterator(all.begin(), all.end(), pattern); at != std::sregex_iterator(); ++at)
    found.insert((*at)[1]);
  EXPECT_GT(found.size(), 15U);
  for (const std::string& key : found)
    EXPECT_TRUE(english.all().contains(key) && persian.all().contains(key)) << key;
}

/// Asked for whole, or by a key whose beginning, up to a point, stands in the sources.
TEST(Catalogue, NothingIsStale) {
  const std::string all = sources();
  const Texts english(Language::english);
  for (const auto& [key, text] : english.all()) {
    bool asked =
        all.find('"' + key + '"') != std::string::npos || all.find("{{" + key + ".") != std::string::npos;
    for (std::size_t point = key.find('.'); !asked && point != std::string::npos;
         point = key.find('.', point + 1)) {
      asked = all.find('"' + key.substr(0, point + 1) + '"') != std::string::npos ||
              all.find("\"." + key.substr(point + 1) + '"') != std::string::npos;
    }
    EXPECT_TRUE(asked) << key << " is asked for nowhere";
  }
}

/// Tables of the terminal name their columns by keys: `"<station"`, `">clerks"`.
TEST(Catalogue, ColumnsOfTheTerminalHaveTitles) {
  const std::string all = sources({"tools/pishkhan"});
  const Texts english(Language::english);
  const std::regex pattern(R"re("[<>](\w+)")re");
  std::set<std::string> asked;
  for (auto at = std::sregex_iterator(all.begin(), all.end(), pattern); at != std::sregex_iterator(); ++at)
    asked.insert((*at)[1]);
  EXPECT_GT(asked.size(), 50U);
  for (const std::string& column : asked)
    EXPECT_TRUE(english.all().contains("terminal.column." + column)) << column;
  const std::string beginning = "terminal.column.";
  for (const auto& [key, text] : english.all()) {
    if (!key.starts_with(beginning)) continue;
    const std::string column = key.substr(beginning.size());
    EXPECT_TRUE(asked.contains(column) || all.find('"' + column + '"') != std::string::npos) << key;
  }
}

TEST(Catalogue, EveryQuantityHasATitleAndADefinition) {
  const Texts english(Language::english);
  for (const page::ShownTable& shown : page::shown_tables()) {
    for (const std::string& quantity : shown.quantities) {
      EXPECT_TRUE(english.all().contains("column." + quantity)) << quantity;
      EXPECT_TRUE(english.all().contains("definition." + quantity)) << quantity;
    }
  }
}

}  // namespace
}  // namespace pishkhan::catalogue_test
