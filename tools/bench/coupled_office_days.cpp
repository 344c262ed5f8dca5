// province-day through the coupled kernel, on the backbone named: ideal, shared or simgrid.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "sim/backbone/ideal.hpp"
#include "sim/backbone/shared.hpp"
#include "sim/base/keep_memory.hpp"
#include "sim/coupling/independent_stations.hpp"
#include "tools/bench/province_day.hpp"
#ifdef PISHKHAN_WITH_SIMGRID
#include "sim/backbone/simgrid.hpp"
#endif

using namespace pishkhan;
using namespace pishkhan::bench;

namespace {

Platform province() {
  const auto line = [](double bytes_s, double latency_s) { return Link{bytes_s, bytes_s, latency_s}; };
  Platform platform;
  platform.county_links.assign(ProvinceDay::counties,
                               line(ProvinceDay::county_bytes_s, ProvinceDay::county_latency_s));
  platform.province_link = line(ProvinceDay::province_bytes_s, ProvinceDay::province_latency_s);
  for (int k = 0; k < OfficeDays::offices; ++k) {
    platform.access_links.push_back({line(ProvinceDay::office_bytes_s, ProvinceDay::office_latency_s), 0,
                                     CountyLinkId(static_cast<std::size_t>(k % ProvinceDay::counties))});
  }
  platform.systems.assign(
      ProvinceDay::systems,
      {ProvinceDay::cores, 1, line(ProvinceDay::data_centre_bytes_s, ProvinceDay::data_centre_latency_s)});
  return platform;
}

std::unique_ptr<Backbone> make(const std::string& model) {
  if (model == "ideal") return std::make_unique<IdealBackbone>(province());
  if (model == "shared" || model == "shared-loop") return std::make_unique<SharedBackbone>(province());
#ifdef PISHKHAN_WITH_SIMGRID
  if (model == "simgrid") return make_simgrid_backbone(province());
#endif
  return nullptr;
}

/// Every agency is a service of its own.
std::vector<Transaction> calls() {
  std::vector<Transaction> transactions;
  for (std::size_t k = 0; k < ProvinceDay::systems; ++k) {
    transactions.push_back(
        {{}, SystemId(k), ProvinceDay::request_bytes, ProvinceDay::work_s, ProvinceDay::response_bytes});
  }
  return transactions;
}

Visits visits_of(const std::vector<BenchCitizen>& citizens, double unloaded_s) {
  Visits visits;
  visits.resize(citizens.size());
  for (std::size_t i = 0; i < citizens.size(); ++i) {
    visits.arrival_s[i] = citizens[i].arrival_s;
    visits.human_s[i] = citizens[i].human_s;
    visits.patience_s[i] = citizens[i].patience_s;
    visits.service[i] = citizens[i].system;
    visits.system_s[i] = unloaded_s;
  }
  return visits;
}

bool simulate(IndependentStations& apart, std::span<JointStation> stations, const CallsOverBackbone& calls) {
  if (!apart.begin(calls)) return false;
  for (JointStation& station : stations) apart.simulate(station);
  return apart.finish().has_value();
}

void add(const Visits& visits, ProvinceTotals& totals) {
  totals.visits += visits.size();
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (visits.outcome[i] != Outcome::served) {
      ++totals.abandoned;
      continue;
    }
    ++totals.served;
    totals.wait_s += visits.leave_s[i] - visits.arrival_s[i];
    totals.busy_s += visits.end_s[i] - visits.leave_s[i];
    totals.transaction_s += visits.system_s[i];
  }
}

}  // namespace

int main(int argc, char** argv) {
  pishkhan::keep_freed_memory();
  const std::string model = argc > 1 ? argv[1] : "shared";
  const int days = bench::number_of(argc, argv, 2, 1);
  const std::unique_ptr<Backbone> backbone = make(model);
  if (!backbone) {
    std::fprintf(stderr, "no such backbone here: %s (ideal, shared, shared-loop or simgrid)\n",
                 model.c_str());
    return EXIT_FAILURE;
  }
  const Intervals doors{{kOpening_s, kOpening_s + 60 * OfficeDays::open_min}};
  std::vector<Clerk> clerks;
  for (std::uint32_t number = 0; number < OfficeDays::clerks; ++number)
    clerks.push_back({number, 1, doors, 0});
  StationDay office;
  office.clerks = clerks;
  office.doors = doors;
  const std::vector<Transaction> transactions = calls();
  const double unloaded_s = unloaded(backbone->platform(), transactions.front()).total_s();
  // As runs do: stations apart where no calls of different stations meet; `shared-loop` is one loop always.
  std::optional<IndependentStations> apart;
  if (model == "shared") apart.emplace(static_cast<SharedBackbone&>(*backbone));
  ProvinceTotals totals;
  double seconds = 0;
  for (int day = 0; day < days; ++day) {
    std::vector<Visits> visits;
    for (const auto& citizens : citizens_of_day(day)) visits.push_back(visits_of(citizens, unloaded_s));
    const double start_s = processor_s();
    std::vector<JointStation> stations;
    for (std::size_t k = 0; k < visits.size(); ++k)
      stations.push_back({&office, &visits[k], AccessLinkId(k), {}});
    const CallsOverBackbone over{backbone.get(), transactions, ProvinceDay::share_before};
    if (!apart || !simulate(*apart, stations, over)) {
      for (Visits& those : visits) std::fill(those.system_s.begin(), those.system_s.end(), unloaded_s);
      simulate_joint_day(stations, {}, over);
    }
    double last_s = 0;
    for (const Visits& those : visits) {
      add(those, totals);
      for (const double end_s : those.end_s) last_s = std::max(last_s, end_s);
    }
    backbone->restart(last_s);
    seconds += processor_s() - start_s;
  }
  print_figures("coupled-" + model, totals, days, seconds);
}
