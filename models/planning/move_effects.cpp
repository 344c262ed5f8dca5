#include "models/planning/move_effects.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "models/demand/channel_map.hpp"
#include "models/plan/visit_work.hpp"
#include "models/province/calendar.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {

std::vector<RunMonth> months_of(const Run& run) {
  std::vector<RunMonth> months;
  for (DayNumber day = run.start + run.warm_up_days; day < run.start + run.days; ++day) {
    std::string name = format_date(day);
    name.resize(name.rfind('-'));
    if (months.empty() || months.back().name != name) months.push_back({name, day, day});
    ++months.back().until;
  }
  return months;
}

/// Of a year.
struct MoveEffects::OfService {
  double citizens = 0;       ///< who use the new channel
  double saved_s = 0;        ///< of their ways
  std::vector<double> work;  ///< clerk time by station: more than without the move, or all there is
};

MoveEffects::MoveEffects(const Plan& plan, const MoveRules& rules, StopCheck stop)
    : rules_(rules),
      scenario_(plan.scenario()),
      data_(plan.data()),
      waves_(rules.waves.size()),
      groups_(data_.day_share.size()),
      months_(months_of(scenario_.run)) {
  const std::size_t all_stations = data_.stations.size();
  find_items();
  std::vector<OfService> moves(data_.services), now(data_.services);
  std::vector<std::uint8_t> gets(all_stations, 0);
  for (std::size_t s = 0; s < data_.services; ++s) {
    stop.now();
    spread(ServiceId(s), nullptr, now[s]);
    if (item_of_[s] == SIZE_MAX) continue;
    spread(ServiceId(s), &rules, moves[s]);
    constexpr double kRounding = 1e-9;
    for (std::size_t k = 0; k < all_stations; ++k) {
      moves[s].work[k] -= now[s].work[k];
      if (moves[s].work[k] > kRounding * (1 + now[s].work[k])) gets[k] = 1;
    }
  }
  for (std::size_t k = 0; k < all_stations; ++k)
    if (gets[k] != 0) stations_.emplace_back(k);
  now_.assign(groups_ * stations_.size(), 0);
  all_ = now_;
  added_.assign(items_.size() * now_.size(), 0);
  for (std::size_t s = 0; s < data_.services; ++s) {
    const std::size_t group = data_.group_of_service[s];
    for (std::size_t k = 0; k < stations_.size(); ++k) {
      now_[group * stations_.size() + k] += now[s].work[stations_[k].index()];
      if (item_of_[s] == SIZE_MAX) continue;
      const double more = moves[s].work[stations_[k].index()];
      all_[group * stations_.size() + k] += more;
      added_[(item_of_[s] * groups_ + group) * stations_.size() + k] += more;
    }
  }
  for (std::size_t group = 0; group < groups_; ++group) {
    for (std::size_t wave = 0; wave <= waves_; ++wave) {
      for (const RunMonth& month : months_)
        share_.push_back(days_share(group, month.from, month.until, wave));
    }
  }
  citizens_.assign(items_.size() * waves_, 0);
  gain_ = citizens_;
  parts_.resize(data_.services * waves_);
  for (std::size_t item = 0; item < items_.size(); ++item) add_item(item, moves);
}

void MoveEffects::find_items() {
  item_of_.assign(data_.services, SIZE_MAX);
  for (const ServiceId service : rules_.services) {
    item_of_[service.index()] = items_.size();
    items_.push_back({service});
  }
  // Groups with a service in common are one.
  for (const std::vector<ServiceId>& group : rules_.together) {
    const std::size_t into = item_of_[group.front().index()];
    for (const ServiceId service : group) {
      const std::size_t from = item_of_[service.index()];
      if (from == into) continue;
      for (const ServiceId moved : items_[from]) {
        item_of_[moved.index()] = into;
        items_[into].push_back(moved);
      }
      items_[from].clear();
    }
  }
  std::erase_if(items_, [](const auto& item) { return item.empty(); });
  for (std::size_t i = 0; i < items_.size(); ++i) {
    std::sort(items_[i].begin(), items_[i].end());
    for (const ServiceId service : items_[i]) item_of_[service.index()] = i;
  }
}

