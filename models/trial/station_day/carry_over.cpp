#include <algorithm>
#include <array>

#include "models/trial/station_day/station_runner.hpp"

namespace pishkhan {
namespace {

template <class T>
void keep_rows(std::vector<T>& column, const std::vector<std::uint32_t>& rows) {
  for (std::size_t k = 0; k < rows.size(); ++k) column[k] = column[rows[k]];
  column.resize(rows.size());
}

template <class T>
void copy_rows(const std::vector<T>& column, const std::vector<std::uint32_t>& rows, std::vector<T>& to) {
  to.clear();
  for (const std::uint32_t row : rows) to.push_back(column[row]);
}

template <class T>
void prepend(const std::vector<T>& first, std::vector<T>& column) {
  column.insert(column.begin(), first.begin(), first.end());
}

constexpr std::array kInputTimes{&Visits::arrival_s, &Visits::human_s, &Visits::system_s,
                                 &Visits::patience_s};
/// A uniform that is below no probability: who waits has joined, and does not balk any more.
constexpr double kStays = 2;

}  // namespace

/// Puts the visits carried over before the new ones. They arrived before, at times at which nobody able was
/// free, so the kernel finds them waiting when the period begins, in their order.
void StationRunner::bring_carried() {
  const std::size_t carried = carried_attempts_.size();
  if (carried == 0) return;
  for (const auto column : kInputTimes) prepend(carried_.*column, visits_.*column);
  prepend(std::vector<double>(carried, kStays), visits_.balk);
  prepend(carried_.priority, visits_.priority);
  prepend(carried_.service, visits_.service);
  visits_.resize(visits_.arrival_s.size());
  reworked_.resize(visits_.size());
  needs_follow_up_.resize(visits_.size());
  order_.prepend(carried);
}

/// Takes out the visits that are not decided when the period ends: who waits, and at a shared processor who
/// is there. What the kernel found for them would change with those who come later.
void StationRunner::carry_over() {
  const std::vector<double>& decided_s = processor_ ? visits_.end_s : visits_.leave_s;
  std::vector<std::uint32_t> stay, go;
  stay.reserve(visits_.size());
  for (std::uint32_t i = 0; i < visits_.size(); ++i)
    (decided_s[i] < observed_.until_s ? stay : go).push_back(i);
  for (const auto column : kInputTimes) copy_rows(visits_.*column, go, carried_.*column);
  copy_rows(visits_.priority, go, carried_.priority);
  copy_rows(visits_.service, go, carried_.service);
  if (processor_) processor_->renumber(go);
  observed_.waiting_since_s = carried_.arrival_s;
  carried_attempts_.clear();
  for (const std::uint32_t i : go) carried_attempts_.push_back(order_.attempt(i));

  for (const auto column : kInputTimes) keep_rows(visits_.*column, stay);
  for (const auto column : {&Visits::balk, &Visits::leave_s, &Visits::end_s})
    keep_rows(visits_.*column, stay);
  keep_rows(visits_.priority, stay);
  keep_rows(visits_.service, stay);
  keep_rows(visits_.outcome, stay);
  keep_rows(visits_.clerk, stay);
  std::vector<std::uint32_t> attempts;
  attempts.reserve(stay.size());
  for (const std::uint32_t i : stay) attempts.push_back(order_.attempt(i));
  order_.assign(attempts);
  reworked_.resize(stay.size());
  needs_follow_up_.resize(stay.size());
  for (std::size_t i = 0; i < visits_.size(); ++i) {
    const std::uint32_t clerk = visits_.clerk[i];
    if (clerk == kNoClerk) continue;
    if (clerk >= free_from_s_.size()) free_from_s_.resize(clerk + 1, -kForever);
    free_from_s_[clerk] = std::max(free_from_s_[clerk], visits_.end_s[i]);
  }
}

}  // namespace pishkhan
