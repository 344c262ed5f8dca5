#include "models/trial/totals/periods.hpp"

#include "models/province/calendar.hpp"

namespace pishkhan {
namespace {

/// All members of a PeriodTally, paired with those of another.
template <class A, class B, class Each>
void for_members(A& a, const B& b, Each each) {
  each(a.arrived, b.arrived);
  each(a.served, b.served);
  each(a.abandoned, b.abandoned);
  each(a.balked, b.balked);
  each(a.sent_away, b.sent_away);
  each(a.inside, b.inside);
  each(a.failed, b.failed);
  each(a.in_target, b.in_target);
  each(a.days, b.days);
  each(a.missed_days, b.missed_days);
  each(a.wait_s, b.wait_s);
  each(a.wait_joined_s, b.wait_joined_s);
  each(a.busy_s, b.busy_s);
  each(a.staffed_s, b.staffed_s);
  each(a.overtime_s, b.overtime_s);
  each(a.open_s, b.open_s);
  each(a.queue_area_s, b.queue_area_s);
}

}  // namespace

std::vector<PeriodCell> period_cells(const Run& run) {
  std::vector<PeriodCell> cells;
  if (run.length_s > 0) return cells;
  for (DayNumber day = run.start + run.warm_up_days; day < run.start + run.days; ++day) {
    const Date date = to_solar_hijri(day);
    const PeriodCell cell{day, 1, date.year * 12 + date.month - 1, day - weekday(day)};
    if (!cells.empty() && cells.back().month == cell.month && cells.back().week == cell.week)
      ++cells.back().days;
    else
      cells.push_back(cell);
  }
  return cells;
}

void add_to(StationTally& sum, const PeriodTally& tally) {
  for_members(sum, tally, [](auto& a, auto b) { a += b; });
}

PeriodBook::PeriodBook(const Run& run, std::size_t stations) {
  const std::vector<PeriodCell> cells = period_cells(run);
  cells_ = cells.size();
  cell_of_day_.assign(static_cast<std::size_t>(cells.empty() ? 0 : run.warm_up_days), 0);
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    cell_of_day_.insert(cell_of_day_.end(), static_cast<std::size_t>(cells[cell].days),
                        static_cast<std::uint32_t>(cell));
  }
  notes_.resize(stations * cells_);
}

PeriodTally PeriodBook::cut(const StationTally& tally) {
  PeriodTally part;
  for_members(part, tally, [](auto& a, auto b) { a = static_cast<std::remove_cvref_t<decltype(a)>>(b); });
  return part;
}

void PeriodBook::close(std::size_t station, const StationTally& tally,
                       std::vector<PeriodTally>& cells) const {
  const std::size_t begin = cells.size();
  cells.resize(begin + cells_);
  PeriodTally after = cut(tally);
  for (std::size_t cell = cells_; cell-- > 0;) {
    const Note& note = notes_[station * cells_ + cell];
    if (note.day == INT32_MAX) continue;
    PeriodTally& of_cell = cells[begin + cell] = after;
    for_members(of_cell, note.before, [](auto& a, auto b) { a -= b; });
    after = note.before;
  }
}

}  // namespace pishkhan
