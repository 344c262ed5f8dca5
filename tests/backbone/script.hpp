#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <variant>
#include <vector>

#include "sim/backbone/backbone.hpp"

namespace pishkhan::backbone_test {

// What a caller may do, as data, so that one script can be played on several backbones.
struct Start {
  std::uint64_t id;
  Transaction what;
};
struct Cancel {
  std::uint64_t id;
};
struct SetAccess {
  std::size_t link;
  bool up;
};
struct SetCounty {
  std::size_t link;
  bool up;
};
struct SetProvince {
  bool up;
};
struct SetSystem {
  std::size_t system;
  bool up;
};
struct SetCores {
  std::size_t system;
  std::uint32_t cores;
};
using Action = std::variant<Start, Cancel, SetAccess, SetCounty, SetProvince, SetSystem, SetCores>;
struct Step {
  double time_s;
  Action action;
};
using Script = std::vector<Step>;

struct Played {
  Completions ends;
  std::vector<std::uint64_t> refused, cancelled;
  TransactionCounts counts;
  friend bool operator==(const Played&, const Played&) = default;
};

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

/// Plays a script ordered by time to its end and until nothing is in flight.
inline Played play(Backbone& backbone, const Script& script) {
  Played played;
  std::map<std::uint64_t, TransactionHandle> handles;
  const auto act = [&](double t, const Action& action) {
    std::visit(
        Overloaded{
            [&](const Start& a) {
              if (const auto handle = backbone.start(t, a.id, a.what))
                handles[a.id] = *handle;
              else
                played.refused.push_back(a.id);
            },
            [&](const Cancel& a) {
              const auto handle = handles.find(a.id);
              if (handle != handles.end() && backbone.cancel(t, handle->second))
                played.cancelled.push_back(a.id);
            },
            [&](const SetAccess& a) { backbone.set_access_link(t, AccessLinkId(a.link), a.up, played.ends); },
            [&](const SetCounty& a) { backbone.set_county_link(t, CountyLinkId(a.link), a.up, played.ends); },
            [&](const SetProvince& a) { backbone.set_province_link(t, a.up, played.ends); },
            [&](const SetSystem& a) { backbone.set_system(t, SystemId(a.system), a.up, played.ends); },
            [&](const SetCores& a) { backbone.set_cores(t, SystemId(a.system), a.cores, played.ends); },
        },
        action);
  };
  std::size_t next = 0;
  while (next < script.size() || backbone.next_s() < Backbone::kNever) {
    const double own_s = next < script.size() ? script[next].time_s : Backbone::kNever;
    if (backbone.next_s() <= own_s)
      backbone.advance(own_s, played.ends);
    else
      act(own_s, script[next++].action);
  }
  played.counts = backbone.counts();
  return played;
}

/// access links of differing speed and latency in `counties` counties; wide trunks, equal data centres.
inline Platform random_platform(std::mt19937_64& generator, std::size_t links, std::size_t counties,
                                std::size_t systems) {
  const auto pick = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(generator);
  };
  Platform platform;
  for (std::size_t i = 0; i < counties; ++i) platform.county_links.push_back({1e9, 1e9, pick(0.002, 0.01)});
  platform.province_link = {1e10, 1e10, 0.006};
  for (std::size_t i = 0; i < links; ++i) {
    AccessLink link;
    link.up_bytes_s = pick(2e3, 2e4);
    link.down_bytes_s = pick(1e4, 1e5);
    link.latency_s = pick(0.005, 0.3);
    link.kind = static_cast<std::uint32_t>(i % 3);
    link.county = CountyLinkId(generator() % counties);
    platform.access_links.push_back(link);
  }
  for (std::size_t i = 0; i < systems; ++i) {
    platform.systems.push_back(
        {static_cast<std::uint32_t>(1 + generator() % 8), pick(0.5, 2.0), {1e10, 1e10, 0.001}});
  }
  return platform;
}

/// Transactions from time 100 s on, so that dates are of the size of their day. Rate in starts a second.
inline Script random_starts(std::mt19937_64& generator, const Platform& platform, std::size_t transactions,
                            double rate, double mean_work_s) {
  std::exponential_distribution<double> gap(rate), work(1 / mean_work_s);
  Script script;
  double now_s = 100;
  for (std::size_t i = 0; i < transactions; ++i) {
    now_s += gap(generator);
    script.push_back({now_s, Start{i,
                                   {AccessLinkId(generator() % platform.access_links.size()),
                                    SystemId(generator() % platform.systems.size()), 500 + generator() % 8000,
                                    work(generator) + 1e-3, 2000 + generator() % 60000}}});
  }
  return script;
}

/// Outages, repairs, slow-downs and cancellations strewn over a script's time.
inline void add_trouble(std::mt19937_64& generator, const Platform& platform, std::size_t troubles,
                        Script& script) {
  const double from_s = script.front().time_s, to_s = script.back().time_s;
  const std::size_t starts = script.size();
  std::uniform_real_distribution<double> when(from_s, to_s), length(0.01, 0.1 * (to_s - from_s));
  for (std::size_t i = 0; i < troubles; ++i) {
    const double t = when(generator), end = t + length(generator);
    const std::size_t link = generator() % platform.access_links.size();
    const std::size_t county = generator() % platform.county_links.size();
    const std::size_t system = generator() % platform.systems.size();
    switch (generator() % 6) {
      case 0:
        script.push_back({t, SetAccess{link, false}}), script.push_back({end, SetAccess{link, true}});
        break;
      case 1:
        script.push_back({t, SetCounty{county, false}}), script.push_back({end, SetCounty{county, true}});
        break;
      case 2:
        script.push_back({t, SetSystem{system, false}}), script.push_back({end, SetSystem{system, true}});
        break;
      case 3:
        script.push_back({t, SetCores{system, static_cast<std::uint32_t>(1 + generator() % 8)}});
        break;
      case 4: {
        const auto& start = script[generator() % starts];
        script.push_back({start.time_s + 0.5, Cancel{std::get<Start>(start.action).id}});
        break;
      }
      default:
        if (i % 8 == 0)
          script.push_back({t, SetProvince{false}}), script.push_back({t + 0.05, SetProvince{true}});
    }
  }
  std::stable_sort(script.begin(), script.end(),
                   [](const Step& a, const Step& b) { return a.time_s < b.time_s; });
}

}  // namespace pishkhan::backbone_test
