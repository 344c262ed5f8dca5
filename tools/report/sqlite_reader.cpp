#include "tools/report/sqlite_reader.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace {

CellType type_named(const std::string& name) {
  for (const CellType type : {CellType::integer, CellType::real})
    if (name == type_name(type)) return type;
  return CellType::text;
}

TableHeader read_header(const SQLite::Database& database, const std::string& name,
                        const std::string& description) {
  TableHeader header{name, description, {}};
  SQLite::Statement columns(
      database, "SELECT name, unit, type, description FROM columns WHERE table_name = ? ORDER BY position");
  columns.bind(1, name);
  while (columns.executeStep()) {
    Column column;
    column.name = columns.getColumn(0).getString();
    column.unit = columns.getColumn(1).getString();
    column.type = type_named(columns.getColumn(2).getString());
    column.description = columns.getColumn(3).getString();
    header.columns.push_back(std::move(column));
  }
  return header;
}

Cell read_cell(const SQLite::Column& value) {
  if (value.isInteger()) return static_cast<std::int64_t>(value.getInt64());
  if (value.isFloat()) return value.getDouble();
  if (value.isText()) return value.getString();
  return {};
}

std::vector<Row> read_rows(const SQLite::Database& database, const TableHeader& header) {
  std::vector<Row> rows;
  SQLite::Statement select(database, "SELECT * FROM \"" + header.name + "\" ORDER BY rowid");
  while (select.executeStep()) {
    Row& row = rows.emplace_back();
    row.reserve(header.columns.size());
    for (int i = 0; i < select.getColumnCount(); ++i) row.push_back(read_cell(select.getColumn(i)));
  }
  return rows;
}

}  // namespace

std::vector<Table> read_tables(const std::filesystem::path& file, const std::vector<std::string>& names) {
  try {
    const SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    std::vector<Table> tables;
    SQLite::Statement stored(database, "SELECT name, description FROM tables ORDER BY rowid");
    while (stored.executeStep()) {
      const std::string name = stored.getColumn(0).getString();
      if (std::find(names.begin(), names.end(), name) == names.end()) continue;
      TableHeader header = read_header(database, name, stored.getColumn(1).getString());
      std::vector<Row> rows = read_rows(database, header);
      tables.push_back({std::move(header), std::move(rows)});
    }
    return tables;
  } catch (const SQLite::Exception& error) {
    throw EnvironmentError("cannot read " + file.string() + ": " + error.what());
  }
}

void complete_header(TableHeader& header, const std::vector<TableHeader>& dictionary) {
  const auto described = std::find_if(dictionary.begin(), dictionary.end(),
                                      [&](const TableHeader& table) { return table.name == header.name; });
  if (described == dictionary.end()) return;
  for (Column& column : header.columns) {
    for (const Column& one : described->columns) {
      if (one.name != column.name) continue;
      column.kind = one.kind;
      column.bounds = one.bounds;
      column.form = one.form;
      column.title_key = one.title_key;
    }
  }
}

}  // namespace pishkhan
