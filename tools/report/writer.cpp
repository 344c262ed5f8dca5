#include "tools/report/writer.hpp"

namespace pishkhan {

void write_table(Writer& writer, const Table& table) {
  writer.begin(table.header);
  for (const Row& row : table.rows) writer.row(row);
  writer.end();
}

}  // namespace pishkhan
