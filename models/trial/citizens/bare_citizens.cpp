#include "models/trial/citizens/bare_citizens.hpp"

#include "models/trial/purpose.hpp"

namespace pishkhan {

void BareCitizens::create(const Day& day, StationIndex station, Totals& totals,
                          std::vector<Attempt>& attempts) {
  const StationPlan& plan = data_.stations[station.index()];
  attempts.clear();
  for (std::uint32_t k = 0; k < plan.streams; ++k) {
    const double expected = data_.stream_curves[plan.first_stream + k][day.weekday].total();
    append(day, station, k, expected, totals, attempts);
  }
}

void BareCitizens::create(const RunPiece& piece, StationIndex station, Totals& totals,
                          std::vector<Attempt>& attempts) {
  attempts.clear();
  const Day day{.date = piece.number};
  for (std::uint32_t k = 0; k < piece.curves.size(); ++k)
    append(day, station, k, piece.curves[k].total(), totals, attempts);
}

void BareCitizens::append(const Day& day, StationIndex station, std::uint32_t stream, double expected,
                          Totals& totals, std::vector<Attempt>& attempts) {
  const std::uint32_t key = station.value << 16 | stream;
  const Block block = draw(key_, 0, data_.citizen_key(key), day.date, tag(0, Purpose::count));
  const auto count = static_cast<std::uint32_t>(poisson_(expected, uniform(block[0], block[1])));
  stop_.after(count);
  const std::size_t begin = attempts.size();
  attempts.resize(begin + count);
  for (std::uint32_t index = 0; index < count; ++index)
    attempts[begin + index] = {key, index, day.date, station, 0, 0, 0, false, Channel::office, 0};
  if (!day.counted) return;
  const std::size_t number = data_.stations[station.index()].first_stream + stream;
  totals.result.citizens[number * kChannels + static_cast<std::size_t>(Channel::office)].created += count;
}

}  // namespace pishkhan
