// The entry of libFuzzer: build with clang and -DPISHKHAN_LIBFUZZER=ON.
#include "tests/fuzz/scenario_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  pishkhan::fuzz_scenario(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
