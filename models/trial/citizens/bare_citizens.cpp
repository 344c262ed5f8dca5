#include "models/trial/citizens/bare_citizens.hpp"

#include "models/trial/purpose.hpp"
#include "sim/base/room.hpp"

namespace pishkhan {

void BareCitizens::create(const Day& day, StationIndex station, Totals& totals,
                          std::vector<Attempt>& attempts) {
  const StationPlan& plan = data_.stations[station.index()];
  attempts.clear();
  const double busyness = this->busyness(day, station);
  for (std::uint32_t k = 0; k < plan.streams; ++k) {
    const double expected = data_.stream_curves[plan.first_stream + k][day.weekday].total();
    append(day, station, k, expected * busyness, totals, attempts);
  }
}

void BareCitizens::create(const RunPiece& piece, StationIndex station, Totals& totals,
                          std::vector<Attempt>& attempts) {
  attempts.clear();
  const Day day{.date = piece.number};
  for (std::uint32_t k = 0; k < piece.curves.size(); ++k)
    append(day, station, k, piece.curves[k].total(), totals, attempts);
}

std::uint32_t BareCitizens::count(const Day& day, StationIndex station, std::uint32_t stream,
                                  Totals& totals) {
  const StationPlan& plan = data_.stations[station.index()];
  const double expected = data_.stream_curves[plan.first_stream + stream][day.weekday].total();
  return count(day, station, stream, expected * busyness(day, station), totals);
}

double BareCitizens::busyness(const Day& day, StationIndex station) const {
  const StationPlan& plan = data_.stations[station.index()];
  if (plan.busyness_cv <= 0) return 1;
  const Block block = draw(key_, 0, plan.key, day.date, tag(0, Purpose::busyness));
  return busyness_quantile(plan.busyness_cv, uniform(block[0], block[1]));
}

std::uint32_t BareCitizens::count(const Day& day, StationIndex station, std::uint32_t stream, double expected,
                                  Totals& totals) {
  const std::uint32_t key = station.value << 16 | stream;
  const Block block = draw(key_, 0, data_.citizen_key(key), day.date, tag(0, Purpose::count));
  const auto count = static_cast<std::uint32_t>(poisson_(expected, uniform(block[0], block[1])));
  stop_.after(count);
  if (!day.counted) return count;
  const std::size_t number = data_.stations[station.index()].first_stream + stream;
  totals.result.citizens[number * kChannels + static_cast<std::size_t>(Channel::office)].created += count;
  return count;
}

void BareCitizens::append(const Day& day, StationIndex station, std::uint32_t stream, double expected,
                          Totals& totals, std::vector<Attempt>& attempts) {
  const std::uint32_t count = this->count(day, station, stream, expected, totals);
  const std::size_t begin = attempts.size();
  resize_with_room(attempts, begin + count);
  for (std::uint32_t index = 0; index < count; ++index)
    attempts[begin + index] = first_attempt(day, station, stream, index);
}

}  // namespace pishkhan
