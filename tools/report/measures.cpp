#include "tools/report/measures.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "models/province/position.hpp"

namespace pishkhan {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

using K = ColumnKind;
using V = VisitTally;
using S = StationTally;
using R = StationResult;
using H = HourTally;
using C = CitizenTally;
using T = TravelTally;
using D = Diversion;

double joined(const V& v) { return count(v.arrived - v.balked); }
/// Those who joined and of whom it is known whether they started within the service level time.
double joined_and_known(const V& v) { return count(v.arrived - v.balked - v.waiting_in_target); }
double arrived(const V& v) { return count(v.arrived); }
double served(const V& v) { return count(v.served); }

/// Nobody can come.
bool doors_shut(const H& h) { return h.open_s <= 0; }

const Measure<V> kVisitMeasures[] = {
    events<V>("arrived", "visits", "Visits that came to the door (online: attempts).", arrived,
              TableForm::brief),
    events<V>("served", "visits", "Visits that were served.", served, TableForm::brief),
    events<V>("abandoned", "visits", "Visits that joined and left unserved when patience ran out.",
              [](const V& v) { return count(v.abandoned); }),
    events<V>("balked", "visits", "Visits that did not join, the room being full or the queue too long.",
              [](const V& v) { return count(v.balked); }),
    events<V>("sent_away", "visits", "Visits sent away unserved at closing.",
              [](const V& v) { return count(v.sent_away); }),
    events<V>("inside", "visits", "Visits still waiting or at the desk when the run ended.",
              [](const V& v) { return count(v.inside); }),
    events<V>("failed", "visits",
              "Visits sent home from the desk without an answer of the system (online: attempts that did not "
              "succeed).",
              [](const V& v) { return count(v.failed); }),
    proportion<V>(
        "failed_share", "failed / arrived.", [](const V& v) { return count(v.failed); }, arrived),
};

const Measure<V> kQueueMeasures[] = {
    proportion<V>(
        "balked_share", "balked / arrived.", [](const V& v) { return count(v.balked); }, arrived),
    proportion<V>(
        "abandoned_share", "abandoned / joined, where joined = arrived - balked.",
        [](const V& v) { return count(v.abandoned); }, joined),
    proportion<V>(
        "sent_away_share", "sent_away / joined.", [](const V& v) { return count(v.sent_away); }, joined),
    proportion<V>(
        "reworked_share", "Visits served that came without the papers / served.",
        [](const V& v) { return count(v.reworked); }, served),
    proportion<V>(
        "service_level",
        "Joined visits that started within the scenario's service level time / joined; the abandoned and the "
        "sent away count against. When an unbroken run ends, those at a desk have started; those who wait "
        "longer than that time already count against, and those who wait for less are left out.",
        [](const V& v) { return count(v.in_target); }, joined_and_known, TableForm::brief),
    skewed<V>(
        "wait_s", "s", "Wait of the served, from joining to start of handling.",
        [](const V& v) { return v.wait_s; }, served, TableForm::brief),
    skewed<V>(
        "wait_joined_s", "s",
        "Wait of all who joined, from joining to start of handling or to leaving the queue.",
        [](const V& v) { return v.wait_joined_s; }, joined),
    skewed<V>(
        "sojourn_s", "s", "Sojourn of the served, from joining to leaving.",
        [](const V& v) { return v.sojourn_s; }, served),
    bounded(skewed<V>(
        "handling_s", "s",
        "Clerk time of a served visit, the transaction in it; with processor sharing the time that one core "
        "works for it.",
        [](const V& v) { return v.handling_s; }, served)),
    skewed<V>(
        "system_s", "s", "The transaction's part of handling_s.", [](const V& v) { return v.system_s; },
        served),
};

double staffed(const S& s) { return s.staffed_s; }
double overtime(const S& s) { return s.overtime_s; }
double open(const S& s) { return s.open_s; }

Measure<S> staffed_measure() {
  Measure<S> staffed_s{"staffed_s",
                       "s",
                       K::count,
                       "Clerk time on shift over the counted days, overtime included.",
                       staffed,
                       nullptr,
                       TableForm::full,
                       nullptr,
                       nullptr,
                       0,
                       Bounds::low_and_high,
                       Method::nearly_whole,
                       overtime};
  staffed_s.addition_name = "overtime_s";
  return staffed_s;
}

const Measure<S> kStaffMeasures[] = {
    bounded(skewed<S>(
        K::share, "utilization", "share", "Busy clerk time / staffed clerk time, overtime in both.",
        [](const S& s) { return s.busy_s; }, staffed, TableForm::brief)),
    bounded(skewed<S>(
        K::share, "handling_share", "share", "The part of utilization in which clerks handle.",
        [](const S& s) { return std::max(0.0, s.busy_s - s.waiting_s); }, staffed)),
    skewed<S>(
        K::share, "waiting_share", "share",
        "The part of utilization in which clerks wait for the system; the rest to 1 is idle.",
        [](const S& s) { return s.waiting_s; }, staffed),
    staffed_measure(),
    skewed<S>(K::count, "overtime_s", "s", "Handling past the end of a shift, over the counted days.",
              overtime, nullptr),
    skewed<S>(
        "queue_length", "visits",
        "Number waiting, time average over open hours (of several stations: of one of them).",
        [](const S& s) { return s.queue_area_s; }, open),
    skewed<S>(
        "queue_max", "visits",
        "Most visits waiting at once at one station in a replication, mean over replications.",
        [](const S& s) { return s.open_s > 0 ? s.queue_max : kNothing; }, nullptr),
    proportion<S>(
        "missed_days_share",
        "Days (of several stations: station-days) on which fewer than 80% of the joined visits started "
        "within "
        "the scenario's service level time / those on which somebody joined.",
        [](const S& s) { return count(s.missed_days); }, [](const S& s) { return count(s.days); }),
};

WaitHistogram waits(const R& r) { return r.waits.unpack(); }
WaitHistogram waits(const ClassResult& r) { return r.waits.unpack(); }
WaitHistogram waits(const CompactHistogram& packed) { return packed.unpack(); }

template <class T>
Measure<T> wait_percentile(std::string_view name, std::string_view description, double p) {
  return percentile<T>(name, "s", description, waits, p);
}

constexpr std::string_view kMedian = "Median wait of the served, of all replications together.",
                           kP90 = "90th percentile of the wait of the served, of all replications together.",
                           kP95 = "95th percentile of the wait of the served, of all replications together.";

template <class T>
const std::array<Measure<T>, 3> kWaitPercentiles{wait_percentile<T>("wait_p50_s", kMedian, 0.5),
                                                 wait_percentile<T>("wait_p90_s", kP90, 0.9),
                                                 wait_percentile<T>("wait_p95_s", kP95, 0.95)};

const Measure<R> kPercentileMeasures[] = {
    {"queue_p95", "visits", K::quantile,
     "95th percentile of the number waiting at a station, over the open time of all replications.", nullptr,
     nullptr, TableForm::full, nullptr, [](const R& r) { return r.levels; }, 0.95, Bounds::low_and_high},
    wait_percentile<R>("wait_p50_s", kMedian, 0.5),
    wait_percentile<R>("wait_p90_s", kP90, 0.9),
    wait_percentile<R>("wait_p95_s", kP95, 0.95),
};

const Measure<H> kHourMeasures[] = {
    events<H>(
        "arrived", "visits", "Visits that came to the door in this hour of the counted days.",
        [](const H& h) { return count(h.arrived); }, TableForm::brief, doors_shut),
    events<H>(
        "joined", "visits", "Those of them who joined.", [](const H& h) { return count(h.joined); },
        TableForm::full, doors_shut),
    events<H>(
        "served", "visits", "Those of them who were served, in this hour or later.",
        [](const H& h) { return count(h.served); }, TableForm::brief, doors_shut),
    proportion<H>(
        "service_level", "Joined in this hour and started within the scenario's service level time / joined.",
        [](const H& h) { return count(h.in_target); }, [](const H& h) { return count(h.joined); },
        TableForm::brief),
    skewed<H>(
        "wait_s", "s", "Wait of the served who came in this hour.", [](const H& h) { return h.wait_s; },
        [](const H& h) { return count(h.served); }, TableForm::brief),
    skewed<H>(
        "queue_length", "visits", "Number waiting, time average over the hour's open time (of one station).",
        [](const H& h) { return h.queue_area_s; }, [](const H& h) { return h.open_s; }),
    bounded(skewed<H>(
        K::share, "utilization", "share",
        "Busy clerk time / staffed clerk time within the hour, overtime in both; empty where clerks only "
        "finish: nobody comes, no door is open, and no shift goes on.",
        [](const H& h) { return clerks_only_finish(h) ? kNothing : h.busy_s; },
        [](const H& h) { return h.staffed_s; }, TableForm::brief)),
    {"staffed_s", "s", K::count,
     "Clerk time on shift within the hour over the counted days, overtime included.",
     [](const H& h) { return h.staffed_s; }, nullptr, TableForm::full, nullptr, nullptr, 0,
     Bounds::low_and_high, Method::nearly_whole,
     [](const H& h) { return clerks_only_finish(h) ? h.staffed_s : 0; },
     kSecondsPerHour},  // an absence takes no more from an hour than that hour of a clerk
};

Measure<C> trips_measure() {
  Measure<C> trips = skewed<C>(
      "trips", "trips", "Ways to a station of a citizen who got the service; online attempts are none.",
      [](const C& c) { return count(c.trips); }, [](const C& c) { return count(c.completed); });
  // Only who got it online has no way.
  trips.lowest = [](const C& c) { return c.trips < c.completed ? 0.0 : 1.0; };
  return trips;
}

const Measure<C> kCitizenMeasures[] = {
    events<C>(
        "citizens_created", "citizens", "Citizens who needed the service and first chose the channel.",
        [](const C& c) { return count(c.created); }, TableForm::brief),
    events<C>(
        "citizens_completed", "citizens", "Those of them who got the service.",
        [](const C& c) { return count(c.completed); }, TableForm::brief),
    events<C>(
        "citizens_lost", "citizens", "Those of them who gave up for good.",
        [](const C& c) { return count(c.lost); }, TableForm::brief),
    events<C>("citizens_pending", "citizens",
              "Those of them who were to return after the run, or inside when it ended.",
              [](const C& c) { return count(c.pending); }),
    proportion<C>(
        "lost_share", "citizens_lost / citizens_created.", [](const C& c) { return count(c.lost); },
        [](const C& c) { return count(c.created); }),
    trips_measure(),
    skewed<C>(
        "completion_d", "d",
        "Days from the one on which a citizen who got the service first wants it to the visit at which it "
        "was "
        "given; days on which the station is shut count, 0 where it was the same day.",
        [](const C& c) { return count(c.days); }, [](const C& c) { return count(c.completed); }),
};

double visits(const T& t) { return count(t.visits); }
WaitHistogram kilometres(const T& t) { return t.km.unpack(); }

const Measure<T> kTravelMeasures[] = {
    events<T>("arrived", "visits", "Visits that came to the door.", visits, TableForm::brief),
    skewed<T>(
        "distance_km", "km",
        "From the citizen's place of residence to the station, one way, as the crow flies. The residents of "
        "a "
        "city are spread over a disc, and so are its offices: the distance is the root of the mean squared "
        "one, which within the city is the disc's radius. A counter stands in the middle of its county's "
        "capital, from whose residents it is the radius / sqrt(2).",
        [](const T& t) { return t.metres / kMetresPerKm; }, visits, TableForm::brief),
    percentile<T>("distance_p50_km", "km", "Median distance, of the visits of all replications together.",
                  kilometres, 0.5),
    percentile<T>("distance_p90_km", "km",
                  "90th percentile of the distance, of the visits of all replications together.", kilometres,
                  0.9),
    proportion<T>(
        "beyond_20_km_share", "Visits from a distance of 20 km or more / arrived.",
        [](const T& t) { return count(t.far); }, visits),
    proportion<T>(
        "out_of_county_share", "Visits to a station in another county than the citizen's / arrived.",
        [](const T& t) { return count(t.out_of_county); }, visits, TableForm::brief),
    skewed<T>(
        "travel_min", "min",
        "Time of the way to the station, one way: distance times the scenario's `travel.detour`, at its "
        "`travel.urban_speed` or `travel.rural_speed` by the kind of the citizen's place. Where the scenario "
        "says nothing: 1.3, 20 km/h and 35 km/h, assumed.",
        [](const T& t) { return t.travel_s / kSecondsPerMinute; }, visits, TableForm::brief),
    skewed<T>(
        K::count, "travel_h", "h",
        "Person-hours of travel over the counted days, both ways, there and back: every visit as a way of "
        "its own from home.",
        [](const T& t) { return 2 * t.travel_s / kSecondsPerHour; }, nullptr),
};

Measure<D> of_either_sign(Measure<D> measure) {
  measure.lowest = [](const D&) { return -std::numeric_limits<double>::infinity(); };
  return measure;
}
double diverted(const D& d) { return count(d.citizens); }
/// Nobody has a way to no station.
bool has_station(const D& d) { return d.station != kNoStation.value; }

const Measure<D> kDiversionMeasures[] = {
    events<D>("citizens", "citizens",
              "Citizens who would have chosen the office, had the scenario closed none, and went to the "
              "station instead.",
              diverted, TableForm::brief),
    bounded(skewed<D>(
        "distance_before_km", "km",
        "From their places of residence to the closed office, one way, as the crow flies.",
        [](const D& d) { return count(d.office_metres) / kMetresPerKm; }, diverted)),
    bounded(skewed<D>(
        "distance_km", "km", "The same to the station.",
        [](const D& d) { return has_station(d) ? count(d.station_metres) / kMetresPerKm : kNothing; },
        diverted)),
    of_either_sign(bounded(skewed<D>(
        "extra_km", "km", "What the way to the station is longer, one way; negative: shorter.",
        [](const D& d) {
          return has_station(d) ? (count(d.station_metres) - count(d.office_metres)) / kMetresPerKm
                                : kNothing;
        },
        diverted, TableForm::brief))),
};

}  // namespace

