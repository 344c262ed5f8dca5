#include "tools/report/theory_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/plan/forecast.hpp"
#include "models/theory/closed_form.hpp"
#include "models/theory/infinite_servers.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/shared_columns.hpp"
#include "tools/report/theory_inputs.hpp"

namespace pishkhan {
namespace {

using theory::ClosedForm;
using theory::Queue;

/// Below so many expected clerks a lone clerk is there in a part of the hour only, and not just absent on
/// some days.
constexpr double kLeastClerks = 0.9;

/// A formula for a number of servers that need not be whole: between those of its neighbours, and just below
/// one that of one. Nothing where there is no formula, or fewer servers.
std::optional<ClosedForm> form_at(Queue queue, double servers) {
  if (queue.unlimited_servers || queue.shares_processor) return theory::closed_form(queue);
  if (servers < kLeastClerks) return std::nullopt;
  const double below = std::max(1.0, std::floor(servers)), above = std::max(1.0, std::ceil(servers));
  queue.servers = static_cast<int>(below);
  std::optional<ClosedForm> form = theory::closed_form(queue);
  if (!form || above == below) return form;
  queue.servers = static_cast<int>(above);
  const std::optional<ClosedForm> more = theory::closed_form(queue);
  if (!more) return more;
  const double part = servers - below;
  form->is_exact = false;
  form->wait += part * (more->wait - form->wait);
  form->queue_length += part * (more->queue_length - form->queue_length);
  form->utilization =
      form->utilization * below / servers * (1 - part) + more->utilization * above / servers * part;
  return form;
}

/// A formula's means over the weekdays of an hour.
struct HourForm {
  std::string formula;  ///< of weekdays that differ, with commas; empty where one of them has none
  bool is_exact = false;
  double load = 0, clerks = 0;  ///< means over open days
  double wait_s = kNan, queue_length = kNan, utilization = kNan;
  std::string reasons;
};

struct TheoryRow {
  std::string_view station;
  std::optional<Channel> channel;
  std::optional<std::size_t> hour;
  HourForm form;
  Estimate wait_s, queue_length, utilization;
};

/// Means over weekdays, weighted by the days on which the station is open.
class WeekMean {
 public:
  void add(double days, double load, double clerks, const std::optional<ClosedForm>& form) {
    days_ += days;
    load_ += days * load;
    clerks_ += days * clerks;
    complete_ = complete_ && form;
    if (!form) return;
    if (std::ranges::find(formulas_, form->formula) == formulas_.end()) formulas_.emplace_back(form->formula);
    is_exact_ = is_exact_ && form->is_exact;
    wait_ += days * load * form->wait;
    queue_ += days * form->queue_length;
    busy_ += days * clerks * form->utilization;
  }
  [[nodiscard]] bool empty() const { return load_ <= 0; }
  [[nodiscard]] HourForm get() const {
    HourForm hour;
    hour.load = load_ / days_;
    hour.clerks = clerks_ / days_;
    if (!complete_) return hour;
    for (const std::string& one : formulas_) hour.formula += (hour.formula.empty() ? "" : ", ") + one;
    hour.is_exact = is_exact_;
    hour.wait_s = wait_ / load_;
    hour.queue_length = queue_ / days_;
    hour.utilization = busy_ / clerks_;
    return hour;
  }

