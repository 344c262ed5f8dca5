#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tools/mazandaran/backbone.hpp"
#include "tools/mazandaran/staff.hpp"

namespace pishkhan::mazandaran {

/// The province as made from the facts.
struct Made {
  Facts facts;
  std::vector<OfficeMade> offices;
  std::vector<CounterMade> counters;
  std::vector<SystemMade> systems;  ///< by agency
};

Made make_province(const std::filesystem::path& facts);

/// Name and content of every file of the province: its tables, and README.md, which documents their columns.
std::map<std::string, std::string> make_files(const Made& made);

}  // namespace pishkhan::mazandaran
