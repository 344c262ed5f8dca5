#include "models/trial/citizens/appointment_desk.hpp"

#include <algorithm>
#include <tuple>

#include "models/trial/citizen_draw.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

bool holds_on(const Appointments& item, DayNumber date) {
  return item.from_day <= date && date < item.until_day;
}

}  // namespace

const StationAppointments* AppointmentDesk::appointments_of(const StationPlan& plan, std::size_t service,
                                                            DayNumber date) const {
  for (const StationAppointments& at : plan.appointments) {
    const Appointments& item = scenario_.appointments[at.item];
    if (holds_on(item, date) &&
        std::binary_search(item.services.begin(), item.services.end(), ServiceId(service)))
      return &at;
  }
  return nullptr;
}

bool AppointmentDesk::is_offered(const Appointments& item, std::size_t slot, const StationPlan& station,
                                 DayNumber date) const {
  const auto day_of_week = static_cast<std::size_t>(weekday(date));
  if (!holds_on(item, date) || (item.slots[slot].weekdays >> day_of_week & 1) == 0) return false;
  if (std::binary_search(scenario_.demand.holidays.begin(), scenario_.demand.holidays.end(), date))
    return false;
  if (!station.is_active(date)) return false;
  const double at_s = item.slots[slot].minute * kSecondsPerMinute;
  const Intervals& doors = station.hours(date, day_of_week).doors;
  return std::any_of(doors.begin(), doors.end(),
                     [at_s](const Interval& door) { return door.from_s <= at_s && at_s < door.to_s; });
}

/// Moves the book on to the earliest slot that is free and may be booked today. False if there is none.
bool AppointmentDesk::find_slot(const Appointments& item, const StationPlan& station, DayNumber today,
                                AppointmentBook& book) const {
  const DayNumber first = today + item.earliest_days, last = today + item.horizon_days;
  if (book.next_day < first) {
    book.next_day = first;
    book.next_slot = 0;
  }
  for (; book.next_day <= last; ++book.next_day, book.next_slot = 0) {
    for (; book.next_slot < item.slots.size(); ++book.next_slot)
      if (is_offered(item, book.next_slot, station, book.next_day)) return true;
  }
  return false;
}

void AppointmentDesk::take_slot(const Day& day, const Wish& wish, Totals& totals) {
  const Appointments& item = scenario_.appointments[wish.at.item];
  AppointmentBook& book = totals.appointment_books[wish.at.row];
  AppointmentCounts& counts = totals.appointments[wish.at.row].counts;
  const StationPlan& station = data_.stations[wish.attempt.station.index()];
  counts.wanted += day.counted;
  if (!find_slot(item, station, day.date, book)) {
    counts.without_slot += day.counted;
    if (item.lost_without_slot) {
      lost_.push_back(wish.attempt);
    } else {
      at_once_.push_back({wish.attempt.stream, wish.attempt.index, wish.attempt.station,
                          wish.attempt.citizen_class, wish.attempt.channel, wish.attempt.lacks_papers});
    }
    return;
  }
  Attempt booked = wish.attempt;
  booked.appointment = static_cast<std::uint16_t>(wish.at.item + 1);
  booked.slot_minute = item.slots[book.next_slot].minute;
  book.booked.push_back({booked, book.next_day});
  ++book.next_slot;
  ++book.all_booked;
  if (!day.counted) return;
  ++counts.booked;
  counts.days_to_slot += static_cast<std::uint64_t>(book.booked.back().day - day.date);
}

std::span<const FirstAttempt> AppointmentDesk::book(const Day& day, StationIndex station,
                                                    std::span<const FirstAttempt> first_attempts,
                                                    Totals& totals) {
  lost_.clear();
  const StationPlan& plan = data_.stations[station.index()];
  if (plan.appointments.empty()) return first_attempts;
  at_once_.clear();
  wishes_.clear();
  for (const FirstAttempt& first : first_attempts) {
    const StationAppointments* const at = appointments_of(plan, first.stream & 0xffff, day.date);
    if (at != nullptr) {
      const Attempt attempt = first.attempt(day.date);
      const Block words = draw_appointment(attempt, data_, key_);
      if (uniform(words[0]) < scenario_.appointments[at->item].share) {
        wishes_.push_back({words[1], attempt, *at});
        continue;
      }
    }
    at_once_.push_back(first);
  }
  if (wishes_.empty()) return first_attempts;
  std::sort(wishes_.begin(), wishes_.end(), [](const Wish& a, const Wish& b) {
    return a.word != b.word ? a.word < b.word : by_citizen(a.attempt, b.attempt);
  });
  for (const Wish& wish : wishes_) take_slot(day, wish, totals);
  // As without appointments: at equal arrival times the order given decides.
  std::sort(at_once_.begin(), at_once_.end(), [](const FirstAttempt& a, const FirstAttempt& b) {
    return std::tie(a.stream, a.index) < std::tie(b.stream, b.index);
  });
  return at_once_;
}

void AppointmentDesk::find_comers(const Day& day, StationIndex station, Totals& totals) {
  lost_.clear();
  came_.clear();
  for (const StationAppointments& at : data_.stations[station.index()].appointments) {
    AppointmentBook& book = totals.appointment_books[at.row];
    const double no_show = scenario_.appointments[at.item].no_show;
    std::size_t todays = 0;
    for (; todays < book.booked.size() && book.booked[todays].day <= day.date; ++todays) {
      const Attempt& attempt = book.booked[todays].attempt;
      PISHKHAN_EXPECT(book.booked[todays].day == day.date);
      if (uniform(draw_appointment(attempt, data_, key_)[2]) < no_show) {
        lost_.push_back(attempt);
        ++book.all_stayed_away;
        totals.appointments[at.row].counts.no_shows += day.counted;
      } else {
        came_.emplace_back(attempt, at.row);
      }
    }
    book.booked.erase(book.booked.begin(), book.booked.begin() + static_cast<std::ptrdiff_t>(todays));
  }
}

void AppointmentDesk::bring(const Day& day, StationIndex station, Totals& totals,
                            std::vector<Attempt>& attempts) {
  find_comers(day, station, totals);
  for (const auto& [attempt, row] : came_) {
    ++totals.appointment_books[row].all_came;
    totals.appointments[row].counts.used += day.counted;
    attempts.push_back(attempt);
  }
}

void AppointmentDesk::send_home(const Day& day, StationIndex station, Totals& totals,
                                std::vector<Attempt>& pending) {
  find_comers(day, station, totals);
  for (const auto& [attempt, row] : came_) {
    ++totals.appointment_books[row].all_shut;
    totals.appointments[row].counts.shut += day.counted;
    pending.push_back(attempt);
    pending.back().appointment = pending.back().slot_minute = 0;
  }
}

void AppointmentDesk::offer(const Day& day, StationIndex station, Totals& totals) const {
  if (!day.counted) return;
  const StationPlan& plan = data_.stations[station.index()];
  for (const StationAppointments& at : plan.appointments) {
    const Appointments& item = scenario_.appointments[at.item];
    for (std::size_t slot = 0; slot < item.slots.size(); ++slot)
      totals.appointments[at.row].counts.offered += is_offered(item, slot, plan, day.date);
  }
}

}  // namespace pishkhan
