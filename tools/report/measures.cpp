#include "tools/report/measures.hpp"

#include <cmath>
#include <limits>
#include <string>

namespace pishkhan {
namespace {

template <class T>
double count(T value) {
  return static_cast<double>(value);
}

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

using V = VisitTally;
using S = StationTally;
using H = HourTally;
using C = CitizenTally;

double joined(const V& v) { return count(v.arrived - v.balked); }
double arrived(const V& v) { return count(v.arrived); }
double served(const V& v) { return count(v.served); }

const Measure<V> kVisitMeasures[] = {
    {"arrived", "visits", "Visits that came to the door (online: attempts).", arrived, nullptr},
    {"served", "visits", "Visits that were served.", served, nullptr},
    {"abandoned", "visits", "Visits that joined and left unserved when patience ran out.",
     [](const V& v) { return count(v.abandoned); }, nullptr},
    {"balked", "visits", "Visits that did not join, the room being full or the queue too long.",
     [](const V& v) { return count(v.balked); }, nullptr},
    {"sent_away", "visits", "Visits sent away unserved at closing.",
     [](const V& v) { return count(v.sent_away); }, nullptr},
    {"inside", "visits", "Visits still waiting or at the desk when the run ended.",
     [](const V& v) { return count(v.inside); }, nullptr},
    {"failed", "visits",
     "Visits sent home from the desk without an answer of the system (online: attempts that did not "
     "succeed).",
     [](const V& v) { return count(v.failed); }, nullptr},
    {"failed_share", "share", "failed / arrived.", [](const V& v) { return count(v.failed); }, arrived},
};

const Measure<V> kQueueMeasures[] = {
    {"balked_share", "share", "balked / arrived.", [](const V& v) { return count(v.balked); }, arrived},
    {"abandoned_share", "share", "abandoned / joined, where joined = arrived - balked.",
     [](const V& v) { return count(v.abandoned); }, joined},
    {"sent_away_share", "share", "sent_away / joined.", [](const V& v) { return count(v.sent_away); },
     joined},
    {"reworked_share", "share", "Visits served that came without the papers / served.",
     [](const V& v) { return count(v.reworked); }, served},
    {"service_level", "share",
     "Joined visits that started within the scenario's service level time / joined; the abandoned and the "
     "sent "
     "away count against.",
     [](const V& v) { return count(v.in_target); }, joined},
    {"wait_s", "s", "Wait of the served, from joining to start of handling.",
     [](const V& v) { return v.wait_s; }, served},
    {"wait_joined_s", "s",
     "Wait of all who joined, from joining to start of handling or to leaving the queue.",
     [](const V& v) { return v.wait_joined_s; }, joined},
    {"sojourn_s", "s", "Sojourn of the served, from joining to leaving.",
     [](const V& v) { return v.sojourn_s; }, served},
    {"handling_s", "s", "Clerk time of a served visit, the transaction in it.",
     [](const V& v) { return v.handling_s; }, served},
    {"system_s", "s", "The transaction's part of handling_s.", [](const V& v) { return v.system_s; }, served},
};

double staffed(const S& s) { return s.staffed_s; }
double open(const S& s) { return s.open_s; }

const Measure<S> kStaffMeasures[] = {
    {"utilization", "share", "Busy clerk time / staffed clerk time, overtime in both.",
     [](const S& s) { return s.busy_s; }, staffed},
    {"handling_share", "share", "The part of utilization in which clerks handle.",
     [](const S& s) { return s.busy_s - s.waiting_s; }, staffed},
    {"waiting_share", "share",
     "The part of utilization in which clerks wait for the system; the rest to 1 is idle.",
     [](const S& s) { return s.waiting_s; }, staffed},
    {"staffed_s", "s", "Clerk time on shift over the counted days, overtime included.", staffed, nullptr},
    {"overtime_s", "s", "Handling past the end of a shift, over the counted days.",
     [](const S& s) { return s.overtime_s; }, nullptr},
    {"queue_length", "visits",
     "Number waiting, time average over open hours (of several stations: of one of them).",
     [](const S& s) { return s.queue_area_s; }, open},
};

const Measure<S> kSingleStationMeasures[] = {
    {"queue_p95", "visits", "95th percentile of the number waiting, weighted by open time.",
     [](const S& s) { return s.open_s > 0 ? s.queue_p95 : kNothing; }, nullptr},
    {"queue_max", "visits", "Most visits waiting at once.",
     [](const S& s) { return s.open_s > 0 ? s.queue_max : kNothing; }, nullptr},
    {"wait_p50_s", "s", "Median wait of the served.",
     [](const S& s) { return s.served > 0 ? s.wait_p50_s : kNothing; }, nullptr},
    {"wait_p90_s", "s", "90th percentile of the wait of the served.",
     [](const S& s) { return s.served > 0 ? s.wait_p90_s : kNothing; }, nullptr},
    {"wait_p95_s", "s", "95th percentile of the wait of the served.",
     [](const S& s) { return s.served > 0 ? s.wait_p95_s : kNothing; }, nullptr},
};

const Measure<H> kHourMeasures[] = {
    {"arrived", "visits", "Visits that came to the door in this hour of the counted days.",
     [](const H& h) { return count(h.arrived); }, nullptr},
    {"joined", "visits", "Those of them who joined.", [](const H& h) { return count(h.joined); }, nullptr},
    {"served", "visits", "Those of them who were served, in this hour or later.",
     [](const H& h) { return count(h.served); }, nullptr},
    {"service_level", "share",
     "Joined in this hour and started within the scenario's service level time / joined.",
     [](const H& h) { return count(h.in_target); }, [](const H& h) { return count(h.joined); }},
    {"wait_s", "s", "Wait of the served who came in this hour.", [](const H& h) { return h.wait_s; },
     [](const H& h) { return count(h.served); }},
    {"queue_length", "visits", "Number waiting, time average over the hour's open time (of one station).",
     [](const H& h) { return h.queue_area_s; }, [](const H& h) { return h.open_s; }},
    {"utilization", "share", "Busy clerk time / staffed clerk time within the hour, overtime in both.",
     [](const H& h) { return h.busy_s; }, [](const H& h) { return h.staffed_s; }},
    {"staffed_s", "s", "Clerk time on shift within the hour over the counted days, overtime included.",
     [](const H& h) { return h.staffed_s; }, nullptr},
};

const Measure<C> kCitizenMeasures[] = {
    {"citizens_created", "citizens", "Citizens who needed the service and first chose the channel.",
     [](const C& c) { return count(c.created); }, nullptr},
    {"citizens_completed", "citizens", "Those of them who got the service.",
     [](const C& c) { return count(c.completed); }, nullptr},
    {"citizens_lost", "citizens", "Those of them who gave up for good.",
     [](const C& c) { return count(c.lost); }, nullptr},
    {"citizens_pending", "citizens",
     "Those of them who were to return after the run, or inside when it ended.",
     [](const C& c) { return count(c.pending); }, nullptr},
};

}  // namespace

std::span<const Measure<VisitTally>> visit_measures() { return kVisitMeasures; }
std::span<const Measure<VisitTally>> queue_measures() { return kQueueMeasures; }
std::span<const Measure<StationTally>> staff_measures() { return kStaffMeasures; }
std::span<const Measure<StationTally>> single_station_measures() { return kSingleStationMeasures; }
std::span<const Measure<HourTally>> hour_measures() { return kHourMeasures; }
std::span<const Measure<CitizenTally>> citizen_measures() { return kCitizenMeasures; }

void add_to(VisitTally& sum, const VisitTally& tally) { sum += tally; }
void add_to(HourTally& sum, const HourTally& tally) { sum += tally; }

void add_to(StationTally& sum, const StationTally& tally) {
  static_cast<VisitTally&>(sum) += tally;
  sum.busy_s += tally.busy_s;
  sum.waiting_s += tally.waiting_s;
  sum.staffed_s += tally.staffed_s;
  sum.overtime_s += tally.overtime_s;
  sum.open_s += tally.open_s;
  sum.queue_area_s += tally.queue_area_s;
}

void add_to(CitizenTally& sum, const CitizenTally& tally) {
  sum.created += tally.created;
  sum.completed += tally.completed;
  sum.lost += tally.lost;
  sum.pending += tally.pending;
}

void add_estimate_columns(TableHeader& header, std::string_view name, std::string_view unit,
                          std::string_view description) {
  header.columns.push_back(
      {std::string(name) + "_mean", std::string(unit), CellType::real, std::string(description)});
  header.columns.push_back({std::string(name) + "_half_width", std::string(unit), CellType::real,
                            "95% half-width of " + std::string(name) + "_mean over replications."});
}

Cell number_cell(double value) {
  if (!std::isfinite(value)) return {};
  return value;
}

void add_estimate_cells(Row& row, const Estimate& estimate) {
  // An infinite or unknown half-width is no interval, and without an interval there is no number.
  if (std::isfinite(estimate.mean) && std::isfinite(estimate.half_width)) {
    row.emplace_back(estimate.mean);
    row.emplace_back(estimate.half_width);
  } else {
    row.resize(row.size() + 2);
  }
}

}  // namespace pishkhan
