#pragma once
#include <cstdint>
#include <string_view>

namespace pishkhan {

inline constexpr std::uint64_t kFnvPrime = 0x100000001b3u;
inline constexpr std::uint64_t kFnvBasis = 0xcbf29ce484222325u;

/// FNV-1a, 64 bits (Fowler, Noll, Vo; RFC 9923), going on from the hash of the bytes before.
constexpr std::uint64_t fnv1a(std::string_view bytes, std::uint64_t hash = kFnvBasis) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * kFnvPrime;
  return hash;
}

}  // namespace pishkhan
