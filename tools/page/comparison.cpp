#include "tools/page/comparison.hpp"

#include <utility>

#include "sim/base/diagnostic.hpp"
#include "tools/page/assets.hpp"
#include "tools/page/comparison_parts.hpp"
#include "tools/page/page.hpp"
#include "tools/report/headlines.hpp"
#include "tools/texts/numbers.hpp"

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
    if (!run.scenario.province) continue;
    for (const County& county : run.scenario.province->counties)
      record.counties.try_emplace(county.id, county.name_fa, county.name_en);
  }
  return record;
}

void add_record(const ComparisonRecord& record, Json& manifest) {
  manifest["seed"] = record.seed;
  manifest["replications"] = record.replications;
  manifest["counties"] = Json::object();
  for (const auto& [id, names] : record.counties)
    manifest["counties"][id] = {{"name_fa", names.first}, {"name_en", names.second}};
}

bool is_comparison(std::string_view manifest) {
  const auto json = nlohmann::json::parse(manifest, nullptr, false);
  return json.is_object() && json.contains("compared");
}

ComparisonRecord read_comparison(std::string_view manifest, const std::filesystem::path& file) {
  const auto json = nlohmann::json::parse(manifest, nullptr, false);
  try {
    ComparisonRecord record{json.at("version"), json.at("seed"), json.at("replications"), {}, {}};
    for (const auto& run : json.at("compared"))
      record.runs.emplace_back(run.at("name").get<std::string>(), run.at("title").get<std::string>());
    for (const auto& [id, names] : json.at("counties").items()) {
      record.counties.try_emplace(id, names.at("name_fa").get<std::string>(),
                                  names.at("name_en").get<std::string>());
    }
    if (record.runs.size() > 1) return record;
  } catch (const nlohmann::json::exception&) {  // as where there is one run only
  }
  throw EnvironmentError(file.string() +
                         " is not the manifest of a comparison that this version has written");
}

std::optional<TableView> find_table(const ComparisonSource& source, std::string_view name) {
  for (const Table* table : source.tables)
    if (table->header.name == name) return TableView(*table);
  return std::nullopt;
}

PrintedPair print_pair(const TableView& table, std::size_t row, const std::string& quantity,
                       std::string_view unit, const std::string& a, const std::string& b,
                       const std::string& difference) {
  PrintedPair pair;
  const Shown shown = shown_as(quantity, unit);
  pair.unit = shown.unit;
  pair.difference.symmetric = false;
  pair.difference.unit = shown.unit == "percent" ? "points" : shown.unit;
  int decimals = 2;
  const auto mean = table.number(row, difference + "_mean"), low = table.number(row, difference + "_low"),
             high = table.number(row, difference + "_high");
  if (mean && low && high) {
    const std::string unit_of_difference = pair.difference.unit;
    pair.difference = print_estimate(*mean, *low, *high, false, shown);
    pair.difference.unit = unit_of_difference;
    decimals = decimals_of((*high - *low) / 2 * shown.factor);
  }
  if (const auto value = table.number(row, a)) pair.a = rounded(*value * shown.factor, decimals);
  if (const auto value = table.number(row, b)) pair.b = rounded(*value * shown.factor, decimals);
  return pair;
}

std::vector<std::string> headline_quantities() {
  std::vector<std::string> quantities;
  for (const Headline& headline : headlines(Scenario{})) quantities.emplace_back(headline.quantity);
  return quantities;
}

std::vector<HeadlineDifference> headline_differences(const ComparisonSource& source, const std::string& run) {
  std::vector<HeadlineDifference> found;
  const auto table = find_table(source, "differences");
  if (!table) return found;
  for (const std::string& quantity : headline_quantities()) {
    for (const char* channel : {"all", "office", "traditional"}) {
      if (quantity != "wait_joined_s" && channel != std::string_view("all")) continue;
      for (std::size_t row = 0; row < table->rows(); ++row) {
        if (table->text(row, "run") != run || table->text(row, "level") != "all" ||
            table->text(row, "period") != "whole" || table->text(row, "channel") != channel ||
            table->text(row, "quantity") != quantity)
          continue;
        found.push_back({quantity, channel, table->number(row, "difference_low").value_or(kNan),
                         table->number(row, "difference_high").value_or(kNan),
                         print_pair(*table, row, quantity, table->text(row, "unit"), "a", "b", "difference"),
                         table->number(row, "unpaired_replications")});
        break;
      }
    }
  }
  return found;
}

std::string comparison_html(const ComparisonSource& source) {
  return page_file({title_of(source.record), source.record.version,
                    comparison_verdict(source, Texts(Language::persian)),
                    comparison_verdict(source, Texts(Language::english)), comparison_data(source),
                    assets::kComparisonScript});
}

}  // namespace pishkhan::page
