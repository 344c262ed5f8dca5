#pragma once
#include <optional>
#include <string>
#include <vector>

#include "models/province/province.hpp"
#include "models/scenario/scenario.hpp"
#include "models/siting/siting.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// Ways rest on a detour and speeds that nobody has measured.
inline constexpr Evidence kTravelEvidence = Evidence::assumed;

/// A candidate as the tables show it.
struct SiteRow {
  std::string id;
  PlaceId place;
  std::optional<double> latitude, longitude;  ///< none: the place's
  int clerks = 0, rank = 1;
};

/// The table `siting`: the candidates, and which of them open.
Table make_siting_table(const Scenario& scenario, const std::vector<SiteRow>& sites,
                        const SitingResult& result);
/// The table `siting_sets`: what the sets that were simulated save.
Table make_siting_sets_table(const Scenario& scenario, const std::vector<SiteRow>& sites,
                             const SitingResult& result);
/// Their headers.
std::vector<TableHeader> siting_headers();

}  // namespace pishkhan
