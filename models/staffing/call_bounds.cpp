#include "models/staffing/call_bounds.hpp"

#include <algorithm>

#include "models/scenario/scenario.hpp"

namespace pishkhan {
namespace {

/// More than rounding does to a time of day.
constexpr double kRounding_s = 1e-6;

}  // namespace

void CallBounds::begin(StationIndex station, const DayOutages* outages, const StationDay& day,
                       std::size_t visits, double slowest_call_s) {
  station_ = station;
  outages_ = outages;
  closing_s_ = day.doors.empty() ? 0 : day.doors.back().to_s;
  const CallPolicy& policy = scenario_.backbone.policy;
  // Of n calls none gets less than an n-th of a link or of a system's cores.
  const bool share = scenario_.backbone.model == BackboneModel::shared;
  may_time_out_ = share && policy.then != AfterTrouble::wait &&
                  static_cast<double>(visits) * slowest_call_s >= policy.limit_s;
}

/// The first time from from_s on at which the system, or the way to it, is down; kForever: never.
double CallBounds::first_hit_s(const Visits& visits, std::size_t i, double from_s) const {
  if (outages_ == nullptr) return kForever;
  const std::size_t system = data_.transactions[visits.service[i]].to.index();
  return outages_->down.first_from(station_.index(), system, from_s);
}

double CallBounds::frees_s(const Visits& visits, std::size_t i, double start_s, double speed) const {
  const double human_s = visits.human_s[i] / speed;
  const double full_s = start_s + (human_s + visits.system_s[i]) - kRounding_s;
  const CallPolicy& policy = scenario_.backbone.policy;
  // Who waits for the repair stays for the answer, or until the doors close for the last time.
  if (visits.system_s[i] <= 0 || policy.then == AfterTrouble::wait) return full_s;
  const double called_s = start_s + scenario_.backbone.share_before * human_s - kRounding_s;
  if (may_time_out_) return called_s;
  // Whoever meets an outage tries again before giving up; an answer to a later try does not come sooner.
  const double given_up_s = first_hit_s(visits, i, called_s) + policy.retries * policy.pause_s;
  return std::min(full_s, given_up_s);
}

bool CallBounds::may_fail(const Visits& visits, std::size_t i, double start_s, double speed) const {
  if (visits.system_s[i] <= 0) return false;
  if (may_time_out_) return true;
  const double human_s = visits.human_s[i] / speed;
  double from_s = start_s + scenario_.backbone.share_before * human_s - kRounding_s;
  // Who waits for the repair fails only if the doors have closed for the last time before it.
  if (scenario_.backbone.policy.then == AfterTrouble::wait) from_s = std::max(from_s, closing_s_);
  return first_hit_s(visits, i, from_s) < kForever;
}

}  // namespace pishkhan
