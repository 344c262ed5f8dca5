#include "models/trial/run_memory.hpp"

#include <algorithm>
#include <cmath>

#include "models/plan/plan_data.hpp"
#include "models/scenario/channel_stretches.hpp"
#include "models/trial/run_trial.hpp"
#include "models/trial/station_day/run_pieces.hpp"
#include "models/trial/totals/totals.hpp"
#include "sim/random/poisson.hpp"

namespace pishkhan {
namespace {

// Bytes as measured on runs: of a visit of the station-day that is simulated, where it is simulated by
// pieces too, and of one that waits from piece to piece; of a citizen of a day of the province.
constexpr double kVisitBytes = 175, kPieceVisitBytes = 380, kWaitingVisitBytes = 400, kCitizenBytes = 100;
/// Of a station's statistics: its histograms above all.
constexpr double kStationBytes = 9'000;
/// Of a station's hours of weekdays, if it is open for half of the day.
constexpr double kWeekHoursBytes = kDaysPerWeek * kHoursPerDay * sizeof(HourTally) / 2;
/// Of a bare station's queues by hour, if it is open for ten hours.
constexpr double kQueueBytes = kHoursOfWork * 100.0 + 10 * 2'000;
/// Of a clerk, and of a station-day's citizens who are followed through one loop of events.
constexpr double kClerkBytes = 120, kCoupledVisitBytes = 100;

double mean_work_s(const BareStation& station, std::size_t stream) {
  return mean(station.streams[stream].handling);
}

double clerks_of(const StationPlan& plan) {
  double clerks = 0;
  for (const ClerkGroup& group : plan.rules->groups) clerks += group.clerks;
  return clerks;
}

/// Those who wait at the end of an unbroken run, where more work comes than the clerks can do.
double waiting_at_end(const Scenario& scenario, const Plan::Data& data, std::size_t s, double visits) {
  const StationPlan& plan = data.stations[s];
  if (plan.unlimited) return 0;
  double load = 0, servers = plan.cores, patient = 0;
  for (std::size_t g = 0; g < plan.rules->groups.size(); ++g) {
    const ClerkGroup& group = plan.rules->groups[g];
    const double on_shift_s = time_within(plan.weeks[0].days[0]->shifts[g], 0, scenario.run.length_s);
    servers += group.clerks * group.speed * (on_shift_s / scenario.run.length_s);
  }
  for (std::size_t k = 0; k < plan.streams; ++k) {
    const double count = data.stream_curves[plan.first_stream + k][0].total();
    load += count / scenario.run.length_s * mean_work_s(scenario.stations[s], k);
    if (std::isinf(mean(scenario.stations[s].streams[k].patience))) patient += count / visits;
  }
  const double room = plan.rules->room == INT32_MAX ? visits : plan.rules->room;
  return load > servers ? std::min(room, visits * patient * (1 - servers / load)) : 0;
}

/// The factor of the busiest of the days of a bare station, about.
double most_busy(const Scenario& scenario, const StationPlan& plan) {
  return busyness_quantile(plan.busyness_cv, 1 - 0.5 / std::max(1, scenario.run.days));
}

double largest_bare(const Scenario& scenario, const Plan::Data& data) {
  double largest = 0;
  for (std::size_t s = 0; s < data.stations.size(); ++s) {
    const StationPlan& plan = data.stations[s];
    const auto& week = plan.weeks.front().days;
    for (std::size_t weekday = 0; weekday < week.size(); ++weekday) {
      double visits = 0;
      for (std::size_t k = 0; k < plan.streams && week[weekday]->open(); ++k) {
        visits += data.stream_curves[plan.first_stream + k][weekday].total() +
                  data.streams[plan.first_stream + k]->at_start;
      }
      double bytes = visits * most_busy(scenario, plan) * kVisitBytes;
      if (data.unbroken && visits > kPieceVisits) {
        const double pieces = std::ceil(visits / kPieceVisits);
        bytes = visits / pieces * kPieceVisitBytes +
                waiting_at_end(scenario, data, s, visits) * kWaitingVisitBytes;
      }
      largest = std::max(largest, bytes + clerks_of(plan) * kClerkBytes);
    }
  }
  return largest;
}

/// Citizens of the province's busiest day.
double largest_day(const Plan::Data& data) {
  double largest = 0;
  for (const DemandEpoch& epoch : data.demand) {
    std::vector<double> a_year(data.day_share.size(), 0);
    for (std::size_t k = 0; k < data.cells.size(); ++k)
      a_year[data.group_of_service[data.cells[k].service.index()]] += epoch.visits_a_year[k];
    for (std::size_t day = 0; !data.day_share.empty() && day < data.day_share[0].size(); ++day) {
      double citizens = 0;
      for (std::size_t group = 0; group < a_year.size(); ++group) {
        // Doors bring at most an ordinary day's demand beside the day's own.
        const double brought = data.has_brought() ? data.ordinary_share[group][day] : 0;
        citizens += a_year[group] * (data.day_share[group][day] + brought);
      }
      largest = std::max(largest, citizens);
    }
  }
  return largest;
}

/// How many ways somebody may take in the end.
double ways_in_use(const Scenario& scenario, const Plan::Data& data) {
  const double most_metres = scenario.choice.within_km * 1000;
  return static_cast<double>(std::count_if(data.ways.begin(), data.ways.end(),
                                           [=](const Way& way) { return way.metres <= most_metres; }));
}

/// Of the channels of every zone and service, as migrations cut them.
double channel_bytes(const Scenario& scenario) {
  // Lists that grow have room for up to twice their elements.
  constexpr double kStretchBytes = 1.5 * (sizeof(ChannelMap::Share) + sizeof(ChannelSegment));
  double stretches = 0;
  for (std::size_t s = 0; s < scenario.province->services.size(); ++s)
    stretches += most_channel_stretches(scenario.migrations, ServiceId(s));
  return static_cast<double>(scenario.province->zones.size()) * stretches * kStretchBytes;
}

}  // namespace

RunMemory expected_memory(const Plan& plan) {
  const Scenario& scenario = plan.scenario();
  const Plan::Data& data = plan.data();
  const auto stations = static_cast<double>(data.stations.size());
  RunMemory memory;
  memory.running = stations * kStationBytes;
  const auto cells = static_cast<double>(period_cells(scenario.run).size());
  if (!data.unbroken) memory.running += stations * (kWeekHoursBytes + cells * 2 * sizeof(PeriodTally));
  if (data.bare) {
    memory.running += largest_bare(scenario, data);
  } else {
    const double citizens = largest_day(data);
    const auto ways = static_cast<double>(data.ways.size() * sizeof(std::uint32_t));
    const double given = stations * static_cast<double>(data.services * sizeof(std::uint32_t));
    memory.running += citizens * kCitizenBytes + ways + given + channel_bytes(scenario);
    // Totals are kept twice, and stations keep their visits until the day is decided.
    if (is_coupled(scenario))
      memory.running += stations * kStationBytes + citizens * kCoupledVisitBytes + ways + given;
    memory.finished += stations * static_cast<double>(data.services * sizeof(GivenCount));
  }
  memory.finished += stations * sizeof(StationTally) + static_cast<double>(data.services * kChannels) *
                                                           (sizeof(VisitTally) + sizeof(CitizenTally));
  memory.finished += ways_in_use(scenario, data) * sizeof(TripCount);
  if (!data.unbroken) {
    memory.finished +=
        stations * (kHoursOfWork * sizeof(HourTally) + kWeekHoursBytes + cells * sizeof(PeriodTally)) +
        static_cast<double>(scenario.run.days * kChannels) * sizeof(VisitTally);
  }
  if (scenario.queues && data.bare)
    memory.running += stations * kQueueBytes, memory.finished += stations * kQueueBytes;
  const double days = data.unbroken ? 1 : scenario.run.days - scenario.run.warm_up_days;
  for (const Target& target : scenario.targets) {
    const double places = target.stations.empty() ? stations : static_cast<double>(target.stations.size());
    const std::size_t of_cell = target.counts_visits() ? sizeof(GoodCount) : sizeof(RatioParts);
    const double bytes = places * days * static_cast<double>(slots_of(target, data) * of_cell);
    memory.finished += bytes;
    memory.running += (is_coupled(scenario) ? 2 : 1) * bytes;
  }
  return memory;
}

}  // namespace pishkhan
