#pragma once
#include <array>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"

namespace pishkhan {

// What holds for all citizens of a province.

/// `classes`: those served before others.
Value<std::vector<CitizenClass>> classes_value();
/// The keys of `patience`, by channel.
Section<std::array<Distribution, 2>> patience_keys();
/// The keys of `retry`.
Section<Retry> retry_keys();
/// The keys of `rework`; the value is the handling share.
Section<double> rework_keys();
/// The keys of `choice`.
Section<OfficeChoice> choice_keys();
/// The keys of `travel`.
Section<Travel> travel_keys();
/// `redirect`.
Value<Redirect> redirect_value();

/// The same setting for offices and counters.
template <class M>
struct AtStations {
  M offices{}, counters{};
};
/// `balking`, `after_shift` and `closing`.
Value<AtStations<Balking>> balking_at_stations();
Value<AtStations<bool>> after_shift_at_stations();
Value<AtStations<ClosingRule>> closing_at_stations();

}  // namespace pishkhan
