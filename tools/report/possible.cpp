#include "tools/report/possible.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string_view>

#include "models/demand/office_choice.hpp"
#include "models/province/calendar.hpp"

namespace pishkhan {
namespace {

/// use(rules) for each station, until it gives true; whether it did.
template <class Use>
bool any_station(const Scenario& scenario, Use use) {
  const auto is = [&](const auto& station) { return use(station.rules); };
  if (!scenario.province) return std::any_of(scenario.stations.begin(), scenario.stations.end(), is);
  const Province& province = *scenario.province;
  return std::any_of(province.offices.begin(), province.offices.end(), is) ||
         std::any_of(province.counters.begin(), province.counters.end(), is);
}

bool is_patient(const Distribution& patience) { return std::holds_alternative<Never>(patience); }

bool may_leave(const BareStation& station) {
  return std::any_of(station.streams.begin(), station.streams.end(),
                     [](const ArrivalStream& stream) { return !is_patient(stream.patience); });
}
bool may_leave(const Scenario& scenario) {
  if (scenario.province) return !std::all_of(scenario.patience.begin(), scenario.patience.end(), is_patient);
  return std::any_of(scenario.stations.begin(), scenario.stations.end(),
                     [](const BareStation& station) { return may_leave(station); });
}

bool may_balk(const StationRules& rules) { return rules.room < INT32_MAX || !rules.balking.points.empty(); }
bool may_send_away(const StationRules& rules) { return rules.closing.sends_away(); }

/// What a bit of StationEffects says the possibility of, with its share.
constexpr std::array<std::array<std::string_view, 2>, 3> kHappenings = {
    {{"balked", "balked_share"}, {"abandoned", "abandoned_share"}, {"sent_away", "sent_away_share"}}};

std::uint8_t possible_bits(bool balking, bool leaving, bool sending_away) {
  return static_cast<std::uint8_t>(balking | leaving << 1 | sending_away << 2);
}

bool seen(const std::vector<TrialResult>& trials, std::uint64_t VisitTally::*what) {
  return std::any_of(trials.begin(), trials.end(), [what](const TrialResult& trial) {
    return std::any_of(trial.stations.begin(), trial.stations.end(),
                       [what](const StationResult& station) { return station.*what > 0; });
  });
}

/// What stations have to do with the agencies' systems: each is an office or a counter.
class SystemUse {
 public:
  explicit SystemUse(const Scenario& scenario) {
    const Province& province = *scenario.province;
    for (const Office& office : province.offices) {
      std::vector<std::uint8_t>& gives = gives_.emplace_back(province.agencies.size());
      bool calls = false;
      for (std::size_t s = 0; s < province.services.size(); ++s) {
        const Service& service = province.services[s];
        if (!authorised(office, service, ServiceId(s))) continue;
        gives[service.agency.index()] = 1;
        calls = calls || service.calls_system;
      }
      calls_.push_back(calls);
    }
    for (const Counter& counter : province.counters) {
      gives_.emplace_back(province.agencies.size())[counter.agency.index()] = 1;
      calls_.push_back(scenario.backbone.counter_calls > 0);
    }
  }
  [[nodiscard]] bool gives(std::size_t station, std::size_t agency) const {
    return gives_[station][agency] != 0;
  }
  [[nodiscard]] bool calls(std::size_t station) const { return calls_[station]; }
  [[nodiscard]] std::size_t stations() const { return calls_.size(); }

 private:
  std::vector<std::vector<std::uint8_t>> gives_;  ///< [station][agency]
  std::vector<bool> calls_;
};

/// Whether an outage takes something from a station itself. Citizens whose online attempt fails come to
/// stations that give the service, so that where a county's line fails nothing is said of others.
bool reaches(const Outage& outage, std::size_t station, const SystemUse& use) {
  if (outage.of == OutageOf::county_link) return true;
  if (outage.of == OutageOf::system) {
    return std::any_of(outage.which.begin(), outage.which.end(),
                       [&](std::uint32_t agency) { return use.gives(station, agency); });
  }
  return std::binary_search(outage.which.begin(), outage.which.end(), static_cast<std::uint32_t>(station));
}

}  // namespace

std::vector<bool> may_differ(const Scenario& scenario, CostOf cost) {
  const SystemUse use(scenario);
  const bool ideal = scenario.backbone.model == BackboneModel::ideal;
  std::vector<bool> differs(use.stations());
  bool slows = !ideal && cost == CostOf::backbone;
  for (std::size_t station = 0; station < differs.size(); ++station) {
    differs[station] = std::any_of(scenario.outages.begin(), scenario.outages.end(),
                                   [&](const Outage& outage) { return reaches(outage, station, use); });
    slows = slows || (!ideal && differs[station] && use.calls(station));
  }
  const bool any = slows || std::find(differs.begin(), differs.end(), true) != differs.end();
  if (any && scenario.redirect.at_most > 0) return std::vector<bool>(differs.size(), true);
  // Where calls slow each other down, what delays some of them may move any other.
  for (std::size_t station = 0; station < differs.size(); ++station)
    differs[station] = differs[station] || (slows && use.calls(station));
  return differs;
}

bool may_fail(const Scenario& scenario, bool with_outages) {
  if (with_outages && !scenario.outages.empty()) return true;
  return scenario.backbone.model != BackboneModel::ideal && std::isfinite(scenario.backbone.policy.limit_s);
}

bool may_fail(const Scenario& scenario, Cause cause, std::size_t agency) {
  if (cause == Cause::load)
    return scenario.backbone.model != BackboneModel::ideal || !scenario.outages.empty();
  return std::any_of(scenario.outages.begin(), scenario.outages.end(), [&](const Outage& outage) {
    if (outage.of != static_cast<OutageOf>(cause)) return false;
    return cause != Cause::system || agency == kAnyAgency ||
           std::binary_search(outage.which.begin(), outage.which.end(), agency);
  });
}

bool may_come(const Scenario& scenario, ServiceId service, Channel channel) {
  const auto moves = [&](const Migration& migration) {
    return migration.to == channel &&
           std::binary_search(migration.services.begin(), migration.services.end(), service);
  };
  if (std::any_of(scenario.migrations.begin(), scenario.migrations.end(), moves)) return true;
  const Service& what = scenario.province->services[service.index()];
  const bool may_fail_online = what.online_failure > 0 || !scenario.online_failures.empty();
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    const auto& shares = what.shares[kind];
    if (what.visits_per_1000_a_year[kind] <= 0) continue;
    // Where a service has no counter its citizens go to the offices, and the other way round.
    const bool comes = channel == Channel::online
                           ? shares[static_cast<std::size_t>(channel)] > 0
                           : shares[static_cast<std::size_t>(Channel::online)] < 1 || may_fail_online;
    if (comes) return true;
  }
  return false;
}

