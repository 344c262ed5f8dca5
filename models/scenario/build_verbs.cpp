#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "models/scenario/build_parts.hpp"
#include "models/scenario/scale.hpp"
#include "models/scenario/staffing.hpp"
#include "models/scenario/units.hpp"

namespace pishkhan {
namespace {

constexpr DayNumber kAlways = INT32_MIN;
constexpr DayNumber kForGood = INT32_MAX;
/// The model keeps for each citizen which of them moved it, as one bit each.
constexpr std::size_t kMostMigrations = 64;

DayNumber day_of(const Node& verb, std::string_view key, DayNumber otherwise) {
  const Node* node = verb.find(key);
  return node == nullptr ? otherwise : static_cast<DayNumber>(node->number);
}

/// Calls `apply(verb, path)` for every sound item of a list of verbs.
template <class Apply>
void each(const Node& root, std::string_view key, Apply apply) {
  const Node* list = root.find(key);
  if (list == nullptr || list->kind != Node::Kind::list) return;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    if (list->items[i].sound) apply(list->items[i], path_of(std::string(key), i));
  }
}

void set_hours(StationRules& rules, const WeekHours& hours) {
  rules.doors = hours;
  for (auto& group : rules.groups) group.shifts = hours;
}

/// A kind of `backbone.access`, or a mistake and nothing.
std::optional<std::uint32_t> find_link_kind(Builder& builder, const Node& node, const std::string& path,
                                            const BackboneRules& rules) {
  std::vector<std::string_view> known;
  for (const LinkKind& kind : rules.link_kinds) known.push_back(kind.id);
  const auto found = std::find(known.begin(), known.end(), node.text);
  if (found != known.end()) return static_cast<std::uint32_t>(found - known.begin());
  if (known.empty())
    builder.mistake(node, path, "a link in a backbone without links", "describe them in `backbone.access`");
  else
    builder.unknown(node, path, "kind of link", node.text, known);
  return std::nullopt;
}

/// The kind of link that most offices of a kind have, the first of those that as many have.
std::uint32_t usual_link_kind(const Province& province, Kind kind, std::size_t link_kinds) {
  std::vector<std::size_t> offices(std::max<std::size_t>(link_kinds, 1), 0);
  for (const Office& office : province.offices) offices[office.link_kind] += office.kind == kind;
  return static_cast<std::uint32_t>(std::max_element(offices.begin(), offices.end()) - offices.begin());
}

class VerbApplier {
 public:
  VerbApplier(Builder& builder, Scenario& scenario)
      : builder_(builder), scenario_(scenario), province_(*scenario.province), select_(builder, province_) {}

  void close_offices(const Node& verb, const std::string& path) {
    const Selection at = select_.stations(*verb.find("at"), path_of(path, "at"));
    if (!at.counters.empty()) {
      builder_.mistake(*verb.find("at"), path_of(path, "at"), "counters among the offices to close",
                       "select offices; a counter is emptied by migrations");
      return;
    }
    for (const OfficeId id : at.offices) {
      Office& office = province_.offices[id.index()];
      office.until_day = std::min(office.until_day, day_of(verb, "starts", kAlways));
    }
  }

  void change_hours(const Node& verb, const std::string& path) {
    const WeekHours hours = builder_.week_hours(*verb.find("hours"), path_of(path, "hours"));
    for_stations(verb, path, [&](StationRules& rules, const std::string&) { set_hours(rules, hours); });
  }

  void staff(const Node& verb, const std::string& path) {
    const DayNumber from = day_of(verb, "starts", kAlways);
    const DayNumber until = verb.find("ends") == nullptr ? kForGood : day_of(verb, "ends", 0) + 1;
    if (from >= until) {
      builder_.mistake(*verb.find("ends"), path_of(path, "ends"), "it ends before it starts");
      return;
    }
    CountChange change;
    const Node& clerks = *verb.find("clerks");
    read_change(Quantity::clerks, clerks.text, change);
    const bool own_group = verb.find("shifts") || verb.find("skills") || verb.find("speed");
    if (own_group && (change.kind != CountChange::Kind::add || change.value <= 0)) {
      builder_.mistake(clerks, path_of(path, "clerks"), "shifts, skills or speed without added clerks",
                       "only clerks added with `+` can have their own");
      return;
    }
    if (own_group) return add_group(verb, path, change, from, until);
    bool told = false;
    for_stations(verb, path, [&](StationRules& rules, const std::string& id) {
      if (change_clerks(rules, change, from, until) || told) return;
      told = true;
      builder_.mistake(clerks, path_of(path, "clerks"),
                       in_ticks(clerks.text) + " leaves " + in_ticks(id) + " with fewer than no clerks",
                       "select stations that have as many");
    });
  }

