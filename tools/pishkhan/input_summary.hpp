#pragma once
#include <string>

#include "tools/report/tables.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// Of a run with `inputs: sampled`: quantities of the channels with the scenario's own numbers, with the
/// error of the simulation, and where they lie over the ranges of assumed numbers. Else empty.
std::string inputs_text(const Texts& texts, const Results& results);

}  // namespace pishkhan
