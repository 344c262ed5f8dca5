#pragma once
#include <cstddef>
#include <vector>

#include "models/province/province.hpp"

namespace pishkhan {

/// Rials for an hour, by kind of station.
struct HourlyRates {
  double urban = 0, rural = 0;  ///< offices
  double counters = 0;

  [[nodiscard]] double of_offices(Kind kind) const { return kind == Kind::rural ? rural : urban; }
};

/// What things are worth, in rials. It changes what is reported, and nothing that happens.
struct Economics {
  HourlyRates clerk_hour;            ///< pay for an hour of a clerk on shift
  HourlyRates desk_hour;             ///< what a clerk's desk takes beside the pay: room, power, equipment
  double unknown_tariff = 0;         ///< stands in where services.csv knows no tariff
  std::vector<double> office_share;  ///< by service: the part of the tariff that an office keeps, 0 to 1
  double citizen_hour = 0;           ///< value of an hour of a citizen
  double kilometre = 0;              ///< cost of a kilometre of a citizen's travel

  /// What a citizen pays for the service, at any station and online.
  [[nodiscard]] double tariff_of(const Service& service) const {
    return service.tariff_rial > 0 ? service.tariff_rial : unknown_tariff;
  }
  /// What an office keeps of it.
  [[nodiscard]] double income_of(const Province& province, std::size_t service) const {
    return tariff_of(province.services[service]) * office_share[service];
  }
  /// Pay and desk together, for an hour of a clerk on shift.
  [[nodiscard]] double hour_at_offices(Kind kind) const {
    return clerk_hour.of_offices(kind) + desk_hour.of_offices(kind);
  }
  [[nodiscard]] double hour_at_counters() const { return clerk_hour.counters + desk_hour.counters; }
};

}  // namespace pishkhan
