#include "tools/pishkhan/station_summary.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "models/province/calendar.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/period_tables.hpp"
#include "tools/report/sums.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kStationsShown = 10;

/// A table of estimates, of which columns without any number but 0 are left out.
class EstimateTable {
 public:
  EstimateTable(const Texts& texts, std::vector<std::string> names)
      : texts_(texts), header_(std::move(names)) {}

  void begin_row(std::vector<std::string> names) {
    rows_.push_back(std::move(names));
    column_ = 0;
  }
  /// The next cell of the row; the title, a key, is the same in every row.
  void add(const std::string& title, const Estimate& estimate, const std::string& text) {
    if (column_ == titles_.size()) {
      titles_.push_back(title);
      is_zero_.push_back(true);
    }
    if (std::isfinite(estimate.half_width) && estimate.mean != 0) is_zero_[column_] = false;
    ++column_;
    rows_.back().push_back(text);
  }

  /// Whether a column is left to show.
  [[nodiscard]] bool has_numbers() const { return std::count(is_zero_.begin(), is_zero_.end(), false) > 0; }
  [[nodiscard]] const Texts& texts() const { return texts_; }
  [[nodiscard]] std::string text() const {
    std::vector<std::string> header = header_;
    for (std::size_t i = 0; i < titles_.size(); ++i)
      if (!is_zero_[i]) header.push_back('>' + titles_[i]);
    TextTable table(texts_, header);
    for (const auto& row : rows_) {
      std::vector<std::string> shown;
      for (std::size_t i = 0; i < row.size(); ++i)
        if (i < header_.size() || !is_zero_[i - header_.size()]) shown.push_back(row[i]);
      table.add(std::move(shown));
    }
    return table.text();
  }

 private:
  const Texts& texts_;
  std::vector<std::string> header_, titles_;  ///< keys
  std::vector<std::vector<std::string>> rows_;
  std::vector<bool> is_zero_;  ///< by title
  std::size_t column_ = 0;
};

using Tallies = std::vector<StationResult>;

template <class T, class Tally>
Estimate value(std::span<const Measure<T>> measures, std::string_view name, const std::vector<Tally>& tallies,
               const DesignEffects& usual) {
  return estimate(find_measure(measures, name), tallies, usual);
}

/// Adds estimates of the tallies to a row; of waits only where somebody may wait.
template <class Tally>
class StationCells {
 public:
  StationCells(EstimateTable& table, const DesignEffects& usual, const std::vector<Tally>& tallies,
               bool waits = true)
      : table_(table), usual_(usual), tallies_(tallies), waits_(waits) {}

  void visits(const char* title, std::string_view name) const {
    const Estimate count = value(visit_measures(), name, tallies_, usual_);
    table_.add(title, count, with_interval(table_.texts(), count));
  }
  void wait_of_served() const { add_wait("wait_of_served", "wait_s"); }
  void wait_of_joined() const { add_wait("wait_of_joined", "wait_joined_s"); }
  void service_level() const {
    const Estimate level = value(queue_measures(), "service_level", tallies_, usual_);
    add("service_level", level, percent(table_.texts(), level));
  }
  void utilization() const {
    const Estimate busy = value(staff_measures(), "utilization", tallies_, usual_);
    add("utilization", busy, percent(table_.texts(), busy));
  }
  void mean_queue() const {
    const Estimate length = value(staff_measures(), "queue_length", tallies_, usual_);
    add("queue_mean", length, with_interval(table_.texts(), length, 2));
  }
  void longest_queues() const {
    const Estimate p95 = value(percentile_measures(), "queue_p95", tallies_, usual_);
    add("queue_p95", p95, with_interval(table_.texts(), p95));
    const Estimate most = value(staff_measures(), "queue_max", tallies_, usual_);
    add("queue_max", most, with_interval(table_.texts(), most));
  }
  void utilization_and_queue() const {
    utilization();
    mean_queue();
    longest_queues();
  }
  void missed_days() const {
    const Estimate missed = value(staff_measures(), "missed_days_share", tallies_, usual_);
    add("bad_days", missed, percent(table_.texts(), missed));
  }

 private:
  void add(const char* title, const Estimate& estimate, const std::string& text) const {
    if (waits_)
      table_.add(title, estimate, text);
    else
      table_.add(title, kNoEstimate, "");
  }
  void add_wait(const char* title, std::string_view name) const {
    const Estimate wait = value(queue_measures(), name, tallies_, usual_);
    add(title, wait, wait_text(table_.texts(), wait));
  }

  EstimateTable& table_;
  const DesignEffects& usual_;
  const std::vector<Tally>& tallies_;
  bool waits_;
};

