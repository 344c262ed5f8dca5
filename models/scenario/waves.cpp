#include "models/scenario/waves.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "models/province/calendar.hpp"
#include "models/scenario/language.hpp"
#include "models/scenario/move_contradictions.hpp"
#include "models/scenario/schema/extend.hpp"
#include "models/scenario/schema/validate.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "models/scenario/wave_keys.hpp"

namespace pishkhan {
namespace {

/// Stands for no wave in `fixed`.
constexpr const char* kStays = "stays";

Section<WaveKeys> wave_keys() {
  const auto of_wave = [](auto member) { return member_of(&WaveKeys::wave, member); };
  Section<WaveKeys> keys("a wave", "wave");
  keys.required("id", of_wave(&Wave::id), value::id(), "Name of the wave in the results.");
  keys.required("starts", of_wave(&Wave::starts), value::date(), "Day from which its services move.");
  keys.optional("clerks", of_wave(&Wave::clerks), value::whole(0, 100'000),
                "Clerks who may be added at the stations from then on, all stations together; what a wave "
                "does not use, later ones may.",
                "0");
  return keys;
}

class MoveReader {
 public:
  MoveReader(const Written<MoveKeys>& written, bool run_is_good, const Scenario& scenario,
             Diagnostics& mistakes)
      : written_(written),
        run_is_good_(run_is_good),
        scenario_(scenario),
        mistakes_(mistakes),
        select_(*scenario.province, mistakes),
        rules_(written->rules) {}

  MoveRules read() {
    read_services();
    read_waves();
    if (written_->ramp_s != 0) rules_.ramp_days = ramp_days();
    if (rules_.from == rules_.to && written_.has_valid(&MoveKeys::waves)) {
      refuse(written_.location(),
             "services that move from " + in_backticks(to_string(rules_.from)) + " to itself",
             "name another channel in `to`");
    }
    for (std::size_t i = 0; i < written_->together.size(); ++i) {
      std::vector<ServiceId> group = candidates(written_->together[i], at(&MoveKeys::together, i));
      if (group.size() < 2) continue;
      rules_.together.push_back(std::move(group));
      together_at_.push_back(i);
    }
    read_orders();
    read_fixed();
    // A wave that is not known shifts the places of the others.
    if (rules_.waves.size() == written_->waves.size())
      expect_no_contradiction(rules_, together_at_, written_, *scenario_.province, mistakes_);
    return std::move(rules_);
  }

 private:
  void refuse(const Location& location, std::string problem, std::string hint = {}) {
    add_mistake(mistakes_, location, std::move(problem), std::move(hint));
  }
  template <class Member>
  [[nodiscard]] Location at(Member member, std::size_t item) const {
    const Location& list = written_.at(member);
    return {&list.node->items[item], path_of(list.path, item)};
  }
  [[nodiscard]] std::string name(ServiceId service) const {
    return in_backticks(scenario_.province->services[service.index()].id);
  }
  [[nodiscard]] bool may_move(ServiceId service) const {
    return std::binary_search(rules_.services.begin(), rules_.services.end(), service);
  }

  void read_services() {
    rules_.services = select_.services(written_->services, written_.at(&MoveKeys::services));
    remove_staying();
    if (rules_.to == Channel::online) {
      expect_possible_online(*scenario_.province, rules_.services, written_.at(&MoveKeys::services),
                             mistakes_);
    }
  }

  void remove_staying() {
    if (!written_.has(&MoveKeys::staying)) return;
    const std::vector<ServiceId> staying =
        select_.services(written_->staying, written_.at(&MoveKeys::staying));
    const bool some = !rules_.services.empty();
    std::erase_if(rules_.services, [&](ServiceId service) {
      return std::binary_search(staying.begin(), staying.end(), service);
    });
    if (some && rules_.services.empty())
      refuse(written_.at(&MoveKeys::staying), "no service is left that may move", "take some out of `not`");
  }

  /// The services, of which each has to be one that may move.
  std::vector<ServiceId> candidates(const ServiceChoice& choice, const Location& location) {
    std::vector<ServiceId> services = select_.services(choice, location);
    for (const ServiceId service : services) {
      if (rules_.services.empty() || may_move(service)) continue;
      refuse(location, name(service) + " may not move", "name services of `services` that are not in `not`");
    }
    return services;
  }
  std::optional<ServiceId> candidate(const Name& name) {
    const std::vector<ServiceId> found = candidates(ServiceChoice{false, {name}, {}}, name.location);
    return found.empty() ? std::nullopt : std::optional(found.front());
  }

  void read_waves() {
    const Run& run = scenario_.run;
    for (const Written<WaveKeys>& item : written_->waves) {
      const Wave& wave = item->wave;
      const auto starts = member_of(&WaveKeys::wave, &Wave::starts);
      const auto id = member_of(&WaveKeys::wave, &Wave::id);
      if (!item.has_valid(starts) || !item.has_valid(id)) continue;
      if (wave.id == kStays) refuse(item.at(id), "a wave named " + in_backticks(kStays), "name it otherwise");
      for (const Wave& other : rules_.waves) {
        if (other.id == wave.id)
          refuse(item.at(id), "a second wave " + in_backticks(wave.id), "give each an id of its own");
      }
      if (!rules_.waves.empty() && wave.starts <= rules_.waves.back().starts) {
        refuse(item.at(starts), "not after the start of the wave before",
               "write waves in the order of their days");
      }
      if (run_is_good_ && (wave.starts < run.start || wave.starts >= run.start + run.days)) {
        refuse(item.at(starts), "a wave that starts on no day of the run",
               "the run has " + format_date(run.start) + " to " + format_date(run.start + run.days - 1));
      }
      rules_.waves.push_back(wave);
    }
  }

  int ramp_days() {
    const double days = written_->ramp_s / kSecondsPerDay;
    if (days == std::floor(days) && days <= 100'000) return static_cast<int>(days);
    refuse(written_.at(&MoveKeys::ramp_s),
           in_backticks(written_.text(&MoveKeys::ramp_s)) + " is not a number of whole days",
           "write a ramp as `10 d`");
    return 0;
  }

  void read_orders() {
    for (const std::vector<Name>& names : written_->in_order) {
      std::vector<ServiceId> order;
      for (const Name& name : names)
        if (const std::optional<ServiceId> service = candidate(name)) order.push_back(*service);
      rules_.in_order.push_back(std::move(order));
    }
  }

  std::optional<std::size_t> wave_of(const Name& name) {
    std::vector<std::string_view> known;
    for (std::size_t w = 0; w < rules_.waves.size(); ++w) {
      if (rules_.waves[w].id == name.text) return w;
      known.emplace_back(rules_.waves[w].id);
    }
    add_unknown(mistakes_, name.location, "wave", name.text, known);
    return std::nullopt;
  }

  /// The service that a key of a table names.
  template <class Member>
  std::optional<ServiceId> service_of(const std::string& id, Member member) {
    const Location& table = written_.at(member);
    return candidate(Name{id, {table.node->find(id), path_of(table.path, id)}});
  }

  void read_fixed() {
    for (const auto& [id, wave] : written_->fixed) {
      const std::optional<ServiceId> service = service_of(id, &MoveKeys::fixed);
      const std::optional<std::size_t> found = wave.text == kStays ? std::nullopt : wave_of(wave);
      if (service && (found || wave.text == kStays)) rules_.fixed.emplace_back(*service, found);
    }
    for (const auto& [id, waves] : written_->forbidden) {
      const std::optional<ServiceId> service = service_of(id, &MoveKeys::forbidden);
      for (const Name& wave : waves) {
        if (const auto found = wave_of(wave); found && service)
          rules_.forbidden.emplace_back(*service, *found);
      }
    }
  }

  const Written<MoveKeys>& written_;
  bool run_is_good_;
  const Scenario& scenario_;
  Diagnostics& mistakes_;
  Selector select_;
  MoveRules rules_;
  std::vector<std::size_t> together_at_;  ///< places in the file
};

}  // namespace

Section<MoveKeys> move_keys() {
  const auto of_rules = [](auto member) { return member_of(&MoveKeys::rules, member); };
  Section<MoveKeys> keys("what may move", "plan");
  keys.required("services", &MoveKeys::services, services_value(), "Which services may move.");
  keys.optional("not", &MoveKeys::staying, services_value(), "Of them, those that may not.");
  keys.optional("together", &MoveKeys::together,
                value::list<ServiceChoice>(services_value(), 1, "a list of choices of services"),
                "Services of which all move in the same wave, or none.");
  keys.optional(
      "in_order", &MoveKeys::in_order,
      value::list<std::vector<Name>>(value::list<Name>(value::id(), 2, "a list of services"), 1,
                                     "a list of lists of services"),
      "Lists of services of which none moves in an earlier wave than the one before it, nor without "
      "it.");
  keys.required("from", of_rules(&MoveRules::from), channel_value(), "Channel the citizens would have used.");
  keys.required("to", of_rules(&MoveRules::to), channel_value(), "Channel they use instead.");
  keys.optional("share", of_rules(&MoveRules::share), value::positive_up_to(Quantity::share, 1),
                "Share of them who move.", "100%");
  keys.optional("ramp", &MoveKeys::ramp_s, value::amount(Quantity::duration),
                "The share grows linearly over these days from the start of the wave.", "0 d");
  keys.required("waves", &MoveKeys::waves, list_of(wave_keys(), 1, "a list of waves"),
                "The days from which services may move, in their order.");
  keys.optional("gain", of_rules(&MoveRules::gain),
                value::words<MoveGain>({{"citizens", MoveGain::citizens, "Citizens who use the new channel."},
                                        {"time", MoveGain::time,
                                         "Hours that citizens spend less on their way, there and back."}}),
                "What the plan is to make as large as possible; left out: citizens.");
  keys.optional("fixed", &MoveKeys::fixed, value::table<Name>(value::id(), "waves by service"),
                "Services with the wave in which they move, or `stays`.");
  keys.optional("forbidden", &MoveKeys::forbidden,
                value::table<std::vector<Name>>(names_value(), "waves by service"),
                "Services with waves in which they do not move.");
  return keys;
}

MoveRules read_moves(const Written<MoveKeys>& written, bool run_is_good, const Scenario& scenario,
                     Diagnostics& mistakes) {
  MoveRules rules;
  check_keys(written.location(), mistakes, [&] {
    if (written.has_valid(&MoveKeys::services))
      rules = MoveReader(written, run_is_good, scenario, mistakes).read();
  });
  return rules;
}

std::optional<MoveRules> load_moves(const ScenarioSource& source, const Scenario& scenario) {
  Diagnostics mistakes;
  LoadedDocument document = load_document(source, *language().keys.shape(), mistakes);
  if (document.root.find("plan") == nullptr) return std::nullopt;
  Diagnostics of_form;
  validate(*language().keys.shape(), document.root, "", of_form);
  const Node* plan = document.root.find("plan");  // only now: validating appends to the root's entries
  Written<MoveKeys> written;
  move_keys().read(*plan, "plan", mistakes, written);
  MoveRules rules = read_moves(written, true, scenario, mistakes);
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  return rules;
}

}  // namespace pishkhan
