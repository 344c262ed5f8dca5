#include <vector>

#include "models/plan/plan_data.hpp"

namespace pishkhan {
namespace {

/// Takes the place of links that the scenario does not describe: transfers take no time.
constexpr Link kNoDistance{1e15, 1e15, 0};

void plan_links(const Scenario& scenario, Plan::Data& data) {
  const Province& province = *scenario.province;
  const BackboneRules& rules = scenario.backbone;
  const bool described = !rules.link_kinds.empty();
  const auto link = [&](const Link& written) { return described ? written : kNoDistance; };
  auto& access = data.platform.access_links;
  const auto add = [&](std::uint32_t kind, CountyId county) {
    access.push_back(
        {described ? rules.link_kinds[kind].link : kNoDistance, kind, CountyLinkId(county.index())});
  };
  for (const Office& office : province.offices) add(office.link_kind, office.county);
  for (const Counter& counter : province.counters) add(counter.link_kind, counter.county);
  // Online citizens have a county link of their own, so no county's outage stops them.
  access.push_back({link(rules.web), static_cast<std::uint32_t>(rules.link_kinds.size()),
                    CountyLinkId(province.counties.size()), true});
  data.platform.county_links.assign(province.counties.size() + 1, link(rules.county));
  data.platform.province_link = link(rules.province);
  for (const Agency& agency : province.agencies)
    data.platform.systems.push_back({agency.cores, 1, link(rules.data_centre)});
}

}  // namespace

void plan_backbone(const Scenario& scenario, Plan::Data& data) {
  const Province& province = *scenario.province;
  plan_links(scenario, data);
  for (const Service& service : province.services) {
    data.transactions.push_back({{},
                                 SystemId(service.agency.index()),
                                 service.request_bytes,
                                 service.calls_system ? service.work_s : 0,
                                 service.response_bytes});
  }
  // All counties have equal links, and all systems too, so the unloaded time of a call depends on the kind of
  // the access link alone.
  const auto& access = data.platform.access_links;
  data.call_s.assign((scenario.backbone.link_kinds.size() + 1) * data.services, 0);
  std::vector<bool> known(scenario.backbone.link_kinds.size() + 1, false);
  for (std::size_t a = 0; a < access.size(); ++a) {
    if (known[access[a].kind]) continue;
    known[access[a].kind] = true;
    for (std::size_t s = 0; s < data.services; ++s) {
      Transaction transaction = data.transactions[s];
      if (transaction.work_s <= 0) continue;
      transaction.from = AccessLinkId(a);
      data.call_s[access[a].kind * data.services + s] = unloaded(data.platform, transaction).total_s();
    }
  }
}

}  // namespace pishkhan
