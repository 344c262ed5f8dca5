#include "models/scenario/check_services.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <string>

#include "models/province/calendar.hpp"
#include "models/scenario/sections/distribution.hpp"
#include "models/scenario/sections/station_rules.hpp"

namespace pishkhan {
namespace {

/// First service of those `given` that none of the station's clerks who count can ever give; nothing when all
/// can be.
const Service* unserved(const Province& province, const StationRules& rules, const auto& given,
                        const auto& counts) {
  std::vector<bool> served(province.services.size(), false);
  for (const auto& group : rules.groups) {
    if (!counts(group) || !ever_works(rules, group)) continue;
    if (group.skills.empty()) return nullptr;
    for (const ServiceId id : group.skills) served[id.index()] = true;
  }
  for (std::size_t i = 0; i < served.size(); ++i)
    if (!served[i] && given(province.services[i])) return &province.services[i];
  return nullptr;
}

/// Checks who gives which service.
class ServiceCheck {
 public:
  ServiceCheck(const Node& root, const Scenario& scenario, Diagnostics& mistakes)
      : root_(root), province_(*scenario.province), run_(scenario.run), mistakes_(mistakes) {
    for (auto& used : used_) used.assign(province_.services.size(), false);
    for (std::size_t i = 0; i < province_.services.size(); ++i) {
      for (const auto& shares : province_.services[i].shares)
        for (std::size_t c = 0; c < 2; ++c) used_[c][i] = used_[c][i] || shares[c] > 0;
    }
    for (const auto& migration : scenario.migrations) {
      if (migration.to == Channel::online || migration.share <= 0) continue;
      for (const ServiceId id : migration.services)
        used_[static_cast<std::size_t>(migration.to)][id.index()] = true;
    }
  }

  void check() {
    check_offices();
    check_counters();
    refuse_stations_without_clerks();
    check_services();
    check_speeds();
  }

 private:
  [[nodiscard]] bool used(std::size_t channel, const Service& service) const {
    return used_[channel][static_cast<std::size_t>(&service - province_.services.data())];
  }

  /// The first of several keys that is written, else the province: what most likely caused a mistake.
  [[nodiscard]] Location cause(std::initializer_list<const char*> keys) const {
    for (const char* key : keys) {
      PISHKHAN_EXPECT(find_field(*language().keys.shape(), key) != nullptr);
      if (const Node* node = root_.find(key)) return {node, key};
    }
    return {root_.find("province"), "province"};
  }

  [[nodiscard]] ServiceId id_of(const Service& service) const {
    return ServiceId(static_cast<std::size_t>(&service - province_.services.data()));
  }

  /// Stations that lack the same.
  struct Stations {
    std::string first;
    std::size_t count = 0;
  };

  void refuse_stations_without_clerks() {
    for (const auto& [when, stations] : without_clerks_) {
      const std::string more =
          stations.count > 1 ? " and " + std::to_string(stations.count - 1) + " more have" : " has";
      const bool by_staffing = root_.find("staffing") != nullptr;
      add_mistake(mistakes_, cause({"staffing", "open_offices"}), stations.first + more + " no clerks" + when,
                  by_staffing
                      ? "every open station needs one: where `staffing` takes the last away, take fewer "
                        "or select others with `at`; else give it a clerk, or close it"
                      : "every open station needs one: give it a clerk, or close it");
    }
  }

  void refuse(const std::string& what, const std::string& id, const Service& service, const std::string& when,
              bool has_clerks) {
    if (!has_clerks) {
      Stations& stations = without_clerks_[when];
      if (stations.count++ == 0) stations.first = what + ' ' + in_backticks(id);
      return;
    }
    constexpr int most = 20;
    if (++refused_ > most) return;
    add_mistake(mistakes_, cause({"staffing", "hours"}),
                what + ' ' + in_backticks(id) + " has no clerk who can" + (when.empty() ? " ever" : "") +
                    " give " + in_backticks(service.id) + when,
                "give it clerks with the skill and hours, or close it");
  }

