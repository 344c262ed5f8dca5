#pragma once
#include <cstddef>
#include <filesystem>
#include <string>

namespace pishkhan {

/// The bytes of a file, of a longer one the first `at_most`. Throws EnvironmentError when it cannot be read.
std::string read_file(const std::filesystem::path& file, std::size_t at_most);

}  // namespace pishkhan
