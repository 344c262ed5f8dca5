#pragma once
#include <string>
#include <string_view>

// How numbers are rounded and set. The program rounds, once for both languages; a language only sets digits
// and separators.
namespace pishkhan {

enum class Language { persian, english };

/// Decimals behind the point by which a half-width has two digits: 0.84 has 2, 8.4 has 1, 84 has 0, 840 has
/// -1. At most `most`. Of no interval (0, or not finite) `most`.
int decimals_of(double half_width, int most = 2);

/// In decimal digits, rounded to so many decimals (below 0: to tens, hundreds ...), the half to even; `-0` is
/// `0`.
std::string rounded(double value, int decimals);

/// A number without an interval: whole if it is, else with at most two decimals.
std::string rounded(double value);

/// `1234.5` as a language writes it: thousands apart, and in Persian with its digits and separators. A text
/// that is no number stays as it is but for its digits.
std::string set_number(std::string_view digits, Language language);

/// `84.6` as `84.6%` or «۸۴٫۶٪», the sign to the left of the number in Persian wherever it stands.
std::string set_percent(std::string_view digits, Language language);

}  // namespace pishkhan
