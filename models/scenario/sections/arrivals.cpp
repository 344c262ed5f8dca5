#include "models/scenario/sections/arrivals.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "models/scenario/sections/distribution.hpp"
#include "sim/base/time.hpp"

namespace pishkhan {
namespace {

using Steps = std::vector<std::pair<double, double>>;

constexpr double kSineStep_s = 60;

Section<RateStepKeys> step_keys() {
  Section<RateStepKeys> keys("`{from, rate}`");
  keys.required(
      "from", &RateStepKeys::from_s,
      value::either<double>("",
                            "a time of day such as `08:00`, or a duration after the start such as `90 min`",
                            {value::any(Quantity::time_of_day), value::amount(Quantity::duration)}),
      "Start of the step: a time of day, or a duration after the run's start (or midnight). Times of day "
      "come every day.");
  keys.required("rate", &RateStepKeys::rate_per_s, value::amount(Quantity::rate),
                "Arrivals from then on, until the next step.");
  return keys;
}

Section<SineKeys> sine_keys() {
  Section<SineKeys> keys("`{mean, amplitude, period}`");
  keys.required("mean", &SineKeys::mean_per_s, value::positive(Quantity::rate),
                "Rate round which it swings.");
  keys.required("amplitude", &SineKeys::amplitude_per_s, value::amount(Quantity::rate),
                "Largest distance from the mean; at most the mean.");
  keys.required("period", &SineKeys::period_s, value::within(Quantity::duration, {1, kLongestDuration_s}),
                "Length of one swing.");
  return keys;
}

Value<ArrivalDeviation> deviation_value() {
  const auto of = [](bool is_normal) {
    return value::made_from<ArrivalDeviation, double>(
        value::within(Quantity::duration, {.low = 0, .high = kSecondsPerDay}),
        [is_normal](double size_s, const Location&, Diagnostics&) {
          return ArrivalDeviation{is_normal, size_s};
        });
  };
  value::Choice<ArrivalDeviation> deviation("arrival_deviation", "`{normal}` or `{uniform}`");
  deviation.option("normal", of(true), "Normal, with this standard deviation.");
  deviation.option("uniform", of(false), "Uniform: early or late by this at most.");
  return deviation;
}

Section<ScheduleKeys> schedule_keys() {
  Section<ScheduleKeys> keys("`{every, deviation, no_show}`");
  keys.required("every", &ScheduleKeys::every_s,
                value::within(Quantity::duration, {.low = 1, .high = kLongestDuration_s}),
                "One is to come when the doors open, and one more each so much time.");
  keys.optional("deviation", &ScheduleKeys::deviation, deviation_value(),
                "How far from that time; who would come before the doors open comes as they open, and who "
                "would come after they close just before that. Left out: none.");
  keys.optional("no_show", &ScheduleKeys::no_show, value::share(), "Share that does not come; left out: 0%.");
  return keys;
}

Section<RecordedKeys> recorded_keys() {
  Section<RecordedKeys> keys("`{at, handling}`");
  keys.required("at", &RecordedKeys::at_s,
                value::either<double>(
                    "", "a time of day such as `08:03`, or a duration after midnight such as `29000 s`",
                    {value::any(Quantity::time_of_day), value::amount(Quantity::duration)}),
                "Arrival: of each day, or in an unbroken run after its start.");
  keys.optional("handling", &RecordedKeys::handling_s,
                value::within(Quantity::duration, {.low = kShortestDuration_s, .high = kLongestMean_s}),
                "Handling time; left out: drawn.");
  return keys;
}

Section<RateCurveKeys> curve_keys() {
  Section<RateCurveKeys> keys("`{hourly, total}`, `{sinusoidal}`, `{scheduled}`, `{recorded}` or `{file}`",
                              "arrivals");
  keys.optional("hourly", &RateCurveKeys::hourly,
                value::list<double>(value::amount(Quantity::number), 1, "a list of weights"),
                "Relative weights of the hours, the first starting at `from`; needs total.");
  keys.optional("total", &RateCurveKeys::total, value::amount_up_to(Quantity::number, kMostArrivals),
                "Expected arrivals of a day, spread by hourly over the time that doors are open.");
  keys.optional("from", &RateCurveKeys::from_s, value::any(Quantity::time_of_day),
                "Start of the first hour of hourly.", "00:00");
  keys.optional("sinusoidal", &RateCurveKeys::sinusoidal, sine_keys(),
                "mean + amplitude sin(2 pi t / period), as its exact mean over each minute.");
  keys.optional("scheduled", &RateCurveKeys::scheduled, schedule_keys(),
                "One arrival each so much time, by appointment or timetable.");
  keys.optional("recorded", &RateCurveKeys::recorded,
                list_of(recorded_keys(), 1, "a list of `{at, handling}`"),
                "Arrivals that were recorded, which are played again: each day, or over the unbroken run.");
  keys.optional(
      "file", &RateCurveKeys::file, value::file(),
      "CSV with the columns `time` and perhaps `handling_s` and `stream`, whose rows take the place "
      "of `recorded`.");
  return keys;
}

bool is_time_of_day(const Written<RateStepKeys>& step) {
  return step.text(&RateStepKeys::from_s).find(':') != std::string::npos;
}

/// Whether steps that are written as times of day come every day of a longer run.
bool come_every_day(const std::vector<Written<RateStepKeys>>& written, const ArrivalHorizon& horizon) {
  return horizon.unbroken && horizon.end_s > kSecondsPerDay &&
         std::all_of(written.begin(), written.end(), is_time_of_day);
}

Steps by_steps(const std::vector<Written<RateStepKeys>>& written, const ArrivalHorizon& horizon,
               Diagnostics& mistakes) {
  Steps steps;
  const bool of_a_day = !horizon.unbroken || come_every_day(written, horizon);
  for (const auto& step : written) {
    if (!step.valid()) continue;
    const auto refuse = [&](const std::string& problem, const std::string& hint) {
      add_mistake(mistakes, step.at(&RateStepKeys::from_s),
                  in_backticks(step.text(&RateStepKeys::from_s)) + problem, hint);
    };
    if (!of_a_day && horizon.end_s > kSecondsPerDay && is_time_of_day(step)) {
      refuse(" is a time of day beside durations, in an unbroken run of several days",
             "write all steps as times of day, which come every day, or all as durations after the start");
    } else if (!steps.empty() && step->from_s <= steps.back().first) {
      refuse(" is not after the step before", "order the steps by time");
    } else if (of_a_day && step->from_s >= kSecondsPerDay) {
      refuse(" is outside a day", "the steps come every day anew");
    }
    if (steps.empty() && step->from_s > 0) steps.emplace_back(0.0, 0.0);
    steps.emplace_back(step->from_s, step->rate_per_s);
  }
  return steps;
}

Steps by_hours(const Written<RateCurveKeys>& curve, Diagnostics& mistakes) {
  const Location& hourly = curve.at(&RateCurveKeys::hourly);
  const std::vector<double>& weights = curve->hourly;
  if (!curve.has(&RateCurveKeys::total)) {
    add_mistake(mistakes, curve.location(), "the key `total` is missing",
                "hourly weights need the expected arrivals a day");
    return {};
  }
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (sum <= 0) {
    add_mistake(mistakes, hourly, "every weight is zero");
    return {};
  }
  const double end_s = curve->from_s + kSecondsPerHour * static_cast<double>(weights.size());
  if (end_s > kSecondsPerDay) {
    add_mistake(mistakes, hourly, std::to_string(weights.size()) + " hours do not fit in the day",
                "at most 24 hours, from `from`");
    return {};
  }
  Steps steps;
  if (curve->from_s > 0) steps.emplace_back(0.0, 0.0);
  double at_s = curve->from_s;
  for (const double weight : weights) {
    steps.emplace_back(at_s, curve->total * weight / sum / kSecondsPerHour);
    at_s += kSecondsPerHour;
  }
  if (at_s < kSecondsPerDay) steps.emplace_back(at_s, 0.0);
  return steps;
}

Steps by_sine(const Written<SineKeys>& sine, const ArrivalHorizon& horizon, Diagnostics& mistakes) {
  if (sine->amplitude_per_s > sine->mean_per_s) {
    add_mistake(mistakes, sine.at(&SineKeys::amplitude_per_s), "the amplitude is above the mean",
                "a rate cannot be negative");
    return {};
  }
  if (horizon.end_s / kSineStep_s > kMostSteps) {
    add_mistake(mistakes, sine.location(), "the run is too long for a sinusoidal rate",
                "at most " + number_text(kMostSteps) + " minutes");
    return {};
  }
  // The mean of the sine over a step is the difference of its antiderivative.
  const double omega = 2 * std::numbers::pi / sine->period_s;
  Steps steps;
  for (int i = 0; i * kSineStep_s < horizon.end_s; ++i) {
    const double a = i * kSineStep_s, b = a + kSineStep_s;
    const double swing = (std::cos(omega * a) - std::cos(omega * b)) / (omega * kSineStep_s);
    steps.emplace_back(a, std::max(0.0, sine->mean_per_s + sine->amplitude_per_s * swing));
  }
  return steps;
}

/// Every time takes its place in an hour of a day, or of a run that is not too long for that.
Steps by_records(const std::vector<Written<RecordedKeys>>& recorded, const ArrivalHorizon& horizon) {
  const double length_s = horizon.unbroken ? horizon.end_s : kSecondsPerDay;
  const double step_s = std::max(kSecondsPerHour, length_s / kMostSteps);
  const auto steps = static_cast<std::size_t>(std::ceil(length_s / step_s));
  std::vector<double> counts(steps, 0);
  for (const auto& one : recorded)
    if (one.valid() && one->at_s < length_s) ++counts[static_cast<std::size_t>(one->at_s / step_s)];
  Steps rate;
  for (std::size_t k = 0; k < steps; ++k)
    rate.emplace_back(static_cast<double>(k) * step_s, counts[k] / step_s);
  return rate;
}

}  // namespace

ArrivalSchedule schedule_of(const ScheduleKeys& keys) { return {keys.every_s, keys.deviation, keys.no_show}; }

std::vector<RecordedArrival> recorded_arrivals(const std::vector<Written<RecordedKeys>>& written,
                                               const ArrivalHorizon& horizon, const WeekHours& doors,
                                               DayNumber first_day, Diagnostics& mistakes) {
  std::vector<RecordedArrival> arrivals;
  const auto lies_within = [](const Intervals& hours, double time_s) {
    return std::ranges::any_of(
        hours, [&](const Interval& open) { return open.from_s <= time_s && time_s < open.to_s; });
  };
  const bool handled = !written.empty() && written.front()->handling_s > 0;
  for (const auto& one : written) {
    if (!one.valid()) continue;
    const double day = std::floor(one->at_s / kSecondsPerDay), time_s = one->at_s - day * kSecondsPerDay;
    const auto refuse = [&](const std::string& problem, const std::string& hint) {
      add_mistake(mistakes, one.location(), problem, hint);
    };
    if (horizon.unbroken ? one->at_s >= horizon.end_s : day > 0) {
      refuse(in_backticks(one.text(&RecordedKeys::at_s)) + " is after the end of the " +
                 (horizon.unbroken ? "run" : "day"),
             horizon.unbroken ? "a longer run, or fewer arrivals" : "the arrivals come every day anew");
    } else if (horizon.unbroken) {
      const auto weekday_of = static_cast<std::size_t>(weekday(first_day + static_cast<DayNumber>(day)));
      if (!lies_within(doors[weekday_of], time_s))
        refuse("the doors are closed at " + in_backticks(one.text(&RecordedKeys::at_s)), "nobody can enter");
    } else if (std::ranges::any_of(
                   doors, [&](const auto& hours) { return !hours.empty() && !lies_within(hours, time_s); })) {
      refuse("the doors are closed at " + in_backticks(one.text(&RecordedKeys::at_s)) +
                 " on a day on which they open",
             "recorded arrivals come on every day with doors: open these longer, or leave the arrival out");
    }
    if ((one->handling_s > 0) != handled)
      refuse("handling times of some arrivals only", "record them of all, or of none");
    arrivals.push_back({one->at_s, one->handling_s});
  }
  std::ranges::stable_sort(arrivals, {}, &RecordedArrival::at_s);
  return arrivals;
}

Value<ArrivalsKeys> arrivals_value() {
  return value::either<ArrivalsKeys>(
      "",
      "a rate such as `4.2 / min`, a list of `{from, rate}`, `{hourly, total}`, `{sinusoidal}`, "
      "`{scheduled}`, "
      "`{recorded}` or `{file}`",
      {value::part(&ArrivalsKeys::rate_per_s, value::amount(Quantity::rate)),
       value::part(&ArrivalsKeys::steps, list_of(step_keys(), 1, "a list of `{from, rate}`")),
       value::part(&ArrivalsKeys::curve, curve_keys())});
}

RateSteps rate_steps(const ArrivalsKeys& arrivals, const ArrivalHorizon& horizon, Diagnostics& mistakes) {
  if (!arrivals.steps.empty())
    return {by_steps(arrivals.steps, horizon, mistakes), come_every_day(arrivals.steps, horizon)};
  const Written<RateCurveKeys>& curve = arrivals.curve;
  if (!curve.exists()) return {{{0.0, arrivals.rate_per_s}}};
  if (!curve.valid()) return {};
  const int ways = curve.has(&RateCurveKeys::hourly) + curve.has(&RateCurveKeys::sinusoidal) +
                   curve.has(&RateCurveKeys::scheduled) + curve.has(&RateCurveKeys::recorded) +
                   curve.has(&RateCurveKeys::file);
  if (ways != 1) {
    add_mistake(mistakes, curve.location(), "arrivals by the hour or sinusoidal",
                "give exactly one of `hourly`, `sinusoidal`, `scheduled`, `recorded` and `file`");
    return {};
  }
  if (curve.has(&RateCurveKeys::file)) return {};  // which could not be read
  if (curve.has(&RateCurveKeys::recorded)) return {by_records(curve->recorded, horizon)};
  if (curve.has(&RateCurveKeys::scheduled)) {
    const ScheduleKeys& schedule = *curve->scheduled;
    if (schedule.every_s <= 0) return {};
    return {{{0.0, (1 - schedule.no_show) / schedule.every_s}}};
  }
  if (curve.has(&RateCurveKeys::hourly)) return {by_hours(curve, mistakes), horizon.unbroken};
  return {by_sine(curve->sinusoidal, horizon, mistakes)};
}

double expected_arrivals(const RateSteps& rate, const ArrivalHorizon& horizon) {
  const Steps& steps = rate.steps;
  const double end_s = rate.every_day ? kSecondsPerDay : horizon.end_s;
  double sum = 0;
  for (std::size_t k = 0; k < steps.size(); ++k) {
    const double to_s = k + 1 < steps.size() ? std::min(steps[k + 1].first, end_s) : end_s;
    sum += steps[k].second * std::max(0.0, to_s - steps[k].first);
  }
  return rate.every_day ? sum * std::ceil(horizon.end_s / kSecondsPerDay) : sum;
}

}  // namespace pishkhan
