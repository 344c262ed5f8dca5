#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/base/contract.hpp"

namespace pishkhan {

/// As what a run is written.
enum class Format : std::uint8_t {
  csv,     ///< a file a table
  sqlite,  ///< all tables, with their dictionary
  html,    ///< a page
  xlsx,    ///< a workbook
  store,   ///< the sums of each replication
};

/// By Format.
inline constexpr std::array<std::string_view, 5> kFormatNames{"csv", "sqlite", "html", "xlsx", "store"};

using Formats = std::vector<Format>;

/// Where none are asked for.
inline const Formats kUsualFormats{Format::csv, Format::sqlite};
/// For people; made from the tables.
inline const Formats kReportFormats{Format::html, Format::xlsx};

constexpr std::string_view to_string(Format format) { return kFormatNames[static_cast<std::size_t>(format)]; }

/// Expects one of kFormatNames.
inline Format format_of(std::string_view name) {
  const auto found = std::find(kFormatNames.begin(), kFormatNames.end(), name);
  PISHKHAN_EXPECT(found != kFormatNames.end());
  return static_cast<Format>(found - kFormatNames.begin());
}

inline bool contains(const Formats& formats, Format format) {
  return std::find(formats.begin(), formats.end(), format) != formats.end();
}

/// The file of Format::sqlite.
inline constexpr const char* kDatabaseFile = "results.sqlite";

}  // namespace pishkhan
