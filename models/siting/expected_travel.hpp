#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/demand/station_index.hpp"
#include "models/plan/plan.hpp"
#include "models/province/province.hpp"

namespace pishkhan {

/// What all expected travel of a plan is reckoned from. Offices and yearly demand are as on the run's last
/// day; what doors bring is left out.
class TravelSource {
 public:
  /// The plan, of a province, must outlive it.
  explicit TravelSource(const Plan& plan);

  [[nodiscard]] const Plan& plan() const { return plan_; }
  /// Visits to offices over the counted days by one yearly visit of a zone's demand.
  [[nodiscard]] double visits(ZoneId zone, std::size_t service) const;
  /// From a place to each office, as OfficeChooser measures it.
  [[nodiscard]] std::span<const double> km_from(std::size_t place) const;

 private:
  void count_visits();

  const Plan& plan_;
  std::vector<double> visits_;  ///< [zone * services + service]
  std::vector<double> km_;      ///< [place * offices + office]
};

/// Ways there and back over the counted days.
struct Travelled {
  double hours = 0;  ///< person-hours
  double km = 0;     ///< as the crow flies
};

/// What citizens are expected to travel to offices over the counted days, with any choice of candidates open.
/// By the model's own rules, without chance: each chooses among the offices within reach in proportion to
/// their attraction (Huff 1964), else goes to the nearest, else to the counter. Offices are as on the run's
/// last day.
class ExpectedTravel {
 public:
  /// `plan` has the candidates among its offices: these stations.
  ExpectedTravel(const Plan& plan, std::span<const StationIndex> candidates);
  /// Of citizens who want one of these services; others do not travel.
  ExpectedTravel(const TravelSource& source, std::span<const StationIndex> candidates,
                 std::span<const ServiceId> services);

  /// There and back with the candidates that are marked, by candidate.
  [[nodiscard]] Travelled travelled(const std::vector<std::uint8_t>& open) const;
  [[nodiscard]] double hours(const std::vector<std::uint8_t>& open) const { return travelled(open).hours; }
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
  /// Where the residents of a cell go.
  struct Goals {
    double weight = 0, weighted_s = 0;  ///< of offices within reach
    double else_s = 0, else_km = 0;     ///< of where they go without those; km is infinite for the counter

    void add(const Choice& choice);
    [[nodiscard]] double mean_way_s() const { return weight > 0 ? weighted_s / weight : else_s; }
  };
  /// The residents of a place who want services that the same offices give.
  struct Cell {
    double visits = 0;
    double km_an_hour = 0;  ///< as the crow flies
    Goals goals;            ///< that are there anyway
    std::vector<Choice> choices;
  };
  class Maker;
  /// With the candidates that are open.
  [[nodiscard]] static Goals goals(const Cell& cell, const std::vector<std::uint8_t>& open);

  std::vector<Cell> cells_;  ///< those that a candidate can change
  Travelled others_;         ///< of all other citizens
  std::size_t candidates_ = 0;
};

}  // namespace pishkhan