/// A row of the tables of totals.
struct Total {
  std::string name;
  Tallies tallies;
  std::vector<CitizenTally> citizens;
  const DesignEffects& usual;
  bool waits = true;
};

std::vector<Total> totals_of_channels(const Texts& texts, const Results& results) {
  std::vector<Total> totals;
  const auto stations = stations_by_channel(results);
  const auto citizens = citizens_by_channel(results);
  const auto visits = visits_by_channel(results);
  for (std::size_t i = 0; i < kChannels; ++i) {
    const auto channel = static_cast<Channel>(i);
    const bool online = channel == Channel::online;
    Total total{channel_name(texts, channel),
                {},
                citizens[i],
                online ? results.online_effects : results.station_effects.of(channel),
                !online};
    if (total.waits) total.tallies = stations[i];
    for (std::size_t r = 0; !total.waits && r < visits[i].size(); ++r)
      static_cast<VisitTally&>(total.tallies.emplace_back()) = visits[i][r];
    totals.push_back(std::move(total));
  }
  return totals;
}

/// What people call a station in the language of the texts; else its id.
const std::string& name_of(const BareStation& station, const Texts& texts) {
  const std::string& name = texts.language() == Language::persian ? station.name_fa : station.name_en;
  return name.empty() ? station.id : name;
}

std::vector<Total> totals_of_stations(const Texts& texts, const Results& results) {
  std::vector<Total> totals;
  std::size_t stream = 0;
  for (std::size_t s = 0; s < results.scenario.stations.size(); ++s) {
    const BareStation& station = results.scenario.stations[s];
    Tallies tallies;
    std::vector<CitizenTally> of_replication;
    for (const TrialResult& trial : results.trials) {
      tallies.push_back(trial.stations[s]);
      CitizenTally& citizens = of_replication.emplace_back();
      const auto first = stream * kChannels, end = (stream + station.streams.size()) * kChannels;
      for (std::size_t i = first; i < end && i < trial.citizens.size(); ++i)
        add_to(citizens, trial.citizens[i]);
    }
    stream += station.streams.size();
    const DesignEffects& usual = never_open(tallies) ? no_effects() : results.station_effects.at(s);
    totals.push_back({name_of(station, texts), std::move(tallies), std::move(of_replication), usual});
  }
  return totals;
}

int clerks_of_station(const Scenario& scenario, std::size_t station) {
  const Province& province = *scenario.province;
  const std::size_t offices = province.offices.size();
  return station < offices ? clerks_of(province.offices[station], scenario.run)
                           : clerks_of(province.counters[station - offices].rules, scenario.run);
}

std::string worst_text(const Texts& texts, const Results& results, Channel channel) {
  const std::vector<WorstStation> worst = find_worst_stations(results, channel);
  if (worst.empty()) return "";
  const std::vector<std::string_view> ids = station_ids(results.scenario);
  EstimateTable table(texts, {"<station", ">clerks"});
  for (const auto& [station, tallies] : worst) {
    table.begin_row(
        {std::string(ids[station]), grouped(texts, clerks_of_station(results.scenario, station))});
    const StationCells cells(table, results.station_effects.at(station), tallies);
    cells.visits("visits", "arrived");
    cells.wait_of_joined();
    cells.service_level();
    cells.utilization_and_queue();
  }
  return '\n' + texts.at("terminal.worst." + std::string(to_string(channel))) + '\n' + table.text();
}

}  // namespace

