#pragma once
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/citizens/choose_office.hpp"
#include "models/trial/totals/attempt.hpp"
#include "models/trial/totals/day.hpp"
#include "models/trial/totals/totals.hpp"
#include "sim/random/philox.hpp"
#include "sim/random/poisson.hpp"

namespace pishkhan {

/// Makes the list at least n elements long; their values are unspecified. When the memory is too small, twice
/// as much is taken, and the old elements are not copied.
template <class T>
void make_room(std::vector<T>& list, std::size_t n) {
  if (list.capacity() < n) {
    std::vector<T>().swap(list);
    list.reserve(2 * n);
  }
  if (list.size() < n) list.resize(n);
}

/// The first attempt of a new citizen, at a station. A day has many, so it is smaller than Attempt, whose
/// members it has.
struct FirstAttempt {
  std::uint32_t stream = 0, index = 0;
  StationIndex station;
  std::uint8_t citizen_class = 0;
  Channel channel = Channel::traditional;
  bool lacks_papers = false;

  [[nodiscard]] Attempt attempt(DayNumber today) const {
    return {stream, index, today, station, 0, 0, citizen_class, lacks_papers, channel, 0};
  }
};

/// What a citizen does after an online attempt that failed.
struct AfterOnline {
  NextStep step = NextStep::lost;
  Attempt attempt;  ///< the next, where there is one; kNoStation: online, or no station gives the service

  [[nodiscard]] bool makes_visit() const {
    return step != NextStep::lost && step != NextStep::online && attempt.station != kNoStation;
  }
};

/// A day's new citizens, by where they go.
struct DayCitizens {
  std::vector<FirstAttempt> memory;  ///< the first first_attempt_count elements are in use
  std::size_t first_attempt_count = 0;
  std::vector<Attempt> online;         ///< all online attempts, if asked for
  std::vector<Attempt> online_failed;  ///< attempts at stations, on a later day, after a failed one online
  std::vector<Attempt> online_again;   ///< online attempts on a later day, after a failed one
  std::vector<Attempt> unservable;     ///< no station gives the service: the citizen is lost
  std::vector<Attempt> gave_up;        ///< failed online, and the citizen is lost
  VisitTally online_tally;             ///< of the online attempts

  /// To stations, in order of (place, service, index).
  [[nodiscard]] std::span<const FirstAttempt> first_attempts() const {
    return {memory.data(), first_attempt_count};
  }
};

/// Creates the new citizens of a province's day: how many need which service, who chooses which channel, and
/// which office.
class CitizenSource {
 public:
  CitizenSource(const Scenario& scenario, const Plan::Data& data, DrawKey key, StopCheck stop = {});

  /// From now on only citizens who go to one of these stations are given out: marks, by station.
  void only_for(std::span<const std::uint8_t> wanted);
  /// Replaces `out` by the citizens of the day. On a counted day citizens, online attempts and migrations are
  /// added to totals.result.citizens, totals.result.services, totals.moved and totals.diversions. Throws
  /// EnvironmentError where there are too many for any memory.
  void create(const Day& day, bool keep_online, Totals& totals, DayCitizens& out);

  /// Station for the citizen of an attempt, who goes to an office if one gives the service on that date, and
  /// to the agency's counter otherwise; kNoStation if neither does.
  [[nodiscard]] StationIndex office_for(const Attempt& attempt, DayNumber date) const;
  /// What the citizen of an online attempt that failed on a day does. Citizens whom a closed office would
  /// have had are added to totals.diversions.
  [[nodiscard]] AfterOnline after_online(const Attempt& attempt, const Day& day, Totals& totals) const;
  /// Makes the online attempts of citizens who failed online on an earlier day; as create() otherwise, to
  /// whose `out` it adds.
  void try_again(std::span<const Attempt> attempts, const Day& day, bool keep_online, Totals& totals,
                 DayCitizens& out);

 private:
  /// Citizens of one cell, next to each other in the chunk.
  struct Run {
    std::uint32_t cell;
    std::size_t begin, end;
    bool brought;  ///< they come where doors bring them, or not at all
  };
  void draw_counts(const Day& day);
  void find_brought(const Day& day);
  void fill_counters(IdKey ids, DayNumber date, std::uint32_t index, std::size_t begin, std::size_t end);
  void route_chunk(const Day& day, bool keep_online, Totals& totals, DayCitizens& out);
  void count_moves(std::uint64_t moved_by, std::size_t service, Totals& totals) const;
  void route_brought(const Run& run, const Day& day, Totals& totals, DayCitizens& out) const;
  /// An online attempt for the cell's service fails if its word is below this one.
  [[nodiscard]] std::uint32_t failure_word(const DemandCell& cell) const;
  /// Whether a citizen goes online on the day of the attempt, as `share` of them do; the others do so on
  /// web_only days.
  [[nodiscard]] bool goes_online_same_day(const Attempt& attempt, double share) const;
  void route(const Run& run, const Day& day, bool keep_online, Totals& totals, DayCitizens& out);
  void go_online(Attempt attempt, std::uint32_t office_word, bool fails, const Day& day, bool keep_online,
                 Totals& totals, DayCitizens& out);
  [[nodiscard]] StationIndex office_by_word(const Attempt& attempt, std::uint32_t office_word,
                                            DayNumber date) const;
  [[nodiscard]] ChoosingCitizen chooser_of(const Attempt& attempt, std::uint32_t office_word) const;
  void find_diversions(const Run& run, std::size_t first_attempt, std::size_t first_unservable,
                       DayNumber date, const DayCitizens& out, Totals& totals) const;
  [[nodiscard]] AfterOnline after_online(const Attempt& attempt, std::uint32_t office_word, const Day& day,
                                         Totals& totals) const;
  [[nodiscard]] bool is_counted(const Attempt& attempt) const;
  [[nodiscard]] NextStep step_after_online(const Attempt& attempt, DayNumber date) const;
  void find_diversion(const Attempt& attempt, std::uint32_t office_word, DayNumber date,
                      Totals& totals) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  StopCheck stop_;
  std::vector<std::uint32_t> class_last_word_;               ///< cumulative shares of the classes
  std::vector<std::uint32_t> rework_below_, failure_below_;  ///< by service, as words
  std::vector<StationIndex> counter_;  ///< by cell: the agency's counter for the county, or kNoStation
  std::vector<std::uint8_t> wanted_;   ///< by station; empty: all are
  DayChannels channels_;
  PoissonQuantile poisson_;
  std::vector<double> share_of_day_;  ///< by service
  std::vector<double> expected_;      ///< by cell
  /// Where doors bring citizens on the day: by station, as a share of the most that a station's bring.
  std::vector<double> brought_;
  double most_brought_ = 0;
  std::vector<std::uint32_t> with_brought_;  ///< citizens by cell, those with them who are brought
  std::vector<std::uint32_t> stream_, counts_, ids_, zeros_, days_, count_tags_;  ///< by cell
  std::vector<IdKey> county_keys_;
  const OfficeChooser* chooser_ = nullptr;  ///< of the day
  // Working memory: citizens are routed in chunks.
  std::vector<Run> runs_;
  std::vector<std::uint32_t> index_, chunk_ids_, day_, tag_, class_;
  std::array<std::vector<std::uint32_t>, 4> words_;
};

}  // namespace pishkhan
