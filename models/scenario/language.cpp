#include "models/scenario/language_maker.hpp"

namespace pishkhan {
namespace {

const Shape* run_shape(LanguageMaker& make) {
  return make.object("run", "what to simulate",
                     {optional("start", make.quantity(Quantity::date),
                               "First day simulated, Solar Hijri or Gregorian (year from 1700)."),
                      optional("days", make.whole(1, 100'000), "Days simulated, warm-up included."),
                      optional("warm_up_days", make.whole(0, 100'000),
                               "First days, simulated and not counted; left out: 0."),
                      optional("length", make.positive(Quantity::duration),
                               "Bare stations: one unbroken stretch from empty, instead of days."),
                      optional("warm_up", make.amount(Quantity::duration),
                               "Unbroken stretch: visits that arrive earlier are not counted; left out: 0."),
                      optional("replications", make.whole(1, 1'000'000),
                               "Independent repetitions; half-widths need at least 2.", "10"),
                      optional("seed", make.whole(0, 9007199254740992.0), "Seed of all random draws.", "1")});
}

Language make_language() {
  Language language;
  LanguageMaker make(language);
  const Shape* visits =
      make.either("", "`none`, `all` or a share such as `1%`",
                  {make.words({{"none", "No visits."}, {"all", "Every visit."}}), make.share()});
  const Shape* costs = make.words({{"outages", "The same without outages and slow-downs."},
                                   {"backbone", "The same with the ideal backbone and without outages."}});
  std::vector<Field> fields{
      required("scenario", make.text(), "Title of the scenario, for people."),
      optional("name", make.id(), "Folder of the results; left out: the file's name without .yaml."),
      optional("description", make.text(), "What the scenario is for."),
      optional("base", make.quantity(Quantity::path),
               "Scenario file this one extends: maps merge, verbs append, other values replace."),
      required("run", run_shape(make), "What, when and how often."),
      optional("service_level", make.positive(Quantity::duration),
               "T of the service level: share of those who joined that start within T.", "15 min"),
      optional("output",
               make.object(
                   "output", "what is written",
                   {optional("visits", visits, "Visits written out: none, all, or a share of them.", "none"),
                    optional("costs", make.list(costs, 0, "a list of costs"),
                             "What the run is compared with under common random numbers; left out: "
                             "nothing.")}),
               "What is written beside the tables.", "{}"),
      optional("stations", make.list(station_shape(make), 1, "a list of stations"),
               "Bare stations, instead of a province.")};
  for (auto* part : {&province_fields, &verb_fields, &backbone_fields}) {
    for (auto& field : (*part)(make)) fields.push_back(std::move(field));
  }
  language.root = make.object("", "a scenario", std::move(fields));
  return language;
}

}  // namespace

const Language& language() {
  static const Language made = make_language();
  return made;
}

}  // namespace pishkhan
