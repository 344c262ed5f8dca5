#include "tools/report/appointment_table.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "tools/report/cell_names.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/sums.hpp"

namespace pishkhan {
namespace {

using A = AppointmentResult;

/// Of several stations together, which AppointmentResult is of one.
void add_station(A& sum, const A& one) {
  AppointmentCounts& counts = sum.counts;
  for (const auto member :
       {&AppointmentCounts::wanted, &AppointmentCounts::booked, &AppointmentCounts::without_slot,
        &AppointmentCounts::days_to_slot, &AppointmentCounts::not_yet, &AppointmentCounts::offered,
        &AppointmentCounts::used, &AppointmentCounts::no_shows, &AppointmentCounts::shut})
    counts.*member += one.counts.*member;
  for (const auto member : {&A::booked, &A::walk_ins}) {
    ClassResult& visits = sum.*member;
    const ClassResult& more = one.*member;
    static_cast<VisitTally&>(visits) += more;
    WaitHistogram waits = visits.waits.unpack();
    more.waits.add_to(waits);
    visits.waits = CompactHistogram(waits);
  }
}

double slots_booked(const A& a) { return count(a.counts.booked); }
double slots_wanted(const A& a) { return count(a.counts.wanted); }
double slots_offered(const A& a) { return count(a.counts.offered); }
double slots_used(const A& a) { return count(a.counts.used); }
double who_joined(const VisitTally& visits) { return count(visits.arrived - visits.balked); }
bool none_offered(const A& a) { return a.counts.offered == 0; }

const Measure<A> kSlotMeasures[] = {
    events<A>("wanted", "citizens", "Citizens who wanted to book a slot.", slots_wanted, TableForm::brief),
    events<A>("booked", "citizens", "Those of them who booked one.", slots_booked, TableForm::brief),
    events<A>(
        "without_slot", "citizens",
        "Those of them who found none that was free within the horizon: they walked in, or gave up for good, "
        "as "
        "the scenario says.",
        [](const A& a) { return count(a.counts.without_slot); }, TableForm::brief),
    proportion<A>(
        "without_slot_share", "without_slot / wanted.",
        [](const A& a) { return count(a.counts.without_slot); }, slots_wanted),
    bounded(skewed<A>(
        "days_to_slot", "d", "Days from booking to the slot, of those who booked.",
        [](const A& a) { return count(a.counts.days_to_slot); }, slots_booked, TableForm::brief)),
    events<A>("not_yet", "citizens", "Those who booked a slot after the end of the run.",
              [](const A& a) { return count(a.counts.not_yet); }),
    {"offered", "slots", ColumnKind::count,
     "Slots of the counted days that could be booked: those within the open doors.", slots_offered, nullptr,
     TableForm::brief},
    events<A>("used", "slots", "Slots in which the citizen came who had booked it.", slots_used,
              TableForm::brief, none_offered),
    events<A>(
        "no_shows", "slots", "Slots in which the citizen did not come who had booked it.",
        [](const A& a) { return count(a.counts.no_shows); }, TableForm::brief, none_offered),
    events<A>(
        "shut", "slots",
        "Slots in which the citizen who had booked it found nobody on duty all day, and walked in another "
        "day.",
        [](const A& a) { return count(a.counts.shut); }, TableForm::full, none_offered),
    events<A>(
        "unfilled", "slots", "Slots that nobody had booked.",
        [](const A& a) {
          return count(a.counts.offered - a.counts.used - a.counts.no_shows - a.counts.shut);
        },
        TableForm::brief, none_offered),
    proportion<A>("used_share", "used / offered.", slots_used, slots_offered, TableForm::brief),
};

const Measure<A> kBookedMeasures[] = {
    events<A>("booked_served", "visits", "Visits in a booked slot that were served.",
              [](const A& a) { return count(a.booked.served); }),
    skewed<A>(
        "booked_wait_s", "s", "Wait of those served in a booked slot, from arrival, early or not.",
        [](const A& a) { return a.booked.wait_s; }, [](const A& a) { return count(a.booked.served); },
        TableForm::brief),
    percentile<A>(
        "booked_wait_p90_s", "s", "90% of them waited for no longer.",
        [](const A& a) { return a.booked.waits.unpack(); }, 0.9),
    proportion<A>(
        "booked_service_level",
        "Visits in a booked slot that joined and started within the scenario's service level time / joined.",
        [](const A& a) { return count(a.booked.in_target); },
        [](const A& a) { return who_joined(a.booked); }),
};

const Measure<A> kWalkInMeasures[] = {
    events<A>(
        "walk_in_arrived", "visits",
        "Visits for the services without a slot, on days on which the appointments hold: of citizens who did "
        "not want one, found none, or come again.",
        [](const A& a) { return count(a.walk_ins.arrived); }, TableForm::brief),
    events<A>("walk_in_served", "visits", "Those of them that were served.",
              [](const A& a) { return count(a.walk_ins.served); }),
    skewed<A>(
        "walk_in_wait_s", "s", "Wait of those of them that were served.",
        [](const A& a) { return a.walk_ins.wait_s; }, [](const A& a) { return count(a.walk_ins.served); },
        TableForm::brief),
    percentile<A>(
        "walk_in_wait_p90_s", "s", "90% of these waited for no longer.",
        [](const A& a) { return a.walk_ins.waits.unpack(); }, 0.9),
    proportion<A>(
        "walk_in_service_level", "The same as booked_service_level, of visits without a slot.",
        [](const A& a) { return count(a.walk_ins.in_target); },
        [](const A& a) { return who_joined(a.walk_ins); }),
};

struct AppointmentRow {
  std::size_t item;
  std::optional<std::uint32_t> station;  ///< none: all of the item together
  std::vector<A> tallies;                ///< by replication
};

std::vector<AppointmentRow> rows_of(const Results& results) {
  std::vector<AppointmentRow> rows;
  std::size_t at = 0;
  for (std::size_t item = 0; item < results.scenario.appointments.size(); ++item) {
    const std::size_t all = rows.size();
    rows.push_back({item, std::nullopt, std::vector<A>(results.trials.size())});
    for (const std::uint32_t station : results.scenario.appointments[item].stations) {
      AppointmentRow row{item, station, {}};
      for (const TrialResult& trial : results.trials) row.tallies.push_back(trial.appointments[at]);
      for (std::size_t i = 0; i < row.tallies.size(); ++i) add_station(rows[all].tallies[i], row.tallies[i]);
      rows.push_back(std::move(row));
      ++at;
    }
  }
  return rows;
}

/// Stations stand in for each other where one of them saw nothing of a kind.
DesignEffects effects_of(const std::vector<AppointmentRow>& rows) {
  DesignEffects effects;
  const auto tallies_of = [&rows](std::size_t row) { return std::span<const A>(rows[row].tallies); };
  for (const std::span<const Measure<A>> measures :
       {std::span<const Measure<A>>(kSlotMeasures), std::span<const Measure<A>>(kBookedMeasures),
        std::span<const Measure<A>>(kWalkInMeasures)}) {
    for (const auto& [name, effect] : usual_design_effects(measures, rows.size(), tallies_of))
      effects[name] = effect;
  }
  return effects;
}

ColumnList<AppointmentRow> identities(const Results& results, const std::vector<std::string_view>& ids,
                                      const Texts& english, const Texts& persian) {
  const Province& province = *results.scenario.province;
  ColumnList<AppointmentRow> list;
  list.add_identity("item", "Number of the item in the scenario's list of appointments, from 0.",
                    [](const AppointmentRow& row) { return std::to_string(row.item); });
  list.add_identity("station", "Id of the office or counter; `all`: those of the item together.",
                    [&ids](const AppointmentRow& row) {
                      return row.station ? ids[*row.station] : std::string_view("all");
                    });
  const auto add_name = [&](const char* column, const char* description, const Texts& texts) {
    list.add_attribute(column, description, [&province, &texts](const AppointmentRow& row) {
      return row.station ? station_name(province, *row.station, texts) : std::string();
    });
  };
  add_name("station_name_en", "Name of the office, or of the counter's agency and county, in English.",
           english);
  add_name("station_name_fa", "The same in Persian.", persian);
  list.add_attribute("channel", "Of the station: office or traditional; of all together empty.",
                     [&province](const AppointmentRow& row) {
                       return row.station ? std::optional(to_string(channel_of(province, *row.station)))
                                          : std::nullopt;
                     });
  return list;
}

}  // namespace

Table make_appointments_table(const Results& results) {
  const std::vector<AppointmentRow> rows = rows_of(results);
  const DesignEffects effects = effects_of(rows);
  const std::vector<std::string_view> ids = station_ids(results.scenario);
  const Texts english(Language::english), persian(Language::persian);
  ColumnList<AppointmentRow> list = identities(results, ids, english, persian);
  const auto tallies = [](const AppointmentRow& row) { return &row.tallies; };
  for (const std::span<const Measure<A>> measures :
       {std::span<const Measure<A>>(kSlotMeasures), std::span<const Measure<A>>(kBookedMeasures),
        std::span<const Measure<A>>(kWalkInMeasures)})
    list.add_measures(measures, tallies, effects);
  TableOf<AppointmentRow> table(
      "appointments",
      "Appointments by item and station: citizens who wanted to book on a counted day, the slots of the "
      "counted days, and the visits of both kinds for the services over these days. Nobody has measured how "
      "many would book, come, or be early: shares and times that a scenario says are assumed. Only with the "
      "key `appointments`.",
      std::move(list), Evidence::assumed);
  for (const AppointmentRow& row : rows) table.add(row);
  return table.take();
}

}  // namespace pishkhan
