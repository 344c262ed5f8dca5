#include "tools/pishkhan/station_summary.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "tools/pishkhan/text.hpp"
#include "tools/report/sums.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kStationsShown = 10;
constexpr double kMinutesPerSecond = 1 / kSecondsPerMinute;

/// A table of estimates, of which columns without any number but 0 are left out.
class EstimateTable {
 public:
  explicit EstimateTable(std::vector<std::string> names) : header_(std::move(names)) {}

  void begin_row(std::vector<std::string> names) {
    rows_.push_back(std::move(names));
    column_ = 0;
  }
  /// The next cell of the row; the title is the same in every row.
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
  [[nodiscard]] std::string text() const {
    std::vector<std::string> header = header_;
    for (std::size_t i = 0; i < titles_.size(); ++i)
      if (!is_zero_[i]) header.push_back('>' + titles_[i]);
    TextTable table(std::move(header));
    for (const auto& row : rows_) {
      std::vector<std::string> shown;
      for (std::size_t i = 0; i < row.size(); ++i)
        if (i < header_.size() || !is_zero_[i - header_.size()]) shown.push_back(row[i]);
      table.add(std::move(shown));
    }
    return table.text();
  }

 private:
  std::vector<std::string> header_, titles_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<bool> is_zero_;  ///< by title
  std::size_t column_ = 0;
};

using Tallies = std::vector<StationResult>;

template <class T, class Tally>
Estimate value(std::span<const Measure<T>> measures, std::string_view name,
               const std::vector<Tally>& tallies) {
  return estimate(find_measure(measures, name), tallies);
}

void add_visits(EstimateTable& table, const Tallies& tallies, bool served) {
  const Estimate arrived = value(visit_measures(), "arrived", tallies);
  table.add("visits", arrived, with_interval(arrived));
  if (!served) return;
  const Estimate count = value(visit_measures(), "served", tallies);
  table.add("served", count, with_interval(count));
}

/// Waits and queues of a station or several; nothing online, where nobody waits.
void add_waits(EstimateTable& table, const Tallies& tallies, bool waits) {
  const auto add = [&](const char* title, const Estimate& estimate, const std::string& text) {
    if (waits)
      table.add(title, estimate, text);
    else
      table.add(title, kNoEstimate, "");
  };
  const auto minutes = [](const Estimate& estimate) { return with_interval(estimate, 1, kMinutesPerSecond); };
  const Estimate wait = value(queue_measures(), "wait_s", tallies);
  add("wait of the served, min", wait, minutes(wait));
  const Estimate joined = value(queue_measures(), "wait_joined_s", tallies);
  add("of all who joined, min", joined, minutes(joined));
  const Estimate level = value(queue_measures(), "service_level", tallies);
  add("service level", level, percent(level));
  const Estimate busy = value(staff_measures(), "utilization", tallies);
  add("utilization", busy, percent(busy));
  const Estimate length = value(staff_measures(), "queue_length", tallies);
  add("queue, mean", length, with_interval(length, 2));
  const Estimate p95 = value(percentile_measures(), "queue_p95", tallies);
  add("95th percentile", p95, with_interval(p95));
  const Estimate most = value(staff_measures(), "queue_max", tallies);
  add("most", most, with_interval(most));
}

/// A row of the tables of totals.
struct Total {
  std::string name;
  Tallies tallies;
  std::vector<CitizenTally> citizens;
  bool waits = true;
};

std::vector<Total> totals_of_channels(const Results& results) {
  std::vector<Total> totals;
  const auto stations = stations_by_channel(results);
  const auto citizens = citizens_by_channel(results);
  const auto visits = visits_by_channel(results);
  for (std::size_t i = 0; i < kChannels; ++i) {
    const auto channel = static_cast<Channel>(i);
    Total total{std::string(to_string(channel)), {}, citizens[i], channel != Channel::online};
    if (total.waits)
      total.tallies = stations[i];
    else
      for (const VisitTally& tally : visits[i])
        static_cast<VisitTally&>(total.tallies.emplace_back()) = tally;
    totals.push_back(std::move(total));
  }
  return totals;
}

