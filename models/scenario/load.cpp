#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "models/scenario/language.hpp"
#include "models/scenario/make_province.hpp"
#include "models/scenario/make_scenario.hpp"
#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/canonical.hpp"
#include "models/scenario/schema/extend.hpp"
#include "models/scenario/schema/validate.hpp"
#include "models/scenario/sections/recorded_file.hpp"
#include "models/scenario/text/file.hpp"
#include "models/scenario/verbs/verbs.hpp"
#include "models/scenario/wave_keys.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kMostReported = 1000;

/// Of a whole scenario file.
const Shape& shape() { return *language().keys.shape(); }

/// A file's stem as a folder name: letters of any script in lower case, digits, hyphens.
std::string folder_name(const std::filesystem::path& file) {
  const std::string stem = file.stem().string();
  const auto characters = icu::UnicodeString::fromUTF8(stem);
  icu::UnicodeString name;
  for (std::int32_t at = 0; at < characters.length(); at = characters.moveIndex32(at, 1)) {
    const UChar32 character = characters.char32At(at);
    const bool is_mark = (U_GET_GC_MASK(character) & U_GC_M_MASK) != 0;
    if (u_isalnum(character) || is_mark)
      name.append(u_tolower(character));
    else if (!name.isEmpty() && !name.endsWith(u"-"))
      name.append(u'-');
  }
  if (name.endsWith(u"-")) name.truncate(name.length() - 1);
  std::string utf8;
  name.toUTF8String(utf8);
  // A name without any letter gets one that no other such name has.
  return utf8.empty() ? "scenario-" + content_hash(stem).substr(0, 8) : utf8;
}

/// Mistakes of a file stand together in the order of the text, files in the order in which they are first
/// found wrong; those of overrides come last.
void sort_by_place(Diagnostics& mistakes) {
  std::map<std::string, std::size_t> order;
  for (const Diagnostic& one : mistakes) order.emplace(one.file, order.size());
  const auto place = [&](const Diagnostic& one) {
    return std::tuple(is_override_label(one.file), order.at(one.file), one.line, one.column);
  };
  std::stable_sort(mistakes.begin(), mistakes.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
}

[[noreturn]] void refuse(Diagnostics mistakes) {
  PISHKHAN_EXPECT(!mistakes.empty());
  sort_by_place(mistakes);
  if (mistakes.size() > kMostReported) {
    const auto left = mistakes.size() - kMostReported;
    mistakes.resize(kMostReported);
    mistakes.push_back(
        {mistakes.front().file, 0, 0, "", "and " + std::to_string(left) + " more mistakes", ""});
  }
  throw UserError(std::move(mistakes));
}

/// Beyond these numbers different citizens would be drawn alike.
void check_numbers(const Written<ScenarioFile>& file, const Scenario& scenario, Diagnostics& mistakes) {
  const auto check = [&](auto member, std::size_t count, const std::string& what) {
    if (count <= kMostNumbered) return;
    add_mistake(mistakes, file.at(member), std::to_string(count) + ' ' + what,
                "at most " + std::to_string(kMostNumbered));
  };
  check(&ScenarioFile::stations, scenario.stations.size(), "stations");
  for (const BareStation& station : scenario.stations)
    check(&ScenarioFile::stations, station.streams.size(), "streams at station " + in_backticks(station.id));
  if (!scenario.province) return;
  check(&ScenarioFile::province, scenario.province->places.size(), "places");
  check(&ScenarioFile::province, scenario.province->services.size(), "services");
}

/// Expects the block that `plan` reads to be right.
void check_moves(const Node& root, bool run_is_good, const Scenario& scenario, Diagnostics& mistakes) {
  const Node* plan = root.find("plan");
  if (plan == nullptr || plan->kind != Node::Kind::map || !scenario.province) return;
  Written<MoveKeys> written;
  move_keys().read(*plan, "plan", mistakes, written);
  read_moves(written, run_is_good, scenario, mistakes);
}

/// Refuses keys that mean nothing to bare stations.
void refuse_keys_of_provinces(const Node& root, Diagnostics& mistakes) {
  const std::vector<Field>& fields = language().keys.shape()->fields;
  for (const auto& entry : root.entries) {
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](const Field& one) { return one.key == entry.key; });
    if (field == fields.end()) continue;
    if (static_cast<std::size_t>(field - fields.begin()) < language().common) continue;
    mistakes.push_back(mistake_at(entry.mark, entry.key,
                                  in_backticks(entry.key) + " in a scenario of bare stations",
                                  "it belongs to a province"));
  }
}

