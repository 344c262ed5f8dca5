#include "tools/report/queue_tables.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "models/trial/totals/queue_book.hpp"
#include "tools/report/shared_columns.hpp"
#include "tools/report/sums.hpp"

// Who waits when: not means alone.
namespace pishkhan {
namespace {

using Q = QueueCell;
using R = StationResult;

double joined(const Q& cell) { return count(cell.counts.arrived - cell.counts.balked); }
double arrived(const Q& cell) { return count(cell.counts.arrived); }

double ticks_over(const Q& cell, std::size_t number) {
  const auto& ticks = cell.open_ticks;
  double sum = 0;
  for (std::size_t level = number; level < ticks.size(); ++level) sum += count(ticks[level]);
  return sum;
}
double seconds_over(const R& station, std::size_t number) {
  const std::span<const double> seconds = station.levels.seconds();
  double sum = 0;
  for (std::size_t level = number; level < seconds.size(); ++level) sum += seconds[level];
  return sum;
}

/// Open time with more than `Number` waiting, and all of it where the number is below 0.
template <int Number>
double over(const Q& cell) {
  return ticks_over(cell, static_cast<std::size_t>(Number + 1));
}
template <int Number>
double over(const R& station) {
  return seconds_over(station, static_cast<std::size_t>(Number + 1));
}

template <class T, int Number>
Measure<T> share_over(std::string_view name, std::string_view description) {
  return skewed<T>(ColumnKind::share, name, "share", description, over<Number>, over<-1>);
}

template <class T>
const std::array<Measure<T>, 6> kShares{
    share_over<T, 0>("over_0_share", "Share of the open time in which somebody waited."),
    share_over<T, 2>("over_2_share", "Share of the open time in which more than 2 waited."),
    share_over<T, 5>("over_5_share", "Share of the open time in which more than 5 waited."),
    share_over<T, 10>("over_10_share", "Share of the open time in which more than 10 waited."),
    share_over<T, 20>("over_20_share", "Share of the open time in which more than 20 waited."),
    share_over<T, 50>("over_50_share", "Share of the open time in which more than 50 waited."),
};

const Measure<Q> kCounts[] = {
    events<Q>("arrived", "visits", "Visits that came to the door.", arrived, TableForm::brief),
    events<Q>("balked", "visits", "Those of them who did not join.",
              [](const Q& cell) { return count(cell.counts.balked); }),
    proportion<Q>(
        "balked_share", "balked / arrived.", [](const Q& cell) { return count(cell.counts.balked); },
        arrived),
    events<Q>("abandoned", "visits", "Those of them who joined and left unserved when patience ran out.",
              [](const Q& cell) { return count(cell.counts.abandoned); }),
    proportion<Q>(
        "abandoned_share", "abandoned / joined, where joined = arrived - balked.",
        [](const Q& cell) { return count(cell.counts.abandoned); }, joined, TableForm::brief),
    events<Q>("sent_away", "visits", "Those of them who were sent away unserved at closing.",
              [](const Q& cell) { return count(cell.counts.sent_away); }),
    proportion<Q>(
        "sent_away_share", "sent_away / joined.", [](const Q& cell) { return count(cell.counts.sent_away); },
        joined),
    events<Q>("failed", "visits",
              "Those of them who were sent home from the desk without an answer of the system.",
              [](const Q& cell) { return count(cell.counts.failed); }),
};

WaitHistogram waits(const Q& cell) { return cell.waits.unpack(); }
/// In seconds.
LevelHistogram levels(const Q& cell) {
  constexpr double kSecondsPerTick = 0x1p-16;
  std::vector<double> seconds;
  for (const std::uint64_t ticks : cell.open_ticks) seconds.push_back(count(ticks) * kSecondsPerTick);
  return LevelHistogram(std::move(seconds));
}

Measure<Q> queue_percentile(std::string_view name, std::string_view description, double p) {
  return {name,   "visits", ColumnKind::quantile, description, nullptr, nullptr, TableForm::full, nullptr,
          levels, p,        Bounds::low_and_high};
}

const Measure<Q> kPercentiles[] = {
    percentile<Q>("wait_p50_s", "s", "Median wait of the served, of all replications together.", waits, 0.5),
    percentile<Q>("wait_p90_s", "s", "90th percentile of it.", waits, 0.9, TableForm::brief),
    percentile<Q>("wait_p95_s", "s", "95th percentile of it.", waits, 0.95),
    queue_percentile("queue_p50", "Median of the number waiting over the open time of all replications.",
                     0.5),
    queue_percentile("queue_p95", "95th percentile of it.", 0.95),
};

bool has_content(const std::vector<Q>& cells) {
  return std::any_of(cells.begin(), cells.end(),
                     [](const Q& cell) { return cell.counts.arrived > 0 || over<-1>(cell) > 0; });
}

template <class Row>
void add_measures_of_cells(ColumnList<Row>& list, const Results& results) {
  const auto cells = [](const Row& row) { return &row.cells; };
  list.add_measures(std::span<const Measure<Q>>(kCounts), cells, results.design_effects);
  list.add_measures(std::span<const Measure<Q>>(kPercentiles), cells, results.design_effects);
  list.add_measures(std::span<const Measure<Q>>(kShares<Q>), cells, results.design_effects);
}

/// One cell, of each replication.
std::vector<Q> cells_at(const Results& results, std::size_t cell) {
  std::vector<Q> cells;
  for (const TrialResult& trial : results.trials)
    if (cell < trial.queues.size()) cells.push_back(trial.queues[cell]);
  return cells;
}

Table make_hour_queues_table(const Results& results) {
  const Scenario& scenario = results.scenario;
  struct HourRow {
    std::size_t group, hour;
    std::vector<Q> cells;
  };
  ColumnList<HourRow> list;
  if (scenario.province) {
    list.add_identity("channel", "office or traditional.", [](const HourRow& row) {
      return to_string(row.group < kKinds ? Channel::office : Channel::traditional);
    });
    list.add_identity("kind", "urban or rural offices; empty for counters.", [](const HourRow& row) {
      return row.group < kKinds ? std::optional(to_string(static_cast<Kind>(row.group))) : std::nullopt;
    });
  } else {
    list.add_identity("station", "Id of the station.",
                      [&scenario](const HourRow& row) { return scenario.stations[row.group].id; });
  }
  add_hour(list);
  add_measures_of_cells(list, results);
  TableOf<HourRow> table(
      "hour_queues",
      "With `output.queues`: who came in each hour of the day, by " +
          std::string(scenario.province ? "kind of station" : "station") +
          ", what became of them, their waits, and how many waited at a station while doors were open in the "
          "hour, over the counted days; hours in which nothing is open and nobody comes are left out.",
      std::move(list), scenario.evidence);
  for (std::size_t cell = 0; cell < queue_groups(scenario) * kHoursOfWork; ++cell) {
    HourRow row{cell / kHoursOfWork, cell % kHoursOfWork, cells_at(results, cell)};
    if (has_content(row.cells)) table.add(row);
  }
  return table.take();
}

Table make_stream_queues_table(const Results& results) {
  const Scenario& scenario = results.scenario;
  struct StreamRow {
    const BareStation& station;
    const ArrivalStream& stream;
    std::vector<Q> cells;
  };
  ColumnList<StreamRow> list;
  list.add_identity("station", "Id of the station.", [](const StreamRow& row) { return row.station.id; });
  list.add_identity("stream", "Id of the stream.", [](const StreamRow& row) { return row.stream.id; });
  add_measures_of_cells(list, results);
  TableOf<StreamRow> table(
      "stream_queues",
      "With `output.queues`: each arrival stream, what became of it, its waits, and how many "
      "of it waited while doors were open, over the counted days.",
      std::move(list), scenario.evidence);
  std::size_t cell = scenario.stations.size() * kHoursOfWork;
  for (const BareStation& station : scenario.stations) {
    for (const ArrivalStream& stream : station.streams)
      table.add({station, stream, cells_at(results, cell++)});
  }
  return table.take();
}

Table make_station_queues_table(const Results& results) {
  const Scenario& scenario = results.scenario;
  const std::vector<std::string_view> ids = station_ids(scenario);
  struct StationRow {
    std::size_t station;
    std::vector<R> tallies;
  };
  ColumnList<StationRow> list;
  list.add_identity("station", "Id of the office, counter or station.",
                    [&ids](const StationRow& row) { return ids[row.station]; });
  if (scenario.province) {
    list.add_attribute("channel", "office or traditional.", [&scenario](const StationRow& row) {
      return to_string(channel_of(*scenario.province, row.station));
    });
  }
  list.add_measures(
      std::span<const Measure<R>>(kShares<R>), [](const StationRow& row) { return &row.tallies; },
      results.design_effects);
  TableOf<StationRow> table("station_queues",
                            "With `output.queues`: for how much of its open time more than so many waited at "
                            "each station, over the counted days.",
                            std::move(list), scenario.evidence);
  for (std::size_t station = 0; station < ids.size(); ++station) {
    StationRow row{station, {}};
    for (const TrialResult& trial : results.trials) row.tallies.push_back(trial.stations[station]);
    table.add(row);
  }
  return table.take();
}

}  // namespace

std::span<const MakeTable> makers_of_queue_tables(const Scenario& scenario) {
  static constexpr MakeTable kOfProvince[] = {make_hour_queues_table, make_station_queues_table};
  static constexpr MakeTable kOfStations[] = {make_hour_queues_table, make_stream_queues_table,
                                              make_station_queues_table};
  if (scenario.province) return kOfProvince;
  return kOfStations;
}

}  // namespace pishkhan
