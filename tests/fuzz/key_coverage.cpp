#include "tests/fuzz/key_coverage.hpp"

#include <algorithm>
#include <iomanip>
#include <ostream>

#include "models/scenario/language.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

/// Whether a scalar of the shape can be at a bound.
bool has_bounds(const Shape& shape) {
  if (shape.kind == Shape::Kind::either) {
    return std::any_of(shape.alternatives.begin(), shape.alternatives.end(),
                       [](const ShapePtr& one) { return has_bounds(*one); });
  }
  if (shape.kind == Shape::Kind::list) return has_bounds(*shape.item);
  return shape.kind == Shape::Kind::quantity && shape.quantity != Quantity::text &&
         shape.quantity != Quantity::path && shape.quantity != Quantity::identifier;
}

}  // namespace

std::string keys_below(const Shape& shape, const std::string& path) {
  return shape.name.empty() ? path : '<' + shape.name + '>';
}

KeyCoverage::KeyCoverage(const std::vector<std::string>& left_out) {
  collect(*language().keys.shape(), "");
  for (const std::string& key : left_out) rows_.erase(key);
}

void KeyCoverage::collect(const Shape& shape, const std::string& path) {
  const std::string below = keys_below(shape, path);
  if (!shape.name.empty()) {
    if (std::find(names_.begin(), names_.end(), shape.name) != names_.end()) return;
    names_.push_back(shape.name);
  }
  for (const Field& field : shape.fields) {
    const std::string key = below.empty() ? field.key : below + '.' + field.key;
    rows_[key].bounded = has_bounds(*field.shape);
    collect(*field.shape, key);
  }
  if (shape.item) collect(*shape.item, below);
  for (const ShapePtr& alternative : shape.alternatives) collect(*alternative, below);
}

void KeyCoverage::add(const KeyUses& uses, bool accepted, bool finished) {
  for (const auto& [key, use] : uses) {
    const auto row = rows_.find(key);
    PISHKHAN_EXPECT(row != rows_.end());
    const auto count = [&use](Count& of) {
      ++of.present;
      of.low += use.low ? 1 : 0;
      of.high += use.high ? 1 : 0;
    };
    count(row->second.made);
    if (accepted) count(row->second.accepted);
    if (finished) count(row->second.finished);
  }
}

std::vector<std::string> KeyCoverage::missing(bool finished) const {
  std::vector<std::string> keys;
  for (const auto& [key, row] : rows_) {
    const Count& count = finished ? row.finished : row.accepted;
    if (count.present == 0)
      keys.push_back(key);
    else if (row.bounded && (count.low == 0 || count.high == 0))
      keys.push_back(key + (count.low == 0 ? " (lower bound)" : " (upper bound)"));
  }
  return keys;
}

void KeyCoverage::print(std::ostream& out) const {
  const auto write = [&out](const Row& row, const Count& count) {
    out << std::setw(10) << count.present;
    if (row.bounded)
      out << std::setw(8) << count.low << std::setw(8) << count.high;
    else
      out << std::setw(8) << '-' << std::setw(8) << '-';
  };
  out << std::left << std::setw(52) << "key" << std::right;
  for (const char* what : {"made", "accepted", "finished"})
    out << std::setw(10) << what << std::setw(8) << "low" << std::setw(8) << "high";
  out << '\n';
  for (const auto& [key, row] : rows_) {
    out << std::left << std::setw(52) << key << std::right;
    write(row, row.made);
    write(row, row.accepted);
    write(row, row.finished);
    out << '\n';
  }
}

}  // namespace pishkhan
