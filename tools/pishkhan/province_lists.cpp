#include "tools/pishkhan/province_lists.hpp"

#include <algorithm>
#include <ostream>

namespace pishkhan {

const Province& province_of(const Scenario& scenario) {
  if (!scenario.province) {
    throw UserError(
        {{scenario.file.string(), 0, 0, "", "a scenario of bare stations has no offices and no services",
          "give a scenario of a province"}});
  }
  return *scenario.province;
}

bool matches(const std::string& search, const std::string& id, const std::string& name_en,
             const std::string& name_fa) {
  const std::string words = folded_for_search(search);
  const auto hold = [&](const std::string& text) {
    return folded_for_search(text).find(words) != std::string::npos;
  };
  return search.empty() || hold(id) || hold(name_en) || hold(name_fa);
}

std::string like_an_id(std::string_view text) {
  std::string id = folded_for_search(text);
  std::replace_if(
      id.begin(), id.end(), [](char c) { return c == ' ' || c == '_'; }, '-');
  return id;
}

void refuse_id(const std::string& option, const std::string& id, std::string hint) {
  if (hint.empty()) hint = "write an id, in lower case with hyphens";
  throw UserError({{"", 0, 0, option, in_backticks(id) + " is unknown", std::move(hint)}});
}

void print_list(const std::string& name, nlohmann::ordered_json list, TextTable table, bool json,
                std::ostream& out) {
  table.sort_by_name(1);
  if (!json) {
    out << table.text("");
    return;
  }
  nlohmann::ordered_json object = json_of_command(name);
  object[name] = std::move(list);
  out << json_line(object);
}

}  // namespace pishkhan
