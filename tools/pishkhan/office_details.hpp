#pragma once
#include <iosfwd>

#include "tools/pishkhan/exit_code.hpp"
#include "tools/pishkhan/options.hpp"

namespace pishkhan {

/// Prints one office of a province: where it is, its hours, clerks, link, services and nearest offices.
/// Throws UserError when there is no such office.
ExitCode show_office(const Scenario& scenario, const ListOptions& options, std::ostream& out);

}  // namespace pishkhan
