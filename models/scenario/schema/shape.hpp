#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/schema/bounds.hpp"
#include "models/scenario/text/document.hpp"

namespace pishkhan {

struct Shape;
using ShapePtr = std::shared_ptr<const Shape>;

/// A key of an object.
struct Field {
  std::string key;
  ShapePtr shape;
  std::string doc;  ///< one sentence
  bool required = false;
  std::string preset;           ///< YAML of the value used when the key is left out; empty: none
  std::string instead_of = {};  ///< a key that goes when a scenario lays this one over its base
};

/// A word that a scalar may be, with its meaning.
struct Word {
  std::string text, doc;
};

/// What a value of the language looks like. From this one description files are checked, defaults are filled
/// in, bases are merged, and the canonical text and the JSON Schema are written. How a value is read into the
/// model stands beside it: see Value.
struct Shape {
  enum class Kind : unsigned char {
    quantity,  ///< a scalar with a meaning and a range
    word,      ///< a scalar out of a closed set
    list,      ///< of `item`
    object,    ///< known keys
    choice,    ///< exactly one of the known keys, which says what the value is
    table,     ///< ids that the user makes up, each with an `item`
    either     ///< the first of `alternatives` that fits by its form
  };
  Kind kind = Kind::quantity;
  std::string name;   ///< of its own definition in the schema; empty: written in place
  std::string label;  ///< for messages: `a distribution`; empty: made from the rest
  Quantity quantity = Quantity::text;
  Range range;
  std::vector<Word> words;
  ShapePtr item;
  std::size_t at_least = 0;  ///< items
  bool append = false;       ///< a list that grows when a scenario extends a base
  /// A list whose items a scenario lays over those of its base that have the same value of this key; other
  /// items are added. Empty: no such list.
  std::string match_by;
  std::vector<Field> fields;
  std::vector<ShapePtr> alternatives;
};

/// Whether nodes of a kind can have the shape.
bool accepts(const Shape& shape, Node::Kind kind);

/// `a list of dates`, for messages.
std::string describe(const Shape& shape);

const Field* find_field(const Shape& shape, std::string_view key);

/// Which alternative of an `either` a valid node has.
const ShapePtr& alternative_of(const Shape& shape, const Node& node);

}  // namespace pishkhan
