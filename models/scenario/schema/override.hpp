#pragma once
#include <string>

#include "models/scenario/schema/shape.hpp"

namespace pishkhan {

/// Applies one `path=value` to a document.
void apply_override(const std::string& text, const Shape& shape, Node& root, Diagnostics& mistakes);

}  // namespace pishkhan
