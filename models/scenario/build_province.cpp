#include <algorithm>
#include <initializer_list>

#include "models/province/calendar.hpp"
#include "models/province/province_csv.hpp"
#include "models/scenario/build_parts.hpp"
#include "models/scenario/files.hpp"
#include "models/scenario/units.hpp"

namespace pishkhan {
namespace {

/// A run of a province has days, and dates the calendar knows.
bool check_run(Builder& builder, const Node& root, const Run& run) {
  const Node* node = root.find("run");
  if (node == nullptr || !node->sound) return false;
  if (const Node* length = node->find("length"); length != nullptr && node->find("days") == nullptr) {
    builder.mistake(*length, "run.length", "a province in an unbroken run",
                    "a province is simulated by `days`");
    return false;
  }
  if (node->find("start") == nullptr) {
    builder.mistake(*node, "run", "the key `start` is missing",
                    "say the first day, for example `start: 1395-02-01`");
    return false;
  }
  if (run.start - 7 < first_day() || run.start + run.days + 7 > last_day()) {
    builder.mistake(
        *node, "run", "the run leaves the years the calendar knows",
        "Solar Hijri years " + std::to_string(kFirstSolarYear) + " to " + std::to_string(kLastSolarYear));
    return false;
  }
  return true;
}

void read_rules(Builder& builder, const Node& root, Scenario& scenario) {
  if (const Node* classes = Builder::sound(root, "classes")) {
    double sum = 0;
    for (const auto& [id, mark, of] : classes->entries) {
      scenario.classes.push_back(
          {id, Builder::number(of, "share", 0), static_cast<int>(Builder::number(of, "priority", 0))});
      sum += scenario.classes.back().share;
    }
    if (sum > 1 + 1e-9) {
      builder.mistake(*classes, "classes", "the shares add up to " + number_text(sum * 100) + '%',
                      "at most 100%");
    }
  }
  if (const Node* patience = Builder::sound(root, "patience")) {
    scenario.patience = {builder.distribution(*patience->find("traditional"), "patience.traditional"),
                         builder.distribution(*patience->find("office"), "patience.office")};
  }
  if (const Node* retry = Builder::sound(root, "retry")) {
    scenario.retry = {Builder::number(*retry, "probability", 0),
                      static_cast<int>(Builder::number(*retry, "at_most", 0))};
  }
  if (const Node* rework = Builder::sound(root, "rework")) {
    scenario.rework_handling_share = Builder::number(*rework, "handling_share", 0.5);
  }
  if (const Node* choice = Builder::sound(root, "choice")) {
    scenario.choice = {Builder::number(*choice, "distance_exponent", 2),
                       Builder::number(*choice, "size_exponent", 1), Builder::number(*choice, "nearest", 1),
                       Builder::number(*choice, "within", 40)};
  }
}

void read_redirect(Builder& builder, const Node& root, Scenario& scenario) {
  const Node* redirect = Builder::sound(root, "redirect");
  if (redirect == nullptr) return;
  const bool speed = redirect->find("speed") != nullptr, travel = redirect->find("travel") != nullptr;
  if (speed == travel) {
    builder.mistake(*redirect, "redirect",
                    speed ? "`speed` and `travel` both given" : "neither `speed` nor `travel`",
                    "write one of them: a speed goes by distance, a travel time is the same for every way");
    return;
  }
  scenario.redirect = {static_cast<int>(Builder::number(*redirect, "at_most", 1)),
                       Builder::number(*redirect, "speed", 0), Builder::number(*redirect, "travel", 0)};
}

void read_hours(Builder& builder, const Node& province, KindHours& hours) {
  const Node* node = Builder::sound(province, "hours");
  if (node == nullptr) return;
  hours = {builder.week_hours(*node->find("urban"), "province.hours.urban"),
           builder.week_hours(*node->find("rural"), "province.hours.rural"),
           builder.week_hours(*node->find("counters"), "province.hours.counters")};
}

void apply_rules(Builder& builder, const Node& root, const KindHours& hours, Province& province) {
  const auto apply = [&](StationRules& rules, const char* where, const WeekHours& doors) {
    apply_queue_rules(builder, root, where, rules);
    rules.doors = doors;
    for (auto& group : rules.groups) group.shifts = doors;
  };
  const std::size_t before = builder.mistakes().size();
  for (auto& office : province.offices) {
    apply(office.rules, "offices", office.kind == Kind::rural ? hours.rural : hours.urban);
    if (builder.mistakes().size() > before) return;  // The same mistake 858 times helps nobody.
  }
  for (auto& counter : province.counters) {
    apply(counter.rules, "counters", hours.counters);
    if (builder.mistakes().size() > before) return;
  }
}

bool ever_works(const StationRules& rules, const ClerkGroup& group) {
  if (group.clerks <= 0 || group.absence >= 1) return false;
  for (std::size_t day = 0; day < 7; ++day) {
    if (!rules.doors[day].empty() && !group.shifts[day].empty()) return true;
  }
  return false;
}

/// First service of those `given` that no clerk of the station can ever give; nothing when all can be.
const Service* unserved(const Province& province, const StationRules& rules, const auto& given) {
  std::vector<bool> served(province.services.size(), false);
  for (const auto& group : rules.groups) {
    if (!ever_works(rules, group)) continue;
    if (group.skills.empty()) return nullptr;
    for (const ServiceId id : group.skills) served[id.index()] = true;
  }
  for (std::size_t i = 0; i < served.size(); ++i) {
    if (!served[i] && given(province.services[i])) return &province.services[i];
  }
  return nullptr;
}

class Servability {
 public:
  Servability(Builder& builder, const Node& root, const Scenario& scenario)
      : builder_(builder), root_(root), scenario_(scenario), province_(*scenario.province) {
    for (auto& used : used_) used.assign(province_.services.size(), false);
    for (std::size_t i = 0; i < province_.services.size(); ++i) {
      for (const auto& shares : province_.services[i].shares) {
        for (std::size_t c = 0; c < 2; ++c) used_[c][i] = used_[c][i] || shares[c] > 0;
      }
    }
    for (const auto& migration : scenario.migrations) {
      if (migration.to == Channel::online || migration.share <= 0) continue;
      for (const ServiceId id : migration.services)
        used_[static_cast<std::size_t>(migration.to)][id.index()] = true;
    }
  }

