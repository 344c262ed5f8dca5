#pragma once
#include <cstddef>
#include <vector>

#include "models/planning/integer_program.hpp"
#include "models/planning/move_search.hpp"

namespace pishkhan {

/// The choice of moves as a program. Columns are first the waves of the items, [item * waves + wave], then
/// clerks.
class MoveProgram {
 public:
  MoveProgram(const MoveRules& rules, const MoveEffects& effects, const ItemRules& items,
              const MoveLimits& limits);

  /// Exactly, row by row of what can bind.
  [[nodiscard]] IntegerProgram exact() const;
  /// `values`: of exact()'s columns.
  [[nodiscard]] Moves moves_of(const std::vector<double>& values) const;
  /// Larger: stations of a county as one in each month, of the capacity of all, in which every clerk adds as
  /// much as where a clerk adds most.
  [[nodiscard]] IntegerProgram relaxed(const std::vector<CountyId>& county_of_station) const;
  /// Entries of the rows of exact().
  [[nodiscard]] std::size_t size() const;

 private:
  struct Cell {
    std::size_t station, month;
    std::vector<double> parts;  ///< of the days, by wave
    double now_s;
    std::vector<double> most_s;   ///< by clerks added; at most what may come
    std::vector<double> added_s;  ///< by column
  };
  void find_cells(const ItemRules& items, const MoveLimits& limits);
  [[nodiscard]] bool dominates(const Cell& a, const Cell& b) const;
  [[nodiscard]] IntegerProgram common() const;

  const MoveRules& rules_;
  const MoveEffects& effects_;
  const ItemRules& items_;
  const MoveLimits& limits_;
  std::size_t waves_, choices_;
  std::vector<Cell> cells_;               ///< that can bind, by station
  std::vector<std::size_t> first_clerk_;  ///< by station: its columns [wave * most clerks + clerk - 1]
  std::vector<std::size_t> most_clerks_;  ///< by station
};

}  // namespace pishkhan
