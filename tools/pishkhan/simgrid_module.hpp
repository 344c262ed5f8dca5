#pragma once
#include <memory>

#include "sim/backbone/backbone.hpp"

namespace pishkhan {

/// Loads the module that holds the backbone `simgrid`, unless it is loaded already: `pishkhan_simgrid.so`,
/// in `../lib/pishkhan` as seen from the program's folder, or beside the program. Throws EnvironmentError
/// where there is none or it cannot be loaded.
void load_simgrid_module();

/// Makes the backbone `simgrid`; loads the module first.
std::unique_ptr<Backbone> make_simgrid(const Platform& platform);

}  // namespace pishkhan
