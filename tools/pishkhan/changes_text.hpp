#pragma once
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "models/scenario/scenario.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// What each change of a scenario did, for the terminal, after an empty line; nothing if there are none.
std::string changes_text(const Texts& texts, std::span<const Change> changes);
/// The same as a list.
nlohmann::ordered_json changes_json(std::span<const Change> changes);

}  // namespace pishkhan
