#include "models/scenario/sections/economics.hpp"

#include <string>

namespace pishkhan {
namespace {

constexpr double kMostOfAnHour = 1e9, kMostOfAKilometre = 1e8, kMostTariff = 1e12;  // rials

Section<HourlyRates> rates_keys(const std::string& what) {
  const auto rial = value::amount_up_to(Quantity::money, kMostOfAnHour);
  Section<HourlyRates> keys(what + " by kind of station");
  keys.required("urban", &HourlyRates::urban, rial, "At urban offices.");
  keys.required("rural", &HourlyRates::rural, rial, "At rural offices.");
  keys.required("counters", &HourlyRates::counters, rial, "At the agencies' counters.");
  return keys;
}

Section<OfficeShare> share_keys() {
  Section<OfficeShare> keys("`{services, share}`");
  keys.required("services", &OfficeShare::services, services_value(), "Whose tariff is shared so.");
  keys.required("share", &OfficeShare::share, value::share(), "The part that the office keeps.");
  return keys;
}

}  // namespace

Section<EconomicsKeys> economics_keys() {
  const auto of_economics = [](auto member) { return member_of(&EconomicsKeys::economics, member); };
  Section<EconomicsKeys> keys("what things are worth", "economics");
  keys.required("clerk_hour", of_economics(&Economics::clerk_hour), rates_keys("the pay of a clerk's hour"),
                "Pay for an hour of a clerk on shift, overtime alike, insurance and the like in it.");
  keys.required(
      "desk_hour", of_economics(&Economics::desk_hour), rates_keys("the cost of a desk's hour"),
      "What the desk of a clerk on shift takes for an hour beside the pay: room, power, equipment.");
  keys.required("office_share", &EconomicsKeys::office_share, value::share(),
                "The part of a service's tariff that an office keeps; the rest is the agency's.");
  keys.optional("office_shares", &EconomicsKeys::office_shares,
                list_of(share_keys(), 0, "a list of services with their shares"),
                "Services of which offices keep another part; of a service in several items the last holds.");
  keys.optional("unknown_tariff", of_economics(&Economics::unknown_tariff),
                value::amount_up_to(Quantity::money, kMostTariff),
                "Stands in for the tariff of services of which `tariff_rial` is 0, so not known.", "0 rial");
  keys.required("citizen_hour", of_economics(&Economics::citizen_hour),
                value::amount_up_to(Quantity::money, kMostOfAnHour),
                "Value of an hour that a citizen travels, waits or stands at a desk.");
  keys.required("kilometre", of_economics(&Economics::kilometre),
                value::amount_up_to(Quantity::money, kMostOfAKilometre),
                "What a kilometre by road costs a citizen.");
  return keys;
}

void apply_economics(const Written<EconomicsKeys>& written, Selector& select, Scenario& scenario,
                     Diagnostics& mistakes) {
  Economics& economics = scenario.economics.emplace(written->economics);
  economics.office_share.assign(scenario.province->services.size(), written->office_share);
  for (const Written<OfficeShare>& item : written->office_shares) {
    check_keys(item.location(), mistakes, [&] {
      if (!item.has_valid(&OfficeShare::services)) return;
      for (const ServiceId id : select.services(item->services, item.at(&OfficeShare::services)))
        economics.office_share[id.index()] = item->share;
    });
  }
}

}  // namespace pishkhan
