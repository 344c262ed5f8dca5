#pragma once
#include <cmath>
#include <set>

#include "tests/backbone/script.hpp"

namespace pishkhan::backbone_test {

/// The meaning of `shared`, written down naively: all transactions in one list, every event found by
/// looking at all, remaining amounts stepped in long double.
class Shadow {
 public:
  explicit Shadow(const Platform& platform)
      : platform_(platform),
        access_(platform.access_links.size(), true),
        county_(platform.county_links.size(), true),
        system_(platform.systems.size(), true) {
    for (const System& each : platform.systems) cores_.push_back(each.cores);
  }

  Played play(const Script& script) {
    std::size_t next = 0;
    while (next < script.size() || !items_.empty()) {
      const auto action = next < script.size() ? static_cast<long double>(script[next].time_s) : HUGE_VALL;
      const auto [time, item] = first_event();
      if (time <= action) {
        step_to(time);
        finish_phase(item);
      } else {
        step_to(action);
        apply(script[next]);
        ++next;
      }
    }
    return std::move(played_);
  }

 private:
  struct Item {
    std::uint64_t id;
    Transaction what;
    long double latency;
    TransactionPhase phase;
    bool waiting;      // out the latency
    long double left;  // seconds of latency, bytes, or core-seconds
  };
  struct Event {
    long double time;
    std::size_t item;
  };

  [[nodiscard]] bool open(const Transaction& what) const {
    return access_[what.from.index()] && province_ && system_[what.to.index()] &&
           county_[platform_.access_links[what.from.index()].county.index()];
  }

  /// How fast `left` shrinks.
  [[nodiscard]] long double rate(const Item& item) const {
    if (item.waiting) return 1;
    const auto to = item.what.to.index(), from = item.what.from.index();
    if (item.phase == TransactionPhase::work) {
      std::size_t n = 0;
      for (const Item& other : items_)
        n += other.phase == TransactionPhase::work && other.what.to.index() == to;
      return platform_.systems[to].speed *
             std::min(1.0L, static_cast<long double>(cores_[to]) / static_cast<long double>(n));
    }
    long double weights = 0;
    for (const Item& other : items_) {
      if (other.phase == item.phase && other.what.from.index() == from && !other.waiting)
        weights += 1 / other.latency;
    }
    const Link& link = platform_.access_links[from];
    return (item.phase == TransactionPhase::request ? link.up_bytes_s : link.down_bytes_s) / item.latency /
           weights;
  }

  [[nodiscard]] Event first_event() const {
    Event first{HUGE_VALL, 0};
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const Item& item = items_[i];
      const long double at = now_ + std::max(item.left, 0.0L) / rate(item);
      if (at < first.time || (at == first.time && item.id < items_[first.item].id)) first = {at, i};
    }
    return first;
  }

  void step_to(long double then) {
    std::vector<long double> rates;
    for (const Item& item : items_) rates.push_back(rate(item));
    for (std::size_t i = 0; i < items_.size(); ++i) items_[i].left -= rates[i] * (then - now_);
    now_ = then;
  }

  void finish_phase(std::size_t which) {
    Item& item = items_[which];
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
      played_.ends.push_back({static_cast<double>(now_), item.id, false});
      ++played_.counts.completed;
      items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(which));
    }
  }

  void start(const Start& what) {
    if (!open(what.what)) {
      played_.refused.push_back(what.id);
      ++played_.counts.refused;
      return;
    }
    const long double latency = latency_s(platform_, what.what.from, what.what.to);
    items_.push_back({what.id, what.what, latency, TransactionPhase::request, true, latency});
    ++played_.counts.started;
  }

  void cancel(const Cancel& what) {
    if (std::erase_if(items_, [&](const Item& item) { return item.id == what.id; }) == 0) return;
    played_.cancelled.push_back(what.id);
    ++played_.counts.cancelled;
  }

  void fail_cut_off(double time_s) {
    std::set<std::uint64_t> hit;
    for (const Item& item : items_)
      if (!open(item.what)) hit.insert(item.id);
    for (const auto id : hit) played_.ends.push_back({time_s, id, true});
    played_.counts.failed += hit.size();
    std::erase_if(items_, [&](const Item& item) { return hit.contains(item.id); });
  }

  void apply(const Step& step) {
    std::visit(Overloaded{
                   [&](const Start& action) { start(action); },
                   [&](const Cancel& action) { cancel(action); },
                   [&](const SetAccess& action) { access_[action.link] = action.up; },
                   [&](const SetCounty& action) { county_[action.link] = action.up; },
                   [&](const SetProvince& action) { province_ = action.up; },
                   [&](const SetSystem& action) { system_[action.system] = action.up; },
                   [&](const SetCores& action) { cores_[action.system] = action.cores; },
               },
               step.action);
    fail_cut_off(step.time_s);  // none, unless something was switched off
  }

  const Platform& platform_;
  std::vector<Item> items_;
  std::vector<bool> access_, county_, system_;
  bool province_ = true;
  std::vector<std::uint32_t> cores_;
  Played played_;
  long double now_ = 0;
};

inline Played play_shadow(const Platform& platform, const Script& script) {
  return Shadow(platform).play(script);
}

}  // namespace pishkhan::backbone_test
