#include "tools/pishkhan/table_json.hpp"

#include <string>
#include <type_traits>
#include <variant>

namespace pishkhan {
namespace {

nlohmann::ordered_json to_json(const Cell& cell) {
  return std::visit(
      [](const auto& value) -> nlohmann::ordered_json {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>)
          return nullptr;
        else
          return value;
      },
      cell);
}

}  // namespace

nlohmann::ordered_json rows_json(const Table& table) {
  auto json = nlohmann::ordered_json::array();
  for (const Row& row : table.rows) {
    nlohmann::ordered_json entry;
    for (std::size_t i = 0; i < row.size(); ++i) entry[table.header.columns[i].name] = to_json(row[i]);
    json.push_back(std::move(entry));
  }
  return json;
}

}  // namespace pishkhan
