#pragma once
#include <string>

#include "tools/page/page_source.hpp"

/// A run as one HTML file that opens without a server or network, in Persian and English.
namespace pishkhan::page {

/// Name of the file in a result folder.
inline constexpr const char* kPageFile = "page.html";

/// The whole file. The same run gives the same bytes.
std::string page_html(const PageSource& source);

}  // namespace pishkhan::page
