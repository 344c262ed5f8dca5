#pragma once
#include <string>

#include "models/scenario/schema/shape.hpp"
#include "models/scenario/text/mistakes.hpp"

namespace pishkhan {

/// Checks a value against its shape, adds every mistake, notes the numbers of scalars in their nodes, and
/// marks what is invalid. Fills in the presets of keys left out.
void validate(const Shape& shape, Node& node, const std::string& path, Diagnostics& mistakes);

}  // namespace pishkhan
