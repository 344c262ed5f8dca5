#pragma once
#include <string>

#include "models/scenario/schema/shape.hpp"

namespace pishkhan {

/// The values in canonical YAML: keys in the language's order, numbers in SI, shortest exact digits.
/// Meant for valid nodes with presets filled in.
std::string canonical_yaml(const Shape& shape, const Node& node);

}  // namespace pishkhan
