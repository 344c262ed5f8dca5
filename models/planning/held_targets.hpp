#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "models/planning/month_shares.hpp"
#include "models/planning/move_effects.hpp"

namespace pishkhan {

/// How replications of whole runs are made, and told of.
struct LookOptions {
  int threads = 1;
  std::function<bool()> stop = {};                         ///< true ends it with Interrupted
  std::function<void(const std::string& what)> tell = {};  ///< what is done next
};

/// The targets at the stations of MoveEffects, month by month, and which of them a plan is held to: not those
/// that are proven to be missed without moves. A cell is a target at a station in a month.
class HeldTargets {
 public:
  /// Both must outlive it. Every target is taken month by month.
  HeldTargets(const Scenario& scenario, const MoveEffects& effects);

  /// Simulates the scenario without moves: `few` replications, and `many` in all of stations that seem to
  /// miss a target. Any month that keeps its target is let off with probability `let_off_level` at most
  /// (Holm). A proof of `many` replications tests at `proof_level` over all stations. Returns the
  /// replications that were used.
  std::uint32_t look(std::uint32_t few, std::uint32_t many, double let_off_level, double proof_level,
                     const LookOptions& options);

  /// The scenario with every target in each month.
  [[nodiscard]] const Scenario& by_month() const { return by_month_; }
  [[nodiscard]] const std::vector<TargetAt>& targets() const { return targets_; }
  [[nodiscard]] std::size_t months() const { return months_; }
  [[nodiscard]] std::size_t cell(std::size_t target, std::size_t month) const {
    return target * months_ + month;
  }
  [[nodiscard]] std::size_t station(std::size_t target) const { return targets_[target].station; }
  /// The targets of a station are first(station) <= target < first(station + 1).
  [[nodiscard]] std::size_t first(std::size_t station) const { return first_[station]; }
  /// Those of some stations, ascending.
  [[nodiscard]] std::vector<std::size_t> targets_of(const std::set<std::size_t>& stations) const;
  [[nodiscard]] double goal(std::size_t target) const {
    return by_month_.targets[targets_[target].target].goal;
  }
  [[nodiscard]] bool is_let_off(std::size_t target, std::size_t month) const {
    return let_off_[cell(target, month)];
  }
  /// How far above its goal a share has to be expected so that a proof will very likely show that it holds.
  [[nodiscard]] double margin(std::size_t target, std::size_t month) const {
    return margin_[cell(target, month)];
  }
  /// Takes the margins for proofs of `many` replications.
  void find_margins(std::uint32_t many);
  /// The part of the margin with which a proof still has a good chance.
  [[nodiscard]] double least_part() const { return least_part_; }
  /// Replications with so many days of a station in a month, where it has most; at least `fewest`.
  [[nodiscard]] std::uint32_t replications_for(std::size_t days, std::size_t fewest) const;

 private:
  const MoveEffects& effects_;
  Scenario by_month_;
  std::size_t months_;
  std::vector<TargetAt> targets_;
  std::vector<std::size_t> first_;  ///< by station, and the end
  double days_a_month_ = 1;
  MonthShares without_moves_;   ///< as look() saw them
  double proof_level_ = 1;      ///< of the margins
  std::vector<bool> let_off_;   ///< by cell
  std::vector<double> margin_;  ///< by cell
  double least_part_ = 1;
};

}  // namespace pishkhan
