#include <algorithm>
#include <cmath>

#include "models/scenario/build_parts.hpp"
#include "models/scenario/units.hpp"

namespace pishkhan {
namespace {

/// SimGrid's dates are doubles since the run's start: farther on they are coarser than 1e-9 s.
constexpr int kMostDaysOfSimgrid = 45;

Link read_link(const Node& links, std::string_view which) {
  const Node* link = Builder::sound(links, which);
  if (link == nullptr) return {};
  const double bandwidth = Builder::number(*link, "bandwidth", 0);
  return {bandwidth, bandwidth, Builder::number(*link, "latency", 0)};
}

void read_links(Builder& builder, const Node& node, BackboneRules& rules) {
  const bool ideal = rules.model == BackboneModel::ideal;
  const auto missing = [&](std::string_view key, const std::string& hint) {
    builder.mistake(node, "backbone", "the key " + in_ticks(key) + " is missing", hint);
  };
  const Node* access = node.find("access");
  if (access == nullptr) {
    if (!ideal) missing("access", "only the backbone `ideal` can do without links");
    for (const char* key : {"county", "province", "data_centre", "web", "policy"}) {
      const Node* value = node.find(key);
      if (value != nullptr && ideal)
        builder.mistake(*value, path_of("backbone", key), in_ticks(key) + " without `access`",
                        "describe the links of offices and counters by kind in `access`");
    }
  } else {
    for (const char* key : {"county", "province", "data_centre", "web"})
      if (node.find(key) == nullptr)
        missing(key,
                "links are described from end to end: access, county, province, "
                "data_centre and web");
    if (access->kind == Node::Kind::map && access->entries.empty())
      builder.mistake(*access, "backbone.access", "no kind of link", "describe at least one");
    if (access->sound)
      for (const auto& [id, mark, link] : access->entries)
        rules.link_kinds.push_back({id, read_link(*access, id)});
  }
  if (!ideal && node.find("share_before") == nullptr)
    missing("share_before", "say which share of the human time passes before the call");
  rules.county = read_link(node, "county");
  rules.province = read_link(node, "province");
  rules.data_centre = read_link(node, "data_centre");
  rules.web = read_link(node, "web");
}

void read_policy(Builder& builder, const Node& policy, CallPolicy& rules) {
  rules.limit_s = Builder::number(policy, "limit", rules.limit_s);
  rules.retries = static_cast<int>(Builder::number(policy, "retries", 0));
  rules.pause_s = Builder::number(policy, "pause", 0);
  const std::string then = Builder::text(policy, "then");
  rules.then = then == "park"        ? AfterTrouble::park
               : then == "send_home" ? AfterTrouble::send_home
                                     : AfterTrouble::wait;
  const Node* retries = Builder::sound(policy, "retries");
  const Node* pause = policy.find("pause");
  const bool pauses = pause != nullptr && (!pause->sound || pause->number > 0);
  if (retries == nullptr || retries->number <= 0 || pauses) return;
  const bool zero = pause != nullptr;
  builder.mistake(zero ? *pause : *retries, path_of("backbone.policy", zero ? "pause" : "retries"),
                  "retries without a pause",
                  "all of them would come at one instant: write for example `pause: 1 min`");
}

/// One access link of each kind and the web's behind one county and before one system: what unloaded times
/// need.
Platform one_of_each(const BackboneRules& rules) {
  Platform platform;
  for (const LinkKind& kind : rules.link_kinds)
    platform.access_links.push_back({kind.link, 0, CountyLinkId(0)});
  platform.access_links.push_back({rules.web, 0, CountyLinkId(0)});
  platform.county_links = {rules.county};
  platform.province_link = rules.province;
  platform.systems = {{1, 1, rules.data_centre}};
  return platform;
}

/// The link kinds, the web last, from which a service is called.
std::vector<bool> callers(const Scenario& scenario, const Service& service) {
  std::vector<bool> kinds(scenario.backbone.link_kinds.size() + 1, false);
  for (const Office& office : scenario.province->offices) {
    const bool gives =
        office.rank <= service.lowest_rank && (office.kind == Kind::urban || service.at_rural_offices);
    if (gives) kinds[office.link_kind] = true;
  }
  for (const Counter& counter : scenario.province->counters)
    if (counter.agency == service.agency) kinds[counter.link_kind] = true;
  const auto online = static_cast<std::size_t>(Channel::online);
  const bool moves_online =
      std::any_of(scenario.migrations.begin(), scenario.migrations.end(), [&](const Migration& migration) {
        const ServiceId id(static_cast<std::size_t>(&service - scenario.province->services.data()));
        return migration.to == Channel::online && migration.share > 0 &&
               std::binary_search(migration.services.begin(), migration.services.end(), id);
      });
  kinds.back() = moves_online || service.shares[0][online] > 0 || service.shares[1][online] > 0;
  return kinds;
}

}  // namespace

void build_backbone(Builder& builder, const Node& root, Scenario& scenario) {
  const Node* node = root.find("backbone");
  if (node == nullptr || node->kind != Node::Kind::map) return;
  BackboneRules& rules = scenario.backbone;
  const Node* model = Builder::sound(*node, "model");
  const std::string word = model != nullptr ? model->text : "ideal";
  rules.model = word == "shared"    ? BackboneModel::shared
                : word == "simgrid" ? BackboneModel::simgrid
                                    : BackboneModel::ideal;
  if (rules.model == BackboneModel::simgrid && scenario.run.days > kMostDaysOfSimgrid)
    builder.mistake(*model, "backbone.model",
                    "`simgrid` with a run of " + std::to_string(scenario.run.days) + " days",
                    "at most " + std::to_string(kMostDaysOfSimgrid) +
                        " days, for beyond them its dates are too coarse; or write `model: shared`");
  read_links(builder, *node, rules);
  rules.share_before = Builder::number(*node, "share_before", 0.5);
  rules.counter_calls = Builder::number(*node, "counter_calls", 1);
  if (const Node* policy = node->find("policy"); policy != nullptr && policy->kind == Node::Kind::map)
    read_policy(builder, *policy, rules.policy);
}

void check_limit(Builder& builder, const Node& root, const Scenario& scenario) {
  const BackboneRules& rules = scenario.backbone;
  const Node* backbone = Builder::sound(root, "backbone");
  const Node* policy = backbone != nullptr ? backbone->find("policy") : nullptr;
  const Node* limit = policy != nullptr ? policy->find("limit") : nullptr;
  if (limit == nullptr || rules.policy.then == AfterTrouble::wait) return;
  const Platform platform = one_of_each(rules);
  std::size_t never = 0;
  double slowest_s = 0;
  std::string what;
  for (const Service& service : scenario.province->services) {
    if (!service.calls_system) continue;
    const std::vector<bool> from = callers(scenario, service);
    bool answered = true;
    for (std::size_t k = 0; k < from.size(); ++k) {
      if (!from[k]) continue;
      const double takes_s = unloaded(platform, {AccessLinkId(k), SystemId(0), service.request_bytes,
                                                 service.work_s, service.response_bytes})
                                 .total_s();
      answered = answered && takes_s < rules.policy.limit_s;
      if (takes_s <= slowest_s) continue;
      slowest_s = takes_s;
      what = in_ticks(service.id) + " over " +
             (k < rules.link_kinds.size() ? in_ticks(rules.link_kinds[k].id) : "`web`");
    }
    never += !answered;
  }
  if (never == 0) return;
  const std::string others = never > 1 ? ", the slowest of " + std::to_string(never) + " such services" : "";
  builder.mistake(*limit, "backbone.policy.limit",
                  in_ticks(limit->text) + " is over before the answer can come: undisturbed, a call of " +
                      what + " takes " + number_text(std::ceil(slowest_s * 10) / 10) + " s" + others,
                  "a longer limit, or `then: wait`");
}

}  // namespace pishkhan
