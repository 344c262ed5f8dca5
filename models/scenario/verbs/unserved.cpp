#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/scenario/schema/quantity.hpp"
#include "models/scenario/verbs/verb.hpp"

namespace pishkhan {
namespace {

using Shares = std::array<double, kNextSteps>;

struct Unserved {
  std::vector<InVain> after;
  std::optional<ServiceChoice> services;
  std::optional<StationChoice> at;
  std::optional<Kind> kind;
  std::vector<Name> county;
  Written<Shares> goes;
  std::optional<int> at_most;
  DayNumber starts = kAlways;
  std::optional<DayNumber> ends;
};

auto share_of(NextStep step) {
  return [step](Shares& shares) -> double& { return shares[static_cast<std::size_t>(step)]; };
}

constexpr std::array kAfterVisits{NextStep::same_today, NextStep::other_today, NextStep::same_later,
                                  NextStep::other_later};
constexpr std::array kAfterOnline{NextStep::office, NextStep::counter, NextStep::online};

/// Whether the item is after online attempts. Refuses one that is after visits too, or whose steps do not
/// follow what it is after.
bool check_steps(const Written<Unserved>& item, VerbContext& context) {
  const auto& after = item->after;
  const bool online = std::find(after.begin(), after.end(), InVain::online) != after.end();
  const bool visits =
      std::any_of(after.begin(), after.end(), [](InVain one) { return one != InVain::online; });
  if (online && visits) {
    context.refuse(item.at(&Unserved::after), "online attempts and visits in one item",
                   "write two items: other steps follow them");
    return online;
  }
  const auto refuse = [&](const auto& steps, const std::string& problem, const std::string& hint) {
    for (const NextStep step : steps)
      if (item->goes.has(share_of(step))) context.refuse(item->goes.at(share_of(step)), problem, hint);
  };
  if (online) {
    refuse(kAfterVisits, "it follows a visit, and no online attempt",
           "after `online` write `office`, `counter`, `online` or `lost`");
    if (item.has(&Unserved::at)) {
      context.refuse(item.at(&Unserved::at), "an online attempt is made at no station",
                     "leave it out; `kind` and `county` say of which residents");
    }
  } else if (visits) {
    refuse(kAfterOnline, "it follows an online attempt, and no visit",
           "after visits write `same_today`, `other_today`, `same_later`, `other_later` or `lost`");
  }
  return online;
}

/// Whether the shares add to 1.
bool check_shares(const Written<Unserved>& item, VerbContext& context) {
  double sum = 0;
  for (const double share : *item->goes) sum += share;
  if (std::fabs(sum - 1) <= 1e-9) return true;
  const double rest = std::round((1 - sum + item->goes->back()) * 1e12) / 1e12;
  context.refuse(item.at(&Unserved::goes),
                 "the shares add up to " + number_text(std::round(sum * 1e11) / 1e9) + '%',
                 rest >= 0 ? "they have to add up to 100%: with `lost: " + number_text(rest * 100) +
                                 "%` the others give up for good"
                           : "they have to add up to 100%");
  return false;
}

/// Returns that the item allows; of one that sends nobody back, 0.
int returns_of(const Written<Unserved>& item, VerbContext& context) {
  const int at_most = item->at_most.value_or(context.scenario.retry.at_most);
  bool comes_again = false;
  for (const NextStep step : kAfterVisits) comes_again |= (*item->goes)[static_cast<std::size_t>(step)] > 0;
  comes_again |= (*item->goes)[static_cast<std::size_t>(NextStep::online)] > 0;
  if (comes_again && at_most == 0) {
    const bool written = item.has(&Unserved::at_most);
    context.refuse(written ? item.at(&Unserved::at_most) : item.at(&Unserved::goes),
                   "citizens come again, and at most 0 times",
                   written ? "write 1 at least" : "add `at_most`: `retry` allows no returns");
  }
  return at_most;
}

std::vector<std::uint32_t> stations_of(const Written<Unserved>& item, VerbContext& context) {
  std::vector<std::uint32_t> stations;
  if (!item->at) return stations;
  const Selection selection = context.select.stations(*item->at, item.at(&Unserved::at));
  for (const OfficeId office : selection.offices) stations.push_back(office.value);
  const auto offices = static_cast<std::uint32_t>(context.province.offices.size());
  for (const CounterId counter : selection.counters) stations.push_back(offices + counter.value);
  std::sort(stations.begin(), stations.end());
  return stations;
}

/// Whether some station that citizens of the rule may come to again on the day opens its doors twice.
bool opens_again(const UnservedRule& rule, const Province& province) {
  const auto twice = [](const StationRules& rules) {
    const auto parted = [](const Intervals& doors) { return doors.size() > 1; };
    return std::any_of(rules.doors.begin(), rules.doors.end(), parted) ||
           std::any_of(rules.dated_doors.begin(), rules.dated_doors.end(), [&](const auto& dated) {
             return std::any_of(dated.doors.begin(), dated.doors.end(), parted);
           });
  };
  const bool same = rule.share(NextStep::same_today) > 0, other = rule.share(NextStep::other_today) > 0;
  std::uint32_t number = 0;
  for (const Office& office : province.offices) {
    const bool is_of_rule = rule.at_station(number++);
    if ((other || (same && is_of_rule)) && twice(office.rules)) return true;
  }
  return same && std::any_of(province.counters.begin(), province.counters.end(), [&](const Counter& counter) {
           return rule.at_station(number++) && twice(counter.rules);
         });
}

void send_on(const Written<Unserved>& item, VerbContext& context) {
  UnservedRule rule;
  for (const InVain what : item->after)
    rule.after = static_cast<std::uint8_t>(rule.after | 1U << static_cast<unsigned>(what));
  check_steps(item, context);
  const bool complete = check_shares(item, context);
  rule.shares = *item->goes;
  rule.at_most = returns_of(item, context);
  rule.services = item->services
                      ? context.select.services(*item->services, item.at(&Unserved::services))
                      : context.select.services({.all = true, .listed = {}, .filter = {}}, item.location());
  rule.zones = context.select.zones(item->kind, item->county, item.location());
  rule.stations = stations_of(item, context);
  const auto [from, until] = context.days_of(item, &Unserved::starts, &Unserved::ends);
  rule.from_day = from;
  rule.until_day = until;
  const auto all = static_cast<double>(rule.services.size());
  const bool counted = !context.run_is_good || context.first_counted_day(from, until).has_value();
  context.add_change("services whose unserved go on otherwise", "services", all, counted ? all : 0,
                     "it holds on no counted day", from, until);
  if (!complete) return;
  if (returns_today({rule}) && !opens_again(rule, context.province))
    context.notice(item->goes.location(), "notice.nobody_returns_today");
  context.scenario.unserved.push_back(std::move(rule));
}

Section<Shares> goes_keys() {
  Section<Shares> keys("shares of what citizens do next", "unserved_goes");
  const auto step = [&](const char* key, NextStep of, const char* doc) {
    keys.optional(key, share_of(of), value::share(), doc);
  };
  step("same_today", NextStep::same_today,
       "To the same station when its doors open again on the day; where they do not, on the next working "
       "day.");
  step("other_today", NextStep::other_today,
       "To the most attractive other office when its doors open again on the day; where they do not, on the "
       "next working day.");
  step("same_later", NextStep::same_later, "To the same station on the next working day.");
  step("other_later", NextStep::other_later, "To the most attractive other office on the next working day.");
  step("office", NextStep::office, "After an online attempt: to an office on the next working day.");
  step("counter", NextStep::counter,
       "After an online attempt: to the agency's counter on the next working day; where it has none, to an "
       "office.");
  step("online", NextStep::online, "After an online attempt: online again on the next day with the web.");
  step("lost", NextStep::lost, "They give up for good.");
  return keys;
}

}  // namespace

Verb unserved_verb() {
  const auto words = value::words<InVain>(
      {{"balked", InVain::balked, "Left at once because of the queue, and no office took them in."},
       {"abandoned", InVain::abandoned, "Left the queue when patience had run out."},
       {"sent_away", InVain::sent_away, "Were still waiting when the doors closed."},
       {"failed", InVain::failed, "A system, a link or the power failed at the desk."},
       {"online", InVain::online, "The online attempt did not succeed."}});
  Section<Unserved> keys("a rule for the unserved");
  keys.required("after", &Unserved::after, one_or_many(words, "an outcome or a list of them"),
                "What their attempt came to.");
  keys.required("goes", &Unserved::goes, goes_keys(), "What they do next: shares that add up to 100%.");
  keys.optional("services", &Unserved::services, services_value(), "Of which services; left out: all.");
  keys.optional("at", &Unserved::at, stations_value(),
                "After visits to these offices or counters; left out: to all.");
  keys.optional("kind", &Unserved::kind, kind_value(),
                "Residents of cities or of rural districts; left out: both.");
  keys.optional("county", &Unserved::county, names_value(), "Residents of these counties; left out: all.");
  keys.optional(
      "at_most", &Unserved::at_most, value::whole(0, 100),
      "Most returns of a citizen, after whatever cause, to a station or online; then the citizen is "
      "lost. Left out: as `retry` says.");
  add_days(keys, &Unserved::starts, &Unserved::ends);
  return make_verb("unserved", "a list of rules for the unserved",
                   "Where citizens go who were not served; the last item that fits goes before `retry`.",
                   keys, send_on);
}

}  // namespace pishkhan
