// Mutated scenario files, the same every time, fed to the fuzz target. An input that crashes it stays in the
// folder for temporary files.
#include "tests/fuzz/scenario_fuzz.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/draws.hpp"

namespace pishkhan::scenario_fuzz_test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPieces[] = {"[",
                                        "]",
                                        "{",
                                        "}",
                                        ": ",
                                        "- ",
                                        "\n",
                                        "\n  ",
                                        "\t",
                                        "#",
                                        "&a ",
                                        "*a",
                                        "!!x ",
                                        "|",
                                        ">",
                                        "\"",
                                        "'",
                                        "%",
                                        "---\n",
                                        "\\x00",
                                        "null",
                                        "~",
                                        "never",
                                        "all",
                                        "closed",
                                        "-1",
                                        "0",
                                        "1e308",
                                        "1e-320",
                                        ".inf",
                                        "nan",
                                        "9 min",
                                        "4.2 / min",
                                        "120%",
                                        "+1",
                                        "1395-12-30",
                                        "1200-01-01",
                                        "08:00-14:00",
                                        "24:00",
                                        "base: ../small/small.yaml\n",
                                        "base: fuzzed.yaml\n",
                                        "run",
                                        "days: 1",
                                        "length: 5 min",
                                        "clerks",
                                        "skills: [a]",
                                        "streams",
                                        "mixture",
                                        "discipline: processor_sharing",
                                        "\xEF\xBB\xBF",
                                        "\xC3",
                                        "\xD8\xB4"};

std::string mutated(std::string text, const std::vector<std::string>& seeds, Draws& draws) {
  for (std::size_t times = 1 + draws.below(4); times > 0; --times) {
    const std::size_t at = draws.below(text.size() + 1);
    const std::size_t length = std::min(text.size() - at, draws.below(20));
    switch (draws.below(7)) {
      case 0:
        text.insert(at, kPieces[draws.below(std::size(kPieces))]);
        break;
      case 1:
        text.replace(at, length, kPieces[draws.below(std::size(kPieces))]);
        break;
      case 2:
        text.erase(at, length);
        break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>(draws.below(256));
        break;
      case 4:
        text.insert(at, text.substr(draws.below(text.size() + 1), draws.below(40)));
        break;
      case 5: {
        const std::string& other = seeds[draws.below(seeds.size())];
        text.replace(at, text.size() - at, other.substr(draws.below(other.size() + 1)));
        break;
      }
      default: {
        std::string many;
        const auto piece = kPieces[draws.below(std::size(kPieces))];
        for (std::size_t i = draws.below(200); i > 0; --i) many += piece;
        text.insert(at, many);
      }
    }
  }
  return text;
}

void add_seeds(const fs::path& path, std::vector<std::string>& seeds) {
  std::vector<fs::path> files;
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::directory_iterator(path))
      if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
  } else {
    files.push_back(path);
  }
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
}

/// Feeds so many mutations.
void fuzz_the_loader(std::size_t inputs, std::uint64_t seed) {
  std::vector<std::string> seeds;
  for (const char* folder :
       {"tests/scenarios/valid", "tests/scenarios/invalid", "tests/scenarios/small", "scenarios/textbook"})
    add_seeds(folder, seeds);
  ASSERT_FALSE(seeds.empty());
  const fs::path kept = fs::path(testing::TempDir()) / "pishkhan-fuzz-input.yaml";
  Draws draws(seed);
  for (std::size_t i = 0; i < inputs; ++i) {
    const std::string text =
        i < seeds.size() ? seeds[i] : mutated(seeds[draws.below(seeds.size())], seeds, draws);
    std::ofstream(kept, std::ios::binary) << text;  // What a crash leaves behind.
    fuzz_scenario(text);
  }
  fs::remove(kept);
}

TEST(Fuzz, TheLoaderKeepsItsPromises) { fuzz_the_loader(3'000, 1395); }

TEST(LongFuzz, TheLoaderKeepsItsPromises) { fuzz_the_loader(60'000, 1396); }

}  // namespace
}  // namespace pishkhan::scenario_fuzz_test
