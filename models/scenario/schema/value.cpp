#include "models/scenario/schema/value.hpp"

#include <limits>

namespace pishkhan {

bool is_readable(const Shape& shape, const Node& node) {
  if (node.valid) return true;
  switch (shape.kind) {
    case Shape::Kind::list:
      return node.kind == Node::Kind::list;
    case Shape::Kind::object:
    case Shape::Kind::table:
      return node.kind == Node::Kind::map;
    default:
      return false;
  }
}

Scalar::Scalar(Quantity quantity, Range range) {
  auto shape = std::make_shared<Shape>();
  shape->quantity = quantity;
  shape->range = within_bounds(quantity, range);
  shape_ = shape;
}

namespace value {

Value<std::uint64_t> seed() {
  auto shape = std::make_shared<Shape>();
  shape->quantity = Quantity::seed;
  shape->range = {.low = 0, .high = static_cast<double>(std::numeric_limits<std::uint64_t>::max())};
  return {shape, [](const Node& node, const std::string&, Diagnostics&, std::uint64_t& into) {
            const auto read = read_seed(node.text);
            PISHKHAN_EXPECT(read.has_value());
            into = *read;
          }};
}

Value<Intervals> intervals() {
  auto shape = std::make_shared<Shape>();
  shape->quantity = Quantity::hours;
  return {shape, [](const Node& node, const std::string&, Diagnostics&, Intervals& into) {
            PISHKHAN_EXPECT(!read_hours(node.text, into));
          }};
}

Value<CountChange> change(Quantity quantity) {
  auto shape = std::make_shared<Shape>();
  shape->quantity = quantity;
  const double most = quantity == Quantity::cores ? kMostCores : kMostClerks;
  shape->range = {-most, most};
  return {shape, [quantity](const Node& node, const std::string&, Diagnostics&, CountChange& into) {
            PISHKHAN_EXPECT(!read_change(quantity, node.text, into));
          }};
}

}  // namespace value
}  // namespace pishkhan
