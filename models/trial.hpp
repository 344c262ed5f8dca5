#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "sim/coupling/joint_day.hpp"
#include "sim/statistics/tally.hpp"

namespace pishkhan {

/// Citizens of one service who first chose one channel.
struct CitizenTally {
  std::uint64_t created = 0;
  std::uint64_t completed = 0;  ///< got the service
  std::uint64_t lost = 0;       ///< gave up for good
  std::uint64_t pending = 0;    ///< to return after the run's end, or inside when it ended
};

/// One finished visit (or online attempt), as it is written to the visits table.
struct VisitRecord {
  DayNumber day;  ///< of this visit
  DayNumber
      origin_day;      ///< of the citizen's first attempt; the citizen is (origin_day, zone, service, index)
  std::uint32_t zone;  ///< ZoneId index; 0 in a scenario of bare stations
  std::uint32_t service;  ///< ServiceId index; stream index over all stations in a bare scenario
  std::uint32_t index;
  std::uint32_t attempt;
  Channel channel;
  std::uint32_t station;  ///< as in TrialResult::stations; UINT32_MAX online
  Outcome outcome;
  bool reworked;
  double arrival_s;     ///< seconds after midnight (after the run's start without days)
  double start_s;       ///< NaN unless served or failed at a station
  double end_s;         ///< end of handling, or when the citizen left the queue
  std::uint32_t clerk;  ///< number within the station; UINT32_MAX unless served or failed at one
};
using VisitSink = std::function<void(std::span<const VisitRecord>)>;

struct LedgerEntry {
  std::uint32_t migration;  ///< index in Scenario::migrations
  ServiceId service;
  std::uint64_t citizens;  ///< moved from the migration's `from` to its `to`
};

struct Audit {
  std::uint64_t checks = 0;           ///< identities verified
  std::vector<std::string> failures;  ///< the first hundred, in words
  [[nodiscard]] bool passed() const { return failures.empty(); }
};

/// The calls to agency systems on the counted days.
struct CallTally {
  /// Empty where the backbone is ideal and nothing fails: then no call was followed. Link kinds as in
  /// BackboneRules::link_kinds, then the web. core_s and down_s over whole days.
  BackboneTallies backbone;
  std::uint64_t retried = 0;     ///< tries after the first
  std::uint64_t parked = 0;      ///< visits
  std::uint64_t web_failed = 0;  ///< online attempts that failed for want of an answer
  /// By agency: clerk time beyond that of unloaded calls, and all that of failed visits, by what it was
  /// lost to.
  std::vector<std::array<double, kCauses>> lost_clerk_s;
  std::uint64_t days_apart = 0;  ///< on which no transactions of different stations met
  std::uint64_t days_together = 0;
};

/// Everything one replication observed on its counted days.
struct TrialResult {
  std::vector<StationTally> stations;    ///< offices then counters in their order; or the bare stations
  std::vector<HourTally> station_hours;  ///< [station * 24 + hour]; empty without days
  std::vector<VisitTally> services;  ///< [service * kChannels + channel]; bare: [stream * kChannels + office]
  std::vector<CitizenTally> citizens;  ///< same index as services
  std::vector<VisitTally> days;        ///< [day * kChannels + channel], warm-up days included
  std::vector<LedgerEntry> ledger;     ///< entries with citizens > 0, ordered
  CallTally calls;
  std::uint64_t visits = 0;  ///< all simulated, warm-up included
  Audit audit;
};

/// A scenario made ready for simulation; shared by all replications, immutable.
class Plan {
 public:
  explicit Plan(const Scenario& scenario);
  ~Plan();
  Plan(Plan&&) noexcept;
  Plan& operator=(Plan&&) noexcept;
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  [[nodiscard]] const Scenario& scenario() const { return *scenario_; }
  struct Data;
  [[nodiscard]] const Data& data() const { return *data_; }

 private:
  const Scenario* scenario_;
  std::unique_ptr<const Data> data_;
};

/// Whether the scenario has stations that influence each other, so that the coupled kernel simulates it.
bool is_coupled(const Scenario& scenario);

struct TrialOptions {
  bool coupled = false;  ///< one loop over all stations even where nothing is coupled: for its tests
  /// Makes the backbone `simgrid`, where a scenario asks for it: sim/backbone/simgrid.hpp.
  std::function<std::unique_ptr<Backbone>(const Platform&)> simgrid;
  VisitSink visits;                       ///< called with each station-day's records, in a fixed order
  std::function<void(int day)> progress;  ///< after each simulated day
  std::function<bool()> stop;             ///< asked between days; true ends the trial with Interrupted
};

class Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("interrupted") {}
};

/// One replication, a pure function of (plan, replication).
TrialResult run_trial(const Plan& plan, std::uint32_t replication, const TrialOptions& options = {});

/// What a planner may know before simulating: expectations, no draws.
struct Forecast {
  /// Offered load in erlangs and clerks on shift, by station, weekday class and hour, averaged over
  /// the counted days on which the station is open: [station * 24 + hour].
  std::vector<double> offered_load, clerks;
  std::vector<double> visits;  ///< expected over the counted days, by station
  double total_visits = 0;     ///< over all channels, warm-up and rework included, retries not
  std::vector<std::pair<ServiceId, ZoneId>> unreachable;  ///< office demand nobody near may serve
};
Forecast forecast(const Plan& plan);

}  // namespace pishkhan
