#include "tools/report/system_tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "models/trial/totals/day.hpp"
#include "sim/base/time.hpp"
#include "tools/report/shared_columns.hpp"
#include "tools/report/systems.hpp"

// What the agencies' systems and the links did. Where no call was followed there are no rows.
namespace pishkhan {
namespace {

constexpr const char* kNoRows =
    " No rows where the backbone is ideal and nothing fails: then every transaction takes its unloaded time "
    "and none is "
    "followed.";

using K = ColumnKind;
constexpr const char* kDown = "down_h";

WaitHistogram transaction_times(const SystemSums& s) { return s.transaction_s; }
double completed(const SystemSums& s) { return count(s.transaction.count); }

const Measure<SystemSums> kSystemMeasures[] = {
    events<SystemSums>("transactions", "transactions", "Transactions that were answered.", completed,
                       TableForm::brief),
    bounded(skewed<SystemSums>(
        K::share, "load", "share",
        "Busy core time / core time while up, over whole days, nights and days on which all is closed "
        "included, and past midnight until the last call has ended.",
        [](const SystemSums& s) { return s.busy_core_s; }, [](const SystemSums& s) { return s.core_s; },
        TableForm::full)),
    skewed<SystemSums>(
        K::share, "load_open", "share",
        "Busy core time of all hours / core time while up in the hours in which an office or counter is "
        "open: what the mean load of these hours would be if nobody called in others, so at most that.",
        [](const SystemSums& s) { return s.busy_core_s; },
        [](const SystemSums& s) { return s.core_s * s.open_s / s.counted_s; }, TableForm::brief),
    bounded(skewed<SystemSums>(
        K::mean, "concurrency", "transactions",
        "Transactions at work in the system, time average over whole days, nights and days on which all "
        "is closed included.",
        [](const SystemSums& s) { return s.concurrency_area_s; },
        [](const SystemSums& s) { return s.counted_s; })),
    skewed<SystemSums>(
        K::mean, "concurrency_max", "transactions",
        "Most transactions at work at once in a replication, mean over replications.",
        [](const SystemSums& s) { return count(s.concurrency_max); }, nullptr),
    bounded(skewed<SystemSums>(
        K::mean, "response_s", "s", "Response time at the system, without the links.",
        [](const SystemSums& s) { return s.response.sum_s; },
        [](const SystemSums& s) { return count(s.response.count); }, TableForm::brief)),
    bounded(skewed<SystemSums>(
        K::mean, "transaction_s", "s", "Whole transaction, over the links and back.",
        [](const SystemSums& s) { return s.transaction.sum_s; }, completed, TableForm::brief)),
    percentile<SystemSums>("transaction_p50_s", "s", "Median of transaction_s, of all replications together.",
                           transaction_times, 0.5, TableForm::full),
    percentile<SystemSums>("transaction_p95_s", "s",
                           "95th percentile of transaction_s, of all replications together.",
                           transaction_times, 0.95, TableForm::full),
    percentile<SystemSums>("transaction_p99_s", "s",
                           "99th percentile of transaction_s, of all replications together.",
                           transaction_times, 0.99, TableForm::brief),
    skewed<SystemSums>(
        K::count, kDown, "h", "Time the system was down.",
        [](const SystemSums& s) { return s.down_s / kSecondsPerHour; }, nullptr, TableForm::brief),
    events<SystemSums>("transactions_failed", "transactions", "Transactions hit by an outage under way.",
                       [](const SystemSums& s) { return count(s.failed); }),
    events<SystemSums>("transactions_refused", "transactions",
                       "Tries that found the system, or the way to it, down.",
                       [](const SystemSums& s) { return count(s.refused); }),
    events<SystemSums>("transactions_cancelled", "transactions",
                       "Transactions given up by the clerk, who had waited enough.",
                       [](const SystemSums& s) { return count(s.cancelled); }),
};

/// All links of one kind.
struct LinkSums : LinkTally {
  double counted_s = 0;  ///< whole counted days, those on which all is closed included
};
double link_time(const LinkSums& l) { return count(l.links) * l.counted_s; }

const Measure<LinkSums> kLinkMeasures[] = {
    events<LinkSums>(
        "transfers", "transfers", "Requests and responses that came through.",
        [](const LinkSums& l) { return count(l.transfer.count); }, TableForm::brief),
    bounded(skewed<LinkSums>(
        K::count, "transferred_bytes", "B", "What these carried.",
        [](const LinkSums& l) { return count(l.bytes); }, nullptr)),
    bounded(skewed<LinkSums>(
        K::mean, "transfers_under_way", "transfers",
        "Transfers on a link at once, time average over whole days (web: on all lines).",
        [](const LinkSums& l) { return l.concurrency_area_s; }, link_time)),
    bounded(skewed<LinkSums>(
        K::mean, "transfer_s", "s", "Time of a transfer, latency included.",
        [](const LinkSums& l) { return l.transfer.sum_s; },
        [](const LinkSums& l) { return count(l.transfer.count); }, TableForm::brief)),
    skewed<LinkSums>(
        K::share, "down_share", "share", "Time without a way to the data centres / time, over whole days.",
        [](const LinkSums& l) { return l.down_s; }, link_time),
};
const Measure<LinkSums> kBusyShare[] = {
    bounded(skewed<LinkSums>(
        K::share, "busy_share", "share",
        "Time with a transfer on / time, mean of the two directions, over whole days, and past midnight "
        "until the last call has ended; empty for the web's many lines.",
        [](const LinkSums& l) { return l.busy_s; }, [](const LinkSums& l) { return 2 * l.watched_s; },
        TableForm::brief)),
};

/// Nights and days on which all is closed included.
double counted_s(const Results& results) {
  const Run& run = results.scenario.run;
  return (run.days - run.warm_up_days) * kHoursPerDay * kSecondsPerHour;
}

/// While an office or counter is open, whichever; on counted days that are no holidays.
double open_s(const Results& results) {
  const Scenario& scenario = results.scenario;
  double sum_s = 0;
  Intervals doors;
  for (int k = scenario.run.warm_up_days; k < scenario.run.days; ++k) {
    const Day day = day_of_run(scenario, k);
    if (is_holiday(scenario, day)) continue;
    doors.clear();
    const auto add = [&](const auto& station) {
      const Intervals& own = station.rules.doors_on(day.date)[day.weekday];
      doors.insert(doors.end(), own.begin(), own.end());
    };
    for (const Office& office : scenario.province->offices)
      if (office.from_day <= day.date && day.date < office.until_day) add(office);
    std::for_each(scenario.province->counters.begin(), scenario.province->counters.end(), add);
    std::sort(doors.begin(), doors.end(),
              [](const Interval& a, const Interval& b) { return a.from_s < b.from_s; });
    double until_s = 0;
    for (const Interval& door : doors) {
      sum_s += std::max(0.0, door.to_s - std::max(door.from_s, until_s));
      until_s = std::max(until_s, door.to_s);
    }
  }
  return sum_s;
}

constexpr std::string_view kCauseNames[kCauses] = {"system", "link", "county_link", "power", "load"};

}  // namespace

std::span<const Measure<SystemSums>> system_measures() { return kSystemMeasures; }
std::string_view cause_name(std::size_t cause) { return kCauseNames[cause]; }

bool follows_calls(const Results& results) {
  return !results.trials.empty() && !results.trials.front().calls.backbone.systems.empty();
}

Sums<SystemSums> sums_by_agency(const Results& results) {
  if (!follows_calls(results)) return {};
  return collect<SystemSums>(
      results, results.scenario.province->agencies.size(),
      [time_s = counted_s(results), open_s = open_s(results)](const auto& trial, auto at) {
        const CallTally& calls = trial.calls;
        for (std::size_t i = 0; i < calls.backbone.systems.size(); ++i) {
          static_cast<SystemTally&>(at(i)) = calls.backbone.systems[i];
          at(i).counted_s = time_s;
          at(i).open_s = open_s;
        }
      });
}

DesignEffects effects_of_system(const Results& results, std::size_t agency) {
  DesignEffects effects = results.design_effects;
  // Of a system that can be down, and like all others was not, nothing says for how long.
  if (!may_fail(results.scenario, Cause::system, agency))
    effects[kDown] = 0;
  else
    effects.try_emplace(kDown, kNan);
  return effects;
}

Estimate lost_clerk_h(const Results& results, std::size_t agency, std::size_t cause,
                      double (*part)(const LostClerkTime&)) {
  const auto lost_at = [&](std::size_t which) {
    std::vector<double> lost;
    for (const TrialResult& trial : results.trials) {
      const auto& by_agency = trial.calls.lost_clerk_s;
      double seconds = 0;
      for (std::size_t i = 0; i < by_agency.size(); ++i)
        if (which == kAllAgencies || which == i) seconds += part(by_agency[i][cause]);
      lost.push_back(seconds / kSecondsPerHour);
    }
    return lost;
  };
  const std::vector<double> lost = lost_at(agency);
  if (std::any_of(lost.begin(), lost.end(), [](double h) { return h > 0; }) ||
      !may_fail(results.scenario, static_cast<Cause>(cause), agency))
    return estimate_skewed_mean(lost);
  const double nothing = static_cast<Cause>(cause) == Cause::load ? 0 : kNan;
  // Nothing was lost by chance: as much as at other agencies may have been.
  std::vector<double> variances;
  for (std::size_t i = 0; i < results.scenario.province->agencies.size(); ++i) {
    const double variance = estimate_variance(lost_at(i));
    if (!std::isnan(variance)) variances.push_back(variance);
  }
  return estimate_skewed_mean(lost, variances.empty() ? nothing : usual_design_effect(std::move(variances)));
}

Table make_agency_systems_table(const Results& results) {
  const Province& province = *results.scenario.province;
  struct SystemRow {
    const Agency& agency;
    const std::vector<SystemSums>& sums;
    const DesignEffects& effects;
  };
  ColumnList<SystemRow> list;
  list.add_identity("agency", "Id of the agency.", [](const SystemRow& row) { return row.agency.id; });
  add_names(list, "agency", [](const SystemRow& row) -> const Agency& { return row.agency; });
  list.add(K::count, "cores", "cores", "Cores of the system, slow-downs apart.",
           [](const SystemRow& row) { return row.agency.cores; });
  const auto systems = sums_by_agency(results);
  list.add_measures(
      system_measures(), [](const SystemRow& row) { return &row.sums; },
      [](const SystemRow& row) -> const DesignEffects& { return row.effects; });

  TableOf<SystemRow> table("agency_systems",
                           "The system of each agency over the counted days." + std::string(kNoRows),
                           std::move(list), results);
  for (std::size_t i = 0; i < systems.size(); ++i)
    table.add({province.agencies[i], systems[i], effects_of_system(results, i)});
  return table.take();
}

Table make_links_table(const Results& results) {
  struct LinkRow {
    const LinkKind* kind;  ///< null: the web
    const std::vector<LinkSums>& sums;
  };
  ColumnList<LinkRow> list;
  list.add_identity("link", "Kind of link, or web.",
                    [](const LinkRow& row) { return row.kind ? row.kind->id : std::string("web"); });
  list.add(K::count, "links", "links", "Links of the kind; empty for the web.", [](const LinkRow& row) {
    return row.kind ? std::optional(row.sums.front().links) : std::nullopt;
  });
  DesignEffects effects = results.design_effects;
  const auto cuts = [&](Cause cause) { return may_fail(results.scenario, cause, kAnyAgency); };
  if (cuts(Cause::link) || cuts(Cause::county_link) || cuts(Cause::power)) effects["down_share"] = kNan;
  list.add_measures<LinkSums>(
      kLinkMeasures, [](const LinkRow& row) { return &row.sums; }, effects);
  list.add_measures<LinkSums>(
      kBusyShare, [](const LinkRow& row) { return row.kind ? &row.sums : nullptr; }, results.design_effects);

  TableOf<LinkRow> table(
      "links",
      "The lines of offices and counters by kind, and those of online citizens (`web`), over the counted "
      "days." +
          std::string(kNoRows) + " Nor where no links are described.",
      std::move(list), results);
  const auto& kinds = results.scenario.backbone.link_kinds;
  if (!follows_calls(results) || kinds.empty()) return table.take();
  const double time_s = counted_s(results);
  const auto links = collect<LinkSums>(results, kinds.size() + 1, [time_s](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.calls.backbone.link_kinds.size(); ++i) {
      static_cast<LinkTally&>(at(i)) = trial.calls.backbone.link_kinds[i];
      at(i).counted_s = time_s;
    }
  });
  for (std::size_t i = 0; i < links.size(); ++i)
    table.add({i < kinds.size() ? &kinds[i] : nullptr, links[i]});
  return table.take();
}

