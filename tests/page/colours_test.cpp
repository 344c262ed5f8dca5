// Contrasts of the palette, which a checker of pages leaves undecided in charts.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <string>

#include "tests/support/source_dir.hpp"

namespace pishkhan::page::colours_test {
namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

double luminance(const std::string& colour) {
  const std::string hex = colour.size() == 4
                              ? std::string{colour[1], colour[1], colour[2], colour[2], colour[3], colour[3]}
                              : colour.substr(1);
  double sum = 0;
  const double weights[] = {0.2126, 0.7152, 0.0722};
  for (std::size_t i = 0; i < 3; ++i) {
    const double part = std::stoi(hex.substr(2 * i, 2), nullptr, 16) / 255.0;
    sum += weights[i] * (part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
  }
  return sum;
}

/// As WCAG 2 computes it.
double contrast(const std::string& a, const std::string& b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

std::map<std::string, std::string> palette(const std::string& css, const std::string& selector) {
  const std::size_t begin = css.find(selector + " {");
  const std::string block = css.substr(begin, css.find('}', begin) - begin);
  static const std::regex pattern(R"(--([\w-]+):\s*(#[0-9a-fA-F]+))");
  std::map<std::string, std::string> colours;
  for (auto at = std::sregex_iterator(block.begin(), block.end(), pattern); at != std::sregex_iterator();
       ++at)
    colours[(*at)[1]] = (*at)[2];
  return colours;
}

TEST(Colours, TextIsLegibleOnTheGroundsItStandsOn) {
  const std::string css = read(tests::source_dir() / "tools/page/style/10-colours.css");
  for (const char* selector : {":root", ":root[data-theme=\"dark\"]"}) {
    const auto colours = palette(css, selector);
    ASSERT_GT(colours.size(), 15U) << selector;
    for (const char* text : {"ink", "soft", "accent", "miss"})
      EXPECT_GE(contrast(colours.at(text), colours.at("paper")), 4.5) << selector << ' ' << text;
    EXPECT_GE(contrast(colours.at("ink"), colours.at("field")), 4.5) << selector;
    for (const std::string kind : {"0", "1", "2", "3", "4"})
      EXPECT_GE(contrast(colours.at("t" + kind), colours.at("c" + kind)), 4.5) << selector << kind;
    // Names of counties stand on any colour, with a halo of the paper's.
    EXPECT_GE(contrast(colours.at("ink"), colours.at("halo")), 7) << selector;
    EXPECT_GE(contrast(colours.at("dot"), colours.at("halo")), 7) << selector;
  }
}

}  // namespace
}  // namespace pishkhan::page::colours_test
