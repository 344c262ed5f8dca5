#pragma once
#include <string>
#include <vector>

#include "models/trial/run_trial.hpp"

namespace pishkhan::laws {

/// One station, one stream, days from 08:00 to 16:00 from empty; tests change what they need.
inline Scenario small_day(int days = 20) {
  Scenario scenario;
  scenario.name = "small-day";
  scenario.run.days = days;
  scenario.run.seed = 1395;
  scenario.visits.share = 1;
  BareStation station;
  station.id = "desk";
  station.rules.doors.fill({{8 * kSecondsPerHour, 16 * kSecondsPerHour}});
  ClerkGroup group;
  group.id = "clerks";
  group.clerks = 3;
  group.shifts = station.rules.doors;
  station.rules.groups.push_back(group);
  ArrivalStream stream;
  stream.id = "citizens";
  stream.rate = {{0.0, 1 / 90.0}};
  stream.handling = Exponential{240};
  station.streams.push_back(stream);
  scenario.stations.push_back(station);
  return scenario;
}

/// The same with everything in it: impatience, balking, a small room, priorities, skills, absence,
/// returns, and a queue that is sent away.
inline Scenario full_day(int days = 20) {
  Scenario scenario = small_day(days);
  scenario.name = "full-day";
  scenario.retry = {0.6, 2};
  BareStation& station = scenario.stations.front();
  station.rules.doors.fill(
      {{8 * kSecondsPerHour, 12 * kSecondsPerHour}, {13 * kSecondsPerHour, 16 * kSecondsPerHour}});
  station.rules.closing = Closing::send_away;
  station.rules.room = 12;
  station.rules.balking.points = {{3, 0.0}, {12, 0.8}};
  ClerkGroup& all = station.rules.groups.front();
  all.clerks = 2;
  all.absence = 0.1;
  all.shifts.fill(
      {{8.5 * kSecondsPerHour, 12 * kSecondsPerHour}, {12.5 * kSecondsPerHour, 16 * kSecondsPerHour}});
  ClerkGroup narrow = all;
  narrow.id = "narrow";
  narrow.clerks = 1;
  narrow.speed = 0.8;
  narrow.skills = {ServiceId(1)};
  station.rules.groups.push_back(narrow);
  ArrivalStream& first = station.streams.front();
  first.patience = Weibull{1.5, 1500};
  first.handling = Lognormal{240, 0.8};
  ArrivalStream second = first;
  second.id = "elderly";
  second.rate = {{0.0, 1 / 400.0}, {10 * kSecondsPerHour, 1 / 200.0}};
  second.priority = 1;
  station.streams.push_back(second);
  return scenario;
}

struct Simulated {
  TrialResult result;
  std::vector<VisitRecord> visits;
};

inline Simulated simulate(const Scenario& scenario, std::uint32_t replication = 0) {
  const Plan plan(scenario);
  Simulated simulated;
  TrialOptions options;
  options.visits = [&](std::span<const VisitRecord> visits) {
    simulated.visits.insert(simulated.visits.end(), visits.begin(), visits.end());
  };
  simulated.result = run_trial(plan, replication, options);
  return simulated;
}

}  // namespace pishkhan::laws
