#include "tests/fuzz/key_coverage.hpp"

#include <algorithm>
#include <iomanip>
#include <iterator>
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

/// A bound of a value that by other values of the scenario cannot be reached.
struct OutOfReach {
  std::string_view key;
  bool high;
  const char* why;
};

constexpr OutOfReach kOutOfReach[] = {
    {"<clerks>.from", true, "an interval ends after it begins"},
    {"<clerks>.to", false, "an interval ends after it begins"},
    {"<distribution>.log_logistic.median", true, "the mean is above the median, and has the same bound"},
    {"<distribution>.triangular.high", false, "it is above `low`"},
    {"<distribution>.triangular.low", true, "it is below `high`"},
    {"<distribution>.uniform.high", false, "it is above `low`"},
    {"<distribution>.uniform.low", true, "it is below `high`"},
    {"<run>.warm_up", true, "it is shorter than the run, which has the same bound"},
    {"<run>.warm_up_days", true, "they are fewer than the days, which have the same bound"},
    {"<station>.doors", false, "doors that are closed every day"},
    {"absence.probability", true, "clerks who are never there"},
    {"slow_downs.cores", true, "a system with all its cores is not slowed down"},
    {"systems.cores", false, "a system has a core"},
};

bool is_out_of_reach(const std::string& key, bool high) {
  return std::any_of(std::begin(kOutOfReach), std::end(kOutOfReach),
                     [&](const OutOfReach& bound) { return bound.key == key && bound.high == high; });
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
    if (count.present == 0) {
      keys.push_back(key);
    } else if (row.bounded) {
      if (count.low == 0 && !is_out_of_reach(key, false)) keys.push_back(key + " (lower bound)");
      if (count.high == 0 && !is_out_of_reach(key, true)) keys.push_back(key + " (upper bound)");
    }
  }
  return keys;
}

std::vector<std::string> KeyCoverage::unexpected() const {
  std::vector<std::string> bounds;
  for (const OutOfReach& bound : kOutOfReach) {
    const Row& row = rows_.at(std::string(bound.key));
    if ((bound.high ? row.accepted.high : row.accepted.low) == 0) continue;
    bounds.push_back(std::string(bound.key) + (bound.high ? " (upper bound)" : " (lower bound)") +
                     ", said to be out of reach: " + bound.why);
  }
  return bounds;
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
