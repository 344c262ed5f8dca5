#pragma once
#include <stdexcept>

namespace pishkhan {

/// A bug in Pishkhan itself: a promise between two parts was broken.
class ContractViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void contract_violated(const char* kind, const char* condition, const char* file, int line);

}  // namespace pishkhan

/// What the caller promised; checked in release too, so keep it cheap.
#define PISHKHAN_EXPECT(condition) \
  ((condition) ? void(0) : ::pishkhan::contract_violated("expected", #condition, __FILE__, __LINE__))
/// What this code promised; checked in release too.
#define PISHKHAN_ENSURE(condition) \
  ((condition) ? void(0) : ::pishkhan::contract_violated("ensured", #condition, __FILE__, __LINE__))