 private:
  double days_ = 0, load_ = 0, clerks_ = 0, wait_ = 0, queue_ = 0, busy_ = 0;
  bool complete_ = true, is_exact_ = true;
  std::vector<std::string> formulas_;
};

/// The modified offered load of each hour of a weekday: customers inside with as many servers as they need,
/// all at the speed of the hour's. `offered_load` and `speed` are those of its hours; the service is at
/// speed 1.
std::array<double, kHoursPerDay> modified_load(const double* offered_load, const double* speed,
                                               double mean_service_s) {
  std::vector<std::pair<double, double>> rate;
  for (std::size_t hour = 0; hour < kHoursPerDay; ++hour) {
    rate.emplace_back(static_cast<double>(hour) * kSecondsPerHour,
                      offered_load[hour] * speed[hour] / mean_service_s);
  }
  std::map<double, theory::InfiniteServers> inside;  // by speed
  std::array<double, kHoursPerDay> load{};
  for (std::size_t hour = 0; hour < kHoursPerDay; ++hour) {
    if (offered_load[hour] <= 0) continue;
    const auto& at_speed = inside.try_emplace(speed[hour], rate, mean_service_s / speed[hour]).first->second;
    load[hour] = at_speed.average_inside(static_cast<double>(hour) * kSecondsPerHour,
                                         static_cast<double>(hour + 1) * kSecondsPerHour);
  }
  return load;
}

/// Of the clerks of a station, each as long as it is on shift.
double mean_speed(const Forecast& forecast, std::size_t station) {
  double done = 0, clerks = 0;
  for (std::size_t key = Forecast::hour_key(station, 0, 0); key < Forecast::hour_key(station + 1, 0, 0);
       ++key) {
    done += forecast.clerks[key] * forecast.speed[key];
    clerks += forecast.clerks[key];
  }
  return clerks > 0 ? done / clerks : 1;
}

/// Whether the queue grows as long as it has such an hour. A day begins empty, so the modified load comes
/// near the offered one and never reaches it.
bool must_grow(const Queue& queue, double offered_load, double clerks) {
  constexpr double kRounding = 1e-9;
  return !queue.unlimited_servers && !queue.mean_patience && !queue.room &&
         offered_load >= clerks * (1 - kRounding);
}

/// Of each hour of the day, over the weekdays.
std::array<WeekMean, kHoursPerDay> hours_of(const Forecast& forecast, std::size_t station,
                                            const FormulaInputs& inputs,
                                            const std::array<double, kDaysPerWeek>& open_days) {
  std::array<WeekMean, kHoursPerDay> hours;
  if (inputs.queue.mean_service <= 0) return hours;
  for (std::size_t weekday = 0; weekday < kDaysPerWeek; ++weekday) {
    if (open_days[weekday] <= 0) continue;
    const std::size_t first = Forecast::hour_key(station, weekday, 0);
    const double* offered = &forecast.offered_load[first];
    const double* speed = &forecast.speed[first];
    const auto load = modified_load(offered, speed, inputs.queue.mean_service);
    for (std::size_t hour = 0; hour < kHoursPerDay; ++hour) {
      const double clerks =
          inputs.queue.shares_processor ? inputs.queue.servers : forecast.clerks[first + hour];
      if (offered[hour] <= 0) continue;
      Queue queue = inputs.queue;
      queue.mean_service /= speed[hour];
      queue.arrival_rate = load[hour] / queue.mean_service;
      const bool has_form = clerks > 0 && !must_grow(queue, offered[hour], clerks);
      hours[hour].add(open_days[weekday], offered[hour], clerks,
                      has_form ? form_at(queue, clerks) : std::nullopt);
    }
  }
  return hours;
}

void complete(const FormulaInputs& inputs, HourForm& form) {
  Reasons reasons = inputs.left_out;
  if (form.formula.empty()) {
    reasons.text.clear();
    const bool overloaded = form.load >= form.clerks, in_part = form.clerks > 0 && form.clerks < kLeastClerks;
    reasons.add(form.clerks <= 0, "no formula: no clerk is on shift");
    reasons.add(in_part, "no formula: no clerk is on shift for a part of the hour");
    reasons.add(form.clerks > 0 && !in_part && overloaded, "no formula: the offered load reaches the clerks");
    reasons.add(!in_part && !overloaded,
                "no formula for some weekdays: the load reaches the clerks, is too small or too large, or no "
                "clerk is on shift for a part of the hour");
  }
  form.reasons = std::move(reasons.text);
}

std::array<double, kDaysPerWeek> open_days_of(const Forecast& forecast, std::size_t station) {
  std::array<double, kDaysPerWeek> days{};
  for (const Forecast::WeekdayLoad& one : forecast.weekday_loads)
    if (one.station == station && one.weekday) days[static_cast<std::size_t>(*one.weekday)] += one.open_days;
  return days;
}

/// Rows of the table.
class TheoryMaker {
 public:
  TheoryMaker(const Results& results, TableOf<TheoryRow>& table)
      : results_(results),
        scenario_(results.scenario),
        table_(table),
        forecast_(forecast(Plan(scenario_))),
        ids_(station_ids(scenario_)) {}

