#pragma once
#include <algorithm>
#include <iosfwd>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "models/province/csv.hpp"
#include "models/province/folding.hpp"
#include "models/province/province.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/options.hpp"
#include "tools/pishkhan/text.hpp"

// What the commands that list the things of a province have in common.
namespace pishkhan {

/// Throws UserError when the scenario has none.
const Province& province_of(const Scenario& scenario);

/// Whether the words looked for stand in the id or a name; neither case nor the keyboard
/// matters (folded_for_search).
bool matches(const std::string& search, const std::string& id, const std::string& name_en,
             const std::string& name_fa);

/// Folded for search, with hyphens for blanks: how ids are written.
std::string like_an_id(std::string_view text);

/// The mistake of an option that names nothing known.
[[noreturn]] void refuse_id(const std::string& option, const std::string& id, std::string hint);

/// The thing with an id. One that is unknown is a mistake, not an empty list: throws UserError with the id
/// that was probably meant, by its spelling or by a name.
template <class Thing>
const Thing& find_by_id(const std::string& option, const std::string& id, const std::vector<Thing>& things) {
  const std::string meant = like_an_id(id);
  std::vector<std::string_view> known;
  for (const Thing& thing : things) {
    if (thing.id == folded(id)) return thing;
    known.push_back(thing.id);
  }
  for (const Thing& thing : things) {
    if (thing.id == meant || like_an_id(thing.name_en) == meant || like_an_id(thing.name_fa) == meant)
      refuse_id(option, id, "did you mean " + in_backticks(thing.id) + '?');
  }
  const std::string_view near = nearest_name(meant, known);
  refuse_id(option, id, near.empty() ? "" : "did you mean " + in_backticks(near) + '?');
}

/// The thing's id as it is written in the tables; empty where an empty one is given.
template <class Thing>
std::string known_id(const std::string& option, const std::string& id, const std::vector<Thing>& things) {
  return id.empty() ? "" : find_by_id(option, id, things).id;
}

/// One JSON object, or a table, whose second column has names.
void print_list(const std::string& name, nlohmann::ordered_json list, TextTable table, bool json,
                std::ostream& out);

}  // namespace pishkhan
