#include <limits>
#include <string>

#include "sim/base/time.hpp"
#include "tools/report/cells.hpp"
#include "tools/report/province_tables.hpp"
#include "tools/report/systems.hpp"

// What the agencies' systems and the links did. Where no call was followed there are no rows.
namespace pishkhan {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kNoRows =
    " No rows where the backbone is ideal and nothing fails: then every transaction takes its unloaded time "
    "and none is "
    "followed.";

template <class T>
double count(T value) {
  return static_cast<double>(value);
}

using S = SystemSums;
double completed(const S& s) { return count(s.transaction.count); }
double tail(const S& s, double p) { return s.transaction.count > 0 ? s.transaction_s.quantile(p) : kNothing; }

const Measure<S> kSystemMeasures[] = {
    {"transactions", "transactions", "Transactions that were answered.", completed, nullptr},
    {"load", "share", "Busy core time / core time while up, over whole days.",
     [](const S& s) { return s.busy_core_s; }, [](const S& s) { return s.core_s; }},
    {"concurrency", "transactions", "Transactions at work in the system, time average over whole days.",
     [](const S& s) { return s.concurrency_area_s; }, [](const S& s) { return s.time_s; }},
    {"concurrency_max", "transactions", "Most transactions at work at once.",
     [](const S& s) { return count(s.concurrency_max); }, nullptr},
    {"response_s", "s", "Response time at the system, without the links.",
     [](const S& s) { return s.response.sum_s; }, [](const S& s) { return count(s.response.count); }},
    {"transaction_s", "s", "Whole transaction, over the links and back.",
     [](const S& s) { return s.transaction.sum_s; }, completed},
    {"transaction_p50_s", "s", "Median of transaction_s.", [](const S& s) { return tail(s, 0.5); }, nullptr},
    {"transaction_p95_s", "s", "95th percentile of transaction_s.", [](const S& s) { return tail(s, 0.95); },
     nullptr},
    {"transaction_p99_s", "s", "99th percentile of transaction_s.", [](const S& s) { return tail(s, 0.99); },
     nullptr},
    {"down_h", "h", "Time the system was down.", [](const S& s) { return s.down_s / kSecondsPerHour; },
     nullptr},
    {"transactions_failed", "transactions", "Transactions hit by an outage under way.",
     [](const S& s) { return count(s.failed); }, nullptr},
    {"transactions_refused", "transactions", "Tries that found the system, or the way to it, down.",
     [](const S& s) { return count(s.refused); }, nullptr},
    {"transactions_cancelled", "transactions", "Transactions given up by the clerk, who had waited enough.",
     [](const S& s) { return count(s.cancelled); }, nullptr},
};

/// All links of one kind.
struct LinkSums : LinkTally {
  double time_s = 0;
};
using L = LinkSums;
double link_time(const L& l) { return count(l.links) * l.time_s; }

const Measure<L> kLinkMeasures[] = {
    {"transfers", "transfers", "Requests and responses that came through.",
     [](const L& l) { return count(l.transfer.count); }, nullptr},
    {"transferred_bytes", "B", "What these carried.", [](const L& l) { return count(l.bytes); }, nullptr},
    {"transfers_under_way", "transfers",
     "Transfers on a link at once, time average over whole days (web: on all lines).",
     [](const L& l) { return l.concurrency_area_s; }, link_time},
    {"transfer_s", "s", "Time of a transfer, latency included.", [](const L& l) { return l.transfer.sum_s; },
     [](const L& l) { return count(l.transfer.count); }},
    {"down_share", "share", "Time without a way to the data centres / time.",
     [](const L& l) { return l.down_s; }, link_time},
};
const Measure<L> kBusyShare[] = {
    {"busy_share", "share",
     "Time with a transfer on, mean of the two directions; empty for the web's many lines.",
     [](const L& l) { return l.busy_s; }, [](const L& l) { return 2 * link_time(l); }},
};

double time_of(const CallTally& calls) {
  return count(calls.days_apart + calls.days_together) * kHoursPerDay * kSecondsPerHour;
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
  return collect<SystemSums>(results, results.scenario.province->agencies.size(),
                             [](const auto& trial, auto at) {
                               const CallTally& calls = trial.calls;
                               for (std::size_t i = 0; i < calls.backbone.systems.size(); ++i) {
                                 static_cast<SystemTally&>(at(i)) = calls.backbone.systems[i];
                                 at(i).time_s = time_of(calls);
                               }
                             });
}

Estimate lost_clerk_h(const Results& results, std::size_t agency, std::size_t cause) {
  std::vector<double> lost;
  for (const TrialResult& trial : results.trials) {
    const auto& by_agency = trial.calls.lost_clerk_s;
    double seconds = 0;
    for (std::size_t i = 0; i < by_agency.size(); ++i)
      if (agency == kAllAgencies || agency == i) seconds += by_agency[i][cause];
    lost.push_back(seconds / kSecondsPerHour);
  }
  return estimate_mean(lost);
}

Table make_agency_systems_table(const Results& results) {
  const Province& province = *results.scenario.province;
  Table table{
      {"agency_systems", "The system of each agency over the counted days." + std::string(kNoRows), {}}, {}};
  add_text_column(table.header, "agency", "Id of the agency.");
  add_name_columns(table.header, "agency");
  add_integer_column(table.header, "cores", "cores", "Cores of the system, slow-downs apart.");
  add_measure_columns(table.header, system_measures());
  const auto systems = sums_by_agency(results);
  for (std::size_t i = 0; i < systems.size(); ++i) {
    const Agency& agency = province.agencies[i];
    Row row{agency.id, agency.name_en, agency.name_fa, integer_cell(agency.cores)};
    add_measure_cells(row, system_measures(), systems[i]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table make_links_table(const Results& results) {
  Table table{
      {"links",
       "The lines of offices and counters by kind, and those of online citizens (`web`), over the counted "
       "days." +
           std::string(kNoRows) + " Nor where no links are described.",
       {}},
      {}};
  add_text_column(table.header, "link", "Kind of link, or web.");
  add_integer_column(table.header, "links", "links", "Links of the kind; empty for the web.");
  add_measure_columns<L>(table.header, kLinkMeasures);
  add_measure_columns<L>(table.header, kBusyShare);
  const auto& kinds = results.scenario.backbone.link_kinds;
  if (!follows_calls(results) || kinds.empty()) return table;
  const auto links = collect<LinkSums>(results, kinds.size() + 1, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.calls.backbone.link_kinds.size(); ++i) {
      static_cast<LinkTally&>(at(i)) = trial.calls.backbone.link_kinds[i];
      at(i).time_s = time_of(trial.calls);
    }
  });
  for (std::size_t i = 0; i < links.size(); ++i) {
    const bool web = i == kinds.size();
    Row row{web ? std::string("web") : kinds[i].id, web ? Cell() : integer_cell(links[i].front().links)};
    add_measure_cells<L>(row, kLinkMeasures, links[i]);
    if (!web) add_measure_cells<L>(row, kBusyShare, links[i]);
    row.resize(table.header.columns.size());
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table make_lost_clerk_hours_table(const Results& results) {
  const Province& province = *results.scenario.province;
  Table table{{"lost_clerk_hours",
               "Clerk hours lost waiting for agencies' systems over the counted days: beyond the unloaded "
               "time of the "
               "transactions, and all the time of visits sent home." +
                   std::string(kNoRows),
               {}},
              {}};
  add_text_column(table.header, "agency", "Id of the agency, or `all`.");
  add_text_column(
      table.header, "cause",
      "What was down: the system, the station's link, its county_link or its power; or load: others' "
      "transactions.");
  add_estimate_columns(table.header, "lost_clerk_h", "h", "Clerk hours lost.");
  if (!follows_calls(results)) return table;
  const auto add_rows = [&](const std::string& name, std::size_t agency) {
    for (std::size_t cause = 0; cause < kCauses; ++cause) {
      Row row{name, std::string(cause_name(cause))};
      add_estimate_cells(row, lost_clerk_h(results, agency, cause));
      table.rows.push_back(std::move(row));
    }
  };
  for (std::size_t i = 0; i < province.agencies.size(); ++i) add_rows(province.agencies[i].id, i);
  add_rows("all", kAllAgencies);
  return table;
}

}  // namespace pishkhan
