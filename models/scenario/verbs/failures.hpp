#pragma once
#include <optional>
#include <vector>

#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {

// What `outages` and `slow_downs` have in common.

/// An item of either verb: what fails, and when.
struct FailureKeys {
  // What fails: one of these.
  NameChoice agency;
  StationChoice link_of;
  NameChoice county_link;
  StationChoice power_of;
  double cores_share = 0;  ///< that a slow-down leaves
  // By schedule.
  double from_s = 0;  ///< after midnight of day 0
  double for_s = 0;
  // At random.
  double between_s = 0;
  Distribution repair = Never{};
  std::vector<int> months;  ///< 0 = Farvardin
};

/// Adds the keys that say when something fails.
void add_failure_times(Section<FailureKeys>& keys);

/// Completes an outage with its times and adds it to the scenario, unless the item has mistakes.
/// `mistakes_before`: how many there were before the item's effect.
void add_outage(const Written<FailureKeys>& item, Outage outage, std::size_t mistakes_before,
                VerbContext& context);

/// Gives notice of outages outside the run and of outages of one thing that overlap.
void note_odd_outages(VerbContext& context);

}  // namespace pishkhan