  void add_all() {
    if (!scenario_.province) {
      for (std::size_t s = 0; s < scenario_.stations.size(); ++s)
        add(s, inputs_of(scenario_, scenario_.stations[s]), std::nullopt);
      return;
    }
    const Province& province = *scenario_.province;
    std::vector<double> load_h(ids_.size());
    for (const Forecast::WeekdayLoad& days : forecast_.weekday_loads)
      load_h[days.station] += days.offered_load_h;
    const HandlingMix at_counters = handling_of(results_, Channel::traditional);
    const HandlingMix at_offices = handling_of(results_, Channel::office);
    for (std::size_t s = 0; s < ids_.size(); ++s) {
      const bool office = s < province.offices.size();
      const StationRules& rules =
          office ? province.offices[s].rules : province.counters[s - province.offices.size()].rules;
      const Channel channel = office ? Channel::office : Channel::traditional;
      FormulaInputs inputs = inputs_of(scenario_, channel, rules, office ? at_offices : at_counters);
      if (load_h[s] > 0 && forecast_.visits[s] > 0) {
        const double at_day_speed_s = load_h[s] * kSecondsPerHour / forecast_.visits[s];
        inputs.queue.mean_service = at_day_speed_s * mean_speed(forecast_, s);
      }
      add(s, inputs, channel);
    }
  }

 private:
  void add(std::size_t station, const FormulaInputs& inputs, std::optional<Channel> channel) {
    if (scenario_.run.length_s <= 0) return add_hours(station, inputs, channel);
    if (std::ranges::binary_search(forecast_.steady, station)) add_long_run(station, inputs);
  }

  void add_hours(std::size_t station, const FormulaInputs& inputs, std::optional<Channel> channel) {
    const auto hours = hours_of(forecast_, station, inputs, open_days_of(forecast_, station));
    std::vector<HourTally> tallies(results_.trials.size());
    for (std::size_t hour = 0; hour < hours.size(); ++hour) {
      if (hours[hour].empty()) continue;
      HourForm form = hours[hour].get();
      complete(inputs, form);
      form.is_exact = false;
      for (std::size_t i = 0; i < tallies.size(); ++i)
        tallies[i] = results_.trials[i].station_hours[station * kHoursOfWork + hour];
      const auto estimate_of = [&](const char* name) {
        return estimate(find_measure(hour_measures(), name), tallies, results_.design_effects);
      };
      table_.add({ids_[station], channel, hour, std::move(form), estimate_of("wait_s"),
                  estimate_of("queue_length"), estimate_of("utilization")});
    }
  }

  void add_long_run(std::size_t station, const FormulaInputs& inputs) {
    const std::size_t key = Forecast::hour_key(station, 0, 0);
    const double load = forecast_.offered_load[key], clerks = forecast_.clerks[key];
    if (load <= 0 || clerks <= 0 || inputs.queue.mean_service <= 0) return;
    Queue queue = inputs.queue;
    queue.mean_service /= forecast_.speed[key];
    queue.arrival_rate = load / queue.mean_service;
    WeekMean mean;
    mean.add(1, load, clerks, form_at(queue, clerks));
    HourForm form = mean.get();
    form.is_exact = form.is_exact && inputs.left_out.text.empty();
    complete(inputs, form);
    std::vector<StationTally> tallies;
    for (const TrialResult& trial : results_.trials) tallies.push_back(trial.stations[station]);
    const DesignEffects& usual = results_.design_effects;
    table_.add({ids_[station], std::nullopt, std::nullopt, std::move(form),
                estimate(find_measure(queue_measures(), "wait_s"), tallies, usual),
                estimate(find_measure(staff_measures(), "queue_length"), tallies, usual),
                estimate(find_measure(staff_measures(), "utilization"), tallies, usual)});
  }

