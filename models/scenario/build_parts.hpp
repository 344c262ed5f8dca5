#pragma once
#include <filesystem>
#include <vector>

#include "models/scenario/builder.hpp"
#include "models/scenario/selection.hpp"

namespace pishkhan {

/// A file named by a node, relative to the file the node is written in.
std::filesystem::path path_beside(const Node& node);

/// Reads `demand:` (all but growth, which the verbs apply). The run must have its days.
void build_demand(Builder& builder, Selector& select, const Node& root, Scenario& scenario);

/// Reads `backbone:`, before the tables, whose links are of the kinds described there.
void build_backbone(Builder& builder, const Node& root, Scenario& scenario);

/// A limit that ends every try of some call, however idle links and systems are. The province must have its
/// links, services and migrations.
void check_limit(Builder& builder, const Node& root, const Scenario& scenario);

/// Reads `outages:` and `slow_downs:`, and notices what is odd about them. The province must be complete.
void build_outages(Builder& builder, Selector& select, const Node& root, Scenario& scenario);

/// Hours by kind of station, as `province.hours` says.
struct KindHours {
  WeekHours urban, rural, counters;
};

/// Applies the verbs of a scenario to its province, always in this order: open_offices, close_offices,
/// hours, staffing, absence, handling, authorise, demand growth, migrations, links, systems; each list in its
/// own order.
/// The scenario's balking and closing for `offices` or `counters`.
void apply_queue_rules(Builder& builder, const Node& root, const char* where, StationRules& rules);
void apply_verbs(Builder& builder, const Node& root, const KindHours& hours, Scenario& scenario);

}  // namespace pishkhan
