#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "tools/report/tables.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// How what was observed lies beside what is simulated: how many numbers are outside, how many would be by
/// chance, at which stations most, and which factor fits best. Empty of a scenario without observations.
std::string observed_text(const Texts& texts, const Results& results);
/// The same for --json; null without observations.
nlohmann::ordered_json observed_json(const Results& results);

}  // namespace pishkhan