namespace {

/// The channels of a zone's residents for a service on a day.
ChannelMap channels_on(const Scenario& scenario, ServiceId service, ZoneId zone, DayNumber day) {
  const Zone& of = scenario.province->zones[zone.index()];
  ChannelMap map(scenario.province->services[service.index()].shares[static_cast<std::size_t>(of.kind)],
                 of.digital_access);
  for (std::size_t m = 0; m < scenario.migrations.size(); ++m) {
    const Migration& migration = scenario.migrations[m];
    if (migration.is_of(zone) &&
        std::binary_search(migration.services.begin(), migration.services.end(), service))
      map.migrate(migration.from, migration.to, migrated_share(migration, day), m);
  }
  return map;
}

}  // namespace

/// Spreads a year's citizens of a service over the stations, moved by the rules or as they are.
void MoveEffects::spread(ServiceId service_id, const MoveRules* rules, OfService& effect) const {
  const std::size_t index = service_id.index();
  const Province& province = *scenario_.province;
  const Service& service = province.services[index];
  const DayNumber last = scenario_.run.start + scenario_.run.days - 1;
  const OfficeChooser& chooser = data_.chooser(last);
  const std::vector<double>& visits_a_year = data_.visits_a_year(last);
  const std::size_t number = scenario_.migrations.size();
  std::vector<double> citizens(data_.stations.size(), 0), failed(data_.stations.size(), 0);
  for (std::size_t z = 0; z < province.zones.size(); ++z) {
    const Zone& zone = province.zones[z];
    const double online_failure = online_failure_on(scenario_, service_id, ZoneId(z), last);
    ChannelMap map = channels_on(scenario_, service_id, ZoneId(z), last);
    if (rules != nullptr) map.migrate(rules->from, rules->to, rules->share, number);
    double moved = 0;
    for (const auto& part : map.shares())
      if (rules != nullptr && (part.moved_by >> number & 1) != 0) moved += part.share;
    const double online = map.share_of(Channel::online);
    for (const PlaceId place : zone.places) {
      const double a_year = visits_a_year[place.index() * data_.services + index];
      if (a_year <= 0) continue;
      const auto offices = probabilities(chooser.choices(place.index(), index));
      const StationIndex counter = data_.counter[service.agency.index()][place.index()];
      const auto way_s = [&](StationIndex station) {
        const Way& way = data_.ways_to(station)[place.index()];
        return scenario_.travel.seconds(way.metres, way.kind);
      };
      double office_way_s = 0;
      for (const auto& [office, share] : offices) office_way_s += share * way_s(office);
      if (offices.empty() && counter != kNoStation) office_way_s = way_s(counter);
      const double counter_way_s = counter == kNoStation ? office_way_s : way_s(counter);
      // Who lacks papers comes twice; who failed online brings them.
      const auto way_by = [&](Channel channel) {
        if (channel == Channel::online) return online_failure * office_way_s;
        return (1 + service.rework) * (channel == Channel::office ? office_way_s : counter_way_s);
      };
      if (rules != nullptr) {
        effect.saved_s += a_year * moved * 2 * (way_by(rules->from) - way_by(rules->to));
        if (rules->to != Channel::office || !offices.empty()) effect.citizens += a_year * moved;
      }
      double to_offices = map.share_of(Channel::office), to_counter = map.share_of(Channel::traditional);
      const double of_online = online * online_failure;
      if (offices.empty())
        to_counter += std::exchange(to_offices, 0);
      else if (counter == kNoStation)
        to_offices += std::exchange(to_counter, 0);
      for (const auto& [office, share] : offices) {
        citizens[office.index()] += a_year * to_offices * share;
        failed[office.index()] += a_year * of_online * share;
      }
      if (counter == kNoStation) continue;
      citizens[counter.index()] += a_year * to_counter;
      if (offices.empty()) failed[counter.index()] += a_year * of_online;
    }
  }
  effect.work.resize(citizens.size());
  for (std::size_t k = 0; k < citizens.size(); ++k) {
    const auto work_of = [&](Papers papers) {
      const VisitWork work = work_of_visit(scenario_, data_, k, index, last, papers);
      return work.human_s + work.calls_s;
    };
    if (citizens[k] > 0) effect.work[k] += citizens[k] * work_of(Papers::may_lack);
    if (failed[k] > 0) effect.work[k] += failed[k] * work_of(Papers::complete);
  }
}

