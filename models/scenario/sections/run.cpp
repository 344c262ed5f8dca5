#include "models/scenario/sections/run.hpp"

#include <string>
#include <utility>

#include "models/province/calendar.hpp"
#include "models/scenario/sections/replications.hpp"

namespace pishkhan {

namespace {

Value<Run> replications_of_run() {
  const Value<Replications> value = replications_value(1, false);
  return {value.shape, [value](const Node& node, const std::string& path, Diagnostics& mistakes, Run& into) {
            Replications replications{into.replications};
            value.read(node, path, mistakes, replications);
            into.replications = replications.count;
            into.precision = std::move(replications.precision);
          }};
}

}  // namespace

Section<Run> run_keys() {
  Section<Run> keys("what to simulate", "run");
  keys.optional(
      "start", &Run::start, value::date(),
      "First day simulated, Solar Hijri or Gregorian (year from 1700); an unbroken run begins at its "
      "midnight. Bare stations: left out, a Thursday, 1348-10-11.");
  keys.optional("days", &Run::days, value::whole(1, 100'000), "Days simulated, warm-up included.");
  keys.optional("warm_up_days", &Run::warm_up_days, value::whole(0, 100'000),
                "First days, simulated and not counted; left out: 0.");
  keys.optional("length", &Run::length_s, value::positive(Quantity::duration),
                "Bare stations: one unbroken stretch from empty, instead of days.");
  keys.optional("warm_up", &Run::warm_up_s, value::amount(Quantity::duration),
                "Unbroken stretch: visits that arrive earlier are not counted; left out: 0.");
  keys.optional(
      "replications", [](Run& run) -> Run& { return run; }, replications_of_run(),
      "Independent repetitions; half-widths need at least 2. Or as many as a precision takes.", "10");
  keys.optional("seed", &Run::seed, value::seed(), "Seed of all random draws.", "1");
  keys.optional("inputs", &Run::inputs,
                value::words<RunInputs>(
                    {{"fixed", RunInputs::fixed, "Every replication has the scenario's own numbers."},
                     {"sampled", RunInputs::sampled,
                      "Every replication has numbers of its own, drawn from the ranges that "
                      "`province.evidence` gives for "
                      "assumed ones; beside them stand replications with the scenario's own."}}),
                "What replications take for assumed numbers; left out: fixed.");
  return keys;
}

RunForm check_run(const Written<Run>& run, Diagnostics& mistakes) {
  if (!run.exists() || run.location().node->kind != Node::Kind::map) return RunForm::unknown;
  const bool unbroken = run.has(&Run::length_s), by_days = run.has(&Run::days);
  if (unbroken && by_days) {
    add_mistake(mistakes, run.at(&Run::length_s), "both `days` and `length`",
                "a run is by days or one unbroken stretch");
    return RunForm::unknown;
  }
  if (!unbroken && !by_days) {
    add_mistake(mistakes, run.location(), "neither `days` nor `length`",
                "say how long to simulate, for example `days: 30`");
    return RunForm::unknown;
  }
  const auto belongs_to = [&](auto member, const std::string& partner) {
    if (!run.has(member)) return;
    const Location& key = run.at(member);
    add_mistake(mistakes, key, in_backticks(key.key()) + " without " + in_backticks(partner),
                "it belongs to a run by " + in_backticks(partner));
  };
  if (unbroken)
    belongs_to(&Run::warm_up_days, "days");
  else
    belongs_to(&Run::warm_up_s, "length");
  if (run.has_valid(&Run::days) && run.has_valid(&Run::warm_up_days) && run->warm_up_days >= run->days) {
    add_mistake(mistakes, run.at(&Run::warm_up_days), "no day is left after the warm-up",
                "warm_up_days is part of days: fewer than " + std::to_string(run->days));
  }
  if (run.has_valid(&Run::length_s) && run.has_valid(&Run::warm_up_s) && run->warm_up_s >= run->length_s) {
    add_mistake(mistakes, run.at(&Run::warm_up_s), "nothing is left after the warm-up",
                "warm_up is part of length");
  }
  return unbroken ? RunForm::unbroken : RunForm::days;
}

bool check_calendar(const Written<Run>& run, Diagnostics& mistakes) {
  if (!run.valid() || !run.has(&Run::days)) return true;
  if (run->start >= first_day() && run->start + run->days - 1 <= last_day()) return true;
  std::string hint =
      "Solar Hijri years " + std::to_string(kFirstSolarYear) + " to " + std::to_string(kLastSolarYear);
  if (!run.has(&Run::start)) hint += "; without `start` it begins on " + format_date(run->start);
  add_mistake(mistakes, run.location(), "the run leaves the years the calendar knows", hint);
  return false;
}

bool check_run_of_province(const Written<Run>& run, Diagnostics& mistakes) {
  if (!run.valid()) return false;
  if (run.has(&Run::length_s) && !run.has(&Run::days)) {
    add_mistake(mistakes, run.at(&Run::length_s), "a province in an unbroken run",
                "a province is simulated by `days`");
    return false;
  }
  if (!run.has(&Run::start)) {
    add_mistake(mistakes, run.location(), "the key `start` is missing",
                "say the first day, for example `start: 1395-02-01`");
    return false;
  }
  return check_calendar(run, mistakes);
}

}  // namespace pishkhan
