#pragma once
#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/diagnostic.hpp"

namespace pishkhan {

using Diagnostics = std::vector<Diagnostic>;

/// Where something was written; line and column count from 1, 0 means "no such place".
struct Mark {
  std::shared_ptr<const std::string> file;
  int line = 0;
  int column = 0;
};

/// A value of a document with the place it was written. Scalars stay text: the shape says what
/// `08:00` or `9 min` means.
struct Node {
  enum class Kind : unsigned char { null, scalar, list, map };
  struct Entry;

  Kind kind = Kind::null;
  bool valid = true;      ///< no mistake was found in it or below it
  bool replaces = false;  ///< it took the place of another scalar, of a base
  Mark mark;
  std::string text;                                          ///< scalar
  double number = std::numeric_limits<double>::quiet_NaN();  ///< scalar, once validated: its value, SI
  std::vector<Node> items;                                   ///< list
  std::vector<Entry> entries;                                ///< map, in the order written

  [[nodiscard]] const Node* find(std::string_view key) const;
  [[nodiscard]] Node* find(std::string_view key);
};

struct Node::Entry {
  std::string key;
  Mark mark;  ///< of the key
  Node value;
};

/// Says of a value, and of all in it, that they were written at `mark`.
void mark_all(Node& node, const Mark& mark);

/// What a document may be at most; larger ones are refused before they cost memory or time.
struct DocumentLimits {
  std::size_t bytes = std::size_t{16} << 20;
  int depth = 64;
  std::size_t nodes = 2'000'000;
  std::size_t keys = 10'000;  ///< of one map
};

/// The problem with a document that has no value.
inline constexpr const char* kEmptyFile = "the file is empty";

/// Parses YAML text (one document, UTF-8, no anchors or aliases, no duplicate keys). Mistakes are added
/// to `mistakes`. After a syntax error the result is null; control characters and bytes that are no UTF-8 are
/// left out.
Node parse_document(std::string_view text, const std::string& file_name, Diagnostics& mistakes,
                    const DocumentLimits& limits = {});

}  // namespace pishkhan
