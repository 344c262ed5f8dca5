#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "tools/report/table.hpp"

namespace pishkhan {

/// The tables of a results.sqlite that are named, in the order in which the run wrote them; names that it
/// does not have are left out. What SQLite does not keep of a column (kind, bounds, form, title) is as for an
/// attribute. Throws EnvironmentError when the file cannot be read.
std::vector<Table> read_tables(const std::filesystem::path& file, const std::vector<std::string>& names);

/// Gives the columns of a stored table what SQLite does not keep, from the dictionary; columns that are not
/// in it stay as they are.
void complete_header(TableHeader& header, const std::vector<TableHeader>& dictionary);

}  // namespace pishkhan
