#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/fuzz/key_coverage.hpp"
#include "tests/fuzz/made_scalars.hpp"

namespace pishkhan {

/// A value of a made scenario.
struct MadeValue {
  enum class Kind : unsigned char { scalar, list, map } kind = Kind::scalar;
  MadeScalar scalar;
  struct Entry;
  std::vector<MadeValue> items;
  std::vector<Entry> entries;

  [[nodiscard]] MadeValue* find(std::string_view key);
  void erase(std::string_view key);
  /// Makes it a scalar that is no bound.
  void set(std::string text);
};

struct MadeValue::Entry {
  std::string key;
  std::string name;  ///< of the key, in the coverage; empty for ids that a user makes up
  MadeValue value;
};

/// As YAML: a line for each key of a map at the top, and for each item of its lists.
std::string yaml_of(const MadeValue& root);

/// The keys in it.
KeyUses uses_of(const MadeValue& root);

}  // namespace pishkhan
