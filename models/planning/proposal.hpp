#pragma once
#include <cstddef>
#include <vector>

#include "models/planning/choose_moves.hpp"
#include "models/planning/move_effects.hpp"

namespace pishkhan {

/// Moves that were chosen, and the work that they bring. Stations and months are those of MoveEffects.
class Proposal {
 public:
  /// The effects must outlive it.
  Proposal(const MoveEffects& effects, ChosenMoves chosen);

  [[nodiscard]] const ChosenMoves& chosen() const { return chosen_; }
  [[nodiscard]] const Moves& moves() const { return chosen_.moves; }
  [[nodiscard]] double gain() const { return chosen_.gain; }
  /// Clerks added: [station * waves + wave].
  [[nodiscard]] std::vector<int>& clerks() { return chosen_.moves.clerks; }

  /// Clerk time in seconds.
  [[nodiscard]] double work_s(std::size_t station, std::size_t month) const {
    return work_[station * effects_->months().size() + month];
  }
  [[nodiscard]] bool adds_work(std::size_t station, std::size_t month) const;
  [[nodiscard]] bool adds_work(std::size_t station) const;
  /// Clerks added there, on the average of the month's days.
  [[nodiscard]] double clerks_at(std::size_t station, std::size_t month) const;
  /// Clerks added there on some day of the month, at most.
  [[nodiscard]] double most_clerks_in(std::size_t station, std::size_t month) const;

 private:
  const MoveEffects* effects_;
  ChosenMoves chosen_;
  std::vector<double> work_;
  std::vector<std::vector<double>> parts_;  ///< of each month, by wave
};

}  // namespace pishkhan
