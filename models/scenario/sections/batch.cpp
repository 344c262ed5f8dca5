#include "models/scenario/sections/batch.hpp"

#include <cmath>

#include "models/scenario/schema/section.hpp"

namespace pishkhan {
namespace {

using Share = std::pair<int, double>;

BatchSize batch_of(const std::vector<Written<Share>>& written, const Location& location,
                   Diagnostics& mistakes) {
  constexpr double kRounding = 1e-9;
  BatchSize batch;
  double sum = 0;
  for (const auto& share : written) {
    if (!batch.shares.empty() && share->first <= batch.shares.back().first) {
      add_mistake(mistakes, share.location(), "the sizes do not ascend", "order them from small to large");
      return {};
    }
    sum += share->second;
    batch.shares.push_back(*share);
  }
  if (std::abs(sum - 1) <= kRounding) return batch;
  add_mistake(mistakes, location, "the shares add up to " + number_text(100 * sum) + "%",
              "the shares of the sizes are 100% together");
  return {};
}

}  // namespace

Value<BatchSize> batch_value() {
  Section<Share> share("`{size, share}`");
  share.required("size", &Share::first, value::whole(1, kMostInBatch), "Citizens who come at one moment.");
  share.required("share", &Share::second, Scalar(Quantity::share, {.low = 0, .high = 1, .above = true}),
                 "Share of the batches.");
  Section<BatchSize> geometric("`{geometric}`");
  geometric.required("geometric", &BatchSize::geometric_mean,
                     value::within(Quantity::number, {.low = 1, .high = kMostInBatch}),
                     "Mean of a geometric size of 1, 2, 3, ...");
  return value::either<BatchSize>(
      "batch", "a size such as `4`, `{geometric: 3}`, or a list of `{size, share}`",
      {value::made_from<BatchSize, int>(value::whole(1, kMostInBatch),
                                        [](int size, const Location&, Diagnostics&) {
                                          BatchSize batch;
                                          if (size > 1) batch.shares = {{size, 1.0}};
                                          return batch;
                                        }),
       geometric,
       value::made_from<BatchSize, std::vector<Written<Share>>>(
           list_of(share, 1, "a list of `{size, share}`"), batch_of)});
}

}  // namespace pishkhan