/// Of a year's demand of a group of special days, the share on the days, weighted by what has moved of a
/// wave; wave == waves: all of it.
double MoveEffects::days_share(std::size_t group, DayNumber from, DayNumber until, std::size_t wave) const {
  double share = 0;
  for (DayNumber day = from; day < until; ++day) {
    // Few fail online then and come to an office later: they are left out.
    if (data_.web_only(day)) continue;
    double moved = 1;
    if (wave < waves_) {
      Migration migration;
      migration.share = 1;
      migration.starts = rules_.waves[wave].starts;
      migration.ramp_days = rules_.ramp_days;
      moved = migrated_share(migration, day);
    }
    share += moved * data_.day_share[group][static_cast<std::size_t>(day - data_.first_day)];
  }
  return share;
}

void MoveEffects::add_item(std::size_t item, const std::vector<OfService>& effects) {
  for (const ServiceId service : items_[item]) {
    const OfService& effect = effects[service.index()];
    const std::size_t group = data_.group_of_service[service.index()];
    double work_s = 0;
    for (const StationIndex station : stations_) work_s += effect.work[station.index()];
    for (std::size_t wave = 0; wave < waves_; ++wave) {
      double share = 0;
      for (std::size_t m = 0; m < months_.size(); ++m)
        share += share_[(group * (waves_ + 1) + wave) * months_.size() + m];
      Part& part = parts_[service.index() * waves_ + wave];
      part.citizens = share * effect.citizens;
      part.gain =
          rules_.gain == MoveGain::citizens ? part.citizens : share * effect.saved_s / kSecondsPerHour;
      part.work_s = share * work_s;
      citizens_[item * waves_ + wave] += part.citizens;
      gain_[item * waves_ + wave] += part.gain;
    }
  }
}

double MoveEffects::added_s(std::size_t item, std::size_t wave, std::size_t station,
                            std::size_t month) const {
  double work = 0;
  for (std::size_t group = 0; group < groups_; ++group) {
    work += added_[(item * groups_ + group) * stations_.size() + station] *
            share_[(group * (waves_ + 1) + wave) * months_.size() + month];
  }
  return work;
}

double MoveEffects::now_s(std::size_t station, std::size_t month) const {
  double work = 0;
  for (std::size_t group = 0; group < groups_; ++group) {
    work += now_[group * stations_.size() + station] *
            share_[(group * (waves_ + 1) + waves_) * months_.size() + month];
  }
  return work;
}

double MoveEffects::work_s(std::size_t station, DayNumber from, DayNumber until, double moved) const {
  double work = 0;
  for (std::size_t group = 0; group < groups_; ++group) {
    const std::size_t at = group * stations_.size() + station;
    work += (now_[at] + moved * all_[at]) * days_share(group, from, until, waves_);
  }
  return work;
}

double MoveEffects::open_days(std::size_t station, DayNumber from, DayNumber until) const {
  const StationPlan& plan = data_.stations[stations_[station].index()];
  double days = 0;
  for (DayNumber day = from; day < until; ++day) {
    const Day of_run = day_of_run(scenario_, static_cast<int>(day - scenario_.run.start));
    days += !is_holiday(scenario_, of_run) && plan.is_open(day, static_cast<std::size_t>(weekday(day)));
  }
  return days;
}

}  // namespace pishkhan