  void check() {
    offices();
    counters();
    services();
  }

 private:
  [[nodiscard]] bool used(std::size_t channel, const Service& service) const {
    return used_[channel][static_cast<std::size_t>(&service - province_.services.data())];
  }

  static bool may_give(const Office& office, const Service& service) {
    return office.rank <= service.lowest_rank && (office.kind == Kind::urban || service.at_rural_offices);
  }

  /// The first of the keys that is there, to point at: what most likely caused the mistake.
  [[nodiscard]] std::string cause(std::initializer_list<const char*> keys) const {
    for (const char* key : keys) {
      if (root_.find(key) != nullptr) return key;
    }
    return "province";
  }

  void tell(const std::string& what, const std::string& id, const Service& service) {
    constexpr int most = 20;
    if (++told_ > most) return;
    const std::string key = cause({"staffing", "hours"});
    builder_.mistake(*root_.find(key), key,
                     what + ' ' + in_ticks(id) + " has no clerk who can ever give " + in_ticks(service.id),
                     "give it clerks with the skill and hours, or close it");
  }

  void offices() {
    for (const Office& office : province_.offices) {
      if (office.from_day >= office.until_day) continue;
      const auto given = [&](const Service& service) {
        return used(1, service) && may_give(office, service);
      };
      if (const Service* service = unserved(province_, office.rules, given))
        tell("the office", office.id, *service);
    }
  }

  void counters() {
    for (const Counter& counter : province_.counters) {
      const auto given = [&](const Service& service) {
        return service.agency == counter.agency && used(0, service);
      };
      if (const Service* service = unserved(province_, counter.rules, given))
        tell("the counter", counter.id, *service);
    }
  }

  /// Services that are asked for in a channel where nobody gives them.
  void services() {
    std::vector<bool> has_counter(province_.agencies.size(), false);
    for (const Counter& counter : province_.counters) has_counter[counter.agency.index()] = true;
    std::vector<const Service*> no_counter, no_office;
    for (const Service& service : province_.services) {
      if (used(0, service) && !has_counter[service.agency.index()]) no_counter.push_back(&service);
      const auto gives = [&](const Office& office) {
        return office.from_day < office.until_day && may_give(office, service);
      };
      if (used(1, service) && std::none_of(province_.offices.begin(), province_.offices.end(), gives)) {
        no_office.push_back(&service);
      }
    }
    tell_of_services(no_counter, "no counter gives", "give the agency a counter in the counters table",
                     "province");
    tell_of_services(no_office, "no office may give", "see `authorise`, or keep it out of the office channel",
                     cause({"close_offices", "authorise", "migrations"}));
  }