  void absent(const Node& verb, const std::string& path) {
    const double probability = Builder::number(verb, "probability", 0);
    for_stations(verb, path, [&](StationRules& rules, const std::string&) {
      for (auto& group : rules.groups) group.absence = probability;
    });
  }

  void change_handling(const Node& verb, const std::string& path) {
    const Node* factor = verb.find("factor");
    const Node* distribution = verb.find("distribution");
    if ((factor == nullptr) == (distribution == nullptr)) {
      builder_.mistake(verb, path, "a factor or a new distribution",
                       "give exactly one of `factor` and `distribution`");
      return;
    }
    const Node* channel = verb.find("channel");
    if (channel != nullptr && channel->text == "online") {
      builder_.mistake(*channel, path_of(path, "channel"), "no clerk handles the channel `online`",
                       "write `traditional` or `office`, or leave the key out for both");
      return;
    }
    Distribution fresh = Never{};
    if (distribution != nullptr) fresh = builder_.distribution(*distribution, path_of(path, "distribution"));
    for (const ServiceId id : select_.services(*verb.find("services"), path_of(path, "services"))) {
      for (std::size_t c = 0; c < 2; ++c) {
        if (channel != nullptr && (channel->text == "office") != (c == 1)) continue;
        Distribution& handling = province_.services[id.index()].handling[c];
        handling = distribution != nullptr ? fresh : scaled(handling, factor->number);
      }
    }
  }

  void authorise(const Node& verb, const std::string& path) {
    const Node* rank = verb.find("lowest_rank");
    const Node* rural = verb.find("rural");
    if (rank == nullptr && rural == nullptr) {
      builder_.mistake(verb, path, "nothing is authorised", "give `lowest_rank`, `rural` or both");
      return;
    }
    for (const ServiceId id : select_.services(*verb.find("services"), path_of(path, "services"))) {
      Service& service = province_.services[id.index()];
      if (rank != nullptr) service.lowest_rank = static_cast<int>(rank->number);
      if (rural != nullptr) service.at_rural_offices = rural->number > 0;
    }
  }

  /// Growth for whole kinds goes into the services' demand; growth of counties is kept by zones.
  void grow(const Node& verb, const std::string& path) {
    const double factor = 1 + Builder::number(verb, "growth", 0);
    const auto zones = select_.zones(verb, path);
    const auto services = select_.services(*verb.find("services"), path_of(path, "services"));
    if (verb.find("county") != nullptr) {
      if (zones.empty() || services.empty()) return;
      DemandGrowth growth{services, zones, factor};
      if (services.size() == province_.services.size()) growth.services.clear();
      scenario_.demand.growth.push_back(std::move(growth));
      return;
    }
    const std::string kind = Builder::text(verb, "kind");
    for (const ServiceId id : services) {
      auto& demand = province_.services[id.index()].visits_per_1000_a_year;
      if (kind != "rural") demand[static_cast<std::size_t>(Kind::urban)] *= factor;
      if (kind != "urban") demand[static_cast<std::size_t>(Kind::rural)] *= factor;
    }
  }

