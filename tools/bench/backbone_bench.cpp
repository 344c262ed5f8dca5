// What a transaction costs on each backbone with 50, 300 and 1000 of them in flight.
//
// 858 offices in 22 counties call 25 systems of 8 cores. The loop is closed: whenever a transaction
// ends another starts, so exactly so many are in flight. Each measurement has a process of its own,
// because SimGrid knows one engine a process.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "sim/backbone/ideal.hpp"
#include "sim/backbone/shared.hpp"
#include "sim/experiment/forked.hpp"
#ifdef PISHKHAN_WITH_SIMGRID
#include "sim/backbone/simgrid.hpp"
#endif

namespace {

using namespace pishkhan;

constexpr std::size_t kOffices = 858, kCounties = 22, kSystems = 25;

/// Splitmix64 (Steele, Lea and Flood 2014), enough for a load.
class Draw {
 public:
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  double exponential(double mean) {
    return -mean * std::log((static_cast<double>(next() >> 11) + 0.5) * 0x1p-53);
  }

 private:
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::uint64_t state_ = 1395;
};

Platform province() {
  Platform platform;
  Draw draw;
  platform.county_links.assign(kCounties, {1.25e8, 1.25e8, 0.004});
  platform.province_link = {2.5e9, 2.5e9, 0.006};
  for (std::size_t i = 0; i < kOffices; ++i) {
    AccessLink link;
    link.down_bytes_s = 1.25e5 * static_cast<double>(1 + draw.below(8));
    link.up_bytes_s = link.down_bytes_s / 4;
    link.latency_s = 0.003 + 0.001 * static_cast<double>(draw.below(5));
    link.kind = static_cast<std::uint32_t>(draw.below(4));
    link.county = CountyLinkId(i % kCounties);
    platform.access_links.push_back(link);
  }
  platform.systems.assign(kSystems, {8, 1.0, {1.25e9, 1.25e9, 0.001}});
  return platform;
}

std::unique_ptr<Backbone> make(const std::string& model) {
#ifdef PISHKHAN_WITH_SIMGRID
  if (model == "simgrid") return make_simgrid_backbone(province());
#endif
  if (model == "shared") return std::make_unique<SharedBackbone>(province());
  return std::make_unique<IdealBackbone>(province());
}

/// Microseconds of processor time a transaction.
double measure(const std::string& model, std::size_t in_flight, std::size_t transactions) {
  const auto backbone = make(model);
  Draw draw;
  std::vector<Transaction> calls(transactions);
  for (Transaction& call : calls) {
    call = {AccessLinkId(draw.below(kOffices)), SystemId(draw.below(kSystems)), 2000 + draw.below(8000),
            draw.exponential(8.0), 20000 + draw.below(100000)};
  }
  Completions ends;
  std::size_t started = 0;
  const std::clock_t from = std::clock();
  // The first ones start a second apart: all at once would be another load.
  const double spread_s = 1.0;
  double start_s = 0;
  while (backbone->counts().completed < transactions) {
    const double own_s = started < in_flight ? start_s : Backbone::kNever;
    if (backbone->next_s() > own_s) {
      backbone->start(own_s, started, calls[started]);
      ++started, start_s += spread_s / static_cast<double>(in_flight);
      continue;
    }
    ends.clear();
    backbone->advance(own_s, ends);
    for (const Completion& end : ends) {
      if (started >= in_flight && started < transactions) {
        backbone->start(end.time_s, started, calls[started]);
        ++started;
      }
    }
  }
  const double cpu_s = static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC;
  return cpu_s * 1e6 / static_cast<double>(transactions);
}

}  // namespace

int main(int count, char** words) {
  const std::size_t scale = count > 1 ? std::strtoul(words[1], nullptr, 10) : 1;
  std::vector<std::string> models = {"ideal", "shared"};
#ifdef PISHKHAN_WITH_SIMGRID
  models.push_back("simgrid");
#endif
  std::printf("%-9s %10s %14s %16s\n", "backbone", "in flight", "us/transaction", "transactions/s");
  for (const std::string& model : models) {
    for (const std::size_t in_flight : {50u, 300u, 1000u}) {
      const std::size_t transactions = (model == "simgrid" ? 50000 : 1000000) * scale;
      const auto outcomes =
          run_forked(1, [&](std::size_t) { return std::to_string(measure(model, in_flight, transactions)); });
      if (!outcomes[0].succeeded()) {
        std::fprintf(stderr, "%s: %s\n", model.c_str(), outcomes[0].failure.c_str());
        return EXIT_FAILURE;
      }
      const double us = std::strtod(outcomes[0].bytes.c_str(), nullptr);
      std::printf("%-9s %10zu %14.3f %16.0f\n", model.c_str(), in_flight, us, 1e6 / us);
      std::fflush(stdout);
    }
  }
}
