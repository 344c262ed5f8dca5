#include "sim/base/keep_memory.hpp"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>

#include <climits>
#endif

namespace pishkhan {

void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int kGreatestThreshold = 32 << 20;  // that mallopt takes, in bytes
  mallopt(M_MMAP_THRESHOLD, kGreatestThreshold);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
#endif
}

}  // namespace pishkhan
