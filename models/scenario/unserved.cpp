#include "models/scenario/unserved.hpp"

namespace pishkhan {

NextStep UnservedRule::step_of(double u) const {
  double end = 0;
  std::size_t last = kNextSteps - 1;
  for (std::size_t step = 0; step < kNextSteps; ++step) {
    if (shares[step] <= 0) continue;
    last = step;
    end += shares[step];
    if (u < end) break;
  }
  return static_cast<NextStep>(last);
}

bool joins_stations(const std::vector<UnservedRule>& rules) {
  return returns_today(rules) || std::any_of(rules.begin(), rules.end(), [](const UnservedRule& rule) {
           return rule.share(NextStep::other_later) > 0 || rule.share(NextStep::online) > 0;
         });
}

bool returns_today(const std::vector<UnservedRule>& rules) {
  return std::any_of(rules.begin(), rules.end(), [](const UnservedRule& rule) {
    return rule.share(NextStep::same_today) > 0 || rule.share(NextStep::other_today) > 0;
  });
}

const UnservedRule* rule_after_online(const std::vector<UnservedRule>& rules, ServiceId service, ZoneId zone,
                                      DayNumber day) {
  const auto rule = std::find_if(rules.rbegin(), rules.rend(), [&](const UnservedRule& one) {
    return one.is_of(InVain::online, service, zone, day);
  });
  return rule == rules.rend() ? nullptr : &*rule;
}

const UnservedRule* rule_after_visit(const std::vector<UnservedRule>& rules, InVain what, ServiceId service,
                                     ZoneId zone, std::uint32_t station, DayNumber day) {
  const auto rule = std::find_if(rules.rbegin(), rules.rend(), [&](const UnservedRule& one) {
    return one.is_of(what, service, zone, day) && one.at_station(station);
  });
  return rule == rules.rend() ? nullptr : &*rule;
}

}  // namespace pishkhan
