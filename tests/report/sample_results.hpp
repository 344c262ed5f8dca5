#pragma once
#include <string>
#include <vector>

#include "models/trial.hpp"

// Results made by hand, so that every number in a table can be worked out on paper.
namespace pishkhan::testing {

inline ClerkGroup clerks(int count, DayNumber from_day = INT32_MIN) {
  ClerkGroup group;
  group.clerks = count;
  group.from_day = from_day;
  return group;
}

/// Three days from 1395-01-14, a Saturday, the first of them warm-up.
inline Run sample_run(int replications) {
  Run run;
  run.start = 16893;
  run.days = 3;
  run.warm_up_days = 1;
  run.replications = replications;
  run.seed = 7;
  return run;
}

/// Two counties, three offices, one counter, two agencies, two services, one migration.
inline Scenario sample_province() {
  Scenario scenario;
  scenario.name = "sample";
  scenario.title = "A sample, made by hand";
  scenario.file = "somewhere/sample.yaml";
  scenario.resolved = "scenario: A sample, made by hand\n";
  scenario.run = sample_run(3);
  scenario.evidence = Evidence::stated;
  Province& province = scenario.province.emplace();
  province.counties.resize(2);
  province.counties[0].id = "sari";
  province.counties[0].name_fa = "ساری";
  province.counties[1].id = "amol";
  province.places.resize(2);
  province.places[0].id = "sari-city";
  province.places[1].id = "amol-villages";
  province.zones.resize(2);
  province.zones[0].id = "sari-urban";
  province.zones[1].id = "amol-rural";
  province.agencies.resize(2);
  province.agencies[0].id = "civil-registration";
  province.agencies[1].id = "tax";
  province.agencies[1].name_en = "Tax, \"the\" office";
  province.services.resize(2);
  province.services[0].id = "id-card";
  province.services[1].id = "tax-form";
  province.services[1].agency = AgencyId(1);
  const auto office = [&](const char* id, Kind kind, std::size_t at, int count) {
    Office made;
    made.id = id;
    made.name_en = id;
    made.kind = kind;
    made.place = PlaceId(at);
    made.county = CountyId(at);
    made.rules.groups = {clerks(count), clerks(9, 17000)};
    province.offices.push_back(made);
  };
  office("sari-u-001", Kind::urban, 0, 2);
  office("sari-u-002", Kind::urban, 0, 3);
  office("amol-r-001", Kind::rural, 1, 1);
  Counter counter;
  counter.id = "tax@sari";
  counter.agency = AgencyId(1);
  counter.rules.groups = {clerks(4)};
  province.counters = {counter};
  Migration migration;
  migration.id = "forms-move";
  migration.services = {ServiceId(1)};
  scenario.migrations = {migration};
  return scenario;
}

/// A station's tally whose every number is known: `scale` tells stations and replications apart.
inline StationTally sample_tally(std::uint64_t scale) {
  StationTally tally;
  tally.arrived = 10 * scale;
  tally.balked = 1 * scale;
  tally.abandoned = 2 * scale;
  tally.sent_away = 1 * scale;
  tally.served = 6 * scale;
  tally.in_target = 3 * scale;
  tally.reworked = 1 * scale;
  tally.wait_s = 600.0 * static_cast<double>(scale);
  tally.wait_joined_s = 1800.0 * static_cast<double>(scale);
  tally.sojourn_s = 1200.0 * static_cast<double>(scale);
  tally.handling_s = 600.0 * static_cast<double>(scale);
  tally.busy_s = tally.handling_s;
  tally.staffed_s = 1000.0;
  tally.open_s = 500.0;
  tally.queue_area_s = 100.0 * static_cast<double>(scale);
  tally.queue_max = static_cast<double>(scale);
  tally.wait_p95_s = 300;
  return tally;
}

inline TrialResult sample_trial(std::uint64_t replication) {
  TrialResult trial;
  const std::uint64_t scale = replication + 1;
  for (std::uint64_t station = 0; station < 4; ++station)
    trial.stations.push_back(sample_tally(scale * (station + 1)));
  trial.station_hours.resize(4 * kHoursPerDay);
  for (std::size_t station = 0; station < 4; ++station) {
    HourTally& hour = trial.station_hours[station * kHoursPerDay + 9];
    hour.arrived = hour.joined = hour.served = scale;
    hour.open_s = 3600;
    hour.staffed_s = 7200;
    hour.busy_s = 1800;
  }
  for (std::uint64_t key = 0; key < 2 * kChannels; ++key) {
    trial.services.push_back(sample_tally(scale * (key + 1)));
    trial.citizens.push_back({10 * scale, 7 * scale, 2 * scale, scale});
  }
  for (std::uint64_t key = 0; key < 3 * kChannels; ++key) trial.days.push_back(sample_tally(scale));
  trial.ledger = {{0, ServiceId(1), 5 * scale}};
  trial.visits = 100;
  trial.audit.checks = 12;
  return trial;
}

inline std::vector<TrialResult> sample_trials(std::size_t replications) {
  std::vector<TrialResult> trials;
  for (std::size_t i = 0; i < replications; ++i) trials.push_back(sample_trial(i));
  return trials;
}

/// Two stations with two streams each.
inline Scenario sample_stations(bool by_days) {
  Scenario scenario;
  scenario.name = "queues";
  scenario.title = "Two queues";
  scenario.run = sample_run(2);
  scenario.run.length_s = by_days ? 0 : 1000;
  for (const char* id : {"first", "second"}) {
    BareStation station;
    station.id = id;
    station.rules.groups = {clerks(2)};
    station.streams.resize(2);
    station.streams[0].id = "plain";
    station.streams[1].id = "urgent";
    station.streams[1].priority = -3;
    scenario.stations.push_back(station);
  }
  return scenario;
}

inline TrialResult sample_station_trial(std::uint64_t replication) {
  TrialResult trial = sample_trial(replication);
  trial.stations.resize(2);
  trial.station_hours.resize(2 * kHoursPerDay);
  trial.services.assign(4 * kChannels, {});
  for (std::size_t stream = 0; stream < 4; ++stream) {
    trial.services[stream * kChannels] = sample_tally(stream + 1 + replication);
  }
  trial.ledger.clear();
  return trial;
}

}  // namespace pishkhan::testing
