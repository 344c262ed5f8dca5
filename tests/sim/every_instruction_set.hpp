#pragma once
#include <gtest/gtest.h>

#include <string>

#include "sim/base/simd.hpp"

namespace pishkhan::tests {

/// Base of tests that run a loop with each instruction set of this processor.
class EveryInstructionSet : public ::testing::TestWithParam<InstructionSet> {
 protected:
  void SetUp() override {
    if (!has(GetParam())) GTEST_SKIP() << "this processor does not have it";
  }
};

inline std::string name_of_set(const ::testing::TestParamInfo<InstructionSet>& info) {
  constexpr const char* kNames[] = {"baseline", "avx2", "avx512"};
  return kNames[static_cast<std::size_t>(info.param)];
}

}  // namespace pishkhan::tests
