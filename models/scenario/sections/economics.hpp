#pragma once
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"
#include "models/scenario/sections/selection.hpp"

namespace pishkhan {

/// An item of `economics.office_shares`.
struct OfficeShare {
  ServiceChoice services;
  double share = 0;
};

/// What `economics` says.
struct EconomicsKeys {
  Economics economics;  ///< but for the shares
  double office_share = 0;
  std::vector<Written<OfficeShare>> office_shares;
};

/// The keys of `economics`.
Section<EconomicsKeys> economics_keys();

/// Puts the economics into the scenario, which has its services. Of a service that is in several items of
/// `office_shares` the last one holds.
void apply_economics(const Written<EconomicsKeys>& written, Selector& select, Scenario& scenario,
                     Diagnostics& mistakes);

}  // namespace pishkhan
