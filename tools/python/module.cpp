#include <pybind11/pybind11.h>

#include "tools/python/parts.hpp"
#include "tools/python/runs.hpp"
#include "tools/python/work.hpp"

// What pishkhan/__init__.py is made of; programs use that.
PYBIND11_MODULE(_pishkhan, module) {
  pishkhan::translate_exceptions();
  module.attr("__version__") = PISHKHAN_VERSION;
  pishkhan::add_runs(module);
  pishkhan::add_comparisons(module);
  pishkhan::add_studies(module);
}
