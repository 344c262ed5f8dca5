#pragma once
#include "models/scenario/batch_size.hpp"
#include "models/scenario/schema/value.hpp"

namespace pishkhan {

/// The `batch` of a stream: `4`, `{geometric: 3}` or a list of `{size, share}`.
Value<BatchSize> batch_value();

}  // namespace pishkhan
