#pragma once
#include <deque>
#include <vector>

#include "sim/coupling/joint_day.hpp"
#include "sim/queues/event_queue.hpp"

namespace pishkhan {

/// Makes the calls of the clerks of all stations, and applies the call policy when a try is refused, fails or
/// takes too long. The event loop tells it, in order of time, which visits begin their call, which
/// transactions end and what fails; it tells the stations when a visit is answered, parked, recalled or
/// fails.
class CallDesk {
 public:
  CallDesk(std::span<const JointStation> stations, const CallsOverBackbone& calls,
           std::deque<StationEvents>& events);

  void begin(JointStationIndex station, std::uint32_t visit, double t);
  /// Handles the end of a transaction that began here.
  void ended(const Completion& end);
  /// A recalled visit failed because no clerk was left to continue it.
  void too_late(JointStationIndex station, std::uint32_t visit, double t);
  /// Applies a failure, a repair or a change of cores.
  void apply(const Switch& what);
  /// Repairs everything, once nothing is in flight.
  void repair_all(double t);

  /// Time of the next time limit, new try or closing; kForever when there is none.
  [[nodiscard]] double next_s();
  /// Handles one event at t, which is next_s().
  void step(double t);

  /// Stations whose next event may have changed. The caller clears the list.
  [[nodiscard]] std::vector<JointStationIndex>& touched() { return touched_; }
  [[nodiscard]] CallsOutcome& outcome() { return outcome_; }
  /// Transactions that have ended and were not given to ended() yet: the event loop does that.
  [[nodiscard]] Completions& ends() { return ends_; }

 private:
  enum class State : std::uint8_t { over, in_flight, pausing, awaiting_repair, recalled };
  struct Call {
    JointStationIndex station;
    std::uint32_t visit;
    TransactionHandle handle;
    double since_s;       ///< the present try or pause
    double lost_s;        ///< the clerk's waiting that was booked as lost so far
    double unloaded_s;    ///< of a parked visit: its waiting that is lost only if it fails
    int retries;          ///< so far
    std::uint32_t stamp;  ///< of the present state: events scheduled in an earlier state are void
    State state;
    Cause cause;  ///< why the last try got no answer
    bool parked;
  };
  /// An event of a call, void if the call has changed its state since.
  struct Due {
    double time_s;
    std::uint32_t call, stamp;
  };

  /// Whether a try may be refused, fail or take too long; otherwise no records are kept.
  [[nodiscard]] bool keeps_records() const {
    return calls_.policy.limit_s < kForever || !calls_.switches.empty();
  }
  [[nodiscard]] Transaction transaction(JointStationIndex station, std::uint32_t visit) const;
  [[nodiscard]] std::size_t system_of(const Call& call) const;
  [[nodiscard]] Cause cause_now(JointStationIndex station, std::size_t system) const;
  [[nodiscard]] bool is_void(const Due& due) const { return records_[due.call].stamp != due.stamp; }
  [[nodiscard]] std::uint32_t& record_of(JointStationIndex station, std::uint32_t visit);
  std::uint32_t new_record(JointStationIndex station, std::uint32_t visit);
  void enter(Call& call, State state, double t);
  [[nodiscard]] LostClerkTime& lost(const Call& call, Cause cause) {
    return outcome_.lost_clerk_s[system_of(call)][static_cast<std::size_t>(cause)];
  }
  void add_lost_waiting(Call& call, Cause cause, double seconds);
  void add_lost_parked(Call& call);
  void try_now(std::uint32_t number, double t);
  void try_failed(std::uint32_t number, Cause cause, double t);
  void time_out(std::uint32_t number, double t);
  void pause(std::uint32_t number, double t);
  void await_repair(std::uint32_t number, double t);
  void park(Call& call, double t);
  void give_up(std::uint32_t number, double t);
  void finish(Call& call, double t);

  std::span<const JointStation> stations_;
  const CallsOverBackbone& calls_;
  Backbone* backbone_;
  std::deque<StationEvents>& events_;
  CallsOutcome outcome_;
  std::vector<JointStationIndex> touched_;
  Completions ends_;
  // Used only if keeps_records().
  std::vector<Call> records_;
  std::vector<std::uint32_t> free_;
  std::vector<std::vector<std::uint32_t>> record_of_;  ///< by station and visit: 1 + number of its record
  std::deque<Due> limits_, pauses_;  ///< each in order of time, because all are equally long
  EventQueue<Due> closings_;
  std::vector<std::uint32_t> awaiting_;       ///< records of calls that wait for a repair
  std::vector<std::uint32_t> down_[kCauses];  ///< by cause and index: whether it is down
};

}  // namespace pishkhan
