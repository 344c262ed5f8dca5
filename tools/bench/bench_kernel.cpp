// What each part of a visit costs, by itself, on the office-days job: an office's day of about 130
// visits, over and over. Google Benchmark prints nanoseconds a day and visits a second.
#include <benchmark/benchmark.h>

#include <array>
#include <vector>

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

/// The method that office-days runs: these stations are plain.
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
