#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace pishkhan::interval_coverage {

/// Writes the tables of one county by itself into a folder: of the province's tables in `province` the rows
/// that are about the county, its places, offices and counters, and about the agencies that have a counter
/// there and their services. Gives the overrides by which a scenario reads them. Throws UserError where a
/// table cannot be read or has no such county.
std::vector<std::string> write_county(const std::filesystem::path& province, const std::string& county,
                                      const std::filesystem::path& folder);

}  // namespace pishkhan::interval_coverage
