#include "models/theory/jackson.hpp"

#include <Eigen/LU>

#include "sim/base/contract.hpp"

namespace pishkhan::theory {

std::vector<MMc> jackson_network(const std::vector<JacksonNode>& nodes) {
  const auto size = static_cast<Eigen::Index>(nodes.size());
  Eigen::MatrixXd equations = Eigen::MatrixXd::Identity(size, size);
  Eigen::VectorXd external(size);
  for (Eigen::Index from = 0; from < size; ++from) {
    const JacksonNode& node = nodes[static_cast<std::size_t>(from)];
    PISHKHAN_EXPECT(node.routing.size() == nodes.size());
    external(from) = node.external_rate;
    for (Eigen::Index to = 0; to < size; ++to)
      equations(to, from) -= node.routing[static_cast<std::size_t>(to)];
  }
  const Eigen::FullPivLU<Eigen::MatrixXd> factors(equations);
  PISHKHAN_EXPECT(factors.isInvertible());
  const Eigen::VectorXd rates = factors.solve(external);
  std::vector<MMc> queues;
  for (Eigen::Index i = 0; i < size; ++i) {
    const JacksonNode& node = nodes[static_cast<std::size_t>(i)];
    queues.push_back({node.servers, rates(i), node.mean_service});
  }
  return queues;
}

double jackson_sojourn(const std::vector<JacksonNode>& nodes) {
  double inside = 0;
  double external = 0;
  for (const MMc& queue : jackson_network(nodes)) inside += queue.mean_inside();
  for (const JacksonNode& node : nodes) external += node.external_rate;
  return inside / external;
}

}  // namespace pishkhan::theory
