#include "sim/statistics/day_frame.hpp"

#include "sim/base/contract.hpp"
#include "sim/station/station.hpp"

namespace pishkhan {

DayFrame frame_run(std::span<const Interval> doors) {
  DayFrame frame;
  for (std::size_t k = 0; k < doors.size(); ++k) {
    const double opens_again_s = k + 1 < doors.size() ? doors[k + 1].from_s : kForever;
    frame.stretches.push_back({doors[k].from_s, doors[k].to_s, 0, true});
    frame.stretches.push_back({doors[k].to_s, opens_again_s, 0, false});
  }
  return frame;
}

DayFrame frame_day(std::span<const Interval> doors, std::span<const Intervals> shifts) {
  std::vector<double> edges;
  for (const auto& door : doors) edges.insert(edges.end(), {door.from_s, door.to_s});
  for (int hour = 0; hour <= kHoursPerDay; ++hour) edges.push_back(hour * kSecondsPerHour);
  edges.push_back(kForever);
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  DayFrame frame;
  for (std::size_t k = 0; k + 1 < edges.size(); ++k) {
    if (!doors.empty() && edges[k] < doors.front().from_s) continue;  // nobody is there yet
    const auto is_open = [&](const Interval& door) {
      return door.from_s <= edges[k] && edges[k] < door.to_s;
    };
    frame.stretches.push_back({edges[k], edges[k + 1], static_cast<int>(hour_of(edges[k])),
                               std::any_of(doors.begin(), doors.end(), is_open)});
  }
  const auto add_to = [](DayFrame::Hours& hours, const Interval& interval) {
    PISHKHAN_EXPECT(interval.to_s <= kSecondsPerDay);
    split_by_hour(interval.from_s, interval.to_s, [&](std::size_t hour, double s) { hours[hour] += s; });
  };
  for (const auto& door : doors) add_to(frame.open_s, door);
  for (const auto& group : shifts)
    for (auto& hours = frame.staffed_s.emplace_back(); const auto& shift : group) add_to(hours, shift);
  const auto idle = [&](std::size_t hour) {
    return frame.open_s[hour] == 0 && std::all_of(frame.staffed_s.begin(), frame.staffed_s.end(),
                                                  [hour](const auto& hours) { return hours[hour] == 0; });
  };
  frame.end_hour = kHoursPerDay;
  while (frame.end_hour > 0 && idle(frame.end_hour - 1)) --frame.end_hour;
  while (frame.first_hour < frame.end_hour && idle(frame.first_hour)) ++frame.first_hour;
  return frame;
}

}  // namespace pishkhan
