// The committed schema is the one the program writes. PISHKHAN_WRITE_EXPECTED=1 rewrites it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "models/scenario/scenario.hpp"

namespace pishkhan::schema_test {
namespace {

const char* const kFile = "scenarios/schema.json";

TEST(Schema, IsTheCommittedOne) {
  const std::string made = scenario_schema();
  if (std::getenv("PISHKHAN_WRITE_EXPECTED") != nullptr) std::ofstream(kFile, std::ios::binary) << made;
  std::ifstream stream(kFile, std::ios::binary);
  const std::string committed((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  EXPECT_TRUE(made == committed) << "write it with `pishkhan schema > scenarios/schema.json`";
}

TEST(Schema, IsTheSameEveryTime) { EXPECT_EQ(scenario_schema(), scenario_schema()); }

void collect_references(const nlohmann::json& json, std::set<std::string>& found) {
  if (json.is_object())
    if (const auto at = json.find("$ref"); at != json.end()) found.insert(at->get<std::string>());
  if (json.is_structured())
    for (const auto& item : json) collect_references(item, found);
}

TEST(Schema, EveryReferenceHasItsDefinition) {
  const auto schema = nlohmann::json::parse(scenario_schema());
  std::set<std::string> references;
  collect_references(schema, references);
  EXPECT_TRUE(references.contains("#/$defs/distribution"));
  for (const auto& reference : references)
    EXPECT_TRUE(schema.contains(nlohmann::json::json_pointer(reference.substr(1)))) << reference;
}

}  // namespace
}  // namespace pishkhan::schema_test
