#include "models/planning/proposal.hpp"

#include <algorithm>
#include <utility>

namespace pishkhan {

Proposal::Proposal(const MoveEffects& effects, ChosenMoves chosen)
    : effects_(&effects), chosen_(std::move(chosen)), work_(work_of(effects, chosen_.moves)) {
  for (const RunMonth& month : effects.months()) parts_.push_back(waves_in_month(effects.rules(), month));
}

bool Proposal::adds_work(std::size_t station, std::size_t month) const {
  return work_s(station, month) > effects_->now_s(station, month) * (1 + kNoWork) + kNoWork;
}

bool Proposal::adds_work(std::size_t station) const {
  for (std::size_t month = 0; month < parts_.size(); ++month)
    if (adds_work(station, month)) return true;
  return false;
}

double Proposal::clerks_at(std::size_t station, std::size_t month) const {
  const std::vector<double>& parts = parts_[month];
  double clerks = 0;
  for (std::size_t wave = 0; wave < parts.size(); ++wave)
    clerks += parts[wave] * chosen_.moves.clerks[station * parts.size() + wave];
  return clerks;
}

double Proposal::most_clerks_in(std::size_t station, std::size_t month) const {
  const std::vector<double>& parts = parts_[month];
  int most = 0;
  for (std::size_t wave = 0; wave < parts.size(); ++wave)
    if (parts[wave] > 0) most = std::max(most, chosen_.moves.clerks[station * parts.size() + wave]);
  return most;
}

}  // namespace pishkhan
