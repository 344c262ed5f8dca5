#pragma once
#include <iosfwd>
#include <string>
#include <vector>

#include "tools/pishkhan/exit_code.hpp"
#include "tools/pishkhan/options.hpp"

namespace pishkhan {

/// The whole program but for its streams and its kernel. `arguments` without the program's name.
/// Results go to `out`, every error to `error`, one a line.
ExitCode run_command_line(std::vector<std::string> arguments, const TrialFunction& trial, std::ostream& out,
                          std::ostream& error);

}  // namespace pishkhan
