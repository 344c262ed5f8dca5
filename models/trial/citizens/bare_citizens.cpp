#include "models/trial/citizens/bare_citizens.hpp"

#include "models/trial/purpose.hpp"

namespace pishkhan {

void BareCitizens::create(const Day& day, StationIndex station, Totals& totals,
                          std::vector<Attempt>& attempts) {
  const StationPlan& plan = data_.stations[station.index()];
  std::size_t begin = 0;
  for (std::uint32_t k = 0; k < plan.streams; ++k) {
    const std::uint32_t stream_key = station.value << 16 | k, stream = plan.first_stream + k;
    const Block block =
        draw(key_, 0, stream_key, static_cast<std::uint32_t>(day.date), tag(0, Purpose::count));
    const auto count = static_cast<std::uint32_t>(
        poisson_(data_.stream_curves[stream][day.weekday].total(), uniform(block[0], block[1])));
    stop_.after(count);
    attempts.resize(begin + count);
    for (std::uint32_t index = 0; index < count; ++index)
      attempts[begin + index] = {stream_key, index, day.date, station, 0, 0, 0, false, Channel::office, 0};
    begin += count;
    if (day.counted)
      totals.result.citizens[stream * kChannels + static_cast<std::size_t>(Channel::office)].created += count;
  }
  attempts.resize(begin);
}

}  // namespace pishkhan
