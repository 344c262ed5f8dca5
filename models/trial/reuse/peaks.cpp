#include "models/trial/reuse/peaks.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "models/plan/plan_data.hpp"

namespace pishkhan {
namespace {

/// Finds the most calls at once on a day at a system, in the times at which those of changed stations are
/// there or were there before.
class ChangedTimes {
 public:
  struct Peaks {
    int before = 0, after = 0;  ///< 0 where there are no changed times
  };

  /// `everywhere`: in all times.
  Peaks find(std::span<const Stay> all, std::span<const Stay> before, std::span<const Stay> after,
             bool everywhere) {
    if (!everywhere && std::equal(before.begin(), before.end(), after.begin(), after.end())) return {};
    marks_.assign(kSlots, everywhere ? 1 : 0);
    for (const auto list : {before, after}) {
      for (const Stay& stay : list)
        std::fill(marks_.begin() + slot(stay.from_s), marks_.begin() + slot(stay.to_s) + 1, 1);
    }
    steps_.clear();
    const std::uint8_t* const marks = marks_.data();
    for (const Stay& stay : all) {
      const std::ptrdiff_t from = slot(stay.from_s), to = slot(stay.to_s);
      bool is_near = (marks[from] | marks[to]) != 0;
      for (std::ptrdiff_t k = from + 1; k < to && !is_near; ++k) is_near = marks[k] != 0;
      if (is_near) add(stay, 1, 1);
    }
    for (const Stay& stay : before) add(stay, 0, -1);
    for (const Stay& stay : after) add(stay, 0, 1);
    return sweep();
  }

 private:
  /// At one instant, calls that come are counted before others leave.
  struct Step {
    double time_s;
    bool leaves;
    int before, after;
  };
  static constexpr std::size_t kSlots = 8192;
  /// Of a time of the day; all later ones are in the last.
  static std::ptrdiff_t slot(double time_s) {
    constexpr double kSlotsPerSecond = kSlots / kSecondsPerDay;
    const double number = time_s * kSlotsPerSecond;
    return static_cast<std::ptrdiff_t>(number < kSlots - 1.0 ? number : kSlots - 1.0);
  }
  void add(const Stay& stay, int before, int after) {
    steps_.push_back({stay.from_s, false, before, after});
    steps_.push_back({stay.to_s, true, -before, -after});
  }
  Peaks sweep() {
    std::sort(steps_.begin(), steps_.end(), [](const Step& a, const Step& b) {
      return a.time_s != b.time_s ? a.time_s < b.time_s : a.leaves < b.leaves;
    });
    Peaks now, most;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      now.before += steps_[i].before;
      now.after += steps_[i].after;
      const bool last_to_come =
          i + 1 == steps_.size() || steps_[i + 1].leaves || steps_[i + 1].time_s != steps_[i].time_s;
      if (steps_[i].leaves || !last_to_come) continue;
      most.before = std::max(most.before, now.before);
      most.after = std::max(most.after, now.after);
    }
    return most;
  }

  std::vector<std::uint8_t> marks_;
  std::vector<Step> steps_;
};

}  // namespace

std::optional<std::vector<std::uint32_t>> find_peaks(const Plan& base, const Plan& variant,
                                                     const KeptDays& kept, const PartialRun& before,
                                                     const PartialRun& after) {
  const auto& old_systems = base.data().platform.systems;
  const auto& systems = variant.data().platform.systems;
  const auto days = static_cast<std::size_t>(variant.scenario().run.days),
             warm_up = static_cast<std::size_t>(variant.scenario().run.warm_up_days);
  ChangedTimes changed;
  std::vector<std::uint32_t> peaks;
  for (std::size_t system = 0; system < systems.size(); ++system) {
    const auto cores = static_cast<int>(systems[system].cores),
               known = static_cast<int>(kept.peaks()[system]);
    // With fewer cores, times at which nothing changed count too.
    bool everywhere = systems[system].cores < old_systems[system].cores;
    ChangedTimes::Peaks most;
    const auto find_most = [&] {
      most = {};
      for (std::size_t day = 0; day < days; ++day) {
        const auto of_day = changed.find(kept.stays(day, system), before.stays(day, system),
                                         after.stays(day, system), everywhere);
        if (of_day.after > cores) return false;
        if (day < warm_up) continue;
        most.before = std::max(most.before, of_day.before);
        most.after = std::max(most.after, of_day.after);
      }
      return true;
    };
    if (!find_most()) return std::nullopt;
    // If the peak was at a changed time, it may be another one now, at any time.
    if (!everywhere && most.before == known && most.after < known) {
      everywhere = true;
      find_most();
    }
    const int peak = everywhere ? most.after : std::max(known, most.after);
    peaks.push_back(static_cast<std::uint32_t>(peak));
  }
  return peaks;
}

}  // namespace pishkhan
