#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "models/scenario/make_scenario.hpp"
#include "models/scenario/schema/extend.hpp"

namespace pishkhan {

/// A change that one scenario makes of another.
struct ScenarioChange {
  std::string verb;        ///< empty: all keys that are neither a verb, nor `run` or `output`
  std::size_t number = 0;  ///< of the item among those of its verb, from 1, in the scenario that has it
  bool added = true;       ///< the second scenario has the item, and the first has not; false: the reverse
  std::string text;  ///< the item as the resolved scenario has it, in one line of YAML; empty without a verb
};

/// What makes scenario `b` of scenario `a`, change by change, and the scenarios between them: each item of a
/// verb that only one of the two has, and first all other keys together, if any differs.
class ScenarioChanges {
 public:
  /// Both as load_scenario reads them, with equal runs. Throws as load_scenario does.
  ScenarioChanges(ScenarioSource a, ScenarioSource b);

  /// In the order in which verbs are applied, and within a verb as written; what `b` leaves out is before
  /// what it adds.
  [[nodiscard]] const std::vector<ScenarioChange>& changes() const { return changes_; }
  /// The scenario in which some of the changes are made. Throws UserError where it has mistakes, such as
  /// clerks at an office that another change would open.
  [[nodiscard]] Scenario with(const std::vector<bool>& made) const;

 private:
  struct Side {
    ScenarioSource source;
    LoadedDocument document;
    Node resolved;  ///< the canonical text, of which every list has the items of the document's list
  };
  static Side load(ScenarioSource source);
  void compare_verb(const std::string& verb);

  Side a_, b_;
  std::vector<ScenarioChange> changes_;
};

}  // namespace pishkhan
