#include "tools/page/proof_record.hpp"

#include <utility>

#include "tools/page/data_columns.hpp"

namespace pishkhan::page {
using Json = nlohmann::ordered_json;

void ProofRecord::describe(const Scenario& scenario) {
  title = scenario.title;
  seed = scenario.run.seed;
  evidence = scenario.evidence;
  if (!scenario.province) return;
  add_names(*scenario.province);
  add_positions(*scenario.province);
}

Json ProofRecord::to_json() const {
  Json json{{"version", version},
            {"title", title},
            {"seed", seed},
            {"proof_seed", proof_seed},
            {"search_replications", search_replications},
            {"proof_replications", proof_replications},
            {"evidence", to_string(evidence)}};
  write(json);
  return json;
}

Json ProofRecord::page_json(PageOf page, const char* key, Json about, const Json& more_of_run) const {
  Json run{{"title", title}, {"version", version}};
  run.update(more_of_run.is_null() ? Json::object() : more_of_run);
  run["judged"] = Json::object();
  run["notices"] = {{"fa", Json::array()}, {"en", Json::array()}};
  run["migrations"] = Json::array();
  return {{"run", std::move(run)},  {"names", names_json()},    {"tables", Json::object()},
          {key, std::move(about)},  {"map", nullptr},           {"office_week", nullptr},
          {"county_week", nullptr}, {"texts", texts_json(page)}};
}

void ProofRecord::read_json(const Json& json) {
  version = json.at("version");
  title = json.at("title");
  seed = json.at("seed");
  proof_seed = json.at("proof_seed");
  search_replications = json.at("search_replications");
  proof_replications = json.at("proof_replications");
  for (const Evidence one : {Evidence::measured, Evidence::stated, Evidence::assumed})
    if (to_string(one) == json.at("evidence").get<std::string>()) evidence = one;
  read(json);
}

}  // namespace pishkhan::page
