#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan::page {

/// The key of the sentence that says what a target asks for. `visits`: joined, served or left_in_time; of
/// what is not about visits it says nothing.
std::string key_of_target(TargetKind kind, std::string_view visits);
/// The numbers in it, as they are set: `goal`, a share in percent, and `minutes`. `goal` as Target::goal.
std::vector<std::pair<std::string_view, std::string>> numbers_of_target(TargetKind kind, double goal,
                                                                        double within_s, Language language);

}  // namespace pishkhan::page
