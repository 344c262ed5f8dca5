#include "models/trial/reuse/exchange_part.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <utility>
#include <vector>

#include "sim/statistics/visit_sum.hpp"

namespace pishkhan {
namespace {

/// Sums in whole ticks are exact in double precision up to 2^53 of them: of visits below 2^37 s, of calls
/// below 2^33 s. Parts of what is smaller are, too.
constexpr double kMostVisits_s = 0x1p36, kMostCalls_s = 0x1p32;

/// Exchanges parts of sums, and remembers whether all of them were exact.
class Exchange {
 public:
  explicit Exchange(std::span<const std::uint8_t> marks) : marks_(marks) {}
  [[nodiscard]] bool is_exact() const { return is_exact_; }

  template <class Count>
  static void count(Count& sum, Count before, Count after) {
    sum = static_cast<Count>(sum - before + after);
  }
  /// Sums of calls, before they are exchanged.
  void expect_calls_s(std::initializer_list<double> sums_s) {
    for (const double sum_s : sums_s) is_exact_ &= std::fabs(sum_s) < kMostCalls_s;
  }
  void visits(VisitTally& sum, const VisitTally& before, const VisitTally& after) {
    for (const double time_s : {sum.wait_joined_s, sum.sojourn_s, sum.handling_s, sum.failed_s, sum.aside_s})
      is_exact_ &= std::fabs(time_s) < kMostVisits_s;
    VisitSum exact;
    exact += sum;
    exact -= before;
    exact += after;
    sum = exact.tally();
  }
  static void histogram(WaitHistogram& sum, const WaitHistogram& before, const WaitHistogram& after) {
    (sum += after) -= before;
  }
  void histogram(CompactHistogram& sum, const CompactHistogram& before, const CompactHistogram& after) {
    if (before.bytes() == after.bytes()) return;
    WaitHistogram counts = sum.unpack();
    histogram(counts, before.unpack(), after.unpack());
    sum = CompactHistogram(counts);
  }
  /// Of a list with an entry for each station, or as many entries for each. The part has marked ones alone.
  template <class T>
  void of_stations(std::vector<T>& all, const std::vector<T>& after) {
    const std::size_t each = all.size() / marks_.size();
    auto next = after.begin();
    for (std::size_t station = 0; station < marks_.size(); ++station) {
      if (marks_[station] == 0) continue;
      is_exact_ &= std::cmp_less_equal(each, after.end() - next);
      if (!is_exact_) return;
      for (std::size_t i = station * each; i < (station + 1) * each; ++i) all[i] = *next++;
    }
    is_exact_ &= next == after.end();
  }
  /// Of a list of entries that name their stations, in the order of stations.
  template <class T>
  void by_station(std::vector<T>& all, const std::vector<T>& after) {
    std::vector<T> merged;
    merged.reserve(all.size() + after.size());
    auto next = after.begin();
    for (const T& entry : all) {
      for (; next != after.end() && next->station < entry.station; ++next) merged.push_back(*next);
      if (marks_[entry.station] == 0) merged.push_back(entry);
    }
    merged.insert(merged.end(), next, after.end());
    all = std::move(merged);
  }
  template <class T>
  void expect_as_many(const std::vector<T>& all, const std::vector<T>& before, const std::vector<T>& after) {
    is_exact_ &= before.size() == all.size() && after.size() == all.size();
  }
  template <class T, class Each>
  void each_of(std::vector<T>& all, const std::vector<T>& before, const std::vector<T>& after,
               const Each& each) {
    expect_as_many(all, before, after);
    for (std::size_t i = 0; i < all.size() && is_exact_; ++i) each(all[i], before[i], after[i]);
  }

