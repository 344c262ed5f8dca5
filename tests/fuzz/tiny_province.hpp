#pragma once
#include <array>
#include <filesystem>
#include <string_view>

namespace pishkhan::tiny {

// The ids of a province of two counties.
inline constexpr std::array<std::string_view, 2> kCounties = {"west", "east"};
inline constexpr std::array<std::string_view, 4> kPlaces = {"west-city", "west-villages", "east-city",
                                                            "east-villages"};
inline constexpr std::array<std::string_view, 2> kAgencies = {"registry", "post"};
inline constexpr std::array<std::string_view, 8> kServices = {"s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7"};
inline constexpr std::array<std::string_view, 5> kOffices = {"o0", "o1", "o2", "o3", "o4"};
inline constexpr std::array<std::string_view, 3> kCounters = {"registry@west", "registry@east", "post@west"};
inline constexpr std::array<std::string_view, 3> kLinks = {"fibre", "adsl", "vsat"};

/// How many provinces there are: three with ordinary numbers, of which 1 lies at the South and 2 at the North
/// Pole; the others have more and more numbers at their bounds.
inline constexpr int kProvinces = 12;

/// Writes the tables of all provinces into the folders `0`, `1`, ... of a folder.
void write_tables(const std::filesystem::path& folder);

}  // namespace pishkhan::tiny