std::span<const Measure<VisitTally>> visit_measures() { return kVisitMeasures; }
std::span<const Measure<VisitTally>> queue_measures() { return kQueueMeasures; }
std::span<const Measure<StationTally>> staff_measures() { return kStaffMeasures; }
std::span<const Measure<StationResult>> percentile_measures() { return kPercentileMeasures; }
std::span<const Measure<ClassResult>> class_percentile_measures() { return kWaitPercentiles<ClassResult>; }
std::span<const Measure<CompactHistogram>> wait_percentile_measures() {
  return kWaitPercentiles<CompactHistogram>;
}
std::span<const Measure<HourTally>> hour_measures() { return kHourMeasures; }
std::span<const Measure<CitizenTally>> citizen_measures() { return kCitizenMeasures; }
std::span<const Measure<TravelTally>> travel_measures() { return kTravelMeasures; }
std::span<const Measure<Diversion>> diversion_measures() { return kDiversionMeasures; }

const DesignEffects& no_effects() {
  static const DesignEffects none = [] {
    DesignEffects effects;
    const auto add = [&effects](const auto& measures) {
      for (const auto& measure : measures) effects[measure.name] = 0;
    };
    add(visit_measures());
    add(queue_measures());
    add(staff_measures());
    add(citizen_measures());
    return effects;
  }();
  return none;
}

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
  sum.queue_max = std::max(sum.queue_max, tally.queue_max);
  sum.days += tally.days;
  sum.missed_days += tally.missed_days;
}

void add_to(CitizenTally& sum, const CitizenTally& tally) {
  sum.created += tally.created;
  sum.completed += tally.completed;
  sum.lost += tally.lost;
  sum.pending += tally.pending;
  sum.trips += tally.trips;
  sum.days += tally.days;
}

void add_to(TravelTally& sum, const TravelTally& tally) {
  sum.visits += tally.visits;
  sum.far += tally.far;
  sum.out_of_county += tally.out_of_county;
  sum.metres += tally.metres;
  sum.travel_s += tally.travel_s;
  WaitHistogram km = sum.km.unpack();
  tally.km.add_to(km);
  sum.km = CompactHistogram(km);
}

}  // namespace pishkhan
