#include "tools/pishkhan/system_summary.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"
#include "sim/base/time.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/costs.hpp"

namespace pishkhan {
namespace {

const Cost& find(const std::vector<Cost>& costs, CostOf of, std::string_view measure) {
  const auto found = std::find_if(costs.begin(), costs.end(), [&](const Cost& cost) {
    return cost.of == of && cost.kind == "all" && cost.measure == measure;
  });
  PISHKHAN_ENSURE(found != costs.end());
  return *found;
}

}  // namespace

std::string costs_text(const Results& results) {
  const std::vector<Cost> costs = find_costs(results);
  if (costs.empty()) return "";
  TextTable table({"<cost of", ">clerk hours", ">of them waiting", ">overtime, h", ">citizen hours", ">in queues, h",
                   ">visits failed", ">citizens lost"});
  for (const Without& other : results.without) {
    std::vector<std::string> row{std::string(to_string(other.cost))};
    for (const char* measure :
         {"clerk_h", "clerk_waiting_h", "overtime_h", "citizen_h", "citizen_queue_h", "failed", "citizens_lost"})
      row.push_back(with_half_width(find(costs, other.cost, measure).difference.difference, 1));
    table.add(std::move(row));
  }
  std::string text =
      "\nWhat it cost at all stations, against the same citizens without (paired differences):\n" + table.text();
  if (results.without.back().cost == CostOf::backbone) {
    const Cost& wait = find(costs, CostOf::backbone, "wait_s");
    const auto minutes = [](const Estimate& estimate) { return with_half_width(estimate, 2, 1 / kSecondsPerMinute); };
    text += "  wait of the served: " + minutes(wait.with) + " min, of which the shortage of clerks " +
            minutes(wait.without) + " and the systems " + minutes(wait.difference.difference) + '\n';
  }
  return text;
}

}  // namespace pishkhan