bool opens(const Scenario& scenario, Channel channel, std::size_t day) {
  if (scenario.province && channel == Channel::online) return true;
  const DayNumber date = scenario.run.start + static_cast<DayNumber>(day);
  const auto& holidays = scenario.demand.holidays;
  if (std::binary_search(holidays.begin(), holidays.end(), date)) return false;
  const auto is_open = [date, on = static_cast<std::size_t>(weekday(date))](const auto& station) {
    return !station.rules.doors_on(date)[on].empty();
  };
  if (!scenario.province) return std::any_of(scenario.stations.begin(), scenario.stations.end(), is_open);
  const Province& province = *scenario.province;
  return channel == Channel::office
             ? std::any_of(province.offices.begin(), province.offices.end(), is_open)
             : std::any_of(province.counters.begin(), province.counters.end(), is_open);
}

void set_impossible(DesignEffects& effects, const Scenario& scenario,
                    const std::vector<TrialResult>& trials) {
  const auto set = [&](bool possible, std::uint64_t VisitTally::*what,
                       std::initializer_list<std::string_view> names) {
    if (possible || seen(trials, what)) return;
    for (const std::string_view name : names) effects[name] = 0;
  };
  set(may_fail(scenario), &VisitTally::failed, {"failed", "failed_share"});
  set(may_leave(scenario), &VisitTally::abandoned, {"abandoned", "abandoned_share"});
  set(any_station(scenario, may_balk), &VisitTally::balked, {"balked", "balked_share"});
  set(any_station(scenario, may_send_away), &VisitTally::sent_away, {"sent_away", "sent_away_share"});
  set(scenario.run.length_s > 0, &VisitTally::inside, {"inside"});
  const bool fails = may_fail(scenario);
  for (const char* name : {"transactions_failed", "transactions_refused", "transactions_cancelled"})
    if (!fails) effects[name] = 0;
}

void set_impossible_online(DesignEffects& effects, const Scenario& scenario) {
  const auto& services = scenario.province->services;
  const bool fails = may_fail(scenario) || !scenario.online_failures.empty() ||
                     std::any_of(services.begin(), services.end(),
                                 [](const Service& one) { return one.online_failure > 0; });
  if (!fails) effects["failed"] = effects["failed_share"] = 0;
  for (const char* name : {"abandoned", "balked", "sent_away", "inside"}) effects[name] = 0;
}

StationEffects::StationEffects(const Scenario& scenario, const DesignEffects& usual) {
  for (const BareStation& station : scenario.stations) {
    possible_.push_back(
        possible_bits(may_balk(station.rules), may_leave(station), may_send_away(station.rules)));
  }
  if (scenario.province) {
    const bool leaves = may_leave(scenario);
    const auto add = [&](const StationRules& rules, Channel channel, bool redirected) {
      possible_.push_back(possible_bits(may_balk(rules) || redirected, leaves, may_send_away(rules)));
      of_channel_[static_cast<std::size_t>(channel)] |= possible_.back();
    };
    // Where citizens are redirected, they balk at an office that has no clerk all day.
    for (const Office& office : scenario.province->offices)
      add(office.rules, Channel::office, scenario.redirect.at_most > 0);
    for (const Counter& counter : scenario.province->counters)
      add(counter.rules, Channel::traditional, false);
  }
  for (std::size_t bits = 0; bits < effects_.size(); ++bits) {
    effects_[bits] = usual;
    for (std::size_t i = 0; i < kHappenings.size(); ++i) {
      if ((bits >> i & 1) != 0) continue;
      for (const std::string_view name : kHappenings[i]) effects_[bits][name] = 0;
    }
  }
}

const DesignEffects& StationEffects::of(std::span<const std::size_t> stations) const {
  std::uint8_t possible = 0;
  for (const std::size_t station : stations) possible |= possible_[station];
  return effects_[possible];
}

const DesignEffects& StationEffects::of(Channel channel) const {
  return effects_[of_channel_[static_cast<std::size_t>(channel)]];
}

}  // namespace pishkhan
