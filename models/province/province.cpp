#include "models/province/province.hpp"

#include <algorithm>

namespace pishkhan {

std::string_view to_string(Channel channel) {
  constexpr std::string_view names[] = {"traditional", "office", "online"};
  return names[static_cast<std::size_t>(channel)];
}

std::string_view to_string(Kind kind) { return kind == Kind::urban ? "urban" : "rural"; }

std::string_view to_string(Evidence evidence) {
  constexpr std::string_view names[] = {"measured", "stated", "assumed"};
  return names[static_cast<std::size_t>(evidence)];
}

bool is_round_the_clock(const WeekHours& week) {
  return std::all_of(week.begin(), week.end(), [](const Intervals& day) {
    return day == Intervals{{0, kSecondsPerDay}};
  });
}

bool may_give(Kind kind, int rank, const Authorisation& service) {
  return rank <= service.lowest_rank && (kind == Kind::urban || service.at_rural_offices);
}

bool may_give(const Office& office, const Service& service, ServiceId id) {
  return may_give(office.kind, office.rank, service) ||
         std::binary_search(office.also_gives.begin(), office.also_gives.end(), id);
}

}  // namespace pishkhan