std::vector<Total> totals_of_stations(const Results& results) {
  std::vector<Total> totals;
  std::size_t stream = 0;
  for (std::size_t s = 0; s < results.scenario.stations.size(); ++s) {
    const BareStation& station = results.scenario.stations[s];
    Total& total = totals.emplace_back();
    total.name = station.id;
    for (const TrialResult& trial : results.trials) {
      total.tallies.push_back(trial.stations[s]);
      CitizenTally& citizens = total.citizens.emplace_back();
      const auto first = stream * kChannels, end = (stream + station.streams.size()) * kChannels;
      for (std::size_t i = first; i < end && i < trial.citizens.size(); ++i)
        add_to(citizens, trial.citizens[i]);
    }
    stream += station.streams.size();
  }
  return totals;
}

std::string worst_text(const Results& results, std::size_t first, std::size_t end, const char* title) {
  const Province& province = *results.scenario.province;
  const std::vector<std::string_view> ids = station_ids(results.scenario);
  const auto tallies = collect<StationResult>(results, end - first, [&](const auto& trial, auto at) {
    for (std::size_t i = first; i < end && i < trial.stations.size(); ++i) at(i - first) = trial.stations[i];
  });
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    const Estimate level = value(queue_measures(), "service_level", tallies[i]);
    if (std::isfinite(level.mean) && std::isfinite(level.half_width)) order.emplace_back(level.mean, i);
  }
  std::sort(order.begin(), order.end());
  if (order.size() > kStationsShown) order.resize(kStationsShown);
  if (order.empty()) return "";
  EstimateTable table({"<station", "<county", ">clerks"});
  for (const auto& [level, i] : order) {
    const std::size_t station = first + i, offices = province.offices.size();
    const bool office = station < offices;
    const CountyId county =
        office ? province.offices[station].county : province.counters[station - offices].county;
    const StationRules& rules =
        office ? province.offices[station].rules : province.counters[station - offices].rules;
    table.begin_row({std::string(ids[station]), province.counties[county.index()].id,
                     std::to_string(clerks_of(rules, results.scenario.run))});
    add_visits(table, tallies[i], false);
    add_waits(table, tallies[i], true);
  }
  return std::string("\n") + title + " in most trouble (lowest service level):\n" + table.text();
}

}  // namespace

std::string totals_text(const Results& results) {
  const bool province = results.scenario.province.has_value();
  const char* what = province ? "<channel" : "<station";
  EstimateTable waits({what}), not_served({what});
  for (const Total& total : province ? totals_of_channels(results) : totals_of_stations(results)) {
    waits.begin_row({total.name});
    add_visits(waits, total.tallies, true);
    add_waits(waits, total.tallies, total.waits);
    not_served.begin_row({total.name});
    for (const auto& [name, heading] : {std::pair("balked", "balked"), std::pair("abandoned", "abandoned"),
                                        std::pair("sent_away", "sent away"), std::pair("failed", "failed"),
                                        std::pair("inside", "inside")}) {
      const Estimate count = value(visit_measures(), name, total.tallies);
      not_served.add(heading, count, with_interval(count));
    }
    const Estimate lost = value(citizen_measures(), "citizens_lost", total.citizens);
    not_served.add("citizens lost", lost, with_interval(lost));
  }
  std::string text = waits.text();
  if (not_served.has_numbers())
    text += "\nVisits not served, and citizens who gave up for good:\n" + not_served.text();
  else
    text += "  every visit was served\n";
  return text;
}

std::string worst_stations_text(const Results& results) {
  const std::size_t offices = results.scenario.province->offices.size();
  return worst_text(results, 0, offices, "Offices") +
         worst_text(results, offices, offices + results.scenario.province->counters.size(), "Counters");
}

}  // namespace pishkhan
