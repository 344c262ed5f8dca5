#include "models/siting/choose_authorisations.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "models/demand/station_index.hpp"
#include "models/plan/plan.hpp"
#include "models/siting/choose_sites.hpp"
#include "models/staffing/share_out.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/time.hpp"

namespace pishkhan {
namespace {

/// Less than this share of a service's travel is rounding.
constexpr double kRoundingShare = 1e-9;
/// So many sizes of a service's sets beyond the chosen one are looked at: two offices may save travel where
/// one does not.
constexpr std::size_t kSizesAhead = 2;

/// Whether the office is there on all counted days, and whenever its doors open has a clerk on that weekday
/// who can give the service.
bool can_give(const Office& office, ServiceId service, const Run& run) {
  const DayNumber first = run.start + run.warm_up_days, end = run.start + run.days;
  if (office.from_day > first || office.until_day < end) return false;
  const WeekHours& doors = office.rules.doors_on(first);
  for (std::size_t weekday = 0; weekday < doors.size(); ++weekday) {
    if (doors[weekday].empty()) continue;
    const auto gives = [&](const ClerkGroup& group) {
      const bool skilled =
          group.skills.empty() || std::binary_search(group.skills.begin(), group.skills.end(), service);
      return skilled && group.clerks > 0 && group.from_day <= first && group.until_day >= end &&
             meet(group.shifts[weekday], doors[weekday]);
    };
    if (std::none_of(office.rules.groups.begin(), office.rules.groups.end(), gives)) return false;
  }
  return true;
}

/// The scenario with all candidates authorised.
Scenario with_all(Scenario scenario, std::span<const OfficeService> candidates) {
  for (const OfficeService& one : candidates) {
    std::vector<ServiceId>& gives = scenario.province->offices[one.office.index()].also_gives;
    gives.insert(std::lower_bound(gives.begin(), gives.end(), one.service), one.service);
  }
  return scenario;
}

/// The offices that may be authorised for a service, and the best sets of them.
class ServiceSets {
 public:
  ServiceSets(ServiceId service, std::vector<StationIndex> offices, std::size_t most, double most_sets)
      : service_(service),
        offices_(std::move(offices)),
        most_(std::min(most, offices_.size())),
        most_sets_(most_sets) {
    double sets = 0;
    for (std::size_t size = 0; size <= most_; ++size) sets += ways_to_choose(size, offices_.size());
    exhaustive_ = sets <= most_sets_;
  }

  [[nodiscard]] ServiceId service() const { return service_; }
  [[nodiscard]] OfficeId office(std::size_t candidate) const { return OfficeId(offices_[candidate].index()); }
  [[nodiscard]] ExpectedTravel travel(const TravelSource& source) const {
    return {source, offices_, std::span(&service_, 1)};
  }
  /// Finds the best sets of sizes up to and with this one, as far as there are such sets, or all if they are
  /// few; false if that was done before.
  bool look_up_to(std::size_t size, const TravelSource& source) {
    size = exhaustive_ ? most_ : std::min(size, most_);
    if (best_.size() > size) return false;
    const ExpectedTravel expected = travel(source);
    while (best_.size() <= size)
      best_.push_back(choose_sites(expected, best_.size(), 1, most_sets_).sets.front());
    return true;
  }
  /// Of the sizes that were looked at up to this one, the smallest that is as good as any.
  [[nodiscard]] const SiteSet& best_up_to(std::size_t size) const {
    const SiteSet* best = &best_.front();
    for (std::size_t k = 1; k <= size; ++k)
      if (best_[k].travel_h < best->travel_h - kRoundingShare * best_.front().travel_h) best = &best_[k];
    return *best;
  }
  /// Travel by the number of authorisations, as far as looked at.
  [[nodiscard]] ClerkCurve curve() const {
    ClerkCurve curve;
    for (std::size_t k = 0; k < best_.size(); ++k) curve.cost.push_back(best_up_to(k).travel_h);
    return curve;
  }
  [[nodiscard]] double travel_now_h() const { return best_.front().travel_h; }
  /// All sets are looked at.
  [[nodiscard]] bool exhaustive() const { return exhaustive_; }

