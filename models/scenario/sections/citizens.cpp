#include "models/scenario/sections/citizens.hpp"

#include "models/scenario/sections/distribution.hpp"
#include "models/scenario/sections/station_rules.hpp"

namespace pishkhan {
namespace {

constexpr double kMostExponent = 20;
constexpr double kMostDetour = 10, kMostSpeed_kmh = 200;
/// An attempt keeps the class of its citizen in a byte, with 0 for none.
constexpr std::size_t kMostClasses = 255;

template <class M>
Value<AtStations<M>> at_stations(const std::string& what, const Value<M>& setting,
                                 const std::string& preset) {
  Section<AtStations<M>> keys(what + " of offices and counters");
  keys.optional("offices", &AtStations<M>::offices, setting, "At offices.", preset);
  keys.optional("counters", &AtStations<M>::counters, setting, "At counters.", preset);
  return keys;
}

}  // namespace

Value<std::vector<CitizenClass>> classes_value() {
  Section<CitizenClass> keys("a class of citizens");
  keys.required("share", &CitizenClass::share, value::share(), "Share of all citizens.");
  keys.required("priority", &CitizenClass::priority, value::whole(0, 1000),
                "Higher is served first; citizens of no class have 0.");
  return value::made_from<std::vector<CitizenClass>, value::Table<CitizenClass>>(
      value::table<CitizenClass>(keys, "classes of citizens by name"),
      [](const value::Table<CitizenClass>& written, const Location& location, Diagnostics& mistakes) {
        std::vector<CitizenClass> classes;
        double sum = 0;
        for (const auto& [id, of] : written) {
          classes.push_back({id, of.share, of.priority});
          sum += of.share;
        }
        if (written.size() > kMostClasses) {
          add_mistake(mistakes, location, std::to_string(written.size()) + " classes",
                      "at most " + std::to_string(kMostClasses));
        }
        if (sum > 1 + 1e-9) {
          add_mistake(mistakes, location, "the shares add up to " + number_text(sum * 100) + '%',
                      "at most 100%");
        }
        return classes;
      });
}

Section<std::array<Distribution, 2>> patience_keys() {
  using ByChannel = std::array<Distribution, 2>;
  Section<ByChannel> keys("patience by channel");
  const auto of = [](Channel channel) {
    return [channel](ByChannel& all) -> Distribution& { return all[static_cast<std::size_t>(channel)]; };
  };
  keys.optional("traditional", of(Channel::traditional), patience_value(), "At counters.", "never");
  keys.optional("office", of(Channel::office), patience_value(), "At offices.", "never");
  return keys;
}

Section<Retry> retry_keys() {
  Section<Retry> keys("`{probability, at_most}`");
  keys.required("probability", &Retry::probability, value::share(),
                "That a balked, abandoned or sent-away citizen returns the next working day. One whose visit "
                "failed, because a system, a link or the power did, returns for sure.");
  keys.required("at_most", &Retry::at_most, value::whole(0, 100),
                "Most returns of a citizen, after whatever cause; then the citizen is lost.");
  return keys;
}

Section<double> rework_keys() {
  Section<double> keys("`{handling_share}`");
  keys.optional(
      "handling_share", [](double& share) -> double& { return share; }, value::share(),
      "Share of the handling time that passes before missing papers are noticed.", "50%");
  return keys;
}

Section<OfficeChoice> choice_keys() {
  Section<OfficeChoice> keys("how citizens choose an office");
  keys.optional("distance_exponent", &OfficeChoice::distance_exponent,
                value::amount_up_to(Quantity::number, kMostExponent),
                "Huff's beta: how fast attraction falls with distance.", "2");
  keys.optional("size_exponent", &OfficeChoice::size_exponent,
                value::amount_up_to(Quantity::number, kMostExponent),
                "Huff's alpha: how attraction rises with an office's size, the clerks of its table row or "
                "opening; staffing does not change it.",
                "1");
  keys.optional("nearest", &OfficeChoice::nearest_km, value::positive(Quantity::distance),
                "Shorter distances count as this one.", "1 km");
  keys.optional("within", &OfficeChoice::within_km, value::positive(Quantity::distance),
                "Farther offices are not considered, unless none is nearer.", "40 km");
  return keys;
}

Section<Travel> travel_keys() {
  Section<Travel> keys("how long citizens travel");
  const auto speed_of = [](Kind kind) {
    return [kind](Travel& travel) -> double& { return travel.speed_kmh[static_cast<std::size_t>(kind)]; };
  };
  keys.optional("detour", &Travel::detour, value::within(Quantity::number, {1, kMostDetour}),
                "Length of a way over its length as the crow flies.", "1.3");
  keys.optional("urban_speed", speed_of(Kind::urban), value::positive_up_to(Quantity::speed, kMostSpeed_kmh),
                "Of residents of cities, from door to door.", "20 km/h");
  keys.optional("rural_speed", speed_of(Kind::rural), value::positive_up_to(Quantity::speed, kMostSpeed_kmh),
                "Of residents of rural districts, from door to door.", "35 km/h");
  return keys;
}

Value<Redirect> redirect_value() {
  Section<Redirect> keys("`{speed, at_most}` or `{travel, at_most}`", "redirect");
  keys.optional("speed", &Redirect::speed_kmh, value::positive(Quantity::speed),
                "Speed of the way from office to office, as the crow flies; or travel.");
  keys.optional("travel", &Redirect::travel_s, value::positive_up_to(Quantity::duration, kSecondsPerDay),
                "Time of the way from any office to any other; or speed.");
  keys.optional("at_most", &Redirect::at_most, value::whole(1, 20), "Most times a citizen goes on in a day.",
                "1");
  return value::made_from<Redirect, Written<Redirect>>(
      keys, [](const Written<Redirect>& redirect, const Location& location, Diagnostics& mistakes) {
        const bool speed = redirect.has(&Redirect::speed_kmh), travel = redirect.has(&Redirect::travel_s);
        if (speed == travel) {
          add_mistake(mistakes, location,
                      speed ? "`speed` and `travel` both given" : "neither `speed` nor `travel`",
                      "write one of them: a speed goes by distance, a travel time is the same for every way");
        }
        return *redirect;
      });
}

Value<AtStations<Balking>> balking_at_stations() { return at_stations("balking", balking_value(), "never"); }

Value<AtStations<bool>> after_shift_at_stations() {
  return at_stations("after_shift", after_shift_value(), "in_addition");
}

Value<AtStations<ClosingRule>> closing_at_stations() {
  return at_stations("closing", closing_value(), "serve_out");
}

}  // namespace pishkhan
