#pragma once
#include <string>
#include <string_view>

#include "tools/page/page_source.hpp"

/// A run, or a comparison of runs, as one HTML file that opens without a server or network, in Persian and
/// English.
namespace pishkhan::page {

/// Name of the file in a result folder.
inline constexpr const char* kPageFile = "page.html";

/// What one page has that another has not.
struct PageParts {
  std::string title, version;
  std::string verdict_fa, verdict_en;  ///< HTML of the head
  std::string data;                    ///< JSON, which the script draws
  std::string_view script;
};

/// The whole file of any page: frame, style, fonts and these.
std::string page_file(const PageParts& page);

/// The whole file of a run. The same run gives the same bytes.
std::string page_html(const PageSource& source);

}  // namespace pishkhan::page
