#pragma once
#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "tools/page/page_of.hpp"
#include "tools/report/printed.hpp"

// Of what the data of every page is made.
namespace pishkhan::page {

/// Texts of numbers with spaces between; `-` where there is none.
struct Tokens {
  std::string text;
  void add(const std::string& token);
};

/// A column of estimates, of which `estimate_of(row)` gives one: `unit`, and as tokens the mean `m` with the
/// half-width `h` of its interval, or with the distances `below` and `above` of its ends from the mean, in
/// units of the mean's last digit; `=` and the end itself where that is not possible.
nlohmann::ordered_json estimate_json(std::size_t rows,
                                     const std::function<PrintedEstimate(std::size_t)>& estimate_of);

/// The texts of both languages, `fa` and `en`, but for those of the terminal and of pages about something
/// else.
nlohmann::ordered_json texts_json(PageOf page);

}  // namespace pishkhan::page
