#pragma once
#include <string>
#include <vector>

#include "models/trial/run_trial.hpp"

// Results made by hand, so that every number in a table can be worked out on paper.
namespace pishkhan::tests {

inline ClerkGroup clerks(int count, DayNumber from_day = INT32_MIN) {
  ClerkGroup group;
  group.clerks = count;
  group.shifts.fill({{8 * kSecondsPerHour, 14 * kSecondsPerHour}});
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
  province.places[1].kind = Kind::rural;
  province.places[1].county = CountyId(1);
  province.zones.resize(2);
  province.zones[0].id = "sari-urban";
  province.zones[0].places = {PlaceId(0)};
  province.zones[1].id = "amol-rural";
  province.zones[1].places = {PlaceId(1)};
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
  province.agencies[0].cores = 4;
  scenario.backbone.model = BackboneModel::shared;
  scenario.backbone.link_kinds.resize(1);
  scenario.backbone.link_kinds[0].id = "adsl";
  return scenario;
}

/// A station's tally whose every number is known: `scale` tells stations and replications apart.
inline StationResult sample_tally(std::uint64_t scale) {
  StationResult tally;
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
  tally.waiting_s = 150.0 * static_cast<double>(scale);
  tally.staffed_s = 1000.0;
  tally.open_s = 500.0;
  tally.queue_area_s = 100.0 * static_cast<double>(scale);
  tally.queue_max = static_cast<double>(scale);
  WaitHistogram waits;
  waits.add(300, static_cast<std::uint32_t>(scale));
  tally.waits = CompactHistogram(waits);
  tally.levels.add(0, 3 * 3600.0 * static_cast<double>(scale));
  tally.levels.add(2, 3600.0 * static_cast<double>(scale));
  return tally;
}

/// Two counted days: agency 0 has calls and three hours of outage, agency 1 none; one kind of link, and the
/// web.
inline CallTally sample_calls(std::uint64_t scale) {
  CallTally calls;
  calls.days_apart = calls.days_together = 1;
  calls.backbone.systems.resize(2);
  const double two_days_s = 2 * 86400.0;
  SystemTally& system = calls.backbone.systems[0];
  system.core_s = 4 * (two_days_s - 10800);
  system.down_s = 10800;
  system.busy_core_s = 0.25 * static_cast<double>(scale) * system.core_s;
  system.concurrency_area_s = 3.0 * static_cast<double>(scale) * two_days_s;
  system.concurrency_max = static_cast<std::uint32_t>(5 * scale);
  for (std::uint64_t i = 0; i < 100 * scale; ++i) {
    system.response.add(1);
    const double whole_s = i % 10 == 9 ? 8 : 2;
    system.transaction.add(whole_s);
    system.transaction_s.add(whole_s);
  }
  system.failed = 3 * scale;
  system.refused = 2 * scale;
  system.cancelled = scale;
  calls.backbone.systems[1].core_s = two_days_s;
  calls.backbone.link_kinds.resize(2);
  LinkTally& adsl = calls.backbone.link_kinds[0];
  adsl.links = 4;
  adsl.busy_s = 0.5 * 2 * 4 * two_days_s;
  adsl.watched_s = 4 * two_days_s;
  adsl.down_s = 0.25 * 4 * two_days_s;
  adsl.concurrency_area_s = 1.5 * 4 * two_days_s;
  adsl.bytes = 1000 * scale;
  adsl.transfer.add(0.5, 200 * scale);
  calls.backbone.link_kinds[1].links = 1;
  calls.lost_clerk_s.resize(2);
  calls.lost_clerk_s[0][0] = {1800.0 * static_cast<double>(scale), 1800.0 * static_cast<double>(scale)};
  calls.lost_clerk_s[0][4].waiting_s = 1800;
  calls.lost_clerk_s[1][1].waiting_s = 7200;
  return calls;
}

inline CompactHistogram sample_distances(std::uint64_t near, std::uint64_t far) {
  WaitHistogram km;
  km.add(1.5, static_cast<std::uint32_t>(near));
  km.add(30, static_cast<std::uint32_t>(far));
  return CompactHistogram(km);
}

/// Of each replication's visits, `scale` tells how many: to the first office, 6 from 1.5 km and 2 from 30 km
/// in the other county; to the counter 4 from there. The second office is closed.
inline void add_sample_travel(std::uint64_t scale, TrialResult& trial) {
  const auto visits = static_cast<std::uint32_t>(scale);
  trial.trips = {{0, 0, 1500, 6 * visits}, {0, 1, 30'000, 2 * visits}, {3, 1, 30'000, 4 * visits}};
  trial.service_travel.resize(2 * kStationChannels);
  trial.service_travel[1] = {
      {9000 * scale, 60'000 * scale}, 2 * scale, sample_distances(6 * scale, 2 * scale)};
  trial.service_travel[2] = {{0, 120'000 * scale}, 4 * scale, sample_distances(0, 4 * scale)};
  trial.diversions = {{1, 0, 3 * scale, 3000 * scale, 4500 * scale},
                      {1, kNoStation.value, scale, 1000 * scale, 0}};
}

inline TrialResult sample_trial(std::uint64_t replication) {
  TrialResult trial;
  const std::uint64_t scale = replication + 1;
  for (std::uint64_t station = 0; station < 4; ++station)
    trial.stations.push_back(sample_tally(scale * (station + 1)));
  trial.station_hours.resize(4 * kHoursOfWork);
  for (std::size_t station = 0; station < 4; ++station) {
    HourTally& hour = trial.station_hours[station * kHoursOfWork + 9];
    hour.arrived = hour.joined = hour.served = scale;
    hour.open_s = 3600;
    hour.staffed_s = 7200;
    hour.busy_s = 1800;
  }
  // The two counted days are of one month and one week; the level is missed on one of them.
  for (std::uint32_t station = 0; station < 4; ++station) {
    PeriodTally& period = trial.periods.emplace_back();
    period.arrived = static_cast<std::uint32_t>(10 * scale) * (station + 1);
    period.in_target = period.arrived / 2;
    period.days = 2;
    period.missed_days = 1;
    HourTally hour;
    hour.arrived = scale;
    hour.open_s = 3600;
    trial.week_hours.push_back({station, 1, 9, hour});
  }
  for (std::uint64_t key = 0; key < 2 * kChannels; ++key) {
    trial.services.push_back(sample_tally(scale * (key + 1)));
    trial.citizens.push_back({10 * scale, 7 * scale, 2 * scale, scale});
  }
  for (std::uint64_t key = 0; key < 3 * kChannels; ++key) trial.days.push_back(sample_tally(scale));
  trial.ledger = {{0, ServiceId(1), 5 * scale}};
  add_sample_travel(scale, trial);
  trial.calls = sample_calls(scale);
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
  trial.station_hours.resize(2 * kHoursOfWork);
  trial.periods.resize(2);
  trial.week_hours.resize(2);
  trial.services.assign(4 * kChannels, {});
  for (std::size_t stream = 0; stream < 4; ++stream)
    trial.services[stream * kChannels] = sample_tally(stream + 1 + replication);

  trial.ledger.clear();
  return trial;
}

}  // namespace pishkhan::tests