 private:
  ServiceId service_;
  std::vector<StationIndex> offices_;
  std::size_t most_;
  double most_sets_;
  std::vector<SiteSet> best_;  ///< by size
  bool exhaustive_ = false;
};

std::vector<ServiceSets> sets_by_service(std::span<const OfficeService> candidates, std::size_t number,
                                         double most_sets) {
  std::vector<ServiceSets> sets;
  for (std::size_t i = 0; i < candidates.size();) {
    const ServiceId service = candidates[i].service;
    std::vector<StationIndex> offices;
    for (; i < candidates.size() && candidates[i].service == service; ++i)
      offices.emplace_back(candidates[i].office.index());
    sets.emplace_back(service, std::move(offices), number, most_sets);
  }
  return sets;
}

/// How many offices each service gets. Sets are looked at as far as they may be needed.
std::vector<int> share_out_sizes(std::vector<ServiceSets>& services, std::size_t number,
                                 const TravelSource& source) {
  for (ServiceSets& service : services) service.look_up_to(kSizesAhead, source);
  for (;;) {
    std::vector<ClerkCurve> curves;
    for (const ServiceSets& service : services) curves.push_back(service.curve());
    std::vector<int> sizes = share_out(curves, number).clerks;
    bool found = false;
    for (std::size_t s = 0; s < services.size(); ++s)
      found |= services[s].look_up_to(static_cast<std::size_t>(sizes[s]) + kSizesAhead, source);
    if (!found) return sizes;
  }
}

/// The offices of a set, and what each saves beside the others.
void add_chosen(const ServiceSets& service, const SiteSet& set, const TravelSource& source,
                std::vector<ChosenAuthorisation>& list) {
  if (set.open.empty()) return;
  const ExpectedTravel travel = service.travel(source);
  std::vector<std::uint8_t> open(travel.candidates(), 0);
  for (const std::size_t c : set.open) open[c] = 1;
  const Travelled with = travel.travelled(open);
  for (const std::size_t c : set.open) {
    open[c] = 0;
    const Travelled without = travel.travelled(open);
    open[c] = 1;
    list.push_back(
        {{service.office(c), service.service()}, {without.hours - with.hours, without.km - with.km}});
  }
}

}  // namespace

std::vector<OfficeService> candidate_authorisations(const Scenario& scenario,
                                                    std::span<const ServiceId> services) {
  PISHKHAN_EXPECT(scenario.province.has_value());
  const Province& province = *scenario.province;
  std::vector<OfficeService> candidates;
  for (const ServiceId service : services) {
    for (std::size_t j = 0; j < province.offices.size(); ++j) {
      const Office& office = province.offices[j];
      if (can_give(office, service, scenario.run) &&
          !may_give(office, province.services[service.index()], service))
        candidates.push_back({OfficeId(j), service});
    }
  }
  return candidates;
}

ChosenAuthorisations choose_authorisations(const Scenario& scenario, std::span<const ServiceId> services,
                                           std::size_t number, double most_sets) {
  const std::vector<OfficeService> candidates = candidate_authorisations(scenario, services);
  ChosenAuthorisations chosen;
  chosen.candidates = candidates.size();
  if (candidates.empty()) return chosen;
  const Scenario all = with_all(scenario, candidates);
  const Plan plan(all);
  const TravelSource source(plan);
  std::vector<ServiceSets> sets = sets_by_service(candidates, number, most_sets);
  const std::vector<int> sizes = share_out_sizes(sets, number, source);
  for (std::size_t s = 0; s < sets.size(); ++s) {
    const SiteSet& best = sets[s].best_up_to(static_cast<std::size_t>(sizes[s]));
    chosen.saved_h += sets[s].travel_now_h() - best.travel_h;
    chosen.exhaustive = chosen.exhaustive && sets[s].exhaustive();
    add_chosen(sets[s], best, source, chosen.list);
  }
  return chosen;
}

}  // namespace pishkhan
