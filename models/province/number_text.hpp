#pragma once
#include <string>
#include <string_view>

namespace pishkhan {

/// A number or date in the characters that parse_number knows: Persian and Arabic digits as 0 to 9, the
/// Arabic decimal separator as a point, the minus sign as a hyphen, no marks of direction, a no-break space
/// as a space. Everything else stays.
std::string plain_digits(std::string_view text);

/// A plain number with its decimal comma as a point. Where commas are known to be decimal, every one is;
/// elsewhere a comma before three digits may be a thousands separator, and stays.
std::string with_point(std::string number, bool comma_is_decimal);

/// Both readings of a plain number whose point or comma may separate thousands, `13482, or 13.482?`; the one
/// reading where there is only one; empty where none separates thousands.
std::string thousands_readings(std::string_view number);

}  // namespace pishkhan
