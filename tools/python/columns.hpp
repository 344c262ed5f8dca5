#pragma once
#include <pybind11/pybind11.h>

#include <vector>

#include "tools/python/memory_writer.hpp"

namespace pishkhan {

/// Tables as a list of (name, description, rows, columns), each column a tuple of its name, unit, description
/// and values. Values are an array of int64 or float64, or for texts a tuple of codes and words. An integer
/// column in which some row has no number is of float64, NaN there. Arrays are not copied: the tables are
/// moved into them.
pybind11::list to_python(std::vector<MemoryTable> tables);

/// The same of tables in the form in which they are written.
std::vector<MemoryTable> in_memory(const std::vector<Table>& tables);

}  // namespace pishkhan
