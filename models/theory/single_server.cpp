#include "models/theory/single_server.hpp"

#include "sim/base/contract.hpp"

namespace pishkhan::theory {

double MG1::mean_wait() const {
  PISHKHAN_EXPECT(load() < 1);
  return load() * mean_service * (1 + service_cv * service_cv) / 2 / (1 - load());
}

double MG1ProcessorSharing::sojourn_of(double work) const {
  PISHKHAN_EXPECT(load() < 1);
  return work / (1 - load());
}

}  // namespace pishkhan::theory