std::vector<WorstStation> find_worst_stations(const Results& results, Channel channel) {
  const std::size_t offices = results.scenario.province->offices.size();
  std::vector<std::pair<double, WorstStation>> order;
  const std::size_t stations = offices + results.scenario.province->counters.size();
  const bool of_offices = channel == Channel::office;
  for (std::size_t i = of_offices ? 0 : offices; i < (of_offices ? offices : stations); ++i) {
    Tallies tallies;
    for (const TrialResult& trial : results.trials) tallies.push_back(trial.stations[i]);
    const Estimate level = value(queue_measures(), "service_level", tallies, results.design_effects);
    if (std::isfinite(level.mean) && std::isfinite(level.half_width))
      order.emplace_back(level.mean, WorstStation{i, std::move(tallies)});
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<WorstStation> worst;
  for (std::size_t i = 0; i < std::min(kStationsShown, order.size()); ++i)
    worst.push_back(std::move(order[i].second));
  return worst;
}

std::string totals_text(const Texts& texts, const Results& results) {
  const bool province = results.scenario.province.has_value();
  const char* what = province ? "<channel" : "<station";
  EstimateTable waits(texts, {what}), queues(texts, {what}), not_served(texts, {what});
  bool somebody_comes = false;
  for (const Total& total :
       province ? totals_of_channels(texts, results) : totals_of_stations(texts, results)) {
    for (const StationResult& tally : total.tallies) somebody_comes |= tally.arrived > 0;
    waits.begin_row({total.name});
    const StationCells cells(waits, total.usual, total.tallies, total.waits);
    cells.visits("visits", "arrived");
    cells.visits("served", "served");
    cells.wait_of_served();
    cells.wait_of_joined();
    cells.service_level();
    not_served.begin_row({total.name});
    const StationCells unserved(not_served, total.usual, total.tallies);
    for (const auto& [title, name] :
         {std::pair("balked", "balked"), std::pair("abandoned", "abandoned"),
          std::pair("sent_away", "sent_away"), std::pair("failed", "failed"), std::pair("inside", "inside")})
      unserved.visits(title, name);
    const Estimate lost = value(citizen_measures(), "citizens_lost", total.citizens, total.usual);
    not_served.add("citizens_lost", lost, with_interval(texts, lost));
    const Estimate pending = value(citizen_measures(), "citizens_pending", total.citizens, total.usual);
    not_served.add("citizens_pending", pending, with_interval(texts, pending));
    if (!total.waits) continue;
    queues.begin_row({total.name});
    StationCells(queues, total.usual, total.tallies).utilization_and_queue();
  }
  const std::string unserved =
      not_served.has_numbers()
          ? '\n' + texts.at("terminal.totals.not_served") + '\n' + not_served.text()
          : (somebody_comes ? texts.at("terminal.totals.all_served") : texts.at("terminal.totals.nobody")) +
                '\n';
  return waits.text() + unserved + '\n' + texts.at("terminal.totals.queues") + '\n' + queues.text();
}

std::string travel_text(const Texts& texts, const Results& results) {
  const auto travel = travel_by_channel(results);
  std::string text;
  for (std::size_t channel = 0; channel < travel.size(); ++channel) {
    const Estimate km = value(travel_measures(), "distance_km", travel[channel], results.design_effects);
    if (!std::isfinite(km.mean)) continue;
    const Estimate minutes = value(travel_measures(), "travel_min", travel[channel], results.design_effects);
    text += text.empty() ? texts.at("terminal.travel.title") : texts.at("terminal.and");
    text += texts.fill("terminal.travel.channel",
                       {{"channel", channel_name(texts, static_cast<Channel>(channel))},
                        {"km", with_interval(texts, km, 2)},
                        {"min", with_interval(texts, minutes, 2)}});
  }
  return text.empty() ? "" : text + "\n";
}

std::string end_state_text(const Texts& texts, const Results& results) {
  const Period period = end_period(results.scenario.run);
  if (period.days == 0) return "";
  EstimateTable table(texts, {"<channel"});
  for (const Channel channel : {Channel::traditional, Channel::office}) {
    const std::vector<StationTally> tallies = tallies_of_period(results, channel, period);
    table.begin_row({channel_name(texts, channel)});
    const StationCells cells(table, results.station_effects.of(channel), tallies);
    cells.visits("visits", "arrived");
    cells.wait_of_joined();
    cells.service_level();
    cells.utilization();
    cells.mean_queue();
    cells.missed_days();
  }
  return '\n' +
         texts.fill(period.is_week ? "terminal.end.week" : "terminal.end.month",
                    {{"date", date_text(texts, period.first)}}) +
         '\n' + table.text();
}

std::string worst_stations_text(const Texts& texts, const Results& results) {
  return worst_text(texts, results, Channel::office) + worst_text(texts, results, Channel::traditional);
}

nlohmann::ordered_json worst_stations_json(const Results& results, Channel channel) {
  auto json = nlohmann::ordered_json::array();
  const std::vector<std::string_view> ids = station_ids(results.scenario);
  for (const auto& [station, tallies] : find_worst_stations(results, channel)) {
    nlohmann::ordered_json entry{{"station", ids[station]}};
    const auto add = [&entry](std::string_view name, const Estimate& estimate) {
      if (auto interval = interval_json(estimate); !interval.is_null())
        entry[std::string(name)] = std::move(interval);
    };
    for (const char* name : {"service_level", "wait_s", "wait_joined_s"})
      add(name, value(queue_measures(), name, tallies, results.station_effects.at(station)));
    for (const char* name : {"utilization", "queue_length", "queue_max"})
      add(name, value(staff_measures(), name, tallies, results.station_effects.at(station)));
    add("queue_p95", value(percentile_measures(), "queue_p95", tallies, results.station_effects.at(station)));
    json.push_back(std::move(entry));
  }
  return json;
}

}  // namespace pishkhan
