#pragma once
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "tools/report/columns.hpp"
#include "tools/report/possible.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan {

/// The table `summary`: an estimate in each row. The results must outlive it.
class SummaryTable {
 public:
  SummaryTable(std::string description, const Results& results);

  void add(std::string_view group, std::string_view quantity, std::string_view unit, const Estimate& estimate,
           std::size_t replications);

  template <class T, class Tally>
  void add(std::string_view group, const Measure<T>& measure, const std::vector<Tally>& tallies,
           const DesignEffects& usual) {
    add(group, std::span(&measure, 1), tallies, usual);
  }
  template <class T, class Tally>
  void add(std::string_view group, std::span<const Measure<T>> measures, const std::vector<Tally>& tallies) {
    add(group, measures, tallies, usual_);
  }
  /// With other design effects than those of stations.
  template <class T, class Tally>
  void add(std::string_view group, std::span<const Measure<T>> measures, const std::vector<Tally>& tallies,
           const DesignEffects& usual) {
    const DesignEffects& effects = is_shut(tallies) ? no_effects() : usual;
    for (const Measure<T>& measure : measures)
      add(group, measure.name, measure.unit, estimate(measure, tallies, effects), tallies.size());
  }

  [[nodiscard]] Table take() { return table_.take(); }

 private:
  /// Whether the tallies are of stations that never open.
  template <class Tally>
  static bool is_shut(const std::vector<Tally>& tallies) {
    if constexpr (std::is_base_of_v<StationTally, Tally>)
      return never_open(tallies);
    else
      return false;
  }

  struct Entry {
    std::string_view group, quantity, unit;
    Estimate estimate;
    std::size_t replications;  ///< of the run
  };
  static ColumnList<Entry> columns();

  TableOf<Entry> table_;
  const DesignEffects& usual_;
};

}  // namespace pishkhan
