#include "models/plan/day_ranges.hpp"

#include <algorithm>
#include <iterator>

#include "models/plan/plan_data.hpp"
#include "models/province/calendar.hpp"

namespace pishkhan {
namespace {

void order(std::vector<DayNumber>& days) {
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
}

}  // namespace

DayRanges::DayRanges(const Scenario& scenario, const Plan::Data& data)
    : first_day_(scenario.run.start),
      until_day_(scenario.run.start + scenario.run.days),
      begins_{first_day_},
      own_(data.stations.size()) {
  if (!data.bare) add_of_province(scenario, data);
  order(begins_);
  for (std::size_t s = 0; s < own_.size(); ++s) {
    const StationRules& rules = *data.stations[s].rules;
    own_[s] = rules.door_changes(first_day_, until_day_);
    for (const ClerkGroup& group : rules.groups)
      for (const DayNumber day : {group.from_day, group.until_day}) begin_at(own_[s], day);
    order(own_[s]);
  }
}

void DayRanges::begin_at(std::vector<DayNumber>& begins, DayNumber day) const {
  if (day > first_day_ && day < until_day_) begins.push_back(day);
}

void DayRanges::add_of_province(const Scenario& scenario, const Plan::Data& data) {
  for (DayNumber day = first_day_; day < until_day_; ++day)
    if (to_solar_hijri(day).day == 1) begin_at(begins_, day);
  for (const DemandEpoch& epoch : data.demand) begin_at(begins_, epoch.from_day);
  for (const ChoiceEpoch& epoch : data.epochs) begin_at(begins_, epoch.from_day);
  const auto add = [this](const auto& changes) {
    for (const auto& change : changes)
      for (const DayNumber day : {change.from_day, change.until_day}) begin_at(begins_, day);
  };
  add(scenario.handling);
  add(scenario.online_failures);
  add(scenario.unserved);
  for (const Migration& migration : scenario.migrations) {
    begin_at(begins_, migration.starts);
    if (migration.ramp_days > 0 && migration.starts > INT32_MIN)
      begin_at(begins_, migration.starts + migration.ramp_days);
    begin_at(begins_, migration.until_day);
  }
}

DayRange DayRanges::of(std::size_t station, DayNumber day) const {
  DayRange range{first_day_, until_day_};
  for (const std::vector<DayNumber>* begins : {&begins_, &own_[station]}) {
    const auto next = std::upper_bound(begins->begin(), begins->end(), day);
    if (next != begins->begin()) range.first_day = std::max(range.first_day, *std::prev(next));
    if (next != begins->end()) range.until_day = std::min(range.until_day, *next);
  }
  return range;
}

}  // namespace pishkhan
