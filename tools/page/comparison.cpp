#include "tools/page/comparison.hpp"

#include <utility>

#include "sim/base/diagnostic.hpp"
#include "tools/page/assets.hpp"
#include "tools/page/comparison_parts.hpp"
#include "tools/page/page.hpp"

namespace pishkhan::page {
using Json = nlohmann::ordered_json;

std::string title_of(const ComparisonRecord& record) {
  std::string title;
  for (const auto& [name, of_run] : record.runs) title += (title.empty() ? "" : " / ") + of_run;
  return title;
}

ComparisonRecord make_record(std::string version, std::span<const ComparedRun> runs) {
  ComparisonRecord record;
  record.version = std::move(version);
  record.seed = runs.front().scenario.run.seed;
  record.replications = runs.front().trials.size();
  for (const ComparedRun& run : runs) {
    record.runs.emplace_back(run.name, run.scenario.title);
    if (run.scenario.province) record.add_names(*run.scenario.province);
  }
  for (const ComparedRun& run : runs)
    if (run.scenario.province) record.add_positions(*run.scenario.province);
  return record;
}

void add_record(const ComparisonRecord& record, Json& manifest) {
  manifest["seed"] = record.seed;
  manifest["replications"] = record.replications;
  if (record.asked) manifest["replications_asked"] = asked_json(*record.asked);
  record.write(manifest);
}

bool is_comparison(std::string_view manifest) {
  const auto json = nlohmann::json::parse(manifest, nullptr, false);
  return json.is_object() && json.contains("compared");
}

ComparisonRecord read_comparison(std::string_view manifest, const std::filesystem::path& file) {
  const auto json = Json::parse(manifest, nullptr, false);
  try {
    ComparisonRecord record;
    record.version = json.at("version");
    record.seed = json.at("seed");
    record.replications = json.at("replications");
    if (const auto asked = json.find("replications_asked"); asked != json.end())
      record.asked = read_asked(*asked);
    for (const auto& run : json.at("compared"))
      record.runs.emplace_back(run.at("name").get<std::string>(), run.at("title").get<std::string>());
    record.read(json);
    if (record.runs.size() > 1) return record;
  } catch (const nlohmann::json::exception&) {  // as where there is one run only
  }
  throw EnvironmentError(file.string() +
                         " is not the manifest of a comparison that this version has written");
}

std::string comparison_html(const ComparisonSource& source) {
  return page_file({title_of(source.record), source.record.version,
                    comparison_verdict(source, Texts(Language::persian)),
                    comparison_verdict(source, Texts(Language::english)), comparison_data(source),
                    assets::kComparisonScript});
}

}  // namespace pishkhan::page
