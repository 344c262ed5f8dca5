#pragma once
#include <string>
#include <vector>

#include "tools/mazandaran/geography.hpp"

namespace pishkhan::mazandaran {

struct OfficeMade {
  std::string id, name_en, name_fa;
  Kind kind = Kind::urban;
  std::size_t place = 0;  ///< index in Facts::places
  Position position;
  int rank = 1;
  int clerks = 1;
  std::size_t link_kind = 0;  ///< index in Facts::link_kinds
};

/// Seats for parties of the given sizes by largest remainder. Parties whose quota is below one get
/// one seat each; the rest is shared among the others. seats >= sizes.size().
std::vector<int> apportion(int seats, const std::vector<long long>& sizes);

/// All offices, urban ones first, with one clerk each: numbers by county and kind are stable as long
/// as the populations are.
std::vector<OfficeMade> make_offices(const Facts& facts);

}  // namespace pishkhan::mazandaran
