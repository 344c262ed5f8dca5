#include "models/theory/priority.hpp"

#include <limits>

#include "models/theory/multi_server.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan::theory {

std::vector<double> priority_waits(int servers, double mean_service, std::span<const double> arrival_rates) {
  PISHKHAN_EXPECT(servers >= 1 && mean_service > 0);
  double total = 0;
  for (const double rate : arrival_rates) total += rate;
  // What an arrival meets: all busy with this probability, then the first of the servers to finish.
  const double first_to_finish = erlang_c(servers, total * mean_service) * mean_service / servers;
  std::vector<double> waits;
  double above = 0;
  for (const double rate : arrival_rates) {
    const double with = above + rate * mean_service / servers;
    waits.push_back(with < 1 ? first_to_finish / ((1 - above) * (1 - with))
                             : std::numeric_limits<double>::infinity());
    above = with;
  }
  return waits;
}

}  // namespace pishkhan::theory
