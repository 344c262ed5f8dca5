#pragma once
#include <optional>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/lanes/lane_days.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

/// A day of a bare station.
struct BareDay {
  Day day;
  std::uint32_t citizens = 0;  ///< of the station's only stream
};

/// A day that was decided, if its clerks and times are those of LaneRules.
struct FoundDay {
  bool decided = false;
  LaneDay day;
};

/// Decides and observes days of a bare station, eight side by side.
class LaneRunner {
 public:
  LaneRunner(const Scenario& scenario, const Plan::Data& data, DrawKey key)
      : scenario_(scenario), data_(data), key_(key) {}

  /// Whether the rules of the station are those of LaneRules, and no citizen comes twice.
  [[nodiscard]] bool can_run(StationIndex station) const;
  /// Decides the days, in any order, and adds them to the station's histograms. The result, by day, is valid
  /// until the next call.
  std::span<const FoundDay> run(StationIndex station, std::span<const BareDay> days,
                                StationObservation& into);
  /// Adds the waits of the days since the last call.
  void add_waits(StationObservation& into) { lanes_.add_waits(into.waits); }

 private:
  /// What the days of a batch have in common.
  struct Hours {
    Tick opens, closes, shift_from, shift_to;
    friend bool operator==(const Hours&, const Hours&) = default;
  };
  struct Candidate {
    std::size_t day;  ///< in the list given
    Hours hours;
  };
  void find_candidates(std::span<const BareDay> days);
  [[nodiscard]] std::optional<Hours> common_hours(const BareDay& day, const std::vector<Clerk>& clerks) const;
  void run_batch(std::span<const BareDay> days, std::span<const Candidate> batch, StationObservation& into);
  void draw(const BareDay& of, LaneVisits& into);

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  InstructionSet set_ = best_instruction_set();
  LaneDays lanes_{set_};
  std::vector<FoundDay> found_;
  // Of the station and working memory.
  StationIndex station_ = kNoStation;
  const StationPlan* plan_ = nullptr;
  int refused_ = 0;  ///< batches with work beyond the next day's noon
  std::vector<Candidate> candidates_;
  std::vector<std::vector<Clerk>> clerks_;  ///< on duty, by day
  std::vector<std::uint32_t> index_, stream_, date_, tag_, zeros_, words_[4];
  std::vector<double> times_s_;
  std::vector<int> on_shift_;
};

}  // namespace pishkhan
