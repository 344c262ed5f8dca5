#include "models/scenario/verbs/failures.hpp"

#include <algorithm>
#include <iterator>

#include "models/scenario/sections/demand.hpp"
#include "models/scenario/sections/distribution.hpp"

namespace pishkhan {
namespace {

constexpr double kShortestBetweenFailures_s = 60;
constexpr double kLongestOutage_s = 3660 * kSecondsPerDay;
/// Expected of one item in a replication.
constexpr double kMostFailures = 10'000'000;
constexpr std::size_t kMostOverlapsTold = 20;

void set_times(const Written<FailureKeys>& item, Outage& outage, VerbContext& context) {
  const bool from = item.has(&FailureKeys::from_s), lasts = item.has(&FailureKeys::for_s);
  const bool between = item.has(&FailureKeys::between_s), repair = item.has(&FailureKeys::repair);
  const bool scheduled = from || lasts, random = between || repair;
  if (scheduled == random) {
    context.refuse(item.location(), scheduled ? "both by schedule and at random" : "it never begins",
                   "give `from` and `for`, or `mean_time_between_failures` and `repair`");
  } else if (scheduled && from != lasts) {
    context.refuse(item.location(), "`from` and `for` go together");
  } else if (random && between != repair) {
    context.refuse(item.location(), "`mean_time_between_failures` and `repair` go together");
  } else if (scheduled && item.has(&FailureKeys::months)) {
    context.refuse(item.at(&FailureKeys::months), "months of an outage by schedule",
                   "`from` says when it is");
  } else if (scheduled) {
    outage.from_s = item->from_s - context.scenario.run.start * kSecondsPerDay;
    outage.for_s = item->for_s;
  } else {
    outage.between_s = item->between_s;
    outage.repair = item->repair;
    for (const int month : item->months) outage.months |= static_cast<std::uint16_t>(1u << month);
    if (mean(outage.repair) <= 0) {
      context.refuse(item.at(&FailureKeys::repair), "a repair that takes no time",
                     "no failure would be seen");
    }
    const double failures = context.scenario.run.days * kSecondsPerDay / outage.between_s *
                            static_cast<double>(outage.which.size());
    if (failures > kMostFailures) {
      context.refuse(
          item.at(&FailureKeys::between_s),
          "in all " + short_text(failures) + " failures and more in a replication",
          "at most " + short_text(kMostFailures) + ": fewer of them, or a longer time between them");
    }
  }
}

/// Writes sentences about outages that are odd and not wrong.
class OutageNotices {
 public:
  explicit OutageNotices(VerbContext& context) : context_(context) {}

  void add() {
    for (std::size_t i = 0; i < context_.outages.size(); ++i) note_outside(i);
    note_overlaps();
  }

 private:
  void note_outside(std::size_t i) {
    const Outage& outage = context_.scenario.outages[i];
    if (outage.for_s <= 0) return;
    const bool before = outage.from_s + outage.for_s <= 0;
    const bool after = outage.from_s >= context_.scenario.run.days * kSecondsPerDay;
    if (!before && !after) return;
    context_.notice(context_.outages[i], before ? "notice.is_over_before_run" : "notice.begins_after_run");
  }