/// With a base missing or broken, nobody knows what else is missing: only what is surely wrong is told.
[[noreturn]] void refuse_incomplete(Node& root, Diagnostics mistakes) {
  if (root.kind != Node::Kind::null) {
    Diagnostics found;
    validate(shape(), root, "", found);
    std::erase_if(found, [](const Diagnostic& one) { return one.problem.ends_with(" is missing"); });
    mistakes.insert(mistakes.end(), found.begin(), found.end());
  }
  refuse(std::move(mistakes));
}

/// Puts the holidays of bare stations into the scenario. Returns lines of the canonical text about their
/// table.
std::string read_holidays_of_stations(const Written<ScenarioFile>& file, const LoadedDocument& document,
                                      RunForm form, Scenario& scenario, Diagnostics& mistakes) {
  const Name& table = file->holidays;
  if (table.location.node == nullptr) return {};
  if (form == RunForm::unbroken) {
    add_mistake(mistakes, table.location, "`holidays` in an unbroken run",
                "its queue knows no days: write a run by `days`, or leave them out");
    return {};
  }
  if (form == RunForm::unknown || !file->run.valid()) return {};
  if (!file->run.has(&Run::start)) {
    add_mistake(mistakes, table.location, "`holidays` of a run without `start`",
                "say the first day, for example `start: 1395-02-01`");
    return {};
  }
  const std::size_t before = mistakes.size();
  std::string lines = read_inputs({&table}, *document.files, scenario, mistakes);
  if (mistakes.size() == before) read_holidays(table, *document.files, scenario, mistakes);
  return lines;
}

/// Puts stations or a province into the scenario. Returns lines of the canonical text about its tables.
std::string make_places(const Written<ScenarioFile>& file, const LoadedDocument& document, RunForm form,
                        Scenario& scenario, Diagnostics& mistakes) {
  const bool stations = file.has(&ScenarioFile::stations), province = file.has(&ScenarioFile::province);
  if (stations == province) {
    add_mistake(mistakes, province ? Location{file.at(&ScenarioFile::province).node, ""} : file.location(),
                stations ? "both `province` and `stations`" : "neither `province` nor `stations`",
                "a scenario is of a province (often by its `base`) or of bare stations");
    return {};
  }
  if (province) {
    if (file.has(&ScenarioFile::holidays)) {
      add_mistake(mistakes, file.at(&ScenarioFile::holidays), "`holidays` in a scenario of a province",
                  "it belongs under `demand`");
    }
    return make_province(file, document.root, *document.files, scenario, mistakes);
  }
  refuse_keys_of_provinces(document.root, mistakes);
  std::string tables;
  if (check_calendar(file->run, mistakes))
    tables = read_holidays_of_stations(file, document, form, scenario, mistakes);
  scenario.stations = make_stations(file->stations, file->run, form, mistakes);
  if (auto notice = notice_of_midnight(scenario.stations, scenario.run); form == RunForm::days && notice)
    scenario.notices.push_back(*std::move(notice));
  return tables;
}

/// The table that a run read, as the document names it now; null if an override names another.
Node* find_table(const RunManifest::Table& table, Node& root) {
  Node* keys = table.section.empty() ? &root : root.find(table.section);
  Node* file = keys != nullptr ? keys->find(table.key) : nullptr;
  return file != nullptr && !is_override_label(*file->mark.file) ? file : nullptr;
}

/// Expects the tables beside a manifest to be those of its run, and gives them the names they had there.
void check_tables(const RunManifest& manifest, Node& root, const std::vector<InputFile>& inputs,
                  Diagnostics& mistakes) {
  for (const RunManifest::Table& table : manifest.tables) {
    Node* file = find_table(table, root);
    if (file == nullptr) continue;
    const auto read = std::find_if(inputs.begin(), inputs.end(),
                                   [&](const InputFile& input) { return input.key == table.key; });
    if (read != inputs.end() && !read->text.empty() && table.hash != table_hash(read->text)) {
      add_mistake(mistakes, {file, path_of(table.section, table.key)},
                  in_backticks(file->text) + " is not the table that the run read",
                  "put it back, or write a scenario of your own with it");
    }
    file->text = table.written_name;
  }
}

}  // namespace

