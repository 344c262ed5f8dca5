#pragma once
#include <cstdint>
#include <vector>

#include "models/plan/plan_data.hpp"

namespace pishkhan {

/// Most visits of a station that are expected in a piece. A shorter run is one piece.
inline constexpr double kPieceVisits = 500'000;

/// A piece of an unbroken run of a station. Pieces are simulated one after the other, so that memory does
/// not grow with the length of the run, and each has arrivals of its own: the resolution of their times is
/// a 2^-32nd of the piece.
struct RunPiece {
  DayNumber number = 0;  ///< stands for the day in the keys of the citizens' draws
  double from_s = 0, until_s = kForever;
  std::vector<ArrivalCurve> curves;  ///< of the arrivals, by stream of the station

  [[nodiscard]] bool is_first() const { return number == 0; }
};

/// Pieces of equal expected numbers of visits that a station's unbroken run is cut into.
class RunPieces {
 public:
  /// Both must outlive it.
  RunPieces(const Scenario& scenario, const Plan::Data& data, StationIndex station);

  [[nodiscard]] std::size_t count() const { return begin_s_.size(); }
  [[nodiscard]] RunPiece piece(std::size_t number) const;

 private:
  [[nodiscard]] double expected_before(double t) const;

  const BareStation& station_;
  std::span<const std::array<ArrivalCurve, 7>> curves_;  ///< of the whole run, by stream
  DayNumber first_day_;
  double length_s_;
  std::span<const Interval> doors_;
  std::vector<double> begin_s_;
};

}  // namespace pishkhan