  void note_overlaps() {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < context_.outages.size(); ++i)
      if (context_.scenario.outages[i].for_s > 0) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return context_.scenario.outages[a].from_s < context_.scenario.outages[b].from_s;
    });
    std::size_t told = 0;
    for (std::size_t a = 0; a < order.size(); ++a) {
      const Outage& first = context_.scenario.outages[order[a]];
      for (std::size_t b = a + 1; b < order.size(); ++b) {
        const Outage& second = context_.scenario.outages[order[b]];
        if (second.from_s >= first.from_s + first.for_s) break;
        if (second.of != first.of || (second.cores_share > 0) != (first.cores_share > 0)) continue;
        const std::vector<std::uint32_t> both = in_both(first, second);
        if (both.empty()) continue;
        if (++told > kMostOverlapsTold) return;
        note_overlap(order[a], order[b], both);
      }
    }
  }

  void note_overlap(std::size_t a, std::size_t b, const std::vector<std::uint32_t>& which) {
    const Outage &first = context_.scenario.outages[a], &second = context_.scenario.outages[b];
    const double midnight_s = context_.scenario.run.start * kSecondsPerDay;
    const double ends_s = std::max(first.from_s + first.for_s, second.from_s + second.for_s);
    const Location &earlier = context_.outages[std::min(a, b)], &later = context_.outages[std::max(a, b)];
    const auto moment = [&](const char* name, double time_s) {
      return NoticeValue{name, NoticeValue::Kind::date_time, date_time_text(midnight_s + time_s)};
    };
    context_.scenario.notices.push_back(
        {first.cores_share != second.cores_share ? "notice.overlap.slow_downs_of_other_cores"
         : first.cores_share > 0                 ? "notice.overlap.slow_downs"
                                                 : "notice.overlap.outages",
         {text_value("of", kind_of(first.of)), text_value("id", id_of(first.of, which.front())),
          number_value("more", static_cast<double>(which.size() - 1)), text_value("earlier", earlier.path),
          text_value("later", later.path), moment("from", first.from_s), moment("to", ends_s)},
         location_of(earlier.node->mark)});
  }

  static std::vector<std::uint32_t> in_both(const Outage& a, const Outage& b) {
    std::vector<std::uint32_t> both;
    std::set_intersection(a.which.begin(), a.which.end(), b.which.begin(), b.which.end(),
                          std::back_inserter(both));
    return both;
  }

  /// As the sentences select by it.
  static std::string kind_of(OutageOf of) {
    return of == OutageOf::system        ? "system"
           : of == OutageOf::link        ? "link"
           : of == OutageOf::county_link ? "county_link"
                                         : "power";
  }

  /// Of the agency, county or station that has it.
  [[nodiscard]] const std::string& id_of(OutageOf of, std::uint32_t at) const {
    const Province& province = context_.province;
    if (of == OutageOf::system) return province.agencies[at].id;
    if (of == OutageOf::county_link) return province.counties[at].id;
    const std::size_t offices = province.offices.size();
    return at < offices ? province.offices[at].id : province.counters[at - offices].id;
  }

  VerbContext& context_;
};

}  // namespace

void add_failure_times(Section<FailureKeys>& keys) {
  keys.optional("from", &FailureKeys::from_s, value::any(Quantity::date_time),
                "By schedule: when it begins; with for.");
  keys.optional("for", &FailureKeys::for_s, value::positive_up_to(Quantity::duration, kLongestOutage_s),
                "By schedule: how long it lasts.");
  keys.optional("mean_time_between_failures", &FailureKeys::between_s,
                value::within(Quantity::duration, {.low = kShortestBetweenFailures_s}),
                "At random: mean time from a repair to the next failure, exponential; with repair.");
  keys.optional("repair", &FailureKeys::repair, distribution_value(),
                "At random: time from failure to repair.");
  std::vector<value::WordFor<int>> months;
  int number = 0;
  for (const char* month : kMonthNames) months.push_back({month, number++, ""});
  keys.optional("months", &FailureKeys::months,
                value::list<int>(value::words<int>(months), 1, "a list of months"),
                "At random: Solar Hijri months in which it may begin; left out: all.");
}

void add_outage(const Written<FailureKeys>& item, Outage outage, std::size_t mistakes_before,
                VerbContext& context) {
  set_times(item, outage, context);
  if (!item.flawless() || context.mistakes.size() > mistakes_before) return;
  const double run_s = context.scenario.run.days * kSecondsPerDay;
  const bool in_run = outage.for_s <= 0 || (outage.from_s < run_s && outage.from_s + outage.for_s > 0);
  const auto count = static_cast<double>(outage.which.size());
  const char* what = outage.cores_share > 0 ? "slowed down" : "out";
  const char* unit = outage.of == OutageOf::system        ? "systems"
                     : outage.of == OutageOf::link        ? "links"
                     : outage.of == OutageOf::county_link ? "county links"
                                                          : "stations";
  const DayNumber start = context.scenario.run.start;
  const bool by_schedule = outage.for_s > 0;
  const auto day_of = [&](double time_s) { return start + static_cast<DayNumber>(time_s / kSecondsPerDay); };
  context.add_change(std::string(unit) + ' ' + what, unit, count, in_run ? count : 0, "not within the run",
                     by_schedule && in_run ? day_of(std::max(0.0, outage.from_s)) : kAlways,
                     !by_schedule ? kForGood
                     : in_run ? day_of(std::min(run_s, outage.from_s + outage.for_s) + kSecondsPerDay - 1e-6)
                              : kAlways);
  context.scenario.outages.push_back(std::move(outage));
  context.outages.push_back(item.location());
}

void note_odd_outages(VerbContext& context) { OutageNotices(context).add(); }

}  // namespace pishkhan
