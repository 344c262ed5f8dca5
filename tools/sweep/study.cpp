#include "tools/sweep/study.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "models/scenario/schema/read_scalar.hpp"
#include "models/scenario/schema/section.hpp"
#include "models/scenario/schema/validate.hpp"
#include "models/scenario/sections/replications.hpp"
#include "models/scenario/text/file.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/report/csv_writer.hpp"
#include "tools/sweep/amount.hpp"
#include "tools/sweep/precision.hpp"
#include "tools/sweep/responses.hpp"
#include "tools/sweep/study_checks.hpp"

namespace pishkhan {
namespace {

/// Columns of the result tables, which no factor may be called.
constexpr std::array<std::string_view, 20> kTakenNames{
    "point",       "quantity",    "channel",    "county",
    "station",     "unit",        "value",      "value_mean",
    "low",         "high",        "value_low",  "value_high",
    "failure",     "replication", "evidence",   "scenario_sha256",
    "may_be_best", "behind_mean", "behind_low", "behind_high"};

struct FactorKeys {
  Name path, from, to;
  int levels = 0;
  std::vector<Name> values;
  value::Table<std::vector<Name>> variants;
};

struct SampleKeys {
  double points = 0;  // or rows
  double grid = 4;
  std::uint64_t seed = 1;
};

struct DesignKeys {
  DesignKind kind = DesignKind::full_factorial;
  SampleKeys sample;
};

struct ResponseKeys {
  std::string quantity;
  Name channel, county, station;
  Best best = Best::none;
  Location location;
};

struct StudyKeys {
  std::string title;
  Name scenario;
  std::vector<Name> sets;
  value::Table<Written<FactorKeys>> factors;
  DesignKeys design;
  Location design_location;
  std::vector<Written<ResponseKeys>> responses;
  Replications replications;
};

Section<FactorKeys> factor_keys() {
  Section<FactorKeys> keys("a factor");
  keys.optional("path", &FactorKeys::path, value::text(),
                "Which value of the scenario, as `--set` names it.");
  keys.optional("values", &FactorKeys::values, value::list<Name>(value::text(), 1, "a list of values"),
                "The values it has.");
  keys.optional("from", &FactorKeys::from, value::text(), "Or the least, a number with its unit.");
  keys.optional("to", &FactorKeys::to, value::text(), "And the most, in the same unit.");
  keys.optional("levels", &FactorKeys::levels, value::whole(2, 100'000),
                "So many of them, equally far apart; left out: every number between.");
  keys.optional("variants", &FactorKeys::variants,
                value::table<std::vector<Name>>(value::list<Name>(value::text(), 0, "a list of `path=value`"),
                                                "variants by name"),
                "Or several values together, by name: each a list of `path=value`.");
  return keys;
}

Section<SampleKeys> sample_keys(DesignKind kind) {
  Section<SampleKeys> keys("a sample");
  const auto count = [&](const char* name, double least, const char* text) {
    keys.required(name, &SampleKeys::points, value::whole(least, static_cast<double>(kMostPoints)), text);
  };
  if (kind == DesignKind::sobol_indices)
    count("rows", 2, "How many rows of points, each of two more than there are factors.");
  else if (kind == DesignKind::morris)
    count("trajectories", 2, "How many, each of one point more than there are factors.");
  else
    count("points", 1, "How many.");
  if (kind == DesignKind::morris) {
    keys.optional("levels", &SampleKeys::grid, value::whole(2, 100),
                  "Values of each factor, equally far apart, an even number; left out: 4.");
  }
  if (kind != DesignKind::sobol)
    keys.optional("seed", &SampleKeys::seed, value::seed(), "Of the draws; left out: 1.");
  return keys;
}

Value<DesignKeys> sampled(DesignKind kind) {
  return value::made_from<DesignKeys, SampleKeys>(sample_keys(kind),
                                                  [kind](SampleKeys sample, const Location&, Diagnostics&) {
                                                    return DesignKeys{kind, sample};
                                                  });
}

Value<DesignKeys> design_value() {
  value::Choice<DesignKeys> samples("", "a design such as `{latin_hypercube: {points: 50}}`");
  samples.option("latin_hypercube", sampled(DesignKind::latin_hypercube), "A Latin hypercube.");
  samples.option("sobol", sampled(DesignKind::sobol), "The first points of the Sobol sequence.");
  samples.option("sobol_indices", sampled(DesignKind::sobol_indices),
                 "Points for Sobol indices: which share of the variance each factor makes.");
  samples.option("morris", sampled(DesignKind::morris), "Points for the elementary effects of Morris.");
  return value::either<DesignKeys>(
      "",
      "`full_factorial`, `one_at_a_time`, `{latin_hypercube: {points: 50}}`, `{sobol: {points: 63}}`, "
      "`{sobol_indices: {rows: 64}}` or `{morris: {trajectories: 20}}`",
      {value::part(&DesignKeys::kind,
                   value::words<DesignKind>(
                       {{"full_factorial", DesignKind::full_factorial, "Every combination of levels."},
                        {"one_at_a_time", DesignKind::one_at_a_time,
                         "The first level of every factor, then the others of one factor at a time."}})),
       samples});
}

Section<ResponseKeys> response_keys() {
  Section<ResponseKeys> keys("a response");
  std::vector<value::WordFor<std::string>> words;
  for (const std::string& name : response_quantities()) words.push_back({name, name, ""});
  keys.required("quantity", &ResponseKeys::quantity, value::words<std::string>(words),
                "As in the tables of a run, without `_mean`.");
  keys.optional("channel", &ResponseKeys::channel, value::text(), "Of the stations of this channel.");
  keys.optional("county", &ResponseKeys::county, value::text(), "Of the stations of this county.");
  keys.optional("station", &ResponseKeys::station, value::text(), "Of this station.");
  keys.optional("best", &ResponseKeys::best,
                value::words<Best>(
                    {{"least", Best::least, "The least."}, {"greatest", Best::greatest, "The greatest."}}),
                "Which value is best: the table `best` compares every point with the best.");
  return keys;
}

const Section<StudyKeys>& study_keys() {
  static const Section<StudyKeys> made = [] {
    Section<StudyKeys> keys("a study");
    keys.required("study", &StudyKeys::title, value::text(), "Title of the study, for people.");
    keys.required("scenario", &StudyKeys::scenario, value::file(), "Scenario file that it varies.");
    keys.optional("set", &StudyKeys::sets, value::list<Name>(value::text(), 0, "a list of `path=value`"),
                  "What every point changes in the scenario, before its factors.");
    keys.required("factors", &StudyKeys::factors,
                  value::table<Written<FactorKeys>>(factor_keys(), "factors by name"), "What it varies.");
    keys.required("design", &StudyKeys::design, design_value(), "Which points it simulates.");
    keys.required("responses", &StudyKeys::responses, list_of(response_keys(), 1, "a list of responses"),
                  "What it notes of each point.");
    keys.optional("replications", &StudyKeys::replications, replications_value(2, true),
                  "Of each point; left out: as the scenario says.");
    return keys;
  }();
  return made;
}

Level numeric_level(const Factor& factor, double number, const Mark& mark) {
  Level level{"", rounded_number(number, 12), {}, mark};
  if (factor.has_plus && level.number >= 0) level.text = '+';
  append_number(level.text, level.number);
  level.text += factor.unit;
  level.overrides = {factor.path + '=' + level.text};
  return level;
}

void read_range(const Written<FactorKeys>& keys, Factor& factor, Diagnostics& mistakes) {
  const Location &from = keys.at(&FactorKeys::from), &to = keys.at(&FactorKeys::to);
  const auto low = read_amount(trim(keys->from.text)), high = read_amount(trim(keys->to.text));
  if (!low)
    add_mistake(mistakes, from, in_backticks(keys->from.text) + " is no number", "list such `values`");
  if (!high) add_mistake(mistakes, to, in_backticks(keys->to.text) + " is no number", "list such `values`");
  if (!low || !high) return;
  if (low->unit != high->unit) {
    add_mistake(mistakes, to, "another unit than that of `from`", "write both in the same unit");
    return;
  }
  if (!(low->number < high->number)) {
    add_mistake(mistakes, to, "not above `from`", "write the least first");
    return;
  }
  if (low->number >= 0 && low->has_plus != high->has_plus) {
    add_mistake(mistakes, to, "`from` and `to`, one with a plus and one without",
                "a plus says that so much is added");
    return;
  }
  factor.is_numeric = true;
  factor.has_plus = high->has_plus;
  factor.unit = low->unit;
  factor.low = low->number;
  factor.high = high->number;
  const int levels = keys->levels;
  for (int i = 0; i < levels; ++i) {
    const double share = static_cast<double>(i) / (levels - 1);
    factor.levels.push_back(
        numeric_level(factor, factor.low + share * (factor.high - factor.low), from.node->mark));
  }
}

void read_values(const FactorKeys& keys, Factor& factor, Diagnostics& mistakes) {
  std::set<std::string> texts;
  bool numeric = true;
  std::optional<bool> has_plus;  // of what is not below 0
  for (const Name& one : keys.values) {
    if (!texts.insert(one.text).second)
      add_mistake(mistakes, one.location, "a second " + in_backticks(one.text), "a value stands once");
    factor.levels.push_back({one.text, 0, {factor.path + '=' + one.text}, one.location.node->mark});
    const auto amount = read_amount(trim(one.text));
    if (factor.levels.size() == 1 && amount) factor.unit = amount->unit;
    numeric = numeric && amount && amount->unit == factor.unit;
    if (numeric && amount->number >= 0) numeric = has_plus.value_or(amount->has_plus) == amount->has_plus;
    if (!numeric) continue;
    if (amount->number >= 0) has_plus = amount->has_plus;
    factor.levels.back().number = amount->number;
  }
  factor.is_numeric = numeric;
  if (!numeric) factor.unit.clear();
}

void read_variants(const Written<FactorKeys>& keys, Factor& factor, Diagnostics& mistakes) {
  const Location& location = keys.at(&FactorKeys::variants);
  if (keys->variants.empty() && location.node->valid)
    add_mistake(mistakes, location, "there is no variant", "give each a name and a list of `path=value`");
  for (const auto& [name, sets] : keys->variants) {
    const Node* node = location.node->find(name);
    Level level{name, 0, {}, node->mark};
    for (const Name& set : sets) level.overrides.push_back(set.text);
    factor.levels.push_back(std::move(level));
  }
}

Factor read_factor(const std::string& id, const Written<FactorKeys>& keys, Diagnostics& mistakes) {
  Factor factor;
  factor.id = id;
  factor.mark = keys.location().node->mark;
  if (std::find(kTakenNames.begin(), kTakenNames.end(), id) != kTakenNames.end()) {
    add_mistake(mistakes, keys.location(), in_backticks(id) + " is a column of the results",
                "give the factor another name");
  }
  const bool values = keys.has(&FactorKeys::values), variants = keys.has(&FactorKeys::variants),
             from = keys.has(&FactorKeys::from), to = keys.has(&FactorKeys::to);
  if (values + variants + (from || to) != 1) {
    add_mistake(mistakes, keys.location(), "it needs one of `values`, `from` and `to`, and `variants`");
    return factor;
  }
  if (from != to) {
    add_mistake(mistakes, keys.location(), from ? "`from` without `to`" : "`to` without `from`");
    return factor;
  }
  if (keys.has(&FactorKeys::levels) && !from)
    add_mistake(mistakes, keys.at(&FactorKeys::levels), "`levels` without `from` and `to`");
  if (keys.has(&FactorKeys::path) == variants) {
    add_mistake(mistakes, keys.location(),
                variants ? "`path` beside `variants`" : "the key `path` is missing",
                variants ? "each variant names its own" : "for example `path: run.days`");
    return factor;
  }
  factor.path = keys->path.text;
  if (from && keys.has_valid(&FactorKeys::from) && keys.has_valid(&FactorKeys::to))
    read_range(keys, factor, mistakes);
  if (values) read_values(*keys, factor, mistakes);
  if (variants) read_variants(keys, factor, mistakes);
  return factor;
}

Response read_response(const Written<ResponseKeys>& keys, Diagnostics& mistakes) {
  const bool channel = keys.has(&ResponseKeys::channel), county = keys.has(&ResponseKeys::county),
             station = keys.has(&ResponseKeys::station);
  if (channel + county + station > 1)
    add_mistake(mistakes, keys.location(), "more than one of `channel`, `county` and `station`");
  return {keys->quantity,     keys->channel.text,         keys->county.text,
          keys->station.text, keys.location().node->mark, keys->best};
}

/// Without `of`, a precision is of all responses.
void read_replications(const Replications& keys, Study& study, Diagnostics& mistakes) {
  study.precision = keys.precision;
  if (!study.precision) {
    study.replications = keys.count;
    return;
  }
  if (study.precision->of.empty()) {
    for (const Response& one : study.responses) {
      study.precision->of.push_back(
          {one.quantity, one.channel, one.county, one.station, one.mark, path_of("replications", "of")});
    }
  }
  check_quantities(*study.precision, mistakes);
}

/// A response may be written as its quantity alone.
void expand_responses(Node& root) {
  Node* responses = root.kind == Node::Kind::map ? root.find("responses") : nullptr;
  if (responses == nullptr) return;
  for (Node& one : responses->items) {
    if (one.kind != Node::Kind::scalar) continue;
    Node map;
    map.kind = Node::Kind::map;
    map.mark = one.mark;
    map.entries.push_back({"quantity", one.mark, one});
    one = std::move(map);
  }
}

}  // namespace

std::string Factor::short_text(const Level& level) const {
  return levels.empty() ? numeric_level(*this, rounded_number(level.number, 4), mark).text : level.text;
}

Level Factor::between(double share) const { return numeric_level(*this, low + share * (high - low), mark); }

std::size_t Study::points_of_row() const {
  if (design == DesignKind::sobol_indices) return factors.size() + 2;
  return design == DesignKind::morris ? factors.size() + 1 : 0;
}

Study load_study(const std::filesystem::path& file) {
  Diagnostics mistakes;
  const Mark nowhere{std::make_shared<const std::string>(file.generic_string()), 0, 0};
  Study study;
  study.file = file;
  study.files = std::make_shared<const SourceFiles>();
  study.text = read_limited(file, nowhere, "", mistakes, *study.files);
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  Node root = parse_document(study.text, file.generic_string(), mistakes);
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  expand_responses(root);
  validate(*study_keys().shape(), root, "", mistakes);
  Written<StudyKeys> keys;
  if (root.kind == Node::Kind::map) study_keys().read(root, "", mistakes, keys);
  study.title = keys->title;
  if (keys.has_valid(&StudyKeys::scenario)) study.scenario = path_beside(*keys.at(&StudyKeys::scenario).node);
  for (const Name& set : keys->sets) study.sets.push_back(set.text);
  for (const auto& [id, factor] : keys->factors) study.factors.push_back(read_factor(id, factor, mistakes));
  study.design = keys->design.kind;
  study.sample = static_cast<std::size_t>(keys->design.sample.points);
  study.grid = static_cast<std::size_t>(keys->design.sample.grid);
  study.design_seed = keys->design.sample.seed;
  for (const auto& response : keys->responses) study.responses.push_back(read_response(response, mistakes));
  read_replications(keys->replications, study, mistakes);
  if (keys.has_valid(&StudyKeys::design) && keys.has_valid(&StudyKeys::factors))
    check_design(study, keys.at(&StudyKeys::design), mistakes);
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  return study;
}

}  // namespace pishkhan
