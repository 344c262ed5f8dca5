#pragma once
#include <string>
#include <vector>

namespace pishkhan::page {

/// What was found, in words: the head of a page and the beginning of a workbook.
struct VerdictInWords {
  std::string facts;                   ///< what was simulated, and how
  std::vector<std::string> sentences;  ///< the first is the headline
  std::string failed;                  ///< what could not be simulated; empty: nothing
  std::string how_sure;
};

/// As HTML.
std::string head_of_page(const VerdictInWords& verdict);

}  // namespace pishkhan::page
