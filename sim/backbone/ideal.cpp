#include "sim/backbone/ideal.hpp"

namespace pishkhan {

void IdealBackbone::begin(std::uint32_t slot, double time_s) {
  if (slot >= times_.size()) times_.resize(slot + 1);
  times_[slot] = unloaded(platform(), calls()[slot].what);
  schedule_.set(slot, time_s + times_[slot].request_s);
}

void IdealBackbone::run(double until_s) {
  while (!schedule_.empty()) {
    const double now_s = schedule_.first_s();
    if (now_s > until_s || (anything_ready() && now_s > ready_s())) return;
    const std::uint32_t slot = schedule_.first();
    const Call& call = calls()[slot];
    const UnloadedTimes& times = times_[slot];
    // Dates count from the start, so that rounding does not depend on the phases.
    switch (call.phase) {
      case TransactionPhase::request:
        request_arrived(slot, now_s);
        schedule_.set(slot, call.start_s + (times.request_s + times.work_s));
        break;
      case TransactionPhase::work:
        work_finished(slot, now_s);
        schedule_.set(slot, call.start_s + times.total_s());
        break;
      case TransactionPhase::response:
        schedule_.erase(slot);
        response_arrived(slot, now_s);
        break;
    }
  }
}

void IdealBackbone::drop(std::span<const std::uint32_t> slots, double /*time_s*/) {
  for (const std::uint32_t slot : slots) schedule_.erase(slot);
}

}  // namespace pishkhan
