#include "models/scenario/sections/backbone.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace pishkhan {
namespace {

/// SimGrid's dates are doubles since the run's start: farther on they are coarser than 1e-9 s.
constexpr int kMostDaysOfSimgrid = 45;
constexpr double kLongestLatency_s = 600;
constexpr double kLongestPolicy_s = 10 * kSecondsPerDay;

Value<Link> link_value() {
  struct LinkKeys {
    double bandwidth_bytes_s = 0, latency_s = 0;
  };
  Section<LinkKeys> keys("`{bandwidth, latency}`", "link");
  keys.required("bandwidth", &LinkKeys::bandwidth_bytes_s, value::positive(Quantity::bandwidth),
                "In each direction.");
  keys.required("latency", &LinkKeys::latency_s, value::amount_up_to(Quantity::duration, kLongestLatency_s),
                "One way.");
  return value::made_from<Link, LinkKeys>(keys, [](const LinkKeys& link, const Location&, Diagnostics&) {
    return Link{link.bandwidth_bytes_s, link.bandwidth_bytes_s, link.latency_s};
  });
}

Value<std::vector<LinkKind>> access_value() {
  return value::made_from<std::vector<LinkKind>, value::Table<Link>>(
      value::table(link_value(), "links by kind"),
      [](const value::Table<Link>& links, const Location& location, Diagnostics& mistakes) {
        if (links.empty()) add_mistake(mistakes, location, "no kind of link", "describe at least one");
        std::vector<LinkKind> kinds;
        for (const auto& [id, link] : links) kinds.push_back({id, link});
        return kinds;
      });
}

Section<CallPolicy> policy_keys() {
  Section<CallPolicy> keys("what clerks do when a call fails or takes too long", "policy");
  keys.optional("limit", &CallPolicy::limit_s, value::positive_up_to(Quantity::duration, kLongestPolicy_s),
                "Longest wait for the answer to one try; left out: no limit.");
  keys.optional("retries", &CallPolicy::retries, value::whole(0, 100), "Tries after the first.", "0");
  keys.optional("pause", &CallPolicy::pause_s, value::amount_up_to(Quantity::duration, kLongestPolicy_s),
                "Time before each retry; needed with retries.");
  keys.optional(
      "then", &CallPolicy::then,
      value::words<AfterTrouble>(
          {{"wait", AfterTrouble::wait, "Clerk and citizen wait on until the answer comes."},
           {"park", AfterTrouble::park, "The citizen steps aside until the answer comes; the clerk goes on."},
           {"send_home", AfterTrouble::send_home, "The citizen leaves unserved and returns another day."}}),
      "What happens when the call may not be tried again.", "wait");
  return keys;
}

/// A key of `backbone` that is read into its rules.
template <class M>
auto rule(M BackboneRules::*member) {
  return member_of(&BackboneKeys::rules, member);
}

/// Links are described from end to end or not at all; all models but the ideal one need them.
void check_links(const Written<BackboneKeys>& backbone, Diagnostics& mistakes) {
  const bool ideal = backbone->rules.model == BackboneModel::ideal;
  const bool described = backbone.has(rule(&BackboneRules::link_kinds));
  const auto missing = [&](const std::string& key, const std::string& hint) {
    add_mistake(mistakes, backbone.location(), "the key " + in_backticks(key) + " is missing", hint);
  };
  if (!described && !ideal) missing("access", "only the backbone `ideal` can do without links");
  const auto check_with_access = [&](const auto& member, const std::string& key) {
    const bool given = backbone.has(member);
    if (described && !given) {
      missing(key, "links are described from end to end: access, county, province, data_centre and web");
    } else if (!described && given && ideal) {
      add_mistake(mistakes, backbone.at(member), in_backticks(key) + " without `access`",
                  "describe the links of offices and counters by kind in `access`");
    }
  };
  check_with_access(rule(&BackboneRules::county), "county");
  check_with_access(rule(&BackboneRules::province), "province");
  check_with_access(rule(&BackboneRules::data_centre), "data_centre");
  check_with_access(rule(&BackboneRules::web), "web");
  if (!described && ideal && backbone.has(&BackboneKeys::policy)) {
    add_mistake(mistakes, backbone.at(&BackboneKeys::policy), "`policy` without `access`",
                "describe the links of offices and counters by kind in `access`");
  }
  if (!ideal && !backbone.has(rule(&BackboneRules::share_before)))
    missing("share_before", "say which share of the human time passes before the call");
}

/// Retries come after a pause.
void check_policy(const Written<CallPolicy>& policy, Diagnostics& mistakes) {
  if (!policy.has_valid(&CallPolicy::retries) || policy->retries <= 0) return;
  const bool has_pause = policy.has(&CallPolicy::pause_s);
  if (has_pause && (!policy.has_valid(&CallPolicy::pause_s) || policy->pause_s > 0)) return;
  add_mistake(mistakes, has_pause ? policy.at(&CallPolicy::pause_s) : policy.at(&CallPolicy::retries),
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
  const ServiceId id(static_cast<std::size_t>(&service - scenario.province->services.data()));
  for (const Office& office : scenario.province->offices)
    if (may_give(office, service, id)) kinds[office.link_kind] = true;
  for (const Counter& counter : scenario.province->counters)
    if (counter.agency == service.agency) kinds[counter.link_kind] = true;
  const auto online = static_cast<std::size_t>(Channel::online);
  const bool moves_online =
      std::any_of(scenario.migrations.begin(), scenario.migrations.end(), [&](const Migration& migration) {
        return migration.to == Channel::online && migration.share > 0 &&
               std::binary_search(migration.services.begin(), migration.services.end(), id);
      });
  kinds.back() = moves_online || service.shares[0][online] > 0 || service.shares[1][online] > 0;
  return kinds;
}

}  // namespace

Section<BackboneKeys> backbone_keys() {
  Section<BackboneKeys> keys("the model of transactions", "backbone");
  keys.optional("model", rule(&BackboneRules::model),
                value::words<BackboneModel>(
                    {{"ideal", BackboneModel::ideal, "Every transaction takes its unloaded time."},
                     {"shared", BackboneModel::shared, "Processor sharing of systems and links."},
                     {"simgrid", BackboneModel::simgrid, "Hosts and links simulated by SimGrid."}}),
                "How the calls to agency systems are simulated.", "ideal");
  keys.optional("access", rule(&BackboneRules::link_kinds), access_value(),
                "Links of offices and counters by kind; the tables' column `link` says who has which. Left "
                "out: a call takes its work alone, and the model is ideal.");
  keys.optional("county", rule(&BackboneRules::county), link_value(),
                "From each county to the province's centre; needed with access.");
  keys.optional("province", rule(&BackboneRules::province), link_value(),
                "From there to the data centres; needed with access.");
  keys.optional("data_centre", rule(&BackboneRules::data_centre), link_value(),
                "Of each agency's system; needed with access.");
  keys.optional("web", rule(&BackboneRules::web), link_value(),
                "The own line of each online citizen; needed with access.");
  keys.optional("share_before", rule(&BackboneRules::share_before), value::share(),
                "Share of the human time that passes before the call; needed unless ideal.");
  keys.optional("counter_calls", rule(&BackboneRules::counter_calls), value::share(),
                "Share of the visits to counters that call the system; the others are done from the "
                "agency's own files. Left out: all.");
  keys.optional("policy", &BackboneKeys::policy, policy_keys(),
                "What clerks do in trouble; left out: they wait.");
  return keys;
}

void apply_backbone(const Written<BackboneKeys>& backbone, Scenario& scenario, Diagnostics& mistakes) {
  if (!backbone.exists() || backbone.location().node->kind != Node::Kind::map) return;
  BackboneRules& rules = scenario.backbone;
  rules = backbone->rules;
  rules.policy = *backbone->policy;
  if (rules.model == BackboneModel::simgrid && scenario.run.days > kMostDaysOfSimgrid) {
    add_mistake(mistakes, backbone.at(rule(&BackboneRules::model)),
                "`simgrid` with a run of " + std::to_string(scenario.run.days) + " days",
                "at most " + std::to_string(kMostDaysOfSimgrid) +
                    " days, for beyond them its dates are too coarse; or write `model: shared`");
  }
  check_links(backbone, mistakes);
  check_policy(backbone->policy, mistakes);
}

std::optional<std::uint32_t> find_link_kind(const Name& name, const BackboneRules& rules,
                                            Diagnostics& mistakes) {
  if (name.location.node == nullptr) return std::nullopt;
  std::vector<std::string_view> known;
  for (const LinkKind& kind : rules.link_kinds) known.push_back(kind.id);
  const auto found = std::find(known.begin(), known.end(), name.text);
  if (found != known.end()) return static_cast<std::uint32_t>(found - known.begin());
  if (known.empty()) {
    add_mistake(mistakes, name.location, "a link in a backbone without links",
                "describe them in `backbone.access`");
  } else {
    add_unknown(mistakes, name.location, "kind of link", name.text, known);
  }
  return std::nullopt;
}

void check_call_limit(const Written<BackboneKeys>& backbone, const Scenario& scenario,
                      Diagnostics& mistakes) {
  const BackboneRules& rules = scenario.backbone;
  const Written<CallPolicy>& policy = backbone->policy;
  if (!policy.has(&CallPolicy::limit_s) || rules.policy.then == AfterTrouble::wait) return;
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
      what = in_backticks(service.id) + " over " +
             (k < rules.link_kinds.size() ? in_backticks(rules.link_kinds[k].id) : "`web`");
    }
    never += !answered;
  }
  if (never == 0) return;
  const std::string others = never > 1 ? ", the slowest of " + std::to_string(never) + " such services" : "";
  add_mistake(mistakes, policy.at(&CallPolicy::limit_s),
              in_backticks(policy.text(&CallPolicy::limit_s)) +
                  " is over before the answer can come: undisturbed, a call of " + what + " takes " +
                  number_text(std::ceil(slowest_s * 10) / 10) + " s" + others,
              "a longer limit, or `then: wait`");
}

}  // namespace pishkhan