  void tell_of_services(const std::vector<const Service*>& services, const std::string& what,
                        const std::string& hint, const std::string& key) {
    if (services.empty()) return;
    std::string names = in_ticks(services.front()->id);
    if (services.size() > 1) names += " and " + std::to_string(services.size() - 1) + " more services";
    builder_.mistake(*root_.find(key), key, what + ' ' + names, hint);
  }

  Builder& builder_;
  const Node& root_;
  const Scenario& scenario_;
  const Province& province_;
  std::array<std::vector<bool>, 2> used_;  ///< by channel and service
  int told_ = 0;
};

constexpr const char* kTables[] = {"counties", "places",   "agencies", "services",
                                   "offices",  "counters", "evidence"};

/// Lines of the canonical text that fix what was read from tables.
void add_hashes(Builder& builder, const Node& node, const std::string& path, std::string_view key,
                std::string& data) {
  const Node* file = Builder::sound(node, key);
  if (file == nullptr || file->text == "none") return;
  const std::string text =
      read_limited(path_beside(*file), file->mark, path_of(path, key), builder.mistakes());
  data += "  " + std::string(key) + ": \"fnv1a64:" + content_hash(text) + "\"\n";
}

std::string hashes(Builder& builder, const Node& root, const Node& province) {
  std::string data = "data:\n";
  for (const char* key : kTables) add_hashes(builder, province, "province", key, data);
  if (const Node* demand = root.find("demand")) {
    for (const char* key : {"profiles", "holidays"}) add_hashes(builder, *demand, "demand", key, data);
  }
  return data;
}

void read_evidence(Builder& builder, const Node& province, Scenario& scenario) {
  if (const Node* file = Builder::sound(province, "evidence")) {
    scenario.evidence = weakest(load_evidence(path_beside(*file), builder.mistakes()));
  }
}

}  // namespace

std::filesystem::path path_beside(const Node& node) {
  const std::filesystem::path file =
      node.mark.file ? std::filesystem::path(*node.mark.file) : std::filesystem::path();
  return (file.parent_path() / node.text).lexically_normal();
}

void build_province(Builder& builder, const Node& root, Scenario& scenario, std::string& data) {
  const Node& node = *root.find("province");
  const bool run_is_good = check_run(builder, root, scenario.run);
  read_rules(builder, root, scenario);
  read_redirect(builder, root, scenario);
  if (!node.sound) return;
  const std::size_t before = builder.mistakes().size();
  data = hashes(builder, root, node);
  if (builder.mistakes().size() > before) return;
  const auto table = [&](const char* key) { return path_beside(*node.find(key)); };
  const ProvinceFiles files{table("counties"), table("places"),  table("agencies"),
                            table("services"), table("offices"), table("counters")};
  build_backbone(builder, root, scenario);
  const Node* backbone = root.find("backbone");
  if (backbone != nullptr && !backbone->sound) return;
  const std::size_t before_tables = builder.mistakes().size();
  std::vector<std::string> link_kinds;
  for (const LinkKind& kind : scenario.backbone.link_kinds) link_kinds.push_back(kind.id);
  scenario.province = load_province(files, builder.mistakes(), link_kinds);
  if (builder.mistakes().size() > before_tables) return;
  read_evidence(builder, node, scenario);
  // Nothing of the backbone is in a table with grades.
  const bool ideal = scenario.backbone.model == BackboneModel::ideal && scenario.backbone.link_kinds.empty();
  if (!ideal) scenario.evidence = Evidence::assumed;
  KindHours hours;
  read_hours(builder, node, hours);
  apply_rules(builder, root, hours, *scenario.province);
  apply_verbs(builder, root, hours, scenario);
  Selector select(builder, *scenario.province);
  if (run_is_good) {
    build_demand(builder, select, root, scenario);
    build_outages(builder, select, root, scenario);
  }
  if (builder.mistakes().size() == before) check_limit(builder, root, scenario);
  if (builder.mistakes().size() == before) Servability(builder, root, scenario).check();
}

}  // namespace pishkhan
