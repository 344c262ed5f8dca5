#pragma once
#include <string>

#include "models/scenario/schema/shape.hpp"

namespace pishkhan {

/// JSON Schema (draft 2020-12) of files with the shape.
std::string json_schema(const Shape& shape);

}  // namespace pishkhan
