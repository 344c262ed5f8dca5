#pragma once
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/attempt.hpp"
#include "models/trial/trial_result.hpp"
#include "sim/random/philox.hpp"
#include "sim/random/poisson.hpp"

namespace pishkhan {

/// At least n elements, of whatever values. Memory is taken for twice as many, which costs nothing before it
/// is used, and what stood there is not moved.
template <class T>
void make_room(std::vector<T>& list, std::size_t n) {
  if (list.capacity() < n) {
    std::vector<T>().swap(list);
    list.reserve(2 * n);
  }
  if (list.size() < n) list.resize(n);
}

/// A new citizen on the way to a station; small, as a day has many.
struct FirstAttempt {
  std::uint32_t stream, index;  ///< as Attempt's
  std::uint32_t station;
  std::uint8_t citizen_class, channel;
  bool lacks_papers;

  [[nodiscard]] Attempt guest(DayNumber today) const {
    return {stream, index, today, station, 0, 0, citizen_class, lacks_papers, channel, 0};
  }
};

/// Where today's citizens went, and what became of those who needed no station.
struct DayCitizens {
  std::vector<FirstAttempt> room;  ///< the first so many are fresh()
  std::size_t fresh_count = 0;
  std::vector<Attempt> online_failed;  ///< to a station on a later day; station is resolved
  std::vector<Attempt> online;         ///< every online attempt, only if asked for
  std::vector<Attempt> nowhere;        ///< no station gives the service: lost

  /// To stations, in order of (zone, service, index).
  [[nodiscard]] std::span<const FirstAttempt> fresh() const { return {room.data(), fresh_count}; }
};

/// Creates the citizens of a day: how many want what, through which channel, at which office.
class CitizenSource {
 public:
  CitizenSource(const Scenario& scenario, const Plan::Data& data, DrawKey key);

  /// Citizens are added to the tallies when `counted`.
  void create(DayNumber day, bool counted, bool keep_online, std::vector<CitizenTally>& citizens,
              std::vector<VisitTally>& services, std::vector<std::uint64_t>& moved, DayCitizens& out);

  /// Station for a citizen who goes to a counter or an office; kNoStation if none gives the service.
  [[nodiscard]] std::uint32_t station_for(Channel channel, std::uint32_t zone, std::uint32_t service,
                                          std::uint32_t office_word, DayNumber day) const;
  /// The word that picks a citizen's office.
  [[nodiscard]] std::uint32_t office_word(const Attempt& guest) const;
  /// Today's online attempts.
  [[nodiscard]] const VisitTally& online_today() const { return online_; }

 private:
  void count(DayNumber day);
  /// Citizens of one cell, who stand together in the chunk.
  struct Run {
    std::uint32_t cell;
    std::size_t begin, end;
  };
  void route_chunk(DayNumber day, bool counted, bool keep_online, std::vector<CitizenTally>& citizens,
                   std::vector<VisitTally>& services, std::vector<std::uint64_t>& moved, DayCitizens& out);
  void route(const Run& run, DayNumber day, bool counted, bool keep_online,
             std::vector<CitizenTally>& citizens, std::vector<VisitTally>& services,
             std::vector<std::uint64_t>& moved, DayCitizens& out);
  void go_online(Attempt guest, std::uint32_t office_word, bool fails, bool counted, bool keep_online,
                 std::vector<CitizenTally>& citizens, std::vector<VisitTally>& services, DayCitizens& out);

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  std::vector<std::uint32_t> class_last_word_;               ///< cumulative shares of the classes
  std::vector<std::uint32_t> rework_below_, failure_below_;  ///< by service, as words
  std::vector<std::uint32_t> counter_;  ///< by cell: the agency's station in the county, or kNoStation
  DayChannels channels_;
  PoissonQuantile poisson_;
  VisitTally online_;
  std::vector<double> expected_;                                            ///< by cell
  std::vector<std::uint32_t> stream_, counts_, zeros_, days_, count_tags_;  ///< by cell
  // One chunk of citizens at a time.
  std::vector<Run> runs_;
  std::vector<std::uint32_t> index_, chunk_stream_, day_, tag_, class_;
  std::array<std::vector<std::uint32_t>, 4> words_;
};

}  // namespace pishkhan
