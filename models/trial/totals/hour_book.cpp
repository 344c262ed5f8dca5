#include "models/trial/totals/hour_book.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace pishkhan {
namespace {

/// Clerks who finish rarely take longer after the last shift.
constexpr std::size_t kHoursToFinish = 2;

bool has_content(const HourTally& tally) {
  return tally.arrived > 0 || tally.open_s > 0 || tally.staffed_s > 0 || tally.queue_area_s > 0;
}

}  // namespace

HourBook::HourBook(const Plan::Data& data, std::span<const std::uint8_t> only) {
  std::size_t at = 0;
  for (const StationPlan& station : data.stations) {
    std::size_t first = kHoursOfWork, end = 0;
    const bool is_added = only.empty() || only[rooms_.size()] != 0;
    for (const PlannedWeek& week : station.weeks) {
      for (const auto& hours : week.days) {
        if (!is_added) break;
        if (hours->frame.first_hour >= hours->frame.end_hour) continue;
        first = std::min(first, hours->frame.first_hour);
        end = std::max(end, hours->frame.end_hour + kHoursToFinish);
      }
    }
    rooms_.push_back({at, std::min(first, end), end});
    at += kDaysPerWeek * (end - rooms_.back().first);
  }
  hours_.resize(at);
}

void HourBook::add(std::size_t station, std::size_t weekday, std::span<const HourTally> day) {
  const Room& room = rooms_[station];
  HourTally* const hours = &hours_[room.at + weekday * (room.end - room.first)];
  for (std::size_t hour = room.first; hour < room.end; ++hour) hours[hour - room.first] += day[hour];
  for (std::size_t hour = room.end; hour < day.size() && has_content(day[hour]); ++hour) {
    late_.push_back({static_cast<std::uint32_t>(station), static_cast<std::uint16_t>(weekday),
                     static_cast<std::uint16_t>(hour), day[hour]});
  }
}

void HourBook::close(std::span<const std::uint8_t> only, TrialResult& result) {
  std::stable_sort(late_.begin(), late_.end(), [](const WeekHour& a, const WeekHour& b) {
    return std::tie(a.station, a.weekday) < std::tie(b.station, b.weekday);
  });
  // Room for all at once: growing in steps would touch twice the memory.
  result.week_hours.reserve(hours_.size() + late_.size());
  result.station_hours.reserve(rooms_.size() * kHoursOfWork);
  std::span<const WeekHour> late(late_);
  for (std::size_t station = 0; station < rooms_.size(); ++station) {
    if (!only.empty() && only[station] == 0) continue;
    const Room& room = rooms_[station];
    std::array<HourTally, kHoursOfWork> sums{};
    for (std::size_t day = 0; day < kDaysPerWeek; ++day) {
      std::array<HourTally, kHoursOfWork> hours{};
      const auto from = hours_.begin() + static_cast<std::ptrdiff_t>(room.at + day * (room.end - room.first));
      std::copy_n(from, room.end - room.first, hours.begin() + static_cast<std::ptrdiff_t>(room.first));
      for (; !late.empty() && late[0].station == station && late[0].weekday == day; late = late.subspan(1))
        hours[late[0].hour] += late[0].tally;
      for (std::size_t hour = 0; hour < kHoursOfWork; ++hour) {
        if (!has_content(hours[hour])) continue;
        sums[hour] += hours[hour];
        result.week_hours.push_back({static_cast<std::uint32_t>(station), static_cast<std::uint16_t>(day),
                                     static_cast<std::uint16_t>(hour), hours[hour]});
      }
    }
    result.station_hours.insert(result.station_hours.end(), sums.begin(), sums.end());
  }
}

}  // namespace pishkhan
