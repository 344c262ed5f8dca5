#include "models/scenario/schema/value.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string_view>

namespace pishkhan {

namespace {

/// The part of a node at a path that begins with a dot or a bracket: `.at.county[1]`; null if there is none.
const Node* part_of(const Node& node, std::string_view path) {
  if (path.empty()) return &node;
  const std::size_t end = std::min(path.find_first_of(".[", 1), path.size());
  const std::string_view step = path.substr(1, end - 1);
  if (path.front() == '.') {
    const Node* value = node.find(step);
    return value == nullptr ? nullptr : part_of(*value, path.substr(end));
  }
  std::size_t index = node.items.size();
  std::from_chars(step.data(), step.data() + step.size(), index);
  return index < node.items.size() ? part_of(node.items[index], path.substr(end)) : nullptr;
}

}  // namespace

bool is_readable(const Shape& shape, const Node& node) {
  if (node.valid) return true;
  switch (shape.kind) {
    case Shape::Kind::list:
      return node.kind == Node::Kind::list;
    case Shape::Kind::object:
    case Shape::Kind::table:
      return node.kind == Node::Kind::map;
    case Shape::Kind::either:
      // Maps and lists are of the first kind that they can be, whatever is wrong inside.
      return (node.kind == Node::Kind::map || node.kind == Node::Kind::list) && accepts(shape, node.kind) &&
             is_readable(*alternative_of(shape, node), node);
    default:
      return false;
  }
}

void check_keys(const Location& map, Diagnostics& mistakes, const std::function<void()>& check) {
  const std::size_t before = mistakes.size();
  check();
  if (map.node->valid) return;
  const auto is_bogus = [&](const Diagnostic& one) {
    if (!one.path.starts_with(map.path)) return false;
    const Node* part = part_of(*map.node, std::string_view(one.path).substr(map.path.size()));
    return part == nullptr || !part->valid;
  };
  mistakes.erase(
      std::remove_if(mistakes.begin() + static_cast<std::ptrdiff_t>(before), mistakes.end(), is_bogus),
      mistakes.end());
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
