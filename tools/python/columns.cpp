#include "tools/python/columns.hpp"

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <utility>

namespace py = pybind11;

namespace pishkhan {
namespace {

/// An array that owns the values.
template <class Value>
py::array array_of(std::vector<Value> values) {
  auto owned = std::make_unique<std::vector<Value>>(std::move(values));
  const Value* data = owned->data();
  const std::size_t size = owned->size();
  const py::capsule owner(owned.release(), [](void* all) { delete static_cast<std::vector<Value>*>(all); });
  return py::array_t<Value>(size, data, owner);
}

std::vector<double> with_gaps(const MemoryColumn& column) {
  std::vector<double> values;
  values.reserve(column.integers.size());
  for (std::size_t row = 0; row < column.integers.size(); ++row) {
    values.push_back(column.present[row] ? static_cast<double>(column.integers[row])
                                         : std::numeric_limits<double>::quiet_NaN());
  }
  return values;
}

py::object values_of(MemoryColumn& column) {
  switch (column.about.type) {
    case CellType::integer:
      return column.has_gaps ? array_of(with_gaps(column)) : array_of(std::move(column.integers));
    case CellType::real:
      return array_of(std::move(column.reals));
    case CellType::text:
      break;
  }
  return py::make_tuple(array_of(std::move(column.codes)), column.words);
}

}  // namespace

py::list to_python(std::vector<MemoryTable> tables) {
  py::list list;
  for (MemoryTable& table : tables) {
    py::list columns;
    for (MemoryColumn& column : table.columns) {
      columns.append(
          py::make_tuple(column.about.name, column.about.unit, column.about.description, values_of(column)));
    }
    list.append(py::make_tuple(table.name, table.description, table.rows, columns));
  }
  return list;
}

std::vector<MemoryTable> in_memory(const std::vector<Table>& tables) {
  MemoryWriter writer;
  for (const Table& table : tables) write_table(writer, table);
  return std::move(writer.tables());
}

}  // namespace pishkhan
