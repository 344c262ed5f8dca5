#include "models/scenario/sections/province.hpp"

#include "models/scenario/sections/station_rules.hpp"

namespace pishkhan {

Section<ProvinceKeys> province_keys() {
  Section<KindHours> hours("hours by kind of station");
  hours.required("urban", &KindHours::urban, week_hours_value(), "Doors and shifts of urban offices.");
  hours.required("rural", &KindHours::rural, week_hours_value(), "Doors and shifts of rural offices.");
  hours.required("counters", &KindHours::counters, week_hours_value(),
                 "Doors and shifts of the agencies' counters.");

  Section<ProvinceKeys> keys("the province's tables and hours", "province");
  keys.required("counties", &ProvinceKeys::counties, value::file(),
                "CSV: counties and their digital access.");
  keys.required("places", &ProvinceKeys::places, value::file(),
                "CSV: cities and rural districts with their residents.");
  keys.required("agencies", &ProvinceKeys::agencies, value::file(),
                "CSV: agencies and their systems' cores.");
  keys.required("services", &ProvinceKeys::services, value::file(),
                "CSV: services, their handling, calls, demand and channel shares.");
  keys.required("offices", &ProvinceKeys::offices, value::file(),
                "CSV: offices with kind, place, rank, clerks and link.");
  keys.required("counters", &ProvinceKeys::counters, value::file(),
                "CSV: the agencies' own counters by county.");
  const auto more = [&](const char* key, Name ProvinceKeys::*member, const char* what) {
    keys.optional(key, member, value::file(),
                  std::string("CSV: more ") + what + ", beside those of a base's table. Left out: none.");
  };
  more("more_places", &ProvinceKeys::more_places, "places");
  more("more_agencies", &ProvinceKeys::more_agencies, "agencies");
  more("more_services", &ProvinceKeys::more_services, "services");
  more("more_offices", &ProvinceKeys::more_offices, "offices");
  more("more_counters", &ProvinceKeys::more_counters, "counters");
  keys.optional("evidence", &ProvinceKeys::evidence, value::file(),
                "CSV: how well each number is known, and its source. Left out: all assumed.");
  keys.required("hours", &ProvinceKeys::hours, hours,
                "Doors by kind of station; clerks work while the doors are open.");
  return keys;
}

}  // namespace pishkhan
