#pragma once
#include <deque>
#include <limits>
#include <string>
#include <vector>

#include "models/scenario/document.hpp"
#include "models/scenario/units.hpp"

namespace pishkhan {

struct Shape;

/// A key of an object.
struct Field {
  std::string key;
  const Shape* shape = nullptr;
  std::string doc;  ///< one sentence
  bool required = false;
  std::string preset;  ///< YAML of the value used when the key is left out; empty: none
};

/// A word a scalar may be, with its meaning.
struct Word {
  std::string text, doc;
};

/// Values a number may have, in SI.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool above = false;  ///< low itself is excluded
};

/// What a value of the language looks like. The one description from which files are checked, defaults
/// are filled in, bases are merged and the JSON Schema is written.
struct Shape {
  enum class Kind : unsigned char {
    quantity,  ///< a scalar with a meaning and a range
    word,      ///< a scalar out of a closed set
    list,      ///< of `item`
    object,    ///< known keys
    choice,    ///< exactly one of the known keys, which says what the value is
    table,     ///< ids of the user's making, each with an `item`
    either     ///< the first of `alternatives` that fits by its form
  };
  Kind kind = Kind::quantity;
  std::string name;   ///< of its own definition in the schema; empty: written in place
  std::string label;  ///< for messages: `a distribution`; empty: made from the rest
  Quantity quantity = Quantity::text;
  Range range;
  std::vector<Word> words;
  const Shape* item = nullptr;
  std::size_t at_least = 0;  ///< items
  bool append = false;       ///< a list that grows when a scenario extends a base
  std::vector<Field> fields;
  std::vector<const Shape*> alternatives;
};

/// The shapes of a whole scenario file; `root` is the file.
struct Language {
  std::deque<Shape> shapes;  ///< owner; addresses stay
  const Shape* root = nullptr;
};

/// The language, built once; immutable.
const Language& language();

/// Kind of node a shape's values have; `either` and list-or-scalar shapes can have several.
bool accepts(const Shape& shape, Node::Kind kind);

/// `a list of dates`, for messages.
std::string describe(const Shape& shape);

const Field* find_field(const Shape& shape, std::string_view key);

/// Checks a value against its shape, adds every mistake, notes the numbers of scalars in the node, and
/// marks what is sound. Fills in documented defaults.
void validate(const Shape& shape, Node& node, const std::string& path, Diagnostics& mistakes);

/// Lays a value over one of the same shape: objects and tables merge, lists of verbs grow, the rest replaces.
void lay_over(const Shape& shape, Node& base, Node over);

/// The values in canonical YAML: keys in the language's order, numbers in SI, shortest exact digits.
/// Meant for sound nodes with defaults filled in.
std::string canonical_yaml(const Shape& shape, const Node& node);

}  // namespace pishkhan