  void migrate(const Node& verb, const std::string& path) {
    Migration migration;
    const auto number = std::to_string(scenario_.migrations.size() + 1);
    migration.id = Builder::text(verb, "id", "migration-" + number);
    if (!migration_ids_.insert(migration.id).second) {
      builder_.mistake(verb, path, "duplicate id " + in_ticks(migration.id),
                       "every migration has an id of its own");
    }
    migration.services = select_.services(*verb.find("services"), path_of(path, "services"));
    migration.from = channel_of(*verb.find("from"));
    migration.to = channel_of(*verb.find("to"));
    migration.share = Builder::number(verb, "share", 0);
    migration.starts = day_of(verb, "starts", kAlways);
    migration.ramp_days = whole_days(verb, path);
    if (migration.from == migration.to) {
      builder_.mistake(*verb.find("to"), path_of(path, "to"),
                       "from " + in_ticks(to_string(migration.from)) + " to itself", "name another channel");
    }
    if (migration.ramp_days > 0 && verb.find("starts") == nullptr) {
      builder_.mistake(*verb.find("ramp"), path_of(path, "ramp"), "a ramp without a start",
                       "say when it `starts`");
    }
    if (scenario_.migrations.size() == kMostMigrations) {  // Told once.
      builder_.mistake(verb, path, "more than " + std::to_string(kMostMigrations) + " migrations",
                       "one migration can move many services");
    }
    scenario_.migrations.push_back(std::move(migration));
  }

  void change_links(const Node& verb, const std::string& path) {
    const Node& link = *verb.find("link");
    const auto kind = find_link_kind(builder_, link, path_of(path, "link"), scenario_.backbone);
    if (!kind) return;
    const Selection at = select_.stations(*verb.find("at"), path_of(path, "at"));
    for (const OfficeId id : at.offices) province_.offices[id.index()].link_kind = *kind;
    for (const CounterId id : at.counters) province_.counters[id.index()].link_kind = *kind;
  }

  void size_systems(const Node& verb, const std::string& path) {
    const Node& cores = *verb.find("cores");
    CountChange change;
    read_change(Quantity::cores, cores.text, change);
    bool told = false;
    for (const std::uint32_t at : select_.agencies(verb, path)) {
      Agency& agency = province_.agencies[at];
      const int left = change.applied_to(static_cast<int>(agency.cores));
      if (left >= 1) {
        agency.cores = static_cast<std::uint32_t>(left);
      } else if (!told) {
        told = true;
        builder_.mistake(cores, path_of(path, "cores"),
                         in_ticks(cores.text) + " leaves " + in_ticks(agency.id) + " without a core",
                         "at least one; `outages` takes a system away");
      }
    }
  }

 private:
  static Channel channel_of(const Node& node) {
    return node.text == "traditional" ? Channel::traditional
           : node.text == "office"    ? Channel::office
                                      : Channel::online;
  }

  int whole_days(const Node& verb, const std::string& path) {
    const Node& ramp = *verb.find("ramp");
    const double days = ramp.number / kSecondsPerDay;
    if (days != std::floor(days) || days > 100'000) {
      builder_.mistake(ramp, path_of(path, "ramp"), in_ticks(ramp.text) + " is not a number of whole days",
                       "write a ramp as `10 d`");
      return 0;
    }
    return static_cast<int>(days);
  }

  void add_group(const Node& verb, const std::string& path, const CountChange& change, DayNumber from,
                 DayNumber until) {
    ClerkGroup group;
    group.clerks = static_cast<int>(change.value);
    group.speed = Builder::number(verb, "speed", 1);
    group.from_day = from;
    group.until_day = until;
    if (const Node* skills = verb.find("skills"); skills != nullptr && skills->kind != Node::Kind::scalar) {
      group.skills = select_.services(*skills, path_of(path, "skills"));
    }
    const Node* shifts = verb.find("shifts");
    if (shifts != nullptr) group.shifts = builder_.week_hours(*shifts, path_of(path, "shifts"));
    for_stations(verb, path, [&](StationRules& rules, const std::string&) {
      ClerkGroup own = group;
      own.id = "added-" + std::to_string(rules.groups.size());
      if (shifts == nullptr) own.shifts = rules.doors;
      rules.groups.push_back(std::move(own));
    });
  }

  template <class Apply>
  void for_stations(const Node& verb, const std::string& path, Apply apply) {
    const Selection at = select_.stations(*verb.find("at"), path_of(path, "at"));
    for (const OfficeId id : at.offices)
      apply(province_.offices[id.index()].rules, province_.offices[id.index()].id);
    for (const CounterId id : at.counters) {
      apply(province_.counters[id.index()].rules, province_.counters[id.index()].id);
    }
  }

