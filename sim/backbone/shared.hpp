#pragma once
#include "sim/backbone/backbone.hpp"
#include "sim/queues/processor_sharing.hpp"
#include "sim/queues/schedule.hpp"

namespace pishkhan {

/// Exact processor sharing, natively.
///
/// - A system with k cores serves each of n transactions at speed * min(1, k / n).
/// - A transfer first waits the latency of its way, using no bandwidth; then it shares its access
///   link, in its direction, with the other transfers there. Shares are proportional to 1 / latency
///   of the way (the max-min share of SimGrid's CM02 model, which stands for TCP's bias against long
///   round trips); transfers to one system have equal shares. On a dedicated link nobody shares.
/// - County, province and data-centre links cost latency, and an access link is never faster than
///   the links behind it (way_of), but these links are not shared out. So the dates are exact while
///   narrow_links() finds none, and optimistic otherwise.
///
/// Who shares nothing has dates that are sums of what one has alone, in the order in which it passes:
/// (time + latency) + bytes / bandwidth on a link, time + work / speed at a system. Only where a link is
/// shared by two or a system by more than its cores does a clock of attained service take over.
class SharedBackbone final : public Backbone {
 public:
  explicit SharedBackbone(Platform platform);

 private:
  static constexpr std::uint32_t kNobody = UINT32_MAX;

  /// One direction of an access link. Its only user needs one event: its end is known when it begins.
  /// Others wait out their latency by an event of their own, and then share.
  struct LinkStation {
    SharingClock clock;  ///< of two or more who share
    double bytes_s = 0;
    double weights = 0;            ///< of those in the clock
    double solo_joins_s = 0;       ///< when the solo one has waited out its latency, or became solo
    double solo_bytes = 0;         ///< that it has to send from then on
    double solo_ends_s = 0;        ///< unless another joins before
    std::uint32_t solo = kNobody;  ///< slot; nobody while the clock runs
    bool dedicated = false;
  };
  /// A system's transactions by slot, while they are no more than its cores; the clock has them otherwise.
  struct SystemStation {
    SharingClock clock;
    std::vector<std::uint32_t> unshared;
  };
  /// What a transfer or a stay does that has an event of its own.
  enum class Own : std::uint8_t { joins_link, leaves_dedicated_link, leaves_system };

  void begin(std::uint32_t slot, double time_s) override;
  double find_next_s() override { return schedule_.first_s(); }
  void run(double until_s) override;
  void drop(std::span<const std::uint32_t> slots, double time_s) override;
  void cores_changed(SystemId system, double time_s) override;

  // Members of the schedule: link directions, then systems, then slots.
  [[nodiscard]] std::uint32_t member_of_system(std::size_t system) const {
    return static_cast<std::uint32_t>(links_.size() + system);
  }
  [[nodiscard]] std::uint32_t member_of_slot(std::uint32_t slot) const {
    return static_cast<std::uint32_t>(links_.size() + systems_.size()) + slot;
  }
  void schedule_own(std::uint32_t slot, Own what, double time_s) {
    own_[slot] = what;
    schedule_.set(member_of_slot(slot), time_s);
  }
  [[nodiscard]] static std::uint64_t bytes_of(const Call& call) {
    return call.phase == TransactionPhase::response ? call.what.response_bytes : call.what.request_bytes;
  }
  [[nodiscard]] static std::size_t link_of(const Call& call) {
    return 2 * call.what.from.index() + (call.phase == TransactionPhase::response ? 1 : 0);
  }

  void begin_transfer(std::uint32_t slot, double time_s);
  void join_link(std::uint32_t slot, double time_s);
  void use_alone(std::size_t link, std::uint32_t slot, double joins_s, double bytes);
  void share_link(std::size_t link, std::uint32_t slot, double bytes);
  void leave_link(std::size_t link, double time_s);
  void back_to_solo(std::size_t link, double time_s);
  void end_transfer(std::uint32_t slot, double time_s);
  void enter_system(std::uint32_t slot, double time_s);
  void leave_system(std::uint32_t slot, double time_s);
  void share_system(std::size_t system, double time_s);
  void settle_system(std::size_t system, double time_s);
  void pass_on(std::uint32_t slot, double now_s);
  void forget_unshared(std::uint32_t slot);
  void drop_from_link(std::uint32_t slot, double time_s);
  void reschedule_link(std::size_t link);
  void reschedule_system(std::size_t system);

  std::vector<LinkStation> links_;
  std::vector<SystemStation> systems_;
  std::vector<double> way_s_;  ///< latency of the access link and those behind it, by access link
  // By slot.
  std::vector<double> latency_s_;
  std::vector<double> leaves_s_;      ///< the system, while nobody shares there
  std::vector<std::uint32_t> place_;  ///< in SystemStation::unshared
  std::vector<Own> own_;
  Schedule schedule_;
  std::vector<std::uint32_t> due_;
};

}  // namespace pishkhan
