#pragma once
#include "models/scenario/clerk_breaks.hpp"
#include "models/scenario/schema/section.hpp"

namespace pishkhan {

/// Most turns of a break.
inline constexpr int kMostTurns = 100;

/// Adds the keys `after`, `length` and `turns` of a break that is a part of a T.
template <class T, class Member>
void add_break_keys(Section<T>& keys, Member member) {
  keys.required("after", member(&ClerkBreak::after_s), value::positive(Quantity::duration),
                "From the start of the day's shifts to the break, of the first turn.");
  keys.required("length", member(&ClerkBreak::length_s), value::positive(Quantity::duration),
                "How long each turn is; it is not paid.");
  keys.optional("turns", member(&ClerkBreak::turns), value::whole(1, kMostTurns),
                "In so many turns, one after the other, the clerks go; 1: all together.", "1");
}

}  // namespace pishkhan
