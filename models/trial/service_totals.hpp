#pragma once
#include <span>
#include <vector>

#include "models/trial/follow_up.hpp"
#include "models/trial/joint_day.hpp"
#include "models/trial/service_sums.hpp"
#include "models/trial/station_runner.hpp"

namespace pishkhan {

/// What a decided station-day means for citizens and for the tallies by service.
class ServiceTotals {
 public:
  /// `result` at the same place for as long as this lives. At most `days` are summed at once, each by itself.
  ServiceTotals(const Scenario& scenario, const Plan::Data& data, FollowUp& follow_up, TrialResult& result,
                std::size_t days);

  /// A province's, on day number `day` of those summed at once; of a warm-up day, not `counted`. `one_loop`
  /// is null where no citizen went on to another office. Who will come again is added to `pending`.
  void station_day(std::uint32_t station, std::size_t day, std::span<const Attempt> guests,
                   const StationRunner& runner, bool counted, const JointDay* one_loop,
                   std::vector<Attempt>& pending);
  /// The same of a bare station; `tally` is that of the day.
  void bare_station_day(std::uint32_t station, std::span<const Attempt> guests, const StationRunner& runner,
                        bool counted, const VisitTally& tally, const ObservationRules& rules,
                        std::vector<Attempt>& pending);
  /// Adds a province's sums to the result, day by day; or forgets them.
  void flush();
  void forget();
  /// Visits of citizens who came on from another office.
  [[nodiscard]] std::uint64_t redirected_arrivals() const { return redirected_arrivals_; }

 private:
  [[nodiscard]] std::size_t bare_cell(std::uint32_t station, std::size_t stream = 0) const {
    return (data_.stations[station].first_stream + stream) * kChannels +
           static_cast<std::size_t>(data_.stations[station].channel);
  }

  const Scenario& scenario_;
  const Plan::Data& data_;
  FollowUp& follow_up_;
  TrialResult& result_;
  std::vector<ServiceSums> by_service_;  ///< by day
  ServiceSums not_counted_;              ///< only who is unusual matters
  std::uint64_t redirected_arrivals_ = 0;
};

}  // namespace pishkhan