  Builder& builder_;
  Scenario& scenario_;
  Province& province_;
  Selector select_;
  std::set<std::string> migration_ids_;
};

void open_office(Builder& builder, const Node& root, const Node& verb, const std::string& path,
                 const KindHours& hours, Scenario& scenario) {
  Province& province = *scenario.province;
  Selector select(builder, province);
  Office office;
  office.id = Builder::text(verb, "id");
  if (select.has_office(office.id)) {
    builder.mistake(*verb.find("id"), path_of(path, "id"), "duplicate id " + in_ticks(office.id),
                    "the province has such an office");
    return;
  }
  const auto at = select.place(*verb.find("place"), path_of(path, "place"));
  if (at < 0) return;
  office.place = PlaceId(static_cast<std::size_t>(at));
  const Place& place = province.places[office.place.index()];
  office.name_en = Builder::text(verb, "name", office.id);
  office.name_fa = Builder::text(verb, "name_fa", office.name_en);
  office.kind = place.kind;
  office.county = place.county;
  office.link_kind = usual_link_kind(province, place.kind, scenario.backbone.link_kinds.size());
  if (const Node* link = verb.find("link"))
    office.link_kind =
        find_link_kind(builder, *link, path_of(path, "link"), scenario.backbone).value_or(office.link_kind);
  office.latitude = Builder::number(verb, "latitude", place.latitude);
  office.longitude = Builder::number(verb, "longitude", place.longitude);
  office.rank = static_cast<int>(Builder::number(verb, "rank", 1));
  office.from_day = day_of(verb, "starts", kAlways);
  office.rules.room = static_cast<int>(Builder::number(verb, "room", INT32_MAX));
  ClerkGroup group;
  group.id = "clerks";
  group.clerks = static_cast<int>(Builder::number(verb, "clerks", 0));
  office.size = group.clerks;
  office.rules.groups.push_back(std::move(group));
  apply_queue_rules(builder, root, "offices", office.rules);
  const Node* own = verb.find("hours");
  set_hours(office.rules, own != nullptr              ? builder.week_hours(*own, path_of(path, "hours"))
                          : place.kind == Kind::rural ? hours.rural
                                                      : hours.urban);
  province.offices.push_back(std::move(office));
}

void grow_everywhere(const Node& root, Province& province) {
  const Node* demand = Builder::sound(root, "demand");
  const double factor = demand == nullptr ? 1 : 1 + Builder::number(*demand, "growth", 0);
  for (auto& service : province.services) {
    for (double& visits : service.visits_per_1000_a_year) visits *= factor;
  }
}

}  // namespace

void apply_queue_rules(Builder& builder, const Node& root, const char* where, StationRules& rules) {
  const Node* balking = Builder::sound(root, "balking");
  const Node* closing = Builder::sound(root, "closing");
  if (balking != nullptr) rules.balking = builder.balking(*balking->find(where), path_of("balking", where));
  if (closing != nullptr) rules.closing = Builder::closing(*closing->find(where));
}

void apply_verbs(Builder& builder, const Node& root, const KindHours& hours, Scenario& scenario) {
  each(root, "open_offices", [&](const Node& verb, const std::string& path) {
    open_office(builder, root, verb, path, hours, scenario);
  });
  grow_everywhere(root, *scenario.province);
  // Made only now: it refers to the offices, and opening moves them.
  VerbApplier applier(builder, scenario);
  const auto list = [&](std::string_view key, void (VerbApplier::*verb)(const Node&, const std::string&)) {
    each(root, key, [&](const Node& node, const std::string& path) { (applier.*verb)(node, path); });
  };
  list("close_offices", &VerbApplier::close_offices);
  list("hours", &VerbApplier::change_hours);
  list("staffing", &VerbApplier::staff);
  list("absence", &VerbApplier::absent);
  list("handling", &VerbApplier::change_handling);
  list("authorise", &VerbApplier::authorise);
  list("demand_growth", &VerbApplier::grow);
  list("migrations", &VerbApplier::migrate);
  list("links", &VerbApplier::change_links);
  list("systems", &VerbApplier::size_systems);
}

}  // namespace pishkhan
