#include "models/trial/service_totals.hpp"

namespace pishkhan {

ServiceTotals::ServiceTotals(const Scenario& scenario, const Plan::Data& data, FollowUp& follow_up,
                             TrialResult& result, std::size_t days)
    : scenario_(scenario),
      data_(data),
      follow_up_(follow_up),
      result_(result),
      by_service_(days, ServiceSums(data.bare ? 0 : data.services)),
      not_counted_(data.bare ? 0 : data.services) {}

void ServiceTotals::station_day(std::uint32_t station, std::size_t day, std::span<const Attempt> guests,
                                const StationRunner& runner, bool counted, const JointDay* one_loop,
                                std::vector<Attempt>& pending) {
  const Visits& visits = runner.visits();
  const Channel channel = data_.stations[station].channel;
  ServiceSums& sums = counted ? by_service_[day] : not_counted_;
  sums.add(channel, visits, runner.parts(), runner.reworked(), runner.needs_follow_up());
  for (const std::uint32_t i : sums.unusual()) {
    const bool reworked = runner.reworked()[i] != 0;
    const std::size_t number = runner.guest(i);
    sums.add_unusual(channel, visits, i, reworked);
    redirected_arrivals_ += guests[number].redirects > 0;
    if (one_loop && one_loop->went_on(station, number)) continue;  // today's last visit decides
    follow_up_.after_visit(guests[number], visits.outcome[i], reworked,
                           one_loop ? one_loop->first_office(station, number) : station, pending);
  }
  for (const Aside& aside : visits.asides) sums.subtract_aside(channel, visits, aside);
}

void ServiceTotals::bare_station_day(std::uint32_t station, std::span<const Attempt> guests,
                                     const StationRunner& runner, bool counted, const VisitTally& tally,
                                     const ObservationRules& rules, std::vector<Attempt>& pending) {
  const Visits& visits = runner.visits();
  const bool one_stream = data_.stations[station].streams == 1;
  if (counted && one_stream) result_.services[bare_cell(station)] += tally;
  if (one_stream && scenario_.retry.at_most == 0 && (data_.unbroken || counted) &&
      tally.arrived == guests.size()) {
    // Every visit is a citizen's only one.
    CitizenTally& citizens = result_.citizens[bare_cell(station)];
    citizens.completed += tally.served;
    citizens.pending += tally.inside;
    citizens.lost += tally.abandoned + tally.balked + tally.sent_away;
    return;
  }
  for (std::size_t i = 0; i < guests.size(); ++i) {
    const Attempt& guest = guests[runner.guest(i)];
    if (counted && !one_stream && visits.arrival_s[i] >= rules.from_s)
      tally_visit(visits, i, false, rules.target_s, result_.services[bare_cell(station, guest.service())]);
    follow_up_.after_visit(guest, visits.outcome[i], false, station, pending);
  }
}

void ServiceTotals::flush() {
  for (ServiceSums& sums : by_service_) sums.flush(result_.services, result_.citizens);
}
void ServiceTotals::forget() {
  for (ServiceSums& sums : by_service_) sums.clear();
}

}  // namespace pishkhan
