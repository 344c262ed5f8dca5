#include "tools/pishkhan/province_lists.hpp"

#include <ostream>

namespace pishkhan {
namespace {

std::string lower(std::string_view text) {
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return low;
}

}  // namespace

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
  return search.empty() || lower(id).find(lower(search)) != std::string::npos ||
         lower(name_en).find(lower(search)) != std::string::npos || name_fa.find(search) != std::string::npos;
}

std::string like_an_id(std::string_view text) {
  std::string id = lower(text);
  std::replace_if(
      id.begin(), id.end(), [](char c) { return c == ' ' || c == '_'; }, '-');
  return id;
}

void refuse_id(const std::string& option, const std::string& id, std::string hint) {
  if (hint.empty()) hint = "write an id, in lower case with hyphens";
  throw UserError({{"", 0, 0, option, in_backticks(id) + " is unknown", std::move(hint)}});
}

void print_list(const std::string& name, nlohmann::ordered_json list, const TextTable& table, bool json,
                std::ostream& out) {
  out << (json ? json_line({{name, std::move(list)}}) : table.text(""));
}

}  // namespace pishkhan
