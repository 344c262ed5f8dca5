#include "models/scenario/language_maker.hpp"

namespace pishkhan {

Shape& LanguageMaker::add(Shape::Kind kind) {
  Shape& shape = language_.shapes.emplace_back();
  shape.kind = kind;
  return shape;
}

const Shape* LanguageMaker::quantity(Quantity quantity, Range range) {
  Shape& shape = add(Shape::Kind::quantity);
  shape.quantity = quantity;
  shape.range = range;
  return &shape;
}

const Shape* LanguageMaker::words(std::vector<Word> words) {
  Shape& shape = add(Shape::Kind::word);
  shape.words = std::move(words);
  return &shape;
}

const Shape* LanguageMaker::list(const Shape* item, std::size_t at_least, std::string label) {
  Shape& shape = add(Shape::Kind::list);
  shape.item = item;
  shape.at_least = at_least;
  shape.label = std::move(label);
  return &shape;
}

const Shape* LanguageMaker::verbs(const Shape* item, std::string label) {
  Shape& shape = add(Shape::Kind::list);
  shape.item = item;
  shape.append = true;
  shape.label = std::move(label);
  return &shape;
}

const Shape* LanguageMaker::object(std::string name, std::string label, std::vector<Field> fields) {
  Shape& shape = add(Shape::Kind::object);
  shape.name = std::move(name);
  shape.label = std::move(label);
  shape.fields = std::move(fields);
  return &shape;
}

const Shape* LanguageMaker::choice(std::string name, std::string label, std::vector<Field> fields) {
  Shape& shape = add(Shape::Kind::choice);
  shape.name = std::move(name);
  shape.label = std::move(label);
  shape.fields = std::move(fields);
  return &shape;
}

const Shape* LanguageMaker::table(const Shape* item, std::string label) {
  Shape& shape = add(Shape::Kind::table);
  shape.item = item;
  shape.label = std::move(label);
  return &shape;
}

const Shape* LanguageMaker::either(std::string name, std::string label,
                                   std::vector<const Shape*> alternatives) {
  Shape& shape = add(Shape::Kind::either);
  shape.name = std::move(name);
  shape.label = std::move(label);
  shape.alternatives = std::move(alternatives);
  return &shape;
}

const Shape* LanguageMaker::distribution() {
  const Shape* time = positive(Quantity::duration);
  const Shape* time_or_zero = amount(Quantity::duration);
  const Shape* cv = quantity(Quantity::number, {.low = 0, .high = 100, .above = true});
  Shape& shape = add(Shape::Kind::choice);
  shape.name = "distribution";
  shape.label = "a distribution such as `{lognormal: {mean: 9 min, cv: 0.8}}`";
  const Shape* part = object("", "a part of a mixture",
                             {required("weight", positive(Quantity::number), "Relative weight of the part."),
                              required("of", &shape, "Its distribution.")});
  const auto mean_cv = [&](std::string label) {
    return object("", std::move(label),
                  {required("mean", time, "Mean."),
                   required("cv", cv, "Coefficient of variation: standard deviation over mean.")});
  };
  shape.fields = {
      optional("constant", time_or_zero, "Always the same time."),
      optional("exponential", object("", "`{mean}`", {required("mean", time, "Mean.")}), "Exponential."),
      optional("erlang",
               object("", "`{mean, shape}`",
                      {required("mean", time, "Mean of the sum."),
                       required("shape", whole(1, 1000), "Number of exponential phases.")}),
               "Erlang."),
      optional("gamma", mean_cv("`{mean, cv}`"), "Gamma."),
      optional("weibull",
               object("", "`{shape}` with `scale` or `median`",
                      {required("shape", quantity(Quantity::number, {.low = 0, .high = 1000, .above = true}),
                                "Shape: below 1 the hazard falls, above 1 it rises."),
                       optional("scale", time, "Scale; give it or the median."),
                       optional("median", time, "Median; give it or the scale.")}),
               "Weibull."),
      optional("lognormal", mean_cv("`{mean, cv}`"), "Lognormal, as handling times mostly are."),
      optional(
          "uniform",
          object("", "`{low, high}`",
                 {required("low", time_or_zero, "Smallest time."), required("high", time, "Largest time.")}),
          "Uniform."),
      optional("triangular",
               object("", "`{low, mode, high}`",
                      {required("low", time_or_zero, "Smallest time."),
                       required("mode", time_or_zero, "Most likely time."),
                       required("high", time, "Largest time.")}),
               "Triangular."),
      optional("empirical", list(time_or_zero, 2, "a list of times"),
               "Observed times; the quantile function is piecewise linear through them."),
      optional("mixture", list(part, 1, "a list of `{weight, of}`"),
               "One of several distributions, by weight.")};
  return &shape;
}

const Shape* LanguageMaker::week() {
  const Shape* interval = quantity(Quantity::hours);
  const Shape* day = either("", "hours such as `08:00-14:00`", {interval, list(interval, 1)});
  std::vector<Field> fields{
      optional("every-day", day, "All seven days."),
      optional("saturday-wednesday", day, "The five full days; goes before every-day.")};
  for (const char* name : {"saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"}) {
    fields.push_back(optional(name, day, "This day; goes before the groups. A day in no key is closed."));
  }
  const Shape* by_day = object("", "hours by weekday", std::move(fields));
  return either("hours", "hours such as `08:00-14:00`, or a map of weekdays to hours",
                {interval, list(interval, 1), by_day});
}

const Shape* LanguageMaker::balking() {
  const Shape* point = object(
      "", "`{waiting, probability}`",
      {required("waiting", amount(Quantity::number), "Number waiting (for each clerk, if per is clerk)."),
       required("probability", share(), "Probability that an arriving citizen balks.")});
  const Shape* curve =
      object("", "`{per, points}`",
             {optional("per",
                       words({{"queue", "The number waiting counts."},
                              {"clerk", "The number waiting for each clerk on shift counts."}}),
                       "What waiting is measured by.", "queue"),
              required("points", list(point, 1, "a list of `{waiting, probability}`"),
                       "Linear between the points, constant beyond the first and the last.")});
  return either("balking", "`never` or `{per, points}`",
                {words({{"never", "Nobody balks, but where the room is full."}}), curve});
}

const LanguageMaker::Common& LanguageMaker::common() {
  if (common_.handling != nullptr) return common_;
  common_.handling = distribution();
  common_.patience = either("patience", "a distribution such as `{exponential: {mean: 30 min}}`, or `never`",
                            {words({{"never", "Nobody gives up waiting."}}), common_.handling});
  common_.hours = week();
  common_.balking = balking();
  common_.closing = words({{"serve_out", "Everyone inside at closing is served."},
                           {"send_away", "Everyone still waiting at closing is sent away."}});
  common_.channel = words({{"traditional", "The agency's own counter."},
                           {"office", "A pishkhan office."},
                           {"online", "The web."}});
  common_.kind = words({{"urban", "Cities."}, {"rural", "Rural districts."}});
  common_.ids = either("", "an id or a list of ids", {id(), list(id(), 1, "a list of ids")});
  const Shape* all = words({{"all", "Every one."}});
  const Shape* chosen = object("", "`{agency}` or `{service}`",
                               {optional("agency", common_.ids, "All services of these agencies."),
                                optional("service", common_.ids, "These services.")});
  common_.services = either("services", "`all`, a list of services, or `{agency: ...}`",
                            {all, list(id(), 1, "a list of services"), chosen});
  const Shape* kinds = either("", "`urban`, `rural` or both", {common_.kind, list(common_.kind, 1)});
  const Shape* where =
      object("", "a selection of stations",
             {optional("kind", kinds, "Offices of this kind."),
              optional("county", common_.ids, "Stations in these counties."),
              optional("place", common_.ids, "Offices in these cities or rural districts."),
              optional("office", common_.ids, "These offices."),
              optional("agency", common_.ids, "Counters of these agencies instead of offices."),
              optional("rank", either("", "a rank or a list of ranks", {whole(1, 3), list(whole(1, 3), 1)}),
                       "Offices of these ranks.")});
  common_.stations =
      either("stations", "`offices`, `counters`, `all` or a selection such as `{county: sari}`",
             {words({{"all", "Every office and counter."},
                     {"offices", "Every office."},
                     {"counters", "Every counter of every agency."}}),
              where});
  return common_;
}

}  // namespace pishkhan