  const Results& results_;
  const Scenario& scenario_;
  TableOf<TheoryRow>& table_;
  Forecast forecast_;
  std::vector<std::string_view> ids_;
};

ColumnList<TheoryRow> theory_columns(bool province) {
  ColumnList<TheoryRow> list;
  list.add_identity("station", "Id of the office, counter or station.",
                    [](const TheoryRow& row) { return row.station; });
  if (province) {
    list.add_identity("channel", "office or traditional.", [](const TheoryRow& row) {
      return row.channel ? std::optional(to_string(*row.channel)) : std::nullopt;
    });
  }
  list.add(ColumnKind::identity, "hour", "h", "Hour of the day; empty: the whole unbroken run.",
           [](const TheoryRow& row) { return row.hour; });
  list.add_attribute(
      "formula", "The closed form by Kendall's notation, with the hour's modified offered load; empty: none.",
      [](const TheoryRow& row) { return row.form.formula; });
  list.add_attribute("is_exact", "1: exact for the station in the long run; 0: an approximation.",
                     [](const TheoryRow& row) { return static_cast<int>(row.form.is_exact); });
  list.add_attribute("differs_because",
                     "What the station has that the formula leaves out, or why there is none.",
                     [](const TheoryRow& row) { return row.form.reasons; });
  list.add(ColumnKind::attribute, "offered_load", "erlangs", "Expected work that comes in a unit of time.",
           [](const TheoryRow& row) { return row.form.load; });
  list.add(ColumnKind::attribute, "clerks_on_shift", "clerks", "Expected; empty: unlimited.",
           [](const TheoryRow& row) { return row.form.clerks; });
  const auto add = [&list](Quantity quantity, Estimate TheoryRow::*simulated, double HourForm::*formula,
                           const char* name) {
    list.add_estimate(quantity, [simulated](const TheoryRow& row) { return row.*simulated; });
    list.add(quantity.kind, name, std::string(quantity.unit), "The same by the formula.",
             [formula](const TheoryRow& row) { return row.form.*formula; });
  };
  const auto quantity = [](const auto& measure) { return quantity_of(measure); };
  add(quantity(find_measure(hour_measures(), "wait_s")), &TheoryRow::wait_s, &HourForm::wait_s,
      "wait_by_formula_s");
  add(quantity(find_measure(hour_measures(), "queue_length")), &TheoryRow::queue_length,
      &HourForm::queue_length, "queue_length_by_formula");
  add(quantity(find_measure(hour_measures(), "utilization")), &TheoryRow::utilization, &HourForm::utilization,
      "utilization_by_formula");
  return list;
}

}  // namespace

Table make_theory_table(const Results& results) {
  const Scenario& scenario = results.scenario;
  TableOf<TheoryRow> table(
      "theory",
      "Closed forms beside the simulation: hours of the day at each station; of an "
      "unbroken run stations whose hours are alike. A formula has the expected arrivals, "
      "the mean handling with unloaded calls at the station's mix of services, and in a "
      "province the coefficient of variation of all handling in the channel; patience "
      "that is not exponential counts as exponential. Where handling is not exponential "
      "and there are several clerks, waits are those of exponential handling times "
      "(1 + cv^2) / 2 (Allen and Cunneen). The load of an hour is the modified offered "
      "load: the mean number inside if everybody had a clerk, the day beginning empty. A "
      "number of clerks that is not whole lies between those of its neighbours; an hour "
      "is the mean over weekdays.",
      theory_columns(scenario.province.has_value()), scenario.evidence);
  if (!results.trials.empty()) TheoryMaker(results, table).add_all();
  return table.take();
}

}  // namespace pishkhan
