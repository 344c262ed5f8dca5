#include "sim/base/contract.hpp"

#include <string>

namespace pishkhan {

void contract_violated(const char* kind, const char* condition, const char* file, int line) {
  throw ContractViolation(std::string(file) + ':' + std::to_string(line) + ": " + kind + ": " + condition);
}

}  // namespace pishkhan