 private:
  std::span<const std::uint8_t> marks_;
  bool is_exact_ = true;
};

void exchange_citizens(CitizenTally& sum, const CitizenTally& before, const CitizenTally& after) {
  for (const auto member : {&CitizenTally::created, &CitizenTally::completed, &CitizenTally::lost,
                            &CitizenTally::pending, &CitizenTally::trips, &CitizenTally::days})
    Exchange::count(sum.*member, before.*member, after.*member);
}

/// The greatest become those of `after`.
void exchange_backbone(Exchange& exchange, BackboneTallies& sum, const BackboneTallies& before,
                       const BackboneTallies& after) {
  for (const SystemTally& one : sum.systems) {
    exchange.expect_calls_s({one.concurrency_area_s, one.busy_core_s, one.core_s, one.down_s,
                             one.response.sum_s, one.response.sum_squares_s2, one.transaction.sum_s,
                             one.transaction.sum_squares_s2});
  }
  for (const LinkTally& one : sum.link_kinds) {
    exchange.expect_calls_s({one.concurrency_area_s, one.busy_s, one.down_s, one.watched_s,
                             one.transfer.sum_s, one.transfer.sum_squares_s2});
  }
  exchange.expect_as_many(sum.systems, before.systems, after.systems);
  exchange.expect_as_many(sum.link_kinds, before.link_kinds, after.link_kinds);
  if (!exchange.is_exact()) return;
  sum -= before;
  sum.forget_greatest();
  sum += after;
  for (SystemTally& one : sum.systems) one.transaction_s.trim();
  for (std::size_t i = 0; i < sum.link_kinds.size(); ++i) sum.link_kinds[i].links = after.link_kinds[i].links;
}

void exchange_calls(Exchange& exchange, CallTally& sum, const CallTally& before, const CallTally& after) {
  auto& [backbone, retried, parked, web_failed, lost_clerk_s, unloaded_s, days_apart, days_together] = sum;
  exchange_backbone(exchange, backbone, before.backbone, after.backbone);
  exchange.expect_as_many(lost_clerk_s, before.lost_clerk_s, after.lost_clerk_s);
  if (!exchange.is_exact()) return;
  Exchange::count(retried, before.retried, after.retried);
  Exchange::count(parked, before.parked, after.parked);
  Exchange::count(web_failed, before.web_failed, after.web_failed);
  subtract(lost_clerk_s, before.lost_clerk_s);
  add(lost_clerk_s, after.lost_clerk_s);
  (unloaded_s -= before.unloaded_s) += after.unloaded_s;
  Exchange::count(days_apart, before.days_apart, after.days_apart);
  Exchange::count(days_together, before.days_together, after.days_together);
}

void exchange_travel(Exchange& exchange, TravelResult& sum, const TravelResult& before,
                     const TravelResult& after) {
  for (std::size_t kind = 0; kind < kKinds; ++kind)
    Exchange::count(sum.metres[kind], before.metres[kind], after.metres[kind]);
  Exchange::count(sum.out_of_county, before.out_of_county, after.out_of_county);
  exchange.histogram(sum.km, before.km, after.km);
}

void exchange_targets(Exchange& exchange, TargetCounts& sum, const TargetCounts& before,
                      const TargetCounts& after) {
  exchange.each_of(sum.counts, before.counts, after.counts,
                   [](GoodCount& one, const GoodCount& old, const GoodCount& fresh) {
                     Exchange::count(one.counted, old.counted, fresh.counted);
                     Exchange::count(one.good, old.good, fresh.good);
                   });
  // Each is of one station alone, and whole in either part.
  exchange.each_of(sum.parts, before.parts, after.parts,
                   [](RatioParts& one, const RatioParts& old, const RatioParts& fresh) {
                     if (old.numerator != fresh.numerator || old.denominator != fresh.denominator)
                       one = fresh;
                   });
}

void exchange_queue(Exchange& exchange, QueueCell& sum, const QueueCell& before, const QueueCell& after) {
  for (const auto member : {&QueueCounts::arrived, &QueueCounts::served, &QueueCounts::balked,
                            &QueueCounts::abandoned, &QueueCounts::sent_away, &QueueCounts::failed})
    Exchange::count(sum.counts.*member, before.counts.*member, after.counts.*member);
  exchange.histogram(sum.waits, before.waits, after.waits);
  std::vector<std::uint64_t>& ticks = sum.open_ticks;
  ticks.resize(std::max(ticks.size(), after.open_ticks.size()));
  for (std::size_t i = 0; i < before.open_ticks.size(); ++i) ticks[i] -= before.open_ticks[i];
  for (std::size_t i = 0; i < after.open_ticks.size(); ++i) ticks[i] += after.open_ticks[i];
  while (!ticks.empty() && ticks.back() == 0) ticks.pop_back();
}

}  // namespace

bool exchange_part(TrialResult& result, const TrialResult& before, const TrialResult& after,
                   std::span<const std::uint8_t> marks) {
  auto& [stations, station_hours, week_hours, periods, service_waits, classes, appointments, trips, given,
         service_travel, diversions, services, citizens, days, ledger, targets, observed, queues, calls,
         visits, audit] = result;
  Exchange exchange(marks);
  exchange.of_stations(stations, after.stations);
  exchange.of_stations(station_hours, after.station_hours);
  exchange.of_stations(periods, after.periods);
  exchange.by_station(week_hours, after.week_hours);
  exchange.by_station(trips, after.trips);
  exchange.by_station(given, after.given);
  exchange.by_station(observed, after.observed);
  const auto histograms = [&](auto& sum, const auto& old, const auto& fresh) {
    exchange.histogram(sum, old, fresh);
  };
  const auto tallies = [&](VisitTally& sum, const VisitTally& old, const VisitTally& fresh) {
    exchange.visits(sum, old, fresh);
  };
  exchange.each_of(service_waits, before.service_waits, after.service_waits, histograms);
  exchange.each_of(classes, before.classes, after.classes,
                   [&](ClassResult& sum, const ClassResult& old, const ClassResult& fresh) {
                     tallies(sum, old, fresh);
                     histograms(sum.waits, old.waits, fresh.waits);
                   });
  const auto with = [&](const auto& function) {
    return [&exchange, function](auto& sum, const auto& old, const auto& fresh) {
      function(exchange, sum, old, fresh);
    };
  };
  exchange.each_of(service_travel, before.service_travel, after.service_travel, with(exchange_travel));
  exchange.each_of(services, before.services, after.services, tallies);
  exchange.each_of(citizens, before.citizens, after.citizens, exchange_citizens);
  exchange.each_of(days, before.days, after.days, tallies);
  exchange.each_of(targets, before.targets, after.targets, with(exchange_targets));
  exchange.each_of(queues, before.queues, after.queues, with(exchange_queue));
  exchange_calls(exchange, calls, before.calls, after.calls);
  Exchange::count(visits, before.visits, after.visits);
  Exchange::count(audit.checks, before.audit.checks, after.audit.checks);
  // Nobody is created, moved or diverted at a station, and where somebody books, all is simulated.
  return exchange.is_exact() && appointments.empty() && before.diversions.empty() &&
         after.diversions.empty() && before.ledger.empty() && after.ledger.empty() && audit.passed() &&
         before.audit.passed() && after.audit.passed();
}

}  // namespace pishkhan
