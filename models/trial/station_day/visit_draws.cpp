#include "models/trial/station_day/visit_draws.hpp"

#include <algorithm>

#include "models/trial/purpose.hpp"
#include "sim/base/room.hpp"

namespace pishkhan {
namespace {

/// Words are drawn in vectors of this many; a part of a vector costs as much as a whole one.
constexpr std::size_t kVector = 8;

}  // namespace

void VisitDraws::draw(std::span<const Attempt> attempts, bool with_calls) {
  const std::size_t n = attempts.size(), filled = (n + kVector - 1) / kVector * kVector;
  for (auto* column : {&index_, &ids_, &day_, &tag_}) resize_with_room(*column, filled);
  for (auto& column : words_) resize_with_room(column, filled);
  const Attempt* const attempt = attempts.data();
  std::uint32_t *const index = index_.data(), *const low = ids_.data(), *const day = day_.data(),
                       *const tags = tag_.data();
  for (std::size_t i = 0; i < n; ++i) {
    const Attempt& of = attempt[i];
    const IdKey ids = data_.citizen_key(of.stream);
    index[i] = of.index;
    low[i] = ids.low;
    day[i] = day_word(ids, of.origin);
    tags[i] = tag(of.number, Purpose::visit);
  }
  draw_batch(key_, index_.data(), ids_.data(), day_.data(), tag_.data(), filled,
             {words_[0].data(), words_[1].data(), words_[2].data(), words_[3].data()});
  if (!with_calls) return;
  for (auto& column : call_words_) resize_with_room(column, filled);
  std::fill(tag_.begin(), tag_.end(), tag(0, Purpose::call));
  draw_batch(key_, index_.data(), ids_.data(), day_.data(), tag_.data(), filled,
             {call_words_[0].data(), call_words_[1].data(), call_words_[2].data(), call_words_[3].data()});
}

}  // namespace pishkhan