Table make_lost_clerk_hours_table(const Results& results) {
  const Province& province = *results.scenario.province;
  struct LostRow {
    std::size_t agency;  ///< or kAllAgencies
    std::size_t cause;
  };
  ColumnList<LostRow> list;
  list.add_identity("agency", "Id of the agency, or `all`.", [&](const LostRow& row) {
    return row.agency == kAllAgencies ? std::string("all") : province.agencies[row.agency].id;
  });
  list.add_identity(
      "cause",
      "What was down: the system, the station's link, its county_link or its power; or load: others' "
      "transactions.",
      [](const LostRow& row) { return cause_name(row.cause); });
  list.add_estimate(
      {"lost_clerk_h", "h", K::count, "Clerk hours lost.", TableForm::brief, Bounds::low_and_high},
      [&](const LostRow& row) { return lost_clerk_h(results, row.agency, row.cause); });
  list.add_estimate({"in_vain_h", "h", K::count,
                     "Of lost_clerk_h, handling of visits that then failed; the rest was waiting.",
                     TableForm::full, Bounds::low_and_high},
                    [&](const LostRow& row) {
                      return lost_clerk_h(results, row.agency, row.cause,
                                          [](const LostClerkTime& lost) -> double { return lost.in_vain_s; });
                    });

  TableOf<LostRow> table(
      "lost_clerk_hours",
      "Clerk hours lost waiting for agencies' systems over the counted days: beyond the unloaded time of "
      "the transactions, and all the time of visits sent home." +
          std::string(kNoRows),
      std::move(list), results);
  if (!follows_calls(results)) return table.take();
  for (std::size_t agency = 0; agency <= province.agencies.size(); ++agency) {
    for (std::size_t cause = 0; cause < kCauses; ++cause)
      table.add({agency < province.agencies.size() ? agency : kAllAgencies, cause});
  }
  return table.take();
}

}  // namespace pishkhan
