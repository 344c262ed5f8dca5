#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/made_value.hpp"

namespace pishkhan {

/// Which keys of a map are written whatever the draws say, and which are not.
struct KeysTogether {
  std::set<std::string_view> needed, barred;
};

/// For the map whose keys have the name `path` in the coverage. `intervals`: of clerks by interval.
KeysTogether keys_together(const std::string& path, const Habits& habits, bool intervals, Draws& draws);

/// Changes values of a map that would not go together.
void settle_map(const std::string& path, const Habits& habits, Draws& draws, MadeValue& map);

/// Puts the items of a list in order. `key` is that of the list.
void settle_list(std::string_view key, const Habits& habits, Draws& draws, MadeValue& list);

}  // namespace pishkhan
