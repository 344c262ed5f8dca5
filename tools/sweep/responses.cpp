#include "tools/sweep/responses.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "models/scenario/text/mistakes.hpp"
#include "sim/base/contract.hpp"
#include "tools/report/measures.hpp"
#include "tools/report/sums.hpp"
#include "tools/sweep/response_series.hpp"

namespace pishkhan {
namespace {

/// Calls visit(measures) for each group of measures of stations.
template <class Visit>
void for_station_measures(Visit visit) {
  visit(visit_measures());
  visit(queue_measures());
  visit(staff_measures());
  visit(percentile_measures());
}

/// Calls visit(measure) for the measure of that name, if it is among them.
template <class T, class Visit>
void visit_named(std::span<const Measure<T>> measures, std::string_view name, Visit visit) {
  const auto found = std::find_if(measures.begin(), measures.end(),
                                  [&](const Measure<T>& measure) { return measure.name == name; });
  if (found != measures.end()) visit(*found);
}

bool is_of_citizens(const std::string& quantity) {
  bool found = false;
  visit_named(citizen_measures(), quantity, [&](const auto&) { found = true; });
  return found;
}

template <class T, class Tally>
ResponseValue response_value(const Measure<T>& measure, const std::vector<Tally>& tallies,
                             const DesignEffects& usual) {
  ResponseValue value{estimate(measure, tallies, usual), {}};
  for (const Tally& tally : tallies) value.by_replication.push_back(value_of(measure, tally));
  return value;
}

/// By replication, the citizens of the channel that a response is of, or all.
std::vector<CitizenTally> citizens_of(const Response& response, const Results& results) {
  const Sums<CitizenTally> channels = citizens_by_channel(results);
  std::vector<CitizenTally> citizens(results.trials.size());
  for (std::size_t channel = 0; channel < kChannels; ++channel) {
    const bool is_in =
        response.channel.empty() || to_string(static_cast<Channel>(channel)) == response.channel;
    for (std::size_t i = 0; is_in && i < citizens.size(); ++i) add_to(citizens[i], channels[channel][i]);
  }
  return citizens;
}

bool same_stations(const Response& a, const Response& b) {
  return a.channel == b.channel && a.county == b.county && a.station == b.station;
}

}  // namespace

std::vector<bool> is_of_station(const Response& response, const Scenario& scenario) {
  std::vector<bool> is_of;
  for (const std::string_view id : station_ids(scenario)) {
    const std::size_t station = is_of.size();
    bool is_in = !is_of_citizens(response.quantity) && (response.station.empty() || id == response.station);
    if (!response.channel.empty())
      is_in = is_in && to_string(channel_of(*scenario.province, station)) == response.channel;
    if (!response.county.empty()) {
      const CountyId county = county_of(*scenario.province, station);
      is_in = is_in && scenario.province->counties[county.index()].id == response.county;
    }
    is_of.push_back(is_in);
  }
  return is_of;
}

std::vector<std::string> response_quantities() {
  std::vector<std::string> names;
  const auto add = [&names](const auto& measures) {
    for (const auto& measure : measures) names.emplace_back(measure.name);
  };
  for_station_measures(add);
  add(citizen_measures());
  return names;
}

std::string unit_of(const std::string& quantity) {
  std::string unit;
  const auto take = [&unit](const auto& measure) { unit = measure.unit; };
  for_station_measures([&](const auto& measures) { visit_named(measures, quantity, take); });
  visit_named(citizen_measures(), quantity, take);
  return unit;
}

void check_response(const Response& response, const std::string& path, const Scenario& scenario,
                    Diagnostics& mistakes) {
  const auto refuse = [&](const std::string& problem, const std::string& hint) {
    mistakes.push_back(mistake_at(response.mark, path, problem, hint));
  };
  const auto expect_known = [&](const char* what, const std::string& name,
                                const std::vector<std::string_view>& known) {
    if (name.empty() || std::find(known.begin(), known.end(), name) != known.end()) return;
    Node node;
    node.mark = response.mark;
    add_unknown(mistakes, {&node, path_of(path, what)}, what, name, known);
  };
  const bool of_citizens = is_of_citizens(response.quantity);
  if (of_citizens && (!response.county.empty() || !response.station.empty())) {
    refuse("citizens are not counted by " + std::string(response.county.empty() ? "station" : "county"),
           "leave it out, or name their first `channel`");
    return;
  }
  if (!scenario.province && (!response.channel.empty() || !response.county.empty())) {
    refuse("channels and counties among bare stations", "name a `station`, or nothing");
    return;
  }
  std::vector<std::string_view> channels{"traditional", "office"};
  if (of_citizens) channels.emplace_back("online");
  expect_known("channel", response.channel, channels);
  expect_known("station", response.station, station_ids(scenario));
  if (!scenario.province) return;
  std::vector<std::string_view> counties;
  for (const County& county : scenario.province->counties) counties.push_back(county.id);
  expect_known("county", response.county, counties);
}

void check_responses(const Study& study, const Scenario& scenario, Diagnostics& mistakes) {
  for (std::size_t i = 0; i < study.responses.size(); ++i)
    check_response(study.responses[i], path_of("responses", i), scenario, mistakes);
}

namespace {

/// The sums of the stations that a response is of, by replication.
std::vector<StationResult> stations_of(const Response& response, const Results& results) {
  std::vector<std::size_t> rows;
  for (const bool is_of : is_of_station(response, results.scenario)) rows.push_back(is_of ? 0 : kNoRow);
  return std::move(sum_stations(results, 1, rows).front());
}

/// Calls visit(measure, tallies by replication) for each response.
template <class Visit>
void for_each_response(const std::vector<Response>& responses, const Results& results, Visit visit) {
  const Response* before = nullptr;
  std::vector<StationResult> stations;  // of the response before, as many are of the same stations
  for (const Response& response : responses) {
    const auto with = [&](const auto& tallies) {
      return [&](const auto& measure) { visit(measure, tallies); };
    };
    if (is_of_citizens(response.quantity)) {
      visit_named(citizen_measures(), response.quantity, with(citizens_of(response, results)));
      continue;
    }
    if (before == nullptr || !same_stations(*before, response)) stations = stations_of(response, results);
    before = &response;
    for_station_measures(
        [&](const auto& measures) { visit_named(measures, response.quantity, with(stations)); });
  }
}

}  // namespace

std::vector<ResponseValue> find_responses(const std::vector<Response>& responses, const Results& results) {
  std::vector<ResponseValue> values;
  for_each_response(responses, results, [&](const auto& measure, const auto& tallies) {
    values.push_back(response_value(measure, tallies, results.design_effects));
  });
  PISHKHAN_EXPECT(values.size() == responses.size());
  return values;
}

bool has_series(const std::string& quantity) {
  bool has = false;
  const auto look = [&has](const auto& measure) { has = !measure.waits && !measure.levels; };
  for_station_measures([&](const auto& measures) { visit_named(measures, quantity, look); });
  visit_named(citizen_measures(), quantity, look);
  return has;
}

std::vector<Series> find_series(const std::vector<Response>& responses, const Results& results) {
  std::vector<Series> all;
  for_each_response(responses, results, [&](const auto& measure, const auto& tallies) {
    all.push_back(series_of(measure, tallies));
  });
  PISHKHAN_EXPECT(all.size() == responses.size());
  return all;
}

}  // namespace pishkhan