Scenario make_scenario(LoadedDocument document, const std::filesystem::path& path, Diagnostics mistakes) {
  Node& root = document.root;
  if (!document.complete) refuse_incomplete(root, std::move(mistakes));
  take_recorded_files(root, *document.files, mistakes);
  validate(shape(), root, "", mistakes);
  if (root.kind != Node::Kind::map) refuse(std::move(mistakes));
  Written<ScenarioFile> file;
  language().keys.read(root, "", mistakes, file);
  Scenario scenario = file->scenario;
  scenario.file = document.manifest ? document.manifest->file : path;
  if (scenario.name.empty()) scenario.name = document.manifest ? document.manifest->name : folder_name(path);
  const RunForm form = check_run(file->run, mistakes);
  scenario.run = *file->run;
  const std::string tables = make_places(file, document, form, scenario, mistakes);
  Diagnostics told_before;
  const bool run_is_good =
      form != RunForm::unknown && file->run.valid() && check_calendar(file->run, told_before);
  apply_output(file->output, has_outages(root), run_is_good, scenario, mistakes);
  apply_targets(file->targets, form, scenario, mistakes);
  scenario.shifts = make_shift_patterns(file->shifts, mistakes);
  check_moves(root, run_is_good, scenario, mistakes);
  if (scenario.run.inputs == RunInputs::sampled && scenario.assumed_ranges.empty() && mistakes.empty()) {
    add_mistake(mistakes, file->run.at(&Run::inputs), "`sampled` in a scenario without ranges",
                "give assumed numbers `low` and `high` in the table that `province.evidence` names");
  }
  check_numbers(file, scenario, mistakes);
  if (document.manifest && scenario.inputs)
    check_tables(*document.manifest, root, *scenario.inputs, mistakes);
  if (!mistakes.empty()) refuse(std::move(mistakes));
  std::erase_if(root.entries,
                [](const auto& entry) { return entry.key == "base" || entry.key == "without"; });
  scenario.resolved = canonical_yaml(shape(), root) + tables;
  return scenario;
}

std::vector<std::string_view> station_ids(const Scenario& scenario) {
  std::vector<std::string_view> ids;
  if (scenario.province) {
    for (const Office& office : scenario.province->offices) ids.push_back(office.id);
    for (const Counter& counter : scenario.province->counters) ids.push_back(counter.id);
  }
  for (const BareStation& station : scenario.stations) ids.push_back(station.id);
  return ids;
}

Scenario load_scenario(const std::filesystem::path& file, const std::vector<std::string>& overrides,
                       const std::filesystem::path& library) {
  return load_scenario(ScenarioSource{file, overrides, library});
}

Scenario load_scenario(const ScenarioSource& source) {
  Diagnostics mistakes;
  LoadedDocument document = load_document(source, shape(), mistakes);
  return make_scenario(std::move(document), source.file, std::move(mistakes));
}

std::string written_out(const ScenarioSource& source, const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  const Scenario scenario = load_scenario(source);
  if (!scenario.inputs) return scenario.resolved;
  Diagnostics mistakes;
  LoadedDocument document = load_document(source, shape(), mistakes);
  take_recorded_files(document.root, *document.files, mistakes);
  validate(shape(), document.root, "", mistakes);
  std::erase_if(document.root.entries,
                [](const auto& entry) { return entry.key == "base" || entry.key == "without"; });
  Node* holidays = document.root.find("holidays");
  PISHKHAN_EXPECT(mistakes.empty() && holidays != nullptr);
  holidays->text = fs::relative(fs::absolute(path_beside(*holidays)), fs::absolute(folder)).generic_string();
  return canonical_yaml(shape(), document.root);
}

Scenario load_scenario_text(std::string_view text, const std::string& name,
                            const std::vector<std::string>& overrides) {
  Diagnostics mistakes;
  LoadedDocument document = load_document_text(text, name, shape(), overrides, mistakes);
  return make_scenario(std::move(document), name, std::move(mistakes));
}

}  // namespace pishkhan
