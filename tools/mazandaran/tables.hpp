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

/// File name and content of every table of the province.
std::map<std::string, std::string> write_tables(const Made& made);

/// What the tables imply, for people: totals and expected utilization by kind of station.
std::string summarize(const Made& made);

}  // namespace pishkhan::mazandaran
