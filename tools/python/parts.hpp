#pragma once
#include <pybind11/pybind11.h>

namespace pishkhan {

// What the module has, by the file that adds it.
void add_runs(pybind11::module_& module);
void add_comparisons(pybind11::module_& module);
void add_studies(pybind11::module_& module);

}  // namespace pishkhan
