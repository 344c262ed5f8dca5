#pragma once
#include "sim/backbone/backbone.hpp"
#include "sim/kernel/processor_sharing.hpp"
#include "sim/kernel/schedule.hpp"

namespace pishkhan {

/// Exact processor sharing, natively.
///
/// - A system with k cores serves each of n transactions at speed * min(1, k / n).
/// - A transfer first waits the latency of its way, using no bandwidth; then it shares its access
///   link, in its direction, with the other transfers there. Shares are proportional to 1 / latency
///   of the way (the max-min share of SimGrid's CM02 model, which stands for TCP's bias against long
///   round trips); transfers to one system have equal shares.
/// - County, province and data-centre links cost latency, and an access link is never faster than
///   the county's and the province's link behind it, but these links are not shared out. So the
///   dates are exact while narrow_links() finds none, and optimistic otherwise.
class SharedBackbone final : public Backbone {
 public:
  explicit SharedBackbone(Platform platform);

 private:
  static constexpr std::uint32_t kNobody = UINT32_MAX;

  /// One direction of an access link. A transfer that meets no other, which is the rule, needs one
  /// event only: its end is known when it begins. A second one makes both take the long way, with an
  /// event when the latency is over and another from the clock.
  struct LinkStation {
    SharingClock clock;
    double bytes_s = 0;
    double weights = 0;
    double lone_joins_s = 0;         ///< when the lone transfer has waited out the latency
    std::uint32_t lone = kNobody;    ///< slot
    std::uint32_t transfers = 0;     ///< waiting out a latency or sharing
  };

  void begin(std::uint32_t slot, double time_s) override;
  double find_next_s() override { return schedule_.first_s(); }
  void run(double until_s) override;
  void drop(std::span<const std::uint32_t> slots, double time_s) override;
  void cores_changed(SystemId system, double time_s) override;
  void restarted(double time_s) override;

  // Members of the schedule: link directions, then systems, then transfers that wait out a latency.
  [[nodiscard]] std::uint32_t member_of_system(std::size_t system) const {
    return static_cast<std::uint32_t>(links_.size() + system);
  }
  [[nodiscard]] std::uint32_t member_of_slot(std::uint32_t slot) const {
    return static_cast<std::uint32_t>(links_.size() + systems_.size()) + slot;
  }
  [[nodiscard]] static std::uint64_t bytes_of(const Call& call) {
    return call.phase == TransactionPhase::response ? call.what.response_bytes : call.what.request_bytes;
  }
  [[nodiscard]] static std::size_t link_of(const Call& call) {
    return 2 * call.what.from.index() + (call.phase == TransactionPhase::response ? 1 : 0);
  }

  void begin_transfer(std::uint32_t slot, double time_s);
  void end_loneliness(std::size_t link, double time_s);
  void join_link(std::uint32_t slot, double time_s);
  void leave_link(std::size_t link, double time_s);
  void leave_system(std::size_t system, double time_s);
  void reschedule_link(std::size_t link);
  void reschedule_system(std::size_t system);

  std::vector<LinkStation> links_;
  std::vector<SharingClock> systems_;
  std::vector<double> way_s_;         ///< latency of the access link and those behind it, by access link
  std::vector<double> latency_s_;     ///< by slot
  Schedule schedule_;
};

}  // namespace pishkhan
