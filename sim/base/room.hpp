#pragma once

#include <cstddef>

namespace pishkhan {

/// Resizes a vector that is filled anew again and again to lengths that differ by chance. Where it must grow
/// it takes a little more room than asked for, not the double: the next lengths will fit, and the process
/// does not grow with their number.
template <class Vector>
void resize_with_room(Vector& vector, std::size_t n) {
  if (n > vector.capacity()) vector.reserve(n + n / 32 + 64);
  vector.resize(n);
}

}  // namespace pishkhan