  /// Refuses a station whose clerks can never give one of the services, or cannot from some day on until the
  /// run, or the station, ends: its citizens would come in vain for good. `until_day`: the station's last day
  /// and one.
  void check_station(const std::string& what, const std::string& id, const StationRules& rules,
                     DayNumber until_day, const auto& given) {
    if (const Service* service = unserved(province_, rules, given, [](const ClerkGroup&) { return true; }))
      return refuse(what, id, *service, "", !rules.groups.empty());
    const DayNumber last = std::min(run_.start + run_.days, until_day) - 1;
    if (last < run_.start) return;
    const auto works_last = [last](const ClerkGroup& group) {
      return group.from_day <= last && last < group.until_day;
    };
    const Service* service = unserved(province_, rules, given, works_last);
    if (service == nullptr) return;
    DayNumber from = run_.start;
    for (const ClerkGroup& group : rules.groups) {
      const bool skilled = group.skills.empty() ||
                           std::binary_search(group.skills.begin(), group.skills.end(), id_of(*service));
      if (skilled && group.until_day <= last && ever_works(rules, group))
        from = std::max(from, group.until_day);
    }
    refuse(what, id, *service, " from " + format_date(from) + " on",
           std::any_of(rules.groups.begin(), rules.groups.end(), works_last));
  }

  void check_offices() {
    for (const Office& office : province_.offices) {
      if (office.from_day >= office.until_day) continue;
      const auto given = [&](const Service& service) {
        return used(1, service) && may_give(office, service, id_of(service));
      };
      check_station("the office", office.id, office.rules, office.until_day, given);
    }
  }

  void check_counters() {
    for (const Counter& counter : province_.counters) {
      const auto given = [&](const Service& service) {
        return service.agency == counter.agency && used(0, service);
      };
      check_station("the counter", counter.id, counter.rules, INT32_MAX, given);
    }
  }

  /// No clerk is too slow for what the handling verbs have made of the services.
  void check_speeds() {
    double slowest = 1, longest_s = 0;
    const auto note = [&](const StationRules& rules) {
      for (const ClerkGroup& group : rules.groups) slowest = std::min(slowest, group.speed);
    };
    for (const Office& office : province_.offices) note(office.rules);
    for (const Counter& counter : province_.counters) note(counter.rules);
    for (const Service& service : province_.services)
      for (const Distribution& handling : service.handling) longest_s = std::max(longest_s, mean(handling));
    if (slowest >= 1 || longest_s / slowest <= kLongestMean_s) return;
    add_mistake(mistakes_, cause({"staffing"}), too_slow(slowest, longest_s),
                "faster clerks, or shorter handling");
  }

  /// Services that are asked for in a channel where nobody gives them.
  void check_services() {
    std::vector<bool> has_counter(province_.agencies.size(), false);
    for (const Counter& counter : province_.counters) has_counter[counter.agency.index()] = true;
    std::vector<const Service*> no_counter, no_office;
    for (const Service& service : province_.services) {
      if (used(0, service) && !has_counter[service.agency.index()]) no_counter.push_back(&service);
      const auto gives = [&](const Office& office) {
        return office.from_day < office.until_day && may_give(office, service, id_of(service));
      };
      if (used(1, service) && std::none_of(province_.offices.begin(), province_.offices.end(), gives))
        no_office.push_back(&service);
    }
    refuse_services(no_counter, "no counter gives", "give the agency a counter in the counters table",
                    cause({}));
    refuse_services(no_office, "no office may give", "see `authorise`, or keep it out of the office channel",
                    cause({"close_offices", "authorise", "migrations"}));
  }

  void refuse_services(const std::vector<const Service*>& services, const std::string& what,
                       const std::string& hint, const Location& location) {
    if (services.empty()) return;
    std::string names = in_backticks(services.front()->id);
    if (services.size() > 1) names += " and " + std::to_string(services.size() - 1) + " more services";
    add_mistake(mistakes_, location, what + ' ' + names, hint);
  }

  const Node& root_;
  const Province& province_;
  const Run& run_;
  Diagnostics& mistakes_;
  std::array<std::vector<bool>, 2> used_;  ///< by channel and service
  int refused_ = 0;
  std::map<std::string, Stations> without_clerks_;  ///< by when
};

}  // namespace

void check_services_are_given(const Node& root, const Scenario& scenario, Diagnostics& mistakes) {
  ServiceCheck(root, scenario, mistakes).check();
}

}  // namespace pishkhan
