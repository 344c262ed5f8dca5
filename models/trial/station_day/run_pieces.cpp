#include "models/trial/station_day/run_pieces.hpp"

#include <cmath>

#include "models/plan/run_hours.hpp"

namespace pishkhan {

RunPieces::RunPieces(const Scenario& scenario, const Plan::Data& data, StationIndex station)
    : station_(scenario.stations[station.index()]),
      first_day_(scenario.run.start),
      length_s_(scenario.run.length_s),
      begin_s_{0} {
  const StationPlan& plan = data.stations[station.index()];
  doors_ = plan.weeks[0].days[0]->doors;
  curves_ = std::span(data.stream_curves).subspan(plan.first_stream, plan.streams);
  const double all = expected_before(length_s_);
  const double pieces = std::ceil(all / kPieceVisits);
  for (double k = 1; k < pieces; ++k) {
    double low = begin_s_.back(), high = length_s_;
    for (int step = 0; step < 60; ++step) {
      const double middle = low + (high - low) / 2;
      (expected_before(middle) < all * k / pieces ? low : high) = middle;
    }
    if (begin_s_.back() < high && high < length_s_) begin_s_.push_back(high);
  }
}

double RunPieces::expected_before(double t) const {
  double sum = 0;
  for (const auto& curves : curves_) sum += curves[0].total() * curves[0].share(0, t);
  return sum;
}

RunPiece RunPieces::piece(std::size_t number) const {
  RunPiece piece;
  piece.number = static_cast<DayNumber>(number);
  piece.from_s = begin_s_[number];
  const bool last = number + 1 == count();
  if (!last) piece.until_s = begin_s_[number + 1];
  if (count() == 1) {
    for (const auto& curves : curves_) piece.curves.push_back(curves[0]);
    return piece;
  }
  const Intervals doors = cut(doors_, piece.from_s, last ? length_s_ : piece.until_s);
  for (const ArrivalStream& stream : station_.streams)
    piece.curves.push_back(curve_of_run(station_, stream, first_day_, doors));
  return piece;
}

}  // namespace pishkhan
