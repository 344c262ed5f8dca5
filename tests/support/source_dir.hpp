#pragma once
#include <filesystem>
#include <string>

// Found at run time, so that no test holds a path of the machine that compiled it.
namespace pishkhan::tests {

/// The project's root folder: the one above the running test program or, for a build tree elsewhere, the
/// one that holds the current folder. Throws std::runtime_error where neither lies in the project.
std::filesystem::path source_dir();

/// A program of the build tree that the running test belongs to, e.g. `tools/pishkhan`.
std::filesystem::path built_program(const std::string& path);

}  // namespace pishkhan::tests
