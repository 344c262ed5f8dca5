#include "tests/fuzz/scenario_maker.hpp"

#include <algorithm>
#include <set>

#include "models/province/calendar.hpp"
#include "models/scenario/language.hpp"
#include "tests/fuzz/keys_together.hpp"
#include "tests/fuzz/tiny_province.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kLongLists[] = {70, 70, 150};
constexpr double kFullItems =
    0.9;  ///< probability of a key that may be left out, in a long list of full items
constexpr std::size_t kMostValues = 2000;  ///< of a scenario; later lists are short
constexpr int kMostMixtures = 2;           ///< one in the other

Habits habits_of(Draws& draws) {
  Habits habits;
  constexpr double extremes[] = {0.01, 0.03, 0.1, 0.3};
  habits.extreme = draws.one_of(extremes);
  constexpr double sides[] = {0.5, 0.5, 0.05, 0.95};
  habits.upper = draws.one_of(sides);
  habits.outside = draws.chance(0.15) ? 0.02 : 0;
  constexpr double optional[] = {0.02, 0.05, 0.1, 0.3};
  habits.optional = draws.one_of(optional);
  habits.unruly = draws.chance(0.15) ? 0.05 : 0;
  habits.long_list = draws.chance(0.05) ? 0.5 : 0;
  habits.alike = draws.chance(0.3) ? 0.5 : 0;
  habits.of_province = draws.chance(0.5);
  habits.unbroken = !habits.of_province && draws.chance(0.4);
  habits.with_links = draws.chance(0.5);
  habits.with_failures = draws.chance(0.5);
  habits.start = *from_solar_hijri({1395, draws.between(1, 11), 1}) + draws.between(0, 20);
  habits.days = draws.between(1, 3);
  return habits;
}

