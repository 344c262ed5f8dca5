// The manual names every section and every verb.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "models/scenario/scenario.hpp"

namespace pishkhan::manual_test {
namespace {

TEST(Manual, NamesEverySectionAndVerb) {
  std::ifstream stream("scenarios/README.md");
  const std::string manual((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  const auto schema = nlohmann::json::parse(scenario_schema());
  ASSERT_GT(schema["properties"].size(), 20u);
  for (const auto& [key, property] : schema["properties"].items())
    EXPECT_NE(manual.find('`' + key + '`'), std::string::npos) << key;
}

}  // namespace
}  // namespace pishkhan::manual_test
