#include "models/scenario/language_maker.hpp"

namespace pishkhan {
namespace {

const Shape* arrivals_shape(LanguageMaker& make) {
  const Shape* rate = make.amount(Quantity::rate);
  const Shape* moment =
      make.either("", "a time of day such as `08:00`, or a duration after the start such as `90 min`",
                  {make.quantity(Quantity::time_of_day), make.amount(Quantity::duration)});
  const Shape* step = make.object(
      "", "`{from, rate}`",
      {required("from", moment,
                "Start of the step: a time of day, or a duration after the run's start (or midnight)."),
       required("rate", rate, "Arrivals from then on, until the next step.")});
  const Shape* steps = make.list(step, 1, "a list of `{from, rate}`");
  const Shape* sine =
      make.object("", "`{mean, amplitude, period}`",
                  {required("mean", make.positive(Quantity::rate), "Rate round which it swings."),
                   required("amplitude", rate, "Largest distance from the mean; at most the mean."),
                   required("period", make.positive(Quantity::duration), "Length of one swing.")});
  const Shape* curve = make.object(
      "arrivals", "`{hourly, total}` or `{sinusoidal}`",
      {optional("hourly", make.list(make.amount(Quantity::number), 1, "a list of weights"),
                "Relative weights of the hours, the first starting at `from`; needs total."),
       optional("total", make.amount(Quantity::number), "Expected arrivals a day, spread by hourly."),
       optional("from", make.quantity(Quantity::time_of_day), "Start of the first hour of hourly.", "00:00"),
       optional("sinusoidal", sine,
                "mean + amplitude sin(2 pi t / period), as its exact mean over each minute.")});
  return make.either(
      "", "a rate such as `4.2 / min`, a list of `{from, rate}`, `{hourly, total}` or `{sinusoidal}`",
      {rate, steps, curve});
}

const Shape* clerks_shape(LanguageMaker& make) {
  const auto& common = make.common();
  const Shape* group = make.object(
      "clerks", "`{clerks}` with `from` and `to`, or a group of clerks",
      {required("clerks", make.whole(0, 1'000'000), "How many."),
       optional("from", make.quantity(Quantity::time_of_day),
                "Clerks by interval: its start. With to, instead of a group."),
       optional("to", make.quantity(Quantity::time_of_day), "Clerks by interval: its end."),
       optional("id", make.id(), "Name of the group."),
       optional("skills", common.ids, "Streams the group can serve; left out: all."),
       optional("speed", make.positive(Quantity::number), "Handling time is divided by it; left out: 1."),
       optional("absence", make.share(), "Probability that a clerk is absent for a day; left out: 0."),
       optional("shifts", common.hours, "When the group works; left out: while the doors are open.")});
  return make.either("", "a number of clerks, or a list of `{clerks, ...}`",
                     {make.whole(0, 1'000'000), make.list(group, 1, "a list of `{clerks, ...}`")});
}

}  // namespace

const Shape* station_shape(LanguageMaker& make) {
  const auto& common = make.common();
  const Shape* arrivals = arrivals_shape(make);
  const Shape* priority = make.whole(0, 1000);
  const Shape* stream = make.object(
      "stream", "a stream of citizens",
      {required("id", make.id(), "Name of the stream."), required("arrivals", arrivals, "Poisson arrivals."),
       optional("handling", common.handling, "Handling time; left out: the station's."),
       optional("patience", common.patience, "Patience; left out: the station's."),
       optional("priority", priority,
                "Higher is served first, without interruption; left out: the station's.")});
  return make.object(
      "station", "a station",
      {required("id", make.id(), "Name of the station."),
       optional("discipline",
                make.words({{"first_come_first_served", "Within priorities, clerk by clerk."},
                            {"processor_sharing", "All inside share the cores equally."}}),
                "How the citizens inside are served.", "first_come_first_served"),
       optional("cores", make.whole(1, 1'000'000),
                "Processor sharing: each of n citizens is served at rate min(1, cores / n). Left out: 1."),
       optional("arrivals", arrivals, "Poisson arrivals, if there is one stream; else streams."),
       optional("streams", make.list(stream, 1, "a list of streams"),
                "Several streams, instead of arrivals."),
       optional("handling", common.handling, "Handling time of every stream that gives none."),
       optional("patience", common.patience, "Patience of every stream that gives none.", "never"),
       optional("priority", priority, "Priority of every stream that gives none.", "0"),
       optional("clerks", clerks_shape(make), "Clerks: a number, by interval, or in groups."),
       optional("room", make.whole(0, 1'000'000),
                "Most citizens waiting (those at desks not counted); left out: no limit."),
       optional("balking", common.balking, "Arriving citizens who leave at once because of the queue.",
                "never"),
       optional("doors", common.hours,
                "When citizens may enter, in a run by days; an unbroken run has none."),
       optional("closing", common.closing, "What becomes of those waiting at closing.", "serve_out")});
}

}  // namespace pishkhan
