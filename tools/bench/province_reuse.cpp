// A month of the province in 10 replications, kept, and variants of it of which only some stations are
// simulated again: processor time of the simulation alone, of each variant as a share of the base's. A line
// of a replication with joint days, on which calls of different stations meet, is apart from one without.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "models/trial/result_bytes.hpp"
#include "models/trial/reuse/reuse.hpp"
#include "sim/base/keep_memory.hpp"

using namespace pishkhan;

namespace {

constexpr const char* kBaseline = "scenarios/mazandaran/baseline.yaml";

double processor_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

Scenario month(std::vector<std::string> sets) {
  sets.insert(sets.end(), {"run.start=1395-02-01", "run.days=31", "run.warm_up_days=0"});
  return load_scenario(kBaseline, sets);
}

/// What replications with and without joint days took together.
struct Cost {
  int replications = 0, whole = 0;
  double base_s = 0, variant_s = 0;
  std::size_t stations = 0, meetings = 0;
};

void print(const char* what, const Cost& cost) {
  if (cost.replications == 0) return;
  std::printf(
      "  %-16s %2d replications: %6.2f%% of the base, %.1f stations, %.1f days with meetings, %d whole\n",
      what, cost.replications, 100 * cost.variant_s / cost.base_s,
      static_cast<double>(cost.stations) / cost.replications,
      static_cast<double>(cost.meetings) / cost.replications, cost.whole);
}

}  // namespace

int main(int argc, char** argv) {
  pishkhan::keep_freed_memory();
  const auto replications = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 10);
  const Scenario base_scenario = month({});
  const Plan base(base_scenario);
  const Reuse reuse(base);
  std::vector<KeptReplication> kept;
  std::vector<double> base_s;
  double plain_s = 0, kept_s = 0;
  for (std::uint32_t number = 0; number < replications; ++number) {
    const double begin_s = processor_s();
    run_trial(base, number);
    base_s.push_back(processor_s() - begin_s);
    plain_s += base_s.back();
    kept.push_back(reuse.run_and_keep(number));
    kept_s += processor_s() - begin_s - base_s.back();
  }
  std::printf("base: %.3f s a replication, %.3f s where it is kept\n", plain_s / replications,
              kept_s / replications);
  for (const char* change : {"staffing=[{at: {office: sari-u-001}, clerks: +1}]",
                             "staffing=[{at: {office: babol-u-003}, clerks: -1}]",
                             "staffing=[{at: {kind: urban, county: [sari, babol]}, clerks: +1}]",
                             "absence=[{at: {county: amol}, probability: 10%}]"}) {
    const Scenario variant_scenario = month({change});
    double begin_s = processor_s();
    const Plan variant(variant_scenario);
    std::printf("%s (plan %.3f s)\n", change, processor_s() - begin_s);
    const auto stations = reuse.stations_to_simulate(variant);
    if (!stations) continue;
    Cost apart, joint;
    for (std::uint32_t number = 0; number < replications; ++number) {
      SimulatedPart part;
      begin_s = processor_s();
      const TrialResult result = reuse.run_variant(variant, *stations, kept[number], number, {}, &part);
      const double variant_s = processor_s() - begin_s;
      Cost& cost = kept[number].result().calls.days_together > 0 ? joint : apart;
      ++cost.replications;
      cost.whole += part.whole;
      cost.base_s += base_s[number];
      cost.variant_s += variant_s;
      cost.stations += part.stations;
      cost.meetings += part.meetings;
      if (to_bytes(result) != to_bytes(run_trial(variant, number)))
        std::printf("replication %u differs\n", number);
    }
    print("no joint days", apart);
    print("joint days", joint);
  }
  return 0;
}
