#include "models/scenario/schema/shape.hpp"

#include <algorithm>

#include "models/scenario/schema/validate.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {

const Field* find_field(const Shape& shape, std::string_view key) {
  for (const Field& field : shape.fields)
    if (field.key == key) return &field;
  return nullptr;
}

bool accepts(const Shape& shape, Node::Kind kind) {
  switch (shape.kind) {
    case Shape::Kind::quantity:
    case Shape::Kind::word:
      return kind == Node::Kind::scalar;
    case Shape::Kind::list:
      return kind == Node::Kind::list;
    case Shape::Kind::object:
    case Shape::Kind::choice:
    case Shape::Kind::table:
      return kind == Node::Kind::map;
    case Shape::Kind::either:
      return std::any_of(shape.alternatives.begin(), shape.alternatives.end(),
                         [kind](const ShapePtr& alternative) { return accepts(*alternative, kind); });
  }
  return false;
}

std::string describe(const Shape& shape) {
  if (!shape.label.empty()) return shape.label;
  switch (shape.kind) {
    case Shape::Kind::quantity:
      return describe(shape.quantity);
    case Shape::Kind::word: {
      std::vector<std::string> shown;
      for (const Word& word : shape.words) shown.push_back(in_backticks(word.text));
      return join_or(shown);
    }
    case Shape::Kind::list:
      return "a list";
    case Shape::Kind::object:
    case Shape::Kind::choice:
    case Shape::Kind::table:
      return "a map";
    case Shape::Kind::either: {
      std::vector<std::string> shown;
      for (const ShapePtr& alternative : shape.alternatives) shown.push_back(describe(*alternative));
      return join_or(shown);
    }
  }
  return "";
}

const ShapePtr& alternative_of(const Shape& shape, const Node& node) {
  for (const ShapePtr& alternative : shape.alternatives) {
    if (!accepts(*alternative, node.kind)) continue;
    if (node.kind != Node::Kind::scalar) return alternative;
    Diagnostics mistakes;
    Node copy = node;
    validate(*alternative, copy, "", mistakes);
    if (mistakes.empty()) return alternative;
  }
  contract_violated("expected", "a valid node", __FILE__, __LINE__);
}

}  // namespace pishkhan
