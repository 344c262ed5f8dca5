#include "sim/base/sha256.hpp"

#include <algorithm>

#include "sim/base/sha256_blocks.hpp"

namespace pishkhan {
namespace {

void add_blocks(Sha256State& state, const char* bytes, std::size_t blocks) {
  static AddSha256Blocks* const by_instructions = find_sha256_instructions();
  (by_instructions ? by_instructions : add_sha256_blocks_plainly)(state, bytes, blocks);
}

}  // namespace

void Sha256::add(std::string_view bytes) {
  count_ += bytes.size();
  if (!rest_.empty()) {
    const std::size_t missing = std::min(kSha256BlockBytes - rest_.size(), bytes.size());
    rest_ += bytes.substr(0, missing);
    bytes.remove_prefix(missing);
    if (rest_.size() < kSha256BlockBytes) return;
    add_blocks(state_, rest_.data(), 1);
    rest_.clear();
  }
  const std::size_t blocks = bytes.size() / kSha256BlockBytes;
  add_blocks(state_, bytes.data(), blocks);
  rest_ = bytes.substr(blocks * kSha256BlockBytes);
}

std::string Sha256::finish() {
  const std::uint64_t bits = count_ * 8;
  rest_ += '\x80';
  while (rest_.size() % kSha256BlockBytes != kSha256BlockBytes - 8) rest_ += '\0';
  for (int shift = 56; shift >= 0; shift -= 8) rest_ += static_cast<char>((bits >> shift) & 0xff);
  add_blocks(state_, rest_.data(), rest_.size() / kSha256BlockBytes);
  std::string hex;
  for (const std::uint32_t word : state_)
    for (int shift = 28; shift >= 0; shift -= 4) hex += "0123456789abcdef"[(word >> shift) & 0xf];

  return hex;
}

std::string sha256(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.finish();
}

}  // namespace pishkhan
