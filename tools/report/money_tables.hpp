#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "tools/report/tables.hpp"

// The tables of money, of a province whose scenario has economics.
namespace pishkhan {

std::span<const MakeTable> makers_of_money_tables();

/// Whether an office's income covers its expenses: the whole interval of the balance is above 0, below it, or
/// neither. Empty where there is no interval, and of offices that never open.
enum class Covers : std::uint8_t { yes, no, open };
/// How many offices of each, in the order above.
using CoversCounts = std::array<std::size_t, 3>;
CoversCounts count_covers(const Results& results);

}  // namespace pishkhan