/// Ids of a list of them.
template <class List>
std::vector<std::string> texts(const List& names) {
  return {names.begin(), names.end()};
}

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : draws_(seed), habits_(habits_of(draws_)) {}

  MadeScenario make() {
    const MadeValue root = made(*language().keys.shape(), "", "", 0, 1);
    return {yaml_of(root), uses_of(root)};
  }

 private:
  /// `part` of `parts` says which item of a list of hours it is.
  MadeValue made(const Shape& shape, const std::string& path, std::string_view key, std::size_t part,
                 std::size_t parts) {
    ++values_;
    const std::string below = keys_below(shape, path);
    switch (shape.kind) {
      case Shape::Kind::quantity:
        return scalar(shape, path, key, part, parts);
      case Shape::Kind::word:
        return word(shape, key);
      case Shape::Kind::list:
        return list(shape, below, key);
      case Shape::Kind::object:
        return object(shape, below);
      case Shape::Kind::choice:
        return choice(shape, below);
      case Shape::Kind::table:
        return table(shape, below, key);
      case Shape::Kind::either:
        return made(alternative(shape), below, key, part, parts);
    }
    return {};
  }

  /// One of several forms; where lists are long, rather a list.
  const Shape& alternative(const Shape& shape) {
    const bool list = habits_.long_list > 0 && draws_.chance(0.6);
    const auto found = std::find_if(shape.alternatives.begin(), shape.alternatives.end(),
                                    [](const ShapePtr& one) { return one->kind == Shape::Kind::list; });
    return list && found != shape.alternatives.end() ? **found : *draws_.one_of(shape.alternatives);
  }

  MadeValue scalar(const Shape& shape, const std::string& path, std::string_view key, std::size_t part,
                   std::size_t parts) {
    MadeValue value;
    if (shape.quantity == Quantity::path) {
      value.set(std::to_string(province_) + '/' + std::string(key) + ".csv");
      return value;
    }
    const bool usual = !draws_.chance(habits_.extreme);
    if (shape.quantity == Quantity::identifier)
      value.set(name(path, key));
    else if (path == "<run>.start" && usual)
      value.set(format_date(habits_.start));
    else if (path == "<run>.days" && usual)
      value.set(std::to_string(habits_.days));
    else if (path == "<demand>.growth" && usual)
      value.set("-" + std::to_string(draws_.between(0, 90)) + '%');
    else
      value.scalar = made_scalar(shape, key, habits_, draws_, part, parts);
    return value;
  }

  MadeValue word(const Shape& shape, std::string_view key) {
    MadeValue value;
    // Unlimited clerks and endless patience are but one of several forms.
    const bool rare = key == "clerks" || key == "patience";
    value.set(rare && shape.words.size() == 1 && draws_.chance(0.5) ? shape.words.front().text
                                                                    : draws_.one_of(shape.words).text);
    return value;
  }

  /// An id that exists, or a new one where a thing gets its own.
  std::string name(const std::string& path, std::string_view key) {
    if (draws_.chance(habits_.outside)) return "nobody";
    if (key == "id" || key == "name") return new_id(path);
    if (key == "county" || key == "county_link") return any_of(texts(tiny::kCounties));
    if (key == "place") return any_of(texts(tiny::kPlaces));
    if (key == "office") return any_of(texts(tiny::kOffices));
    if (key == "agency") return any_of(texts(tiny::kAgencies));
    if (key == "link") return any_of(texts(tiny::kLinks));
    if (key == "visits_at") return habits_.of_province ? any_of(texts(tiny::kOffices)) : "station-1";
    if (key == "at") return any_of(texts(tiny::kOffices));
    if (key == "skills" && !habits_.of_province) return streams_.empty() ? "nobody" : any_of(streams_);
    return any_of(texts(tiny::kServices));
  }

  std::string any_of(const std::vector<std::string>& names) { return draws_.one_of(names); }

  std::string new_id(const std::string& path) {
    std::string id = "n" + std::to_string(++ids_);
    if (path == "<station>.id") id = "station-" + std::to_string(++stations_);
    if (path == "<station>.id") streams_ = {id};
    if (draws_.chance(habits_.extreme)) id += std::string(100 - id.size(), '_');
    if (path == "<stream>.id") {
      if (!has_streams_) streams_.clear();
      has_streams_ = true;
      streams_.push_back(id);
    }
    return id;
  }

  std::size_t size_of(std::size_t at_least) {
    const bool is_long = draws_.chance(habits_.long_list) && values_ < kMostValues;
    return std::max(at_least, is_long ? draws_.one_of(kLongLists) : 1 + draws_.below(3));
  }

  MadeValue list(const Shape& shape, const std::string& path, std::string_view key) {
    MadeValue list;
    list.kind = MadeValue::Kind::list;
    if (key == "streams") has_streams_ = false;
    if (key == "clerks") intervals_ = draws_.chance(0.3);
    std::size_t size = size_of(shape.at_least);
    if (key == "hourly") size = std::min<std::size_t>(size, 24);
    const double optional = habits_.optional;
    if (size >= kLongLists[0] && draws_.chance(0.5)) habits_.optional = kFullItems;
    const bool alike = shape.item->kind == Shape::Kind::object && draws_.chance(habits_.alike);
    const std::size_t values_before = values_;
    list.items.push_back(made(*shape.item, path, key, 0, size));
    const std::size_t values_of_item = values_ - values_before;
    for (std::size_t i = 1; i < size && (i < shape.at_least || values_ < 2 * kMostValues); ++i) {
      list.items.push_back(alike ? renamed(list.items.front()) : made(*shape.item, path, key, i, size));
      if (alike) values_ += values_of_item;
    }
    habits_.optional = optional;
    if (!draws_.chance(habits_.unruly)) settle_list(key, habits_, draws_, list);
    return list;
  }

  /// The same thing once more, under an id of its own.
  MadeValue renamed(MadeValue item) {
    for (auto& entry : item.entries)
      if (entry.key == "id" || entry.key == "name") entry.value.set(new_id(entry.name));
    return item;
  }

  /// A key of the scenario that is surely written and goes far, so that what several of its items do together
  /// comes often; empty for none.
  std::string_view featured_key(const Shape& root, const KeysTogether& keys) {
    std::vector<std::string_view> possible;
    for (const Field& field : root.fields)
      if (!field.required && !keys.barred.contains(field.key)) possible.push_back(field.key);
    return draws_.chance(0.5) && !possible.empty() ? draws_.one_of(possible) : "";
  }

  void feature() {
    constexpr double extremes[] = {0.1, 0.3, 0.6};
    habits_.extreme = std::max(habits_.extreme, draws_.one_of(extremes));
    habits_.optional = std::max(habits_.optional, 0.3);
    habits_.alike = 0.5;
  }

  MadeValue object(const Shape& shape, const std::string& path) {
    MadeValue map;
    map.kind = MadeValue::Kind::map;
    const bool unruly = draws_.chance(habits_.unruly) && !path.empty();
    KeysTogether keys = keys_together(path, habits_, intervals_, draws_);
    const std::string_view featured = path.empty() ? featured_key(shape, keys) : "";
    if (!featured.empty()) keys.needed.insert(featured);
    for (const Field& field : shape.fields) {
      const bool barred = keys.barred.contains(field.key) && !unruly;
      const bool needed = field.required || keys.needed.contains(field.key);
      const bool wanted = draws_.chance(habits_.optional);
      if (barred || !(needed || wanted)) continue;
      const std::string name = path.empty() ? field.key : path + '.' + field.key;
      const Habits habits = habits_;
      if (field.key == featured) feature();
      map.entries.push_back({field.key, name, made(*field.shape, name, field.key, 0, 1)});
      if (field.key == featured) habits_ = habits;
    }
    if (!unruly) settle_map(path, habits_, draws_, map);
    return map;
  }

  MadeValue choice(const Shape& shape, const std::string& path) {
    MadeValue map;
    map.kind = MadeValue::Kind::map;
    const Field* field = &draws_.one_of(shape.fields);
    const auto holds_itself = [](const Field* of) {
      return of->key == "at_most" ||
             (of->shape->kind == Shape::Kind::list && of->shape->item->kind == Shape::Kind::object);
    };
    while (mixtures_ >= kMostMixtures && holds_itself(field)) field = &draws_.one_of(shape.fields);
    const std::string name = path + '.' + field->key;
    ++mixtures_;
    map.entries.push_back({field->key, name, made(*field->shape, name, field->key, 0, 1)});
    --mixtures_;
    return map;
  }

  MadeValue table(const Shape& shape, const std::string& path, std::string_view key) {
    MadeValue map;
    map.kind = MadeValue::Kind::map;
    std::vector<std::string> ids;
    if (key == "access") ids = texts(tiny::kLinks);
    for (std::size_t i = key == "access" ? 0 : size_of(0); i > 0; --i) ids.push_back("t" + std::to_string(i));
    for (const std::string& id : ids) map.entries.push_back({id, "", made(*shape.item, path, key, 0, 1)});
    return map;
  }

  Draws draws_;
  Habits habits_;
  int province_ = draws_.chance(0.4) ? 0 : draws_.between(0, tiny::kProvinces - 1);
  std::size_t values_ = 0;
  int ids_ = 0, stations_ = 0, mixtures_ = 0;
  bool intervals_ = false;  ///< clerks by interval
  bool has_streams_ = false;
  std::vector<std::string> streams_;  ///< of the station
};

}  // namespace

MadeScenario make_scenario(std::uint64_t seed) { return Maker(seed).make(); }

const std::vector<std::string>& keys_never_made() {
  static const std::vector<std::string> keys = {"base", "without"};
  return keys;
}

}  // namespace pishkhan
