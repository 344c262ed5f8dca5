#pragma once
#include <cmath>
#include <set>

#include "tests/backbone/script.hpp"

namespace pishkhan::backbone_test {

/// The meaning of `shared`, written down naively: all transactions in one list, every event found by
/// looking at all, remaining amounts stepped in long double.
inline Played play_shadow(const Platform& platform, const Script& script) {
  struct Item {
    std::uint64_t id;
    Transaction what;
    long double latency;
    TransactionPhase phase;
    bool waiting;      // out the latency
    long double left;  // seconds of latency, bytes, or core-seconds
  };
  std::vector<Item> items;
  std::vector<bool> access(platform.access_links.size(), true), county(platform.county_links.size(), true),
      system(platform.systems.size(), true);
  bool province = true;
  std::vector<std::uint32_t> cores;
  for (const System& each : platform.systems) cores.push_back(each.cores);
  Played played;
  long double now = 0;

  const auto open = [&](const Transaction& what) {
    return access[what.from.index()] && province && system[what.to.index()] &&
           county[platform.access_links[what.from.index()].county.index()];
  };
  const auto rate = [&](const Item& item) -> long double {
    if (item.waiting) return 1;
    const auto to = item.what.to.index(), from = item.what.from.index();
    if (item.phase == TransactionPhase::work) {
      std::size_t n = 0;
      for (const Item& other : items)
        n += other.phase == TransactionPhase::work && other.what.to.index() == to;
      return platform.systems[to].speed *
             std::min(1.0L, static_cast<long double>(cores[to]) / static_cast<long double>(n));
    }
    long double weights = 0;
    for (const Item& other : items)
      if (other.phase == item.phase && other.what.from.index() == from && !other.waiting)
        weights += 1 / other.latency;
    const Link& link = platform.access_links[from];
    return (item.phase == TransactionPhase::request ? link.up_bytes_s : link.down_bytes_s) / item.latency /
           weights;
  };
  const auto step_to = [&](long double then) {
    std::vector<long double> rates;
    for (const Item& item : items) rates.push_back(rate(item));
    for (std::size_t i = 0; i < items.size(); ++i) items[i].left -= rates[i] * (then - now);
    now = then;
  };
  const auto fail_hit = [&](double t) {
    std::set<std::uint64_t> hit;
    for (const Item& item : items)
      if (!open(item.what)) hit.insert(item.id);
    for (const auto id : hit) played.ends.push_back({t, id, true});
    played.counts.failed += hit.size();
    std::erase_if(items, [&](const Item& item) { return hit.contains(item.id); });
  };
  std::size_t next = 0;
  while (next < script.size() || !items.empty()) {
    long double first = HUGE_VALL;
    std::size_t which = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Item& item = items[i];
      const long double at = now + std::max(item.left, 0.0L) / rate(item);
      if (at < first || (at == first && item.id < items[which].id)) first = at, which = i;
    }
    const long double own = next < script.size() ? static_cast<long double>(script[next].time_s) : HUGE_VALL;
    if (first <= own) {
      step_to(first);
      Item& item = items[which];
      if (item.waiting) {
        item.waiting = false;
        item.left = static_cast<long double>(
            item.phase == TransactionPhase::request ? item.what.request_bytes : item.what.response_bytes);
      } else if (item.phase == TransactionPhase::request) {
        item.phase = TransactionPhase::work;
        item.left = item.what.work_s;
      } else if (item.phase == TransactionPhase::work) {
        item.phase = TransactionPhase::response;
        item.waiting = true;
        item.left = item.latency;
      } else {
        played.ends.push_back({static_cast<double>(now), item.id, false});
        ++played.counts.completed;
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(which));
      }
      continue;
    }
    step_to(own);
    const double t = script[next].time_s;
    std::visit(Overloaded{
                   [&](const Start& a) {
                     if (!open(a.what)) {
                       played.refused.push_back(a.id), ++played.counts.refused;
                       return;
                     }
                     const long double latency = latency_s(platform, a.what.from, a.what.to);
                     items.push_back({a.id, a.what, latency, TransactionPhase::request, true, latency});
                     ++played.counts.started;
                   },
                   [&](const Cancel& a) {
                     if (std::erase_if(items, [&](const Item& item) { return item.id == a.id; }) > 0)
                       played.cancelled.push_back(a.id), ++played.counts.cancelled;
                   },
                   [&](const SetAccess& a) {
                     access[a.link] = a.up;
                     fail_hit(t);
                   },
                   [&](const SetCounty& a) {
                     county[a.link] = a.up;
                     fail_hit(t);
                   },
                   [&](const SetProvince& a) {
                     province = a.up;
                     fail_hit(t);
                   },
                   [&](const SetSystem& a) {
                     system[a.system] = a.up;
                     fail_hit(t);
                   },
                   [&](const SetCores& a) { cores[a.system] = a.cores; },
               },
               script[next].action);
    ++next;
  }
  return played;
}

}  // namespace pishkhan::backbone_test
