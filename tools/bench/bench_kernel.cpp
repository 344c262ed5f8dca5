// What each part of a visit costs, by itself, on the office-days job: an office's day of about 130
// visits, over and over. Google Benchmark prints nanoseconds a day and visits a second.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "sim/lanes/lane_days.hpp"
#include "sim/random/philox.hpp"
#include "sim/random/philox_lanes.hpp"
#include "sim/random/sampler.hpp"
#include "sim/station/by_events.hpp"
#include "sim/station/station.hpp"
#include "sim/statistics/station_observer.hpp"
#include "tools/bench/office_days.hpp"

using namespace pishkhan;
using bench::OfficeDays;

namespace {

constexpr double kOpening_s = 8 * kSecondsPerHour;
const Intervals kDoors{{kOpening_s, kOpening_s + OfficeDays::open_min* kSecondsPerMinute}};

/// One office's day, ready to be decided.
struct Day {
  std::vector<Clerk> clerks;
  StationDay station;
  Visits visits;

  explicit Day(std::uint64_t seed) {
    for (std::uint32_t number = 0; number < OfficeDays::clerks; ++number) {
      Clerk clerk;
      clerk.number = number;
      clerk.shifts = kDoors;
      clerks.push_back(clerk);
    }
    station.clerks = clerks;
    station.doors = kDoors;

    bench::OfficeDraws draws(seed);
    std::vector<double> arrivals_min;
    for (double at = draws.next_arrival_min(0); at < OfficeDays::open_min; at = draws.next_arrival_min(at))
      arrivals_min.push_back(at);
    visits.resize(arrivals_min.size());
    for (std::size_t i = 0; i < visits.size(); ++i) {
      visits.arrival_s[i] = kOpening_s + arrivals_min[i] * kSecondsPerMinute;
      visits.human_s[i] = draws.handling_min() * kSecondsPerMinute;
      visits.patience_s[i] = draws.patience_min() * kSecondsPerMinute;
      visits.system_s[i] = 0;
      visits.balk[i] = 0.5;
    }
  }
};

/// Enough different days that no branch predictor learns them.
const std::vector<Day>& days() {
  static const std::vector<Day> made = [] {
    std::vector<Day> made_now;
    made_now.reserve(256);
    for (std::uint64_t seed = 1; seed <= 256; ++seed) made_now.emplace_back(seed);
    for (Day& day : made_now) day.station.clerks = day.clerks;
    return made_now;
  }();
  return made;
}

/// Runs part(day, visits) over the days in turn; part may change the copy of the visits it gets.
template <class Part>
void over_days(benchmark::State& state, Part part) {
  std::vector<Visits> work;
  for (const Day& day : days()) {
    work.push_back(day.visits);
    simulate_station(day.station, work.back());
  }
  std::size_t at = 0;
  std::int64_t visits = 0;
  for (auto _ : state) {
    part(days()[at], work[at]);
    visits += static_cast<std::int64_t>(work[at].size());
    at = (at + 1) % work.size();
  }
  state.SetItemsProcessed(visits);
}

/// A thousand blocks, by the fastest instruction set or by a certain one.
void draw_blocks(benchmark::State& state, DrawLoop* loop) {
  constexpr std::size_t n = 1024;
  const DrawKey key = draw_key(1395, 0);
  std::vector<std::uint32_t> index(n), stream(n, 7), day(n, 16800), tags(n, 1);
  for (std::uint32_t i = 0; i < n; ++i) index[i] = i;
  std::array<std::vector<std::uint32_t>, 4> words;
  for (auto& column : words) column.resize(n);
  const DrawColumns columns{index.data(),
                            stream.data(),
                            day.data(),
                            tags.data(),
                            {words[0].data(), words[1].data(), words[2].data(), words[3].data()}};
  for (auto _ : state) {
    loop(key, columns, n);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(n) * state.iterations());
}

void draws(benchmark::State& state) { draw_blocks(state, kDrawLoops.best()); }
BENCHMARK(draws);

/// Also by each instruction set that this processor has.
const bool draws_by_set = [] {
  constexpr const char* kNames[] = {"draws/baseline", "draws/avx2", "draws/avx512"};
  for (const InstructionSet set : kInstructionSets) {
    if (has(set))
      benchmark::RegisterBenchmark(kNames[static_cast<std::size_t>(set)], draw_blocks, kDrawLoops.of(set));
  }
  return true;
}();

void sample(benchmark::State& state, const Distribution& distribution) {
  constexpr std::size_t n = 1024;
  const std::array distributions{distribution};
  const Sampler sampler(distributions);
  std::vector<std::uint32_t> which(n, 0), words(n);
  for (std::uint32_t i = 0; i < n; ++i) words[i] = i * 2654435761u;
  std::vector<double> values(n);
  for (auto _ : state) {
    sampler.sample(which.data(), words.data(), n, values.data());
    benchmark::DoNotOptimize(values.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(n) * state.iterations());
}
BENCHMARK_CAPTURE(sample, lognormal, Lognormal{540, 0.8});
BENCHMARK_CAPTURE(sample, exponential, Exponential{3600});

/// Eight days of an office side by side, as office-days runs them, decided.
struct LaneBatch {
  LaneRules rules;
  LaneDays lanes;

  LaneBatch(std::uint64_t seed, InstructionSet set) : lanes(set) {
    const Interval door = kDoors.front();
    rules = {to_tick(door.from_s),
             to_tick(door.to_s),
             to_tick(door.from_s),
             to_tick(door.to_s),
             true,
             to_tick(900),
             {}};
    rules.clerks.fill(OfficeDays::clerks);
    for (std::size_t lane = 0; lane < kLanes; ++lane) draw(seed * kLanes + lane, lanes.visits[lane]);
    lanes.sort();
    VisitRows& rows = lanes.rows();
    for (std::size_t i = 0; i < rows.rows; ++i) {
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        lanes_of(rows.arrival[i])[lane] = i < lanes.visits[lane].count ? arrival(rows, i, lane) : kNeverTick;
    }
    lanes.simulate(rules);
  }
  [[nodiscard]] std::int64_t visits() const {
    std::int64_t sum = 0;
    for (const LaneVisits& lane : lanes.visits) sum += static_cast<std::int64_t>(lane.count);
    return sum;
  }

 private:
  /// Words are the share of the day that has gone by.
  Tick arrival(const VisitRows& rows, std::size_t i, std::size_t lane) const {
    const auto word = static_cast<std::uint32_t>(lanes_of(rows.words[i])[lane]) ^ 0x80000000u;
    return rules.opens + static_cast<Tick>((rules.closes - rules.opens) * (word * 0x1p-32));
  }
  static void draw(std::uint64_t seed, LaneVisits& into) {
    bench::OfficeDraws draws(seed);
    for (double at = draws.next_arrival_min(0); at < OfficeDays::open_min; at = draws.next_arrival_min(at)) {
      into.words.push_back(static_cast<std::uint32_t>(at / OfficeDays::open_min * 0x1p32));
      into.handling.push_back(to_tick(draws.handling_min() * kSecondsPerMinute));
      into.patience.push_back(to_tick(draws.patience_min() * kSecondsPerMinute));
    }
    // In the order of citizens' numbers words stand in none.
    std::shuffle(into.words.begin(), into.words.end(), std::mt19937_64(seed));
    into.count = into.words.size();
  }
};

/// Runs part(batch) over batches in turn.
template <class Part>
void over_batches(benchmark::State& state, InstructionSet set, Part part) {
  std::vector<LaneBatch> batches;
  for (std::uint64_t seed = 1; seed <= 32; ++seed) batches.emplace_back(seed, set);
  std::size_t at = 0;
  std::int64_t visits = 0;
  for (auto _ : state) {
    part(batches[at]);
    visits += batches[at].visits();
    at = (at + 1) % batches.size();
  }
  state.SetItemsProcessed(visits);
}

void order_lanes(benchmark::State& state, InstructionSet set) {
  over_batches(state, set, [](LaneBatch& batch) { batch.lanes.sort(); });
}
void queue_in_lanes(benchmark::State& state, InstructionSet set) {
  over_batches(state, set, [](LaneBatch& batch) { batch.lanes.simulate(batch.rules); });
}
void observe_lanes(benchmark::State& state, InstructionSet set) {
  std::array<LaneDay, kLanes> days;
  std::array<LaneDay*, kLanes> into;
  for (std::size_t lane = 0; lane < kLanes; ++lane) into[lane] = &days[lane];
  StationObservation station;
  over_batches(state, set, [&](LaneBatch& batch) { batch.lanes.observe(batch.rules, into, station); });
  benchmark::DoNotOptimize(station);
}

const bool lanes_by_set = [] {
  constexpr const char* kNames[] = {"baseline", "avx2", "avx512"};
  for (const InstructionSet set : kInstructionSets) {
    if (!has(set)) continue;
    const std::string name = std::string("/") + kNames[static_cast<std::size_t>(set)];
    benchmark::RegisterBenchmark(("order_lanes" + name).c_str(), order_lanes, set);
    benchmark::RegisterBenchmark(("queue_in_lanes" + name).c_str(), queue_in_lanes, set);
    benchmark::RegisterBenchmark(("observe_lanes" + name).c_str(), observe_lanes, set);
  }
  return true;
}();
BENCHMARK_CAPTURE(order_lanes, best, best_instruction_set());
BENCHMARK_CAPTURE(queue_in_lanes, best, best_instruction_set());
BENCHMARK_CAPTURE(observe_lanes, best, best_instruction_set());

/// The same one day by itself, where lanes do not apply.
void queue(benchmark::State& state) {
  over_days(state, [](const Day& day, Visits& visits) { simulate_station(day.station, visits); });
}
BENCHMARK(queue);

void queue_by_events(benchmark::State& state) {
  over_days(state, [](const Day& day, Visits& visits) { simulate_by_events(day.station, visits); });
}
BENCHMARK(queue_by_events);

void statistics(benchmark::State& state) {
  const DayFrame frame = frame_day(kDoors, {&kDoors, 1});
  const std::vector<std::uint8_t> reworked(1024, 0);
  ObservationRules rules;
  rules.target_s = 900;
  StationObserver observer;
  StationObservation into;
  over_days(state, [&](const Day& day, Visits& visits) {
    observer.observe(day.station, frame, visits, reworked, rules, into);
  });
  benchmark::DoNotOptimize(into);
}
BENCHMARK(statistics);

}  // namespace

BENCHMARK_MAIN();
