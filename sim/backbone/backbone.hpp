#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "sim/backbone/observation.hpp"
#include "sim/backbone/platform.hpp"

namespace pishkhan {

/// The end of a transaction that was neither refused nor cancelled.
struct Completion {
  double time_s;
  std::uint64_t id;         ///< as given to start()
  bool failed;              ///< an outage hit it
  bool uncontended = true;  ///< completed, and no other slowed it down: it took its unloaded time
  friend bool operator==(const Completion&, const Completion&) = default;
};
using Completions = std::vector<Completion>;

/// A transaction at work at a system, waiting for a core included.
struct SystemStay {
  SystemId system;
  double from_s, to_s;
};

/// Names a transaction in flight; goes stale by itself when the transaction ends.
struct TransactionHandle {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;
};

/// The links and the agencies' systems, stepped by somebody else's event loop (look-ahead):
///
///   while (backbone.next_s() < kNever || own_next_s < kNever) {
///     if (backbone.next_s() <= own_next_s) { backbone.advance(own_next_s, ends); handle ends; }
///     else                                 { handle the own event, calling start, cancel, set_... }
///   }
///
/// The caller's clock never passes next_s(), so nothing is undone. Deliveries come in the total order
/// (time, completed before failed, id): ids are the caller's, unique among transactions in flight.
///
/// An outage fails at once every transaction in flight whose way includes what broke, in whatever
/// phase it is (the session is gone); while it lasts, start() refuses. An end due at the very instant
/// of an outage or a cancellation happened before it. Each link and system is up or down by itself:
/// a way is open when all of it is up.
///
/// Deliveries and tallies are a function of the platform and the sequence of calls.
class Backbone {
 public:
  static constexpr double kNever = std::numeric_limits<double>::infinity();

  virtual ~Backbone() = default;
  Backbone(const Backbone&) = delete;
  Backbone& operator=(const Backbone&) = delete;

  [[nodiscard]] const Platform& platform() const { return platform_; }

  /// Begins a transaction at time_s <= next_s(). Nothing when its way is not open (refused).
  std::optional<TransactionHandle> start(double time_s, std::uint64_t id, const Transaction& transaction);

  /// Date of the next internal event; kNever when nothing is in flight. Cheap when nothing changed.
  [[nodiscard]] double next_s() {
    if (!ready_.empty()) return ready_.front().time_s;
    if (stale_) {
      next_s_ = find_next_s();
      stale_ = false;
    }
    return next_s_;
  }

  /// Runs internal events up to and including until_s, but not beyond the first date at which
  /// transactions end; appends all ends of that date. Nothing appended: now at until_s.
  void advance(double until_s, Completions& out);

  /// Gives up a transaction at time_s <= next_s(): no end will be delivered. False when the handle is
  /// stale, that is when the end was delivered or is due at this instant and will be.
  bool cancel(double time_s, TransactionHandle handle);

  /// Outages and repairs at time_s; repeating a state changes nothing. Ends due by time_s are
  /// appended first, then those that the outage fails.
  void set_access_link(double time_s, AccessLinkId link, bool up, Completions& out);
  void set_county_link(double time_s, CountyLinkId link, bool up, Completions& out);
  void set_province_link(double time_s, bool up, Completions& out);
  void set_system(double time_s, SystemId system, bool up, Completions& out);
  /// A slow-down or its end; cores >= 1. Nobody fails, everybody at work goes on at the new rate.
  void set_cores(double time_s, SystemId system, std::uint32_t cores, Completions& out);

  [[nodiscard]] bool reachable(AccessLinkId from, SystemId to) const {
    return reachable_[from.index()] && system_up_[to.index()];
  }
  [[nodiscard]] std::uint32_t cores(SystemId system) const { return cores_[system.index()]; }

  /// Everything observed up to time_s, not before the last event and not after next_s(). Sums since
  /// the beginning: the difference of two calls is what happened between.
  const BackboneTallies& observe(double time_s);
  /// Begins the tallies anew: what observe() tells afterwards came after this.
  void forget_tallies() { observer_.forget(); }
  /// As BackboneObserver::take_sums, with nothing in flight.
  void take_sums(BackboneTallies& sums) { observer_.take_sums(sums); }
  /// As BackboneObserver::take_longest.
  void take_longest(LongestDurations& longest) { observer_.take_longest(longest); }
  /// Every stay at a system from now on is appended to the log, too, when it ends; null: no more.
  void log_stays(std::vector<SystemStay>* log) { stays_ = log; }
  [[nodiscard]] const TransactionCounts& counts() const { return observer_.counts(); }

