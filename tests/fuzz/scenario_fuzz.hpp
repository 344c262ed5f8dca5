// Whatever bytes a scenario file holds, the loader gives a scenario or says what is wrong: it never
// crashes, hangs, or throws anything but the two kinds of error it documents. Run by libFuzzer
// (scenario_fuzz.cpp), and as a test with mutations that are the same every time.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include "models/scenario/scenario.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {

inline void demand_promise(bool condition, const char* what) {
  if (condition) return;
  std::cerr << "broken promise: " << what << '\n';
  std::abort();
}

/// Bases are found as if the text stood beside the valid scenarios of the tests.
inline constexpr const char* kName = "tests/scenarios/valid/fuzzed.yaml";

/// Loads a text and aborts when a promise of the loader is broken.
inline void fuzz_scenario(const std::string& text) {
  try {
    const Scenario scenario = load_scenario_text(text, kName);
    demand_promise(scenario.province.has_value() == scenario.stations.empty(), "a province or bare stations");
    if (scenario.province) return;
    // The canonical text is a scenario, and its own canonical text.
    demand_promise(load_scenario_text(scenario.resolved, kName).resolved == scenario.resolved,
                   "the canonical text is stable");
  } catch (const UserError& error) {
    demand_promise(!error.diagnostics().empty(), "a refusal says why");
    for (const auto& one : error.diagnostics())
      demand_promise(!one.problem.empty(), "a diagnostic has a problem");
  } catch (const EnvironmentError&) {
    // A base that cannot be read.
  }
}

}  // namespace pishkhan
