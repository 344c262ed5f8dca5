#pragma once
#include <compare>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "sim/statistics/paired.hpp"
#include "tools/report/measures.hpp"
#include "tools/report/money.hpp"
#include "tools/report/sums.hpp"

// Runs with the same seed and days, which are compared replication by replication.
namespace pishkhan {

/// What a number of a comparison is about.
struct CellKey {
  std::string level;    ///< `all`, `county`, `agency`, `service`, `office`, `counter`, `station` or `stream`
  std::string id;       ///< of the county, agency ...; `all` of the level `all`
  std::string channel;  ///< a channel, or `all`
  std::string period;   ///< `whole`, or a date

  friend auto operator<=>(const CellKey&, const CellKey&) = default;
};

/// Cells of a run, each with its sums.
template <class Tally>
struct Cells {
  std::vector<CellKey> keys;
  Sums<Tally> sums;  ///< [cell][replication]
};

/// All cells of a run whose sums are alike.
struct ComparedCells {
  /// Visits by channel: of all, of agencies and services, of every counted day. Of bare stations: of streams.
  Cells<VisitTally> visits;
  Cells<StationTally> stations;  ///< of all and of counties, by channel and together; of every station
  Cells<CitizenTally> citizens;  ///< by first channel: of all, of services; or of streams
  Cells<TravelTally> travel;     ///< of a province: of all, by channel
  Cells<MoneyTally> money;       ///< of a province with economics: of all, by channel; of every office
};

/// A run that is compared. It refers to its scenario and replications.
struct ComparedRun {
  std::string name;  ///< no other run of the comparison has it
  const Scenario& scenario;
  const std::vector<TrialResult>& trials;
  ComparedCells cells;
};
ComparedRun make_compared_run(std::string name, const Scenario& scenario,
                              const std::vector<TrialResult>& trials);

/// Numerators and denominators of a measure by replication. The denominators of a mean are 1, and 0 where
/// nothing was observed.
struct Series {
  std::vector<double> numerators, denominators;
  DifferenceRules rules;  ///< of its differences

  [[nodiscard]] RatioSums sums() const { return {numerators, denominators}; }
  friend bool operator==(const Series& a, const Series& b) {
    return a.numerators == b.numerators && a.denominators == b.denominators;
  }
};
/// The difference b - a.
inline PairedDifference estimate_paired(const Series& a, const Series& b) {
  return estimate_paired(a.sums(), b.sums(), b.rules);
}

/// Two shares differ by 1 at most. What clerks are planned for differs as planned.
template <class T>
DifferenceRules difference_rules(const Measure<T>& measure) {
  DifferenceRules rules;
  if (measure.kind == ColumnKind::share) rules.range = {-1, 1};
  rules.is_planned = measure.method == Method::nearly_whole;
  return rules;
}

/// Percentiles have no series, as they are not formed of sums.
template <class T>
bool has_series(const Measure<T>& measure) {
  return measure.numerator != nullptr;
}

template <class T, class Tally>
Series series_of(const Measure<T>& measure, const std::vector<Tally>& tallies) {
  Series series;
  series.rules = difference_rules(measure);
  for (const Tally& tally : tallies) {
    const double numerator = numerator_of(measure, tally);
    const bool observed = numerator == numerator;
    series.numerators.push_back(observed ? numerator : 0);
    series.denominators.push_back(!observed ? 0 : measure.denominator ? measure.denominator(tally) : 1);
  }
  return series;
}

/// What comparisons call a stream: its station's id and its own.
std::string stream_id(const BareStation& station, const ArrivalStream& stream);

}  // namespace pishkhan
