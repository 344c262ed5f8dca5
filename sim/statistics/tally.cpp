#include "sim/statistics/tally.hpp"

namespace pishkhan {

VisitTally& VisitTally::operator+=(const VisitTally& other) {
  arrived += other.arrived;
  served += other.served;
  abandoned += other.abandoned;
  balked += other.balked;
  sent_away += other.sent_away;
  inside += other.inside;
  failed += other.failed;
  reworked += other.reworked;
  in_target += other.in_target;
  waiting_in_target += other.waiting_in_target;
  wait_s += other.wait_s;
  wait_joined_s += other.wait_joined_s;
  sojourn_s += other.sojourn_s;
  handling_s += other.handling_s;
  system_s += other.system_s;
  failed_s += other.failed_s;
  aside_s += other.aside_s;
  return *this;
}

HourTally& HourTally::operator+=(const HourTally& other) {
  arrived += other.arrived;
  joined += other.joined;
  served += other.served;
  in_target += other.in_target;
  wait_s += other.wait_s;
  queue_area_s += other.queue_area_s;
  busy_s += other.busy_s;
  staffed_s += other.staffed_s;
  open_s += other.open_s;
  return *this;
}

}  // namespace pishkhan
