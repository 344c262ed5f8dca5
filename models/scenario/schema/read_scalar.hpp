#pragma once
#include <optional>
#include <string_view>

#include "models/scenario/schema/quantity.hpp"

namespace pishkhan {

// How the text of a scalar is read, by quantity. Each function gives what is wrong, or nothing and the value.

/// `<text> is not <what the quantity is>`.
Misread not_a(Quantity quantity, std::string_view text);

/// Without blanks at both ends.
std::string_view trim(std::string_view text);

/// Whether the text spells an infinity or a not-a-number, with or without a unit.
bool looks_infinite(std::string_view text);

/// Splits `9.5 min` into its number and what follows it.
std::optional<Misread> split_number(Quantity quantity, std::string_view text, double& value,
                                    std::string_view& rest);

std::optional<Misread> read_text(Quantity quantity, std::string_view text, double& value);
std::optional<Misread> read_path(Quantity quantity, std::string_view text, double& value);
std::optional<Misread> read_identifier(Quantity, std::string_view text, double&);
std::optional<Misread> read_boolean(Quantity quantity, std::string_view text, double& value);
std::optional<Misread> read_date(Quantity, std::string_view text, double& value);
std::optional<Misread> read_date_time(Quantity, std::string_view text, double& value);
std::optional<Misread> read_month_day(Quantity, std::string_view text, double& value);
std::optional<Misread> read_time_of_day(Quantity, std::string_view text, double& value);

}  // namespace pishkhan
