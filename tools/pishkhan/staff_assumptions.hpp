#pragma once
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "models/staffing/under_assumptions.hpp"
#include "tools/pishkhan/options.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// Sets of assumptions where nothing is said of their number, if the scenario has ranges.
inline constexpr int kUsualAssumptionPoints = 32;

/// Throws UserError where the options ask for sets of assumptions, or for a staffing that is robust on them,
/// and there are none.
void expect_assumptions(const StaffOptions& options, const Scenario& scenario);

/// Nothing where the options want none, or the scenario has no ranges.
std::optional<StaffingUnderAssumptions> repeat_under_assumptions(const StaffOptions& options,
                                                                 const Scenario& scenario,
                                                                 const StaffingResult& result,
                                                                 const std::function<bool()>& stop);

/// The staffing with the robust clerks; a station without them keeps those that it needs.
StaffingResult robust_staffing(const StaffingResult& result, const StaffingUnderAssumptions& under);

/// At how many sets of assumptions the stations whose proof is `proof` keep their targets; one line.
std::string met_at_text(const Texts& texts, const StaffingResult& result,
                        const StaffingUnderAssumptions& under, StaffingProof proof);
/// All stations together: how many keep their targets, and what clerks are needed; one line.
std::string assumptions_text(const Texts& texts, const StaffingUnderAssumptions& under);
/// The same for scripts.
nlohmann::ordered_json assumptions_json(const StaffingUnderAssumptions& under);
/// The robust staffing; one line. `file` is its scenario.
std::string robust_text(const Texts& texts, const StaffingResult& result,
                        const StaffingUnderAssumptions& under, const std::string& file);

}  // namespace pishkhan