  /// The day ends at time_s with nothing in flight; the next begins at 0. What is down stays down,
  /// tallies go on.
  void restart(double time_s);

 protected:
  struct Call {
    std::uint64_t id = 0;
    Transaction what;
    double start_s = 0;
    double phase_start_s = 0;
    std::uint32_t generation = 0;
    TransactionPhase phase = TransactionPhase::request;
    bool in_flight = false;
    bool contended = false;  ///< shared something with another, or a system had fewer cores than it needed
  };
  enum class Element : std::uint8_t { access_link, county_link, province_link, system };

  explicit Backbone(Platform platform);

  // What a backbone supplies. Slots index calls().
  /// A transaction whose request begins now.
  virtual void begin(std::uint32_t slot, double time_s) = 0;
  /// kNever when nothing is in flight.
  virtual double find_next_s() = 0;
  /// Runs internal events in order up to until_s, or until ends have been reported and no more of
  /// them fall on the same date.
  virtual void run(double until_s) = 0;
  /// Something was switched, before the transactions that this fails are dropped.
  virtual void switched(Element, std::size_t /*index*/, bool /*up*/, double /*time_s*/) {}
  /// Forgets transactions that end now without completing.
  virtual void drop(std::span<const std::uint32_t> slots, double time_s) = 0;
  virtual void cores_changed(SystemId, double /*time_s*/) {}
  /// Nothing is in flight; what was time_s is 0 from now on.
  virtual void restarted(double /*time_s*/) {}
  /// Brings internal clocks to time_s <= next_s(), for those who must before they are changed. May
  /// report ends.
  virtual void synchronise(double /*time_s*/) {}

  // What a backbone reports, at the date of each.
  void request_arrived(std::uint32_t slot, double time_s) {
    transfer_done(slot, calls_[slot].what.request_bytes, time_s);
    calls_[slot].phase = TransactionPhase::work;
    observer_.work_begins(calls_[slot].what.to, time_s);
  }
  void work_finished(std::uint32_t slot, double time_s) {
    Call& call = calls_[slot];
    leave_work(call, time_s);
    observer_.system(call.what.to).response.add(time_s - call.phase_start_s);
    call.phase = TransactionPhase::response;
    call.phase_start_s = time_s;
    observer_.transfer_begins(call.what.from, TransactionPhase::response, time_s);
  }
  void response_arrived(std::uint32_t slot, double time_s);
  /// The transaction no longer takes its unloaded time.
  void mark_contended(std::uint32_t slot) { calls_[slot].contended = true; }
  void now_stale() { stale_ = true; }

  [[nodiscard]] const std::vector<Call>& calls() const { return calls_; }
  [[nodiscard]] bool anything_ready() const { return !ready_.empty(); }
  [[nodiscard]] double ready_s() const { return ready_.front().time_s; }

 private:
  void leave_work(const Call& call, double time_s) {
    observer_.work_ends(call.what.to, time_s);
    if (stays_) stays_->push_back({call.what.to, call.phase_start_s, time_s});
  }
  void transfer_done(std::uint32_t slot, std::uint64_t bytes, double time_s) {
    Call& call = calls_[slot];
    observer_.transfer_ends(call.what.from, call.phase, time_s);
    observer_.transfer_counts(call.what.from, bytes, time_s - call.phase_start_s);
    call.phase_start_s = time_s;
  }
  void deliver(Completions& out);
  void deliver_until(double time_s, Completions& out);
  void release(std::uint32_t slot);
  void abandon(std::uint32_t slot, double time_s);
  void fail_hit(double time_s, Completions& out);
  void refresh_reachable(double time_s);

  Platform platform_;
  BackboneObserver observer_;
  std::vector<Call> calls_;
  std::vector<std::uint32_t> free_;
  Completions ready_;
  std::vector<SystemStay>* stays_ = nullptr;
  double next_s_ = kNever;
  bool stale_ = false;
  std::vector<std::uint8_t> access_up_, county_up_, system_up_, reachable_;
  bool province_up_ = true;
  std::vector<std::uint32_t> cores_;
  std::vector<std::uint32_t> hit_;
};

}  // namespace pishkhan
