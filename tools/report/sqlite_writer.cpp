#include "tools/report/sqlite_writer.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <optional>
#include <string>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace {

std::string quoted(const std::string& name) {
  PISHKHAN_EXPECT(name.find('"') == std::string::npos);
  return '"' + name + '"';
}

const char* sql_type(CellType type) {
  switch (type) {
    case CellType::integer:
      return "INTEGER";
    case CellType::real:
      return "REAL";
    case CellType::text:
      break;
  }
  return "TEXT";
}

}  // namespace

struct SqliteWriter::Database {
  explicit Database(const std::filesystem::path& path)
      : file(path),
        connection(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX) {
    // One thread writes, so nothing is locked. The file is new and thrown away if anything fails, so nothing
    // needs a journal or a sync before the end; a fixed page size keeps the bytes the same under any system
    // default.
    connection.exec("PRAGMA page_size = 4096");
    connection.exec("PRAGMA journal_mode = OFF");
    connection.exec("PRAGMA synchronous = OFF");
    connection.exec("PRAGMA encoding = 'UTF-8'");
    connection.exec("BEGIN");
    connection.exec("CREATE TABLE tables (name TEXT PRIMARY KEY, description TEXT, rows INTEGER)");
    connection.exec("CREATE TABLE run (key TEXT PRIMARY KEY, value TEXT)");
    connection.exec(
        "CREATE TABLE columns (table_name TEXT, position INTEGER, name TEXT, unit TEXT, type TEXT, "
        "description TEXT, PRIMARY KEY (table_name, position))");
  }

  template <class Action>
  void attempt(Action action) {
    try {
      action();
    } catch (const SQLite::Exception& error) {
      throw EnvironmentError("cannot write " + file.string() + ": " + error.what());
    }
  }

  std::filesystem::path file;
  SQLite::Database connection;
  std::optional<SQLite::Statement> insert;
  std::vector<bool> bound;  ///< by column: whether the statement holds a value of the row before
  TableHeader header;
  std::int64_t rows = 0;
};

SqliteWriter::SqliteWriter(const std::filesystem::path& file, const RunFacts& facts) {
  if (std::filesystem::exists(file)) throw EnvironmentError("cannot make " + file.string() + ": it exists");
  try {
    database_ = std::make_unique<Database>(file);
    SQLite::Statement insert(database_->connection, "INSERT INTO run VALUES (?, ?)");
    for (const auto& [key, value] : facts) {
      insert.reset();
      insert.bind(1, key);
      insert.bind(2, value);
      insert.exec();
    }
  } catch (const SQLite::Exception& error) {
    throw EnvironmentError("cannot make " + file.string() + ": " + error.what());
  }
}

SqliteWriter::~SqliteWriter() = default;

void SqliteWriter::begin(const TableHeader& header) {
  database_->attempt([&] {
    std::string create = "CREATE TABLE " + quoted(header.name) + " (";
    std::string insert = "INSERT INTO " + quoted(header.name) + " VALUES (";
    for (std::size_t i = 0; i < header.columns.size(); ++i) {
      if (i > 0) {
        create += ", ";
        insert += ", ";
      }
      create += quoted(header.columns[i].name) + ' ' + sql_type(header.columns[i].type);
      insert += '?';
    }
    database_->connection.exec(create + ")");
    database_->insert.emplace(database_->connection, insert + ")");
    database_->bound.assign(header.columns.size(), false);
    database_->header = header;
    database_->rows = 0;
  });
}

void SqliteWriter::row(std::span<const Cell> cells) {
  PISHKHAN_EXPECT(cells.size() == database_->header.columns.size());
  database_->attempt([&] {
    SQLite::Statement& insert = *database_->insert;
    insert.reset();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const int position = static_cast<int>(i) + 1;
      if (const auto* integer = std::get_if<std::int64_t>(&cells[i]))
        insert.bind(position, *integer);
      else if (const auto* real = std::get_if<double>(&cells[i]))
        insert.bind(position, *real);
      else if (const auto* text = std::get_if<std::string>(&cells[i]))
        insert.bindNoCopy(position, *text);
      else if (database_->bound[i])
        insert.bind(position);
      database_->bound[i] = !std::holds_alternative<std::monostate>(cells[i]);
    }
    insert.exec();
    ++database_->rows;
  });
}

void SqliteWriter::end() {
  database_->attempt([&] {
    database_->insert.reset();
    const TableHeader& header = database_->header;
    SQLite::Statement table(database_->connection, "INSERT INTO tables VALUES (?, ?, ?)");
    table.bind(1, header.name);
    table.bind(2, header.description);
    table.bind(3, database_->rows);
    table.exec();
    SQLite::Statement column(database_->connection, "INSERT INTO columns VALUES (?, ?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < header.columns.size(); ++i) {
      column.reset();
      column.bind(1, header.name);
      column.bind(2, static_cast<std::int64_t>(i) + 1);
      column.bind(3, header.columns[i].name);
      column.bind(4, header.columns[i].unit);
      column.bind(5, type_name(header.columns[i].type));
      column.bind(6, header.columns[i].description);
      column.exec();
    }
  });
}

void SqliteWriter::finish() {
  database_->attempt([&] { database_->connection.exec("COMMIT"); });
}

}  // namespace pishkhan
