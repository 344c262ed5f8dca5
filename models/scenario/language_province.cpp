#include "models/scenario/language_maker.hpp"

namespace pishkhan {
namespace {

const Shape* province_shape(LanguageMaker& make) {
  const Shape* file = make.quantity(Quantity::path);
  const Shape* hours = make.common().hours;
  return make.object(
      "province", "the province's tables and hours",
      {required("counties", file, "CSV: counties and their digital access."),
       required("places", file, "CSV: cities and rural districts with their residents."),
       required("agencies", file, "CSV: agencies and their systems' cores."),
       required("services", file, "CSV: services, their handling, calls, demand and channel shares."),
       required("offices", file, "CSV: offices with kind, place, rank, clerks and link."),
       required("counters", file, "CSV: the agencies' own counters by county."),
       optional("evidence", file,
                "CSV: how well each number is known, and its source. Left out: all assumed."),
       required("hours",
                make.object("", "hours by kind of station",
                            {required("urban", hours, "Doors and shifts of urban offices."),
                             required("rural", hours, "Doors and shifts of rural offices."),
                             required("counters", hours, "Doors and shifts of the agencies' counters.")}),
                "Doors by kind of station; clerks work while the doors are open.")});
}

const Shape* weekday_factors(LanguageMaker& make) {
  const Shape* factor = make.amount(Quantity::number);
  std::vector<Field> fields;
  for (const char* name : {"saturday", "sunday", "monday", "tuesday", "wednesday", "thursday"}) {
    fields.push_back(optional(name, factor, "Factor on the day's demand.", "1"));
  }
  fields.push_back(optional("friday", factor, "Factor on the day's demand.", "0"));
  return make.object("", "factors by weekday", std::move(fields));
}

const Shape* month_factors(LanguageMaker& make) {
  const Shape* factor = make.amount(Quantity::number);
  std::vector<Field> fields;
  for (const char* name : {"farvardin", "ordibehesht", "khordad", "tir", "mordad", "shahrivar", "mehr",
                           "aban", "azar", "dey", "bahman", "esfand"}) {
    fields.push_back(optional(name, factor, "Factor on the month's demand.", "1"));
  }
  return make.object("", "factors by month", std::move(fields));
}

const Shape* special_days(LanguageMaker& make) {
  const Shape* month_day = make.quantity(Quantity::month_day);
  const Shape* rule = make.object(
      "special_days", "special days",
      {required("factor", make.amount(Quantity::number), "Factor on the demand of these days."),
       optional("dates", make.list(make.quantity(Quantity::date), 1, "a list of dates"), "These dates."),
       optional("days_of_month", make.list(make.whole(1, 31), 1, "a list of days of the month"),
                "These days of every Solar Hijri month; a holiday passes them on to the next working day."),
       optional("after_holiday", make.quantity(Quantity::boolean), "The first working day after a holiday."),
       optional("from", month_day, "First day of a yearly stretch, Solar Hijri; with to."),
       optional("to", month_day, "Last day of the stretch."),
       optional("services", make.common().services, "Services concerned; left out: all.")});
  return make.table(rule, "special days by name");
}

const Shape* demand_shape(LanguageMaker& make) {
  const Shape* cv = make.quantity(Quantity::number, {0, 10});
  const Shape* holidays =
      make.either("", "a CSV file, or `none`",
                  {make.words({{"none", "No public holidays."}}), make.quantity(Quantity::path)});
  return make.object(
      "demand", "demand",
      {optional("weekday", weekday_factors(make), "Factors by weekday.", "{}"),
       optional("month", month_factors(make), "Factors by Solar Hijri month.", "{}"),
       optional("special_days", special_days(make), "Factors on the demand of certain days, by name."),
       optional("busyness",
                make.object(
                    "", "`{province_cv, county_cv}`",
                    {optional("province_cv", cv, "Spread of the day's factor common to the province.", "0"),
                     optional("county_cv", cv, "Spread of the day's factor of each county.", "0")}),
                "Random busyness of a day: gamma factors of mean 1 with these coefficients of variation.",
                "{}"),
       required("profiles", make.quantity(Quantity::path),
                "CSV: weights of the hours of a day, by channel and kind."),
       required("holidays", holidays, "CSV: public holidays, on which everything is closed; or `none`."),
       optional("growth", make.quantity(Quantity::growth, {-1}),
                "Change of all demand against the services table.", "0%")});
}

/// The same setting for offices and counters.
const Shape* by_channel(LanguageMaker& make, const Shape* shape, const std::string& what,
                        const std::string& preset) {
  return make.object("", what + " of offices and counters",
                     {optional("offices", shape, "At offices.", preset),
                      optional("counters", shape, "At counters.", preset)});
}

const Shape* rules_of_citizens(LanguageMaker& make) {
  return make.table(make.object("", "a class of citizens",
                                {required("share", make.share(), "Share of all citizens."),
                                 required("priority", make.whole(0, 1000),
                                          "Higher is served first; citizens of no class have 0.")}),
                    "classes of citizens by name");
}

}  // namespace

std::vector<Field> province_fields(LanguageMaker& make) {
  const auto& common = make.common();
  return {
      optional("province", province_shape(make), "A province, instead of bare stations."),
      optional("demand", demand_shape(make), "When citizens come; needed with a province."),
      optional("classes", rules_of_citizens(make), "Citizens served before others; left out: none."),
      optional("patience",
               make.object("", "patience by channel",
                           {optional("traditional", common.patience, "At counters.", "never"),
                            optional("office", common.patience, "At offices.", "never")}),
               "How long citizens wait before they give up; left out: for ever."),
      optional("retry",
               make.object(
                   "", "`{probability, at_most}`",
                   {required("probability", make.share(),
                             "That a balked, abandoned or sent-away citizen returns the next working day."),
                    required("at_most", make.whole(0, 100),
                             "Most returns of a citizen; then the citizen is lost.")}),
               "Returns of citizens who were not served; left out: none."),
      optional(
          "rework",
          make.object(
              "", "`{handling_share}`",
              {optional("handling_share", make.share(),
                        "Share of the handling time that passes before missing papers are noticed.", "50%")}),
          "Visits cut short by missing papers (their probability is the service's); left out: 50%."),
      optional("choice",
               make.object("", "how citizens choose an office",
                           {optional("distance_exponent", make.amount(Quantity::number),
                                     "Huff's beta: how fast attraction falls with distance.", "2"),
                            optional("size_exponent", make.amount(Quantity::number),
                                     "Huff's alpha: how attraction rises with an office's size, the clerks "
                                     "of its table row or opening; staffing does not change it.",
                                     "1"),
                            optional("nearest", make.positive(Quantity::distance),
                                     "Shorter distances count as this one.", "1 km"),
                            optional("within", make.positive(Quantity::distance),
                                     "Farther offices are not considered, unless none is nearer.", "40 km")}),
               "Huff's gravity model of the office chosen; left out: its defaults."),
      optional("balking", by_channel(make, common.balking, "balking", "never"),
               "Who leaves at once because of the queue; left out: nobody."),
      optional("closing", by_channel(make, common.closing, "closing", "serve_out"),
               "What becomes of those waiting at closing; left out: served."),
      optional("redirect",
               make.object(
                   "redirect", "`{speed, at_most}` or `{travel, at_most}`",
                   {optional("speed", make.positive(Quantity::speed),
                             "Speed of the way from office to office, as the crow flies; or travel."),
                    optional("travel", make.positive(Quantity::duration),
                             "Time of the way from any office to any other; or speed."),
                    optional("at_most", make.whole(1, 20), "Most times a citizen goes on in a day.", "1")}),
               "A citizen who balks at an office goes on to the next one; left out: nobody does.")};
}

std::vector<Field> verb_fields(LanguageMaker& make) {
  const auto& common = make.common();
  const Shape* date = make.quantity(Quantity::date);
  const Shape* moved = make.object("migration", "a migration",
                                   {optional("id", make.id(), "Name in the ledger; left out: its number."),
                                    required("services", common.services, "Which services move."),
                                    required("from", common.channel, "Channel the citizens would have used."),
                                    required("to", common.channel, "Channel they use instead."),
                                    required("share", make.share(), "Share of them who move."),
                                    optional("starts", date, "First day; left out: always."),
                                    optional("ramp", make.amount(Quantity::duration),
                                             "The share grows linearly over these days.", "0 d")});
  const Shape* staffed = make.object(
      "staffing", "a staffing change",
      {required("at", common.stations, "Which offices or counters."),
       required("clerks", make.quantity(Quantity::clerks), "`3` clerks, `+1`, `-1` or `+20%`."),
       optional("starts", date, "First day; left out: always."),
       optional("ends", date, "Last day; left out: for good."),
       optional("shifts", common.hours, "Hours of the added clerks (a new group); left out: as the others."),
       optional("skills", common.services, "Services the added clerks can give; left out: all."),
       optional("speed", make.positive(Quantity::number), "Speed of the added clerks; left out: 1.")});
  const Shape* opened = make.object("", "new hours",
                                    {required("at", common.stations, "Which offices or counters."),
                                     required("hours", common.hours, "Doors and shifts from now on.")});
  const Shape* grown = make.object(
      "", "a change of demand",
      {optional("services", common.services, "Which services.", "all"),
       optional("kind", common.kind, "Residents of cities or of rural districts; left out: both."),
       optional("county", common.ids, "Residents of these counties; left out: all."),
       required("growth", make.quantity(Quantity::growth, {-1}), "Change of their demand.")});
  const Shape* new_office = make.object(
      "", "a new office",
      {required("id", make.id(), "Id, new in the province."),
       optional("name", make.text(), "Name in English; left out: the id."),
       optional("name_fa", make.text(), "Name in Persian; left out: the name."),
       required("place", make.id(), "City or rural district; it says the kind and county."),
       optional("latitude", make.quantity(Quantity::number, {-90, 90}), "Degrees; left out: the place's."),
       optional("longitude", make.quantity(Quantity::number, {-180, 180}), "Degrees; left out: the place's."),
       optional("rank", make.whole(1, 3), "Rank, which limits the services.", "1"),
       required("clerks", make.whole(0, 10'000), "Clerks."),
       optional("room", make.whole(0, 1'000'000), "Most citizens waiting; left out: no limit."),
       optional("hours", common.hours, "Doors and shifts; left out: those of its kind."),
       optional("link", make.id(), "Kind of its link; left out: what most offices of its kind have."),
       optional("starts", date, "First day; left out: always open.")});
  const Shape* shut = make.object("", "a closure",
                                  {required("at", common.stations, "Which offices."),
                                   optional("starts", date, "First day closed; left out: always.")});
  const Shape* handled =
      make.object("", "a change of handling",
                  {required("services", common.services, "Which services."),
                   optional("channel", common.channel, "traditional or office; left out: both."),
                   optional("factor", make.positive(Quantity::number),
                            "Handling times are multiplied by it; or distribution."),
                   optional("distribution", common.handling, "New handling time; or factor.")});
  const Shape* absent =
      make.object("", "an absence",
                  {required("at", common.stations, "Which offices or counters."),
                   required("probability", make.share(), "That a clerk is absent for a day.")});
  const Shape* authorised =
      make.object("", "an authorisation",
                  {required("services", common.services, "Which services."),
                   optional("lowest_rank", make.whole(1, 3), "Offices of rank 1 to this one may give them."),
                   optional("rural", make.quantity(Quantity::boolean), "Rural offices may give them.")});
  return {optional("migrations", make.verbs(moved, "a list of migrations"),
                   "Citizens who change channel, in the order written: each moves a share of those the "
                   "earlier ones left."),
          optional("staffing", make.verbs(staffed, "a list of staffing changes"),
                   "More or fewer clerks, in the order written."),
          optional("hours", make.verbs(opened, "a list of new hours"), "Other hours at some stations."),
          optional("demand_growth", make.verbs(grown, "a list of changes of demand"),
                   "More or less demand for some services or residents."),
          optional("open_offices", make.verbs(new_office, "a list of new offices"), "New offices."),
          optional("close_offices", make.verbs(shut, "a list of closures"), "Offices closed for good."),
          optional("handling", make.verbs(handled, "a list of changes of handling"),
                   "Faster or slower handling."),
          optional("absence", make.verbs(absent, "a list of absences"), "Absent clerks."),
          optional("authorise", make.verbs(authorised, "a list of authorisations"),
                   "Who may give which service.")};
}

}  // namespace pishkhan
