#include "models/trial/citizens/bare_citizens.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/trial/purpose.hpp"
#include "sim/base/room.hpp"
#include "sim/base/ticks.hpp"

namespace pishkhan {
namespace {

constexpr double kDrawn = std::numeric_limits<double>::quiet_NaN();

std::uint32_t key_of(StationIndex station, std::uint32_t stream) { return station.value << 16 | stream; }

}  // namespace

void BareCitizens::create(const Day& day, StationIndex station, Totals& totals,
                          std::vector<Attempt>& attempts) {
  const StationPlan& plan = data_.stations[station.index()];
  attempts.clear();
  arrival_s_.clear();
  handling_s_.clear();
  const double busyness = this->busyness(day, station);
  const std::span<const Interval> doors = plan.hours(day.date, day.weekday).doors;
  if (!plan.plain_arrivals && !doors.empty())
    append_at_start(day, station, doors.front().from_s, totals, attempts);
  for (std::uint32_t k = 0; k < plan.streams; ++k) {
    const ArrivalCurve& curve = data_.stream_curves[plan.first_stream + k][day.weekday];
    append({day, station, k, &curve, busyness, doors}, totals, attempts);
  }
}

void BareCitizens::create(const RunPiece& piece, StationIndex station, Totals& totals,
                          std::vector<Attempt>& attempts) {
  attempts.clear();
  arrival_s_.clear();
  handling_s_.clear();
  const Day day{.date = piece.number};
  const StationPlan& plan = data_.stations[station.index()];
  const std::span<const Interval> doors = plan.hours(0, 0).doors;
  if (!plan.plain_arrivals && piece.is_first() && !doors.empty())
    append_at_start(day, station, doors.front().from_s, totals, attempts);
  for (std::uint32_t k = 0; k < piece.curves.size(); ++k)
    append({day, station, k, &piece.curves[k], 1, doors, piece.from_s, piece.until_s}, totals, attempts);
}

std::uint32_t BareCitizens::count(const Day& day, StationIndex station, std::uint32_t stream,
                                  Totals& totals) {
  const StationPlan& plan = data_.stations[station.index()];
  const ArrivalCurve& curve = data_.stream_curves[plan.first_stream + stream][day.weekday];
  const Source from{day, station, stream, &curve, busyness(day, station)};
  const std::uint32_t count = draw_count(from, curve.total() * from.busyness);
  add_created(from, count, totals);
  return count;
}

GivenArrivals BareCitizens::given(std::size_t all) {
  if (arrival_s_.empty()) return {};
  arrival_s_.resize(all, kDrawn);
  if (!handling_s_.empty()) handling_s_.resize(all, kDrawn);
  return {arrival_s_, handling_s_};
}

double BareCitizens::busyness(const Day& day, StationIndex station) const {
  const StationPlan& plan = data_.stations[station.index()];
  if (plan.busyness_cv <= 0) return 1;
  const Block block = draw(key_, 0, plan.key, day.date, tag(0, Purpose::busyness));
  return busyness_quantile(plan.busyness_cv, uniform(block[0], block[1]));
}

std::uint32_t BareCitizens::draw_count(const Source& from, double expected) {
  const IdKey ids = data_.citizen_key(key_of(from.station, from.stream));
  const Block block = draw(key_, 0, ids, from.day.date, tag(0, Purpose::count));
  const auto count = static_cast<std::uint32_t>(poisson_(expected, uniform(block[0], block[1])));
  stop_.after(count);
  return count;
}

void BareCitizens::add_created(const Source& from, std::size_t count, Totals& totals) {
  if (!from.day.counted) return;
  const std::size_t number = data_.stations[from.station.index()].first_stream + from.stream;
  totals.result.citizens[number * kChannels + static_cast<std::size_t>(Channel::office)].created += count;
}

const ArrivalStream& BareCitizens::rules_of(const Source& from) const {
  return *data_.streams[data_.stations[from.station.index()].first_stream + from.stream];
}

void BareCitizens::append(const Source& from, Totals& totals, std::vector<Attempt>& attempts) {
  const std::size_t begin = attempts.size();
  const ArrivalStream& rules = rules_of(from);
  if (rules.schedule.exists()) {
    append_scheduled(from, attempts);
  } else if (!rules.recorded.empty()) {
    append_recorded(from, attempts);
  } else if (!rules.batch.is_one()) {
    append_batches(from, attempts);
  } else {
    const std::uint32_t count = draw_count(from, from.curve->total() * from.busyness);
    resize_with_room(attempts, begin + count);
    for (std::uint32_t index = 0; index < count; ++index)
      attempts[begin + index] = first_attempt(from.day, from.station, from.stream, index);
  }
  if (!data_.stations[from.station.index()].plain_arrivals) arrival_s_.resize(attempts.size(), kDrawn);
  add_created(from, attempts.size() - begin, totals);
}

/// All of a batch come at one moment, in the order in which they are numbered.
void BareCitizens::append_batches(const Source& from, std::vector<Attempt>& attempts) {
  const BatchSize& batch = rules_of(from).batch;
  const IdKey ids = data_.citizen_key(key_of(from.station, from.stream));
  const std::uint32_t batches = draw_count(from, from.curve->total() / batch.mean() * from.busyness);
  std::uint32_t index = 0;
  for (std::uint32_t number = 0; number < batches; ++number) {
    const Block block = draw(key_, number, ids, from.day.date, tag(0, Purpose::batch));
    const double arrival_s = from.curve->time(uniform(block[0], block[1]));
    const std::uint32_t size = batch.size(uniform(block[2]));
    stop_.after(size);
    for (std::uint32_t k = 0; k < size; ++k) append_one(from, index++, arrival_s, 0, attempts);
  }
}

/// Of an unbroken run, those whose times lie in the piece; plans are numbered within the opening, by which
/// they are drawn, whatever the piece.
void BareCitizens::append_scheduled(const Source& from, std::vector<Attempt>& attempts) {
  if (from.curve->total() <= 0) return;
  const ArrivalStream& rules = rules_of(from);
  const ArrivalSchedule& schedule = rules.schedule;
  const IdKey ids = data_.citizen_key(key_of(from.station, from.stream));
  const double most_s = schedule.deviation.most_s();
  std::uint32_t index = 0;
  for (std::size_t k = 0; k < from.doors.size(); ++k) {
    const Interval& door = from.doors[k];
    const double until_s = std::min(door.to_s, from.until_s + most_s);
    const double skipped = std::floor((from.from_s - most_s - door.from_s) / schedule.every_s) - 1;
    for (auto number = static_cast<std::uint32_t>(std::max(0.0, skipped));; ++number) {
      const double planned_s = door.from_s + number * schedule.every_s;
      if (planned_s >= until_s) break;
      stop_.after(1);
      const DayNumber day = data_.unbroken ? static_cast<DayNumber>(k) : from.day.date;
      const std::uint32_t opening = data_.unbroken ? 0 : static_cast<std::uint32_t>(k);
      const Block block = draw(key_, number, ids, day, tag(opening, Purpose::schedule));
      if (uniform(block[0]) < schedule.no_show) continue;
      const double time_s = planned_s + schedule.deviation.at(uniform(block[1]));
      const double arrival_s = std::clamp(time_s, door.from_s, door.to_s - kTick_s);
      if (arrival_s < from.from_s || arrival_s >= from.until_s) continue;
      const std::uint32_t size = rules.batch.size(uniform(block[2]));
      for (std::uint32_t one = 0; one < size; ++one) append_one(from, index++, arrival_s, 0, attempts);
    }
  }
}

void BareCitizens::append_recorded(const Source& from, std::vector<Attempt>& attempts) {
  if (from.curve->total() <= 0) return;
  const std::vector<RecordedArrival>& recorded = rules_of(from).recorded;
  const auto first = std::ranges::lower_bound(recorded, from.from_s, {}, &RecordedArrival::at_s);
  std::uint32_t index = 0;
  for (auto arrival = first; arrival != recorded.end() && arrival->at_s < from.until_s; ++arrival)
    append_one(from, index++, arrival->at_s, arrival->handling_s, attempts);
  stop_.after(index);
}

void BareCitizens::append_at_start(const Day& day, StationIndex station, double opening_s, Totals& totals,
                                   std::vector<Attempt>& attempts) {
  for (std::uint32_t k = 0; k < data_.stations[station.index()].streams; ++k) {
    const Source from{day, station, k};
    const auto count = static_cast<std::uint32_t>(rules_of(from).at_start);
    stop_.after(count);
    for (std::uint32_t one = 0; one < count; ++one)
      append_one(from, kFirstAtStart + one, opening_s, 0, attempts);
    add_created(from, count, totals);
  }
}

void BareCitizens::append_one(const Source& from, std::uint32_t index, double arrival_s, double handling_s,
                              std::vector<Attempt>& attempts) {
  arrival_s_.resize(attempts.size(), kDrawn);
  arrival_s_.push_back(arrival_s);
  if (handling_s > 0) {
    handling_s_.resize(attempts.size(), kDrawn);
    handling_s_.push_back(handling_s);
  }
  attempts.push_back(first_attempt(from.day, from.station, from.stream, index));
}

}  // namespace pishkhan
