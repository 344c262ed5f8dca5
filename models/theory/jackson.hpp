#pragma once
#include <vector>

#include "models/theory/multi_server.hpp"

namespace pishkhan::theory {

/// One node of an open Jackson network.
struct JacksonNode {
  int servers = 1;
  double mean_service = 0;
  double external_rate = 0;     ///< Poisson arrivals from outside
  std::vector<double> routing;  ///< probability of going on to each node; what is left of 1 leaves
};

/// Each node of an open network behaves as its own M/M/c at the rate that solves the traffic
/// equations (Jackson 1957, Operations Research 5:518-521). Contract: every row of the routing is
/// as long as the network and adds to at most 1, and customers leave in the end.
std::vector<MMc> jackson_network(const std::vector<JacksonNode>& nodes);

/// Mean time from entering the network to leaving it, by Little's law over the whole network.
double jackson_sojourn(const std::vector<JacksonNode>& nodes);

}  // namespace pishkhan::theory
