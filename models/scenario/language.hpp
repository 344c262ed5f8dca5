#pragma once
#include <cstddef>

#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"
#include "models/scenario/sections/backbone.hpp"
#include "models/scenario/sections/citizens.hpp"
#include "models/scenario/sections/demand.hpp"
#include "models/scenario/sections/economics.hpp"
#include "models/scenario/sections/output.hpp"
#include "models/scenario/sections/province.hpp"
#include "models/scenario/sections/run.hpp"
#include "models/scenario/sections/shift_patterns.hpp"
#include "models/scenario/sections/stations.hpp"
#include "models/scenario/sections/targets.hpp"

namespace pishkhan {

/// What a scenario file says, but for its verbs, which are read one by one where they are applied.
struct ScenarioFile {
  Scenario scenario;  ///< what needs neither a check against other keys nor a table is read into it at once
  std::string base;   ///< already merged
  std::vector<std::string> without;  ///< already left out
  Written<Run> run;
  std::vector<Written<TargetKeys>> targets;
  std::vector<Written<ShiftKeys>> shifts;
  Written<OutputKeys> output;
  std::vector<Written<StationKeys>> stations;
  Name holidays;  ///< of bare stations; without a location: none
  Written<ProvinceKeys> province;
  Written<DemandKeys> demand;
  Written<EconomicsKeys> economics;
  Name observed;  ///< without a location: none
  AtStations<Balking> balking;
  AtStations<ClosingRule> closing;
  AtStations<bool> after_shift;
  Written<BackboneKeys> backbone;
};

/// The language of scenario files.
struct ScenarioLanguage {
  Section<ScenarioFile> keys;
  std::size_t common = 0;  ///< the first so many keys are not of provinces alone
};

/// Built once; immutable.
const ScenarioLanguage& language();

}  // namespace pishkhan
