#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/demand/station_index.hpp"
#include "models/plan/plan.hpp"

namespace pishkhan {

/// What citizens are expected to travel to offices over the counted days, with any choice of candidates open.
/// By the model's own rules, without chance: each chooses among the offices within reach in proportion to
/// their attraction (Huff 1964), else goes to the nearest, else to the counter. Offices are as on the run's
/// last day.
class ExpectedTravel {
 public:
  /// `plan` has the candidates among its offices: these stations.
  ExpectedTravel(const Plan& plan, std::span<const StationIndex> candidates);

  /// Person-hours there and back with the candidates that are marked, by candidate.
  [[nodiscard]] double hours(const std::vector<std::uint8_t>& open) const;
  /// What each candidate adds to hours(open) if it opens too; 0 for those that are open.
  [[nodiscard]] std::vector<double> added_hours(const std::vector<std::uint8_t>& open) const;
  [[nodiscard]] std::size_t candidates() const { return candidates_; }

 private:
  /// A candidate as the residents of a place see it for services of one class.
  struct Choice {
    std::uint32_t candidate = 0;
    double weight = 0;  ///< 0: beyond reach
    double way_s = 0, km = 0;
  };
  /// The residents of a place who want services that the same offices give.
  struct Cell {
    double visits = 0;
    double weight = 0, weighted_s = 0;  ///< of offices within reach that are there anyway
    double else_s = 0, else_km = 0;     ///< of where they go without those; km is infinite for the counter
    std::vector<Choice> choices;
  };
  struct Source;
  static Cell cell_of(const Source& source, std::size_t place, std::size_t service,
                      std::span<const double> km);
  /// `visits` of a yearly visit: [zone * services + service].
  void add_place(const Source& source, std::size_t place, std::span<const double> visits);
  /// Mean way of the cell in seconds, with the candidates that are open and one more.
  [[nodiscard]] static double way_s(const Cell& cell, const std::vector<std::uint8_t>& open,
                                    std::size_t one_more);

  std::vector<Cell> cells_;  ///< those that a candidate can change
  double other_h_ = 0;       ///< of all other citizens
  std::size_t candidates_ = 0;
};

}  // namespace pishkhan
