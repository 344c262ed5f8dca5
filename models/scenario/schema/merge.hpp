#pragma once
#include <string>

#include "models/scenario/schema/shape.hpp"

namespace pishkhan {

/// Merges a value over one of the same shape: objects and tables merge, lists of verbs grow, items of lists
/// with ids merge with those of the same id, the rest replaces. `path`: of both, for messages. An empty list
/// that would change nothing is a mistake.
void merge_over(const Shape& shape, Node& base, Node over, const std::string& path, Diagnostics& mistakes);

}  // namespace pishkhan
