#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "models/demand/arrival_curve.hpp"
#include "models/plan/plan_data.hpp"
#include "models/trial/totals/attempt.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/coupling/down_times.hpp"
#include "sim/coupling/joint_day.hpp"
#include "sim/random/philox.hpp"
#include "sim/random/poisson.hpp"

namespace pishkhan {

/// Where the new citizens of single stations come from, so that they can be drawn without those of all
/// others. The citizens of a place who need a service are Poisson, given how busy the day is, and each
/// chooses by itself; so those who choose one station are Poisson too (thinning), with the mean times the
/// probability of the choice. Where migrations change that from day to day, they are drawn as on the day on
/// which it is largest, and thinned again. Online citizens who come only because an outage meets their call
/// are drawn apart, on days on which the system of their service is down, each with the time of the call.
class StationDemand {
 public:
  /// Citizens of a place who need a service, as a station sees them.
  struct Cell {
    double visits_to;            ///< a year, of all cells of the stratum up to this one, times Cell::most
    double most;                 ///< the largest probability that the channel leads to the station
    std::uint32_t stream = 0;    ///< as in Attempt
    std::uint32_t channels = 0;  ///< of the zone and service in DayChannels
    bool has_counter = false, has_offices = false;
  };
  /// Cells whose citizens rise and fall together from day to day, as those of one county and one group of
  /// special days do.
  struct Stratum {
    CountyId county;
    std::uint32_t service = 0;  ///< one of the group; of online citizens, one that calls the same system
    double visits_a_year = 0;   ///< of all cells, times the probability of coming to the station; of online
                                ///< citizens, of coming if the call fails
    std::vector<Cell> cells;
    std::vector<std::uint32_t> guide;  ///< of n equal parts of visits_a_year: the first cell that is in it

    /// The cell of a uniform.
    [[nodiscard]] const Cell& pick(double u) const;
  };

  /// Whether the plan's citizens can be drawn so: of a province in which no choice changes during the run.
  static bool is_possible(const Scenario& scenario, const Plan::Data& data);
  /// Of the stations that are marked. Both must outlive it.
  StationDemand(const Scenario& scenario, const Plan::Data& data, std::span<const std::uint8_t> wanted);

  [[nodiscard]] std::span<const Stratum> of(StationIndex station) const { return strata_[station.index()]; }
  /// Citizens who are served online unless an outage meets their call, and come to the station then. None
  /// where there are no outages of systems.
  [[nodiscard]] std::span<const Stratum> online_of(StationIndex station) const {
    return online_[station.index()];
  }
  /// The channels of a day of the run, counted from 0.
  [[nodiscard]] const DayChannels& channels(int day) const {
    return channels_[channels_of_day_[static_cast<std::size_t>(day)]];
  }

 private:
  std::vector<std::vector<Stratum>> strata_, online_;  ///< by station
  std::vector<DayChannels> channels_;                  ///< those that differ from the ones before
  std::vector<std::size_t> channels_of_day_;           ///< index in channels_
};

/// Draws the new citizens of single stations, in law as CitizenSource does. They are others than those that a
/// run of the same seed has.
class StationSource {
 public:
  /// All must outlive it.
  StationSource(const StationDemand& demand, const Scenario& scenario, const Plan::Data& data, DrawKey key);

  /// Adds the station's new citizens of the day: those who come, and those who come on a later day because
  /// they fail online.
  void draw(const Day& day, StationIndex station, std::vector<Attempt>& first,
            std::vector<Attempt>& after_online);
  /// Online citizens of whom the station has those whose call fails.
  struct Online {
    std::vector<WebCall> calls;  ///< ordered by time
    std::vector<Attempt> after;  ///< by call: the attempt at the station on a later day, if it fails
  };
  /// Of the day, those at services whose system is down at some time of it.
  [[nodiscard]] Online draw_online(const Day& day, StationIndex station, const DownTimes& down);

 private:
  void find_busyness(const Day& day);
  [[nodiscard]] std::uint8_t class_of(std::uint32_t word) const;
  void draw_counts(const Day& day, IdKey station, std::span<const StationDemand::Stratum> strata,
                   std::uint32_t number);
  void draw_words(const Day& day, IdKey station, std::size_t n, std::uint32_t number);
  void add(const Day& day, StationIndex station, const StationDemand::Stratum& stratum, std::uint32_t index,
           std::vector<Attempt>& first, std::vector<Attempt>& after_online) const;

  const StationDemand& demand_;
  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  PoissonQuantile poisson_;
  ArrivalCurve web_;
  std::vector<std::vector<double>> busyness_;  ///< by day, then county; filled when first needed
  std::vector<double> means_;
  std::vector<std::uint32_t> high_, low_, counts_;
  std::vector<std::uint32_t> index_, station_, date_, tag_;  ///< the counters of a day's citizens
  std::array<std::vector<std::uint32_t>, 4> words_;          ///< their blocks
};

}  // namespace pishkhan
