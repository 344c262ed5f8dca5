#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/report/columns.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan {

/// The table `summary`: an estimate in each row. The results must outlive it.
class SummaryTable {
 public:
  SummaryTable(std::string description, const Results& results);

  void add(std::string_view group, std::string_view quantity, std::string_view unit, const Estimate& estimate,
           std::size_t replications);

  template <class T, class Tally>
  void add(std::string_view group, const Measure<T>& measure, const std::vector<Tally>& tallies) {
    add(group, measure.name, measure.unit, estimate(measure, tallies, usual_), tallies.size());
  }
  template <class T, class Tally>
  void add(std::string_view group, std::span<const Measure<T>> measures, const std::vector<Tally>& tallies) {
    for (const auto& measure : measures) add(group, measure, tallies);
  }

  [[nodiscard]] Table take() { return table_.take(); }

 private:
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
