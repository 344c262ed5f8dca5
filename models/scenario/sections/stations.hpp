#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"
#include "models/scenario/sections/arrivals.hpp"
#include "models/scenario/sections/clerks.hpp"
#include "models/scenario/sections/day_factors.hpp"
#include "models/scenario/sections/run.hpp"

namespace pishkhan {

/// A stream of a station. What is left out is the station's.
struct StreamKeys {
  std::string id;
  std::string name_en, name_fa;
  ArrivalsKeys arrivals;
  std::optional<Distribution> handling, patience;
  std::optional<int> priority;
  std::optional<BatchSize> batch;
  std::optional<int> at_start;
  std::optional<double> service_level_s;
  Written<WeekdayFactors> weekday;
};

/// How many a station has room for: waiting, or with those at the desks.
struct RoomKeys {
  int places = INT32_MAX;
  bool for_all = false;
};

/// A station written bare.
struct StationKeys {
  BareStation station;  ///< the keys that mean nothing more than themselves
  std::optional<ArrivalsKeys> arrivals;
  std::vector<Written<StreamKeys>> streams;
  std::optional<Distribution> handling;
  Distribution patience;
  int priority = 0;
  BatchSize batch;
  int at_start = 0;
  RoomKeys room;
  Written<WeekdayFactors> weekday;
  Written<BusynessKeys> busyness;
  StationClerksKeys clerks;
};
Section<StationKeys> station_keys();

/// The stations of a scenario without a province. Mistakes between their keys are added.
std::vector<BareStation> make_stations(const std::vector<Written<StationKeys>>& written,
                                       const Written<Run>& run, RunForm form, Diagnostics& mistakes);

/// What to say of a run by days with doors that do not close at midnight; empty where there are none.
std::optional<Notice> notice_of_midnight(const std::vector<BareStation>& stations, const Run& run);

}  // namespace pishkhan
