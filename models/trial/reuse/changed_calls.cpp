#include "models/trial/reuse/changed_calls.hpp"

#include <algorithm>
#include <iterator>

namespace pishkhan {

ChangedCalls::Peaks ChangedCalls::find(const KeptStays& kept, std::span<const std::uint8_t> marks,
                                       std::span<const SystemStay> after, bool at_all_times) {
  find_changes(kept, marks, after);
  if (changed_.empty() && !at_all_times) return {};
  steps_.clear();
  add_kept(kept, at_all_times);
  for (const Interval& stay : gone_) add(stay, 0, -1, 1);
  for (const Interval& stay : new_) add(stay, 0, 1, 1);
  return sweep(at_all_times);
}

/// The stays of changed stations that are no more, and that are new; both together ordered by time.
void ChangedCalls::find_changes(const KeptStays& kept, std::span<const std::uint8_t> marks,
                                std::span<const SystemStay> after) {
  before_.clear();
  after_.clear();
  gone_.clear();
  new_.clear();
  changed_.clear();
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (kept.owner[i] < marks.size() && marks[kept.owner[i]] != 0)
      before_.push_back({kept.from_s[i], kept.to_s[i]});
  }
  for (const SystemStay& stay : after) after_.push_back({stay.from_s, stay.to_s});
  std::sort(before_.begin(), before_.end());
  std::sort(after_.begin(), after_.end());
  std::set_difference(before_.begin(), before_.end(), after_.begin(), after_.end(),
                      std::back_inserter(gone_));
  std::set_difference(after_.begin(), after_.end(), before_.begin(), before_.end(), std::back_inserter(new_));
  std::merge(gone_.begin(), gone_.end(), new_.begin(), new_.end(), std::back_inserter(changed_));
}

void ChangedCalls::add(const Interval& stay, int before, int after, int changed) {
  const auto small = [](int value) { return static_cast<std::int8_t>(value); };
  steps_.push_back({stay.from_s, false, small(before), small(after), small(changed)});
  steps_.push_back({stay.to_s, true, small(-before), small(-after), small(-changed)});
}

/// The kept stays that meet changed times, each once.
void ChangedCalls::add_kept(const KeptStays& kept, bool at_all_times) {
  if (at_all_times) {
    for (std::size_t i = 0; i < kept.size(); ++i) add({kept.from_s[i], kept.to_s[i]}, 1, 1, 0);
    return;
  }
  std::size_t next = 0;
  for (std::size_t k = 0; k < changed_.size();) {
    const double from_s = changed_[k].from_s;
    double to_s = changed_[k].to_s;
    for (++k; k < changed_.size() && changed_[k].from_s <= to_s; ++k) to_s = std::max(to_s, changed_[k].to_s);
    // Rounding of the longest stay must not leave out one that just meets.
    const double earliest_s = from_s - kept.longest_s * (1 + 1e-9) - 1e-6;
    const auto first = std::lower_bound(kept.from_s.begin(), kept.from_s.end(), earliest_s);
    next = std::max(next, static_cast<std::size_t>(first - kept.from_s.begin()));
    for (; next < kept.size() && kept.from_s[next] <= to_s; ++next)
      if (kept.to_s[next] >= from_s) add({kept.from_s[next], kept.to_s[next]}, 1, 1, 0);
  }
}

/// At one instant, calls that come are counted before others leave.
ChangedCalls::Peaks ChangedCalls::sweep(bool at_all_times) {
  std::sort(steps_.begin(), steps_.end(), [](const Step& a, const Step& b) {
    return a.time_s != b.time_s ? a.time_s < b.time_s : a.leaves < b.leaves;
  });
  int before = 0, after = 0, changed = 0, most_before = 0, most_after = 0;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    before += steps_[i].before;
    after += steps_[i].after;
    changed += steps_[i].changed;
    const bool last_to_come =
        i + 1 == steps_.size() || steps_[i + 1].leaves || steps_[i + 1].time_s != steps_[i].time_s;
    if (steps_[i].leaves || !last_to_come || (changed == 0 && !at_all_times)) continue;
    most_before = std::max(most_before, before);
    most_after = std::max(most_after, after);
  }
  return {static_cast<std::uint32_t>(most_before), static_cast<std::uint32_t>(most_after)};
}

}  // namespace pishkhan
