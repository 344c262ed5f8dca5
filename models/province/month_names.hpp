#pragma once
#include <array>

namespace pishkhan {

/// Of the Solar Hijri calendar, as keys and words.
inline constexpr std::array<const char*, 12> kMonthNames = {"farvardin", "ordibehesht", "khordad", "tir",
                                                            "mordad",    "shahrivar",   "mehr",    "aban",
                                                            "azar",      "dey",         "bahman",  "esfand"};

}  // namespace pishkhan
