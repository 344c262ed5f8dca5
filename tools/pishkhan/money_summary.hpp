#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "tools/report/tables.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// A line about what offices earn and citizens spend; empty without economics.
std::string money_text(const Texts& texts, const Results& results);
/// How many offices' income covers their expenses.
nlohmann::ordered_json covers_json(const Results& results);

}  // namespace pishkhan
