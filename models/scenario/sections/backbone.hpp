#pragma once
#include <cstdint>
#include <optional>

#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"

namespace pishkhan {

/// What `backbone` says.
struct BackboneKeys {
  BackboneRules rules;  ///< all but the policy
  Written<CallPolicy> policy;
};

/// The keys of `backbone`.
Section<BackboneKeys> backbone_keys();

/// Checks the keys against each other and puts the rules into the scenario. The run must be known.
void apply_backbone(const Written<BackboneKeys>& backbone, Scenario& scenario, Diagnostics& mistakes);

/// Refuses a limit that ends every try of some call, however idle links and systems are. The province must be
/// complete.
void check_call_limit(const Written<BackboneKeys>& backbone, const Scenario& scenario, Diagnostics& mistakes);

/// A kind of `backbone.access`, or a mistake and nothing.
std::optional<std::uint32_t> find_link_kind(const Name& name, const BackboneRules& rules,
                                            Diagnostics& mistakes);

}  // namespace pishkhan
