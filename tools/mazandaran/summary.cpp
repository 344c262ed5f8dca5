#include "tools/mazandaran/summary.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace pishkhan::mazandaran {
namespace {

/// How many stations there are of a kind, their clerks, visits and expected utilization.
class StationTotals {
 public:
  explicit StationTotals(double absence) : there_(1 - absence) {}

  void add(const Load& load, int clerks) {
    utilization_.push_back(load.erlangs / (clerks * there_));
    clerks_ += clerks;
    visits_ += load.visits_a_year;
    visits_a_day_ += load.visits_a_day;
    erlangs_ += load.erlangs;
  }

  std::string text(const char* kind) {
    std::sort(utilization_.begin(), utilization_.end());
    const auto at = [&](double share) {
      return 100 *
             utilization_[static_cast<std::size_t>(share * static_cast<double>(utilization_.size() - 1))];
    };
    char line[200];
    std::snprintf(line, sizeof line,
                  "%-14s %8zu %7d %6.2f %10.2f %7.1f %7.0f%% %6.0f%% %6.0f%% %6.0f%% %6.0f%% %6.0f%%\n", kind,
                  utilization_.size(), clerks_, clerks_ / static_cast<double>(utilization_.size()),
                  visits_ / 1e6, visits_a_day_ / static_cast<double>(utilization_.size()),
                  100 * erlangs_ / (clerks_ * there_), at(0.05), at(0.25), at(0.5), at(0.75), at(0.95));
    return line;
  }

 private:
  double there_;
  std::vector<double> utilization_;
  int clerks_ = 0;
  double visits_ = 0, visits_a_day_ = 0, erlangs_ = 0;
};

/// What was solved, and what it makes of the demand.
std::string demand(const Made& made) {
  std::array<double, kChannels> visits{};
  double residents = 0;
  for (const PlaceFact& place : made.facts.places) {
    const auto k = static_cast<std::size_t>(place.kind);
    residents += static_cast<double>(place.population);
    for (const ServiceFact& service : made.facts.services) {
      const double of_service = static_cast<double>(place.population) / 1000 * service.visits_per_1000[k];
      for (std::size_t c = 0; c < kChannels; ++c) visits[c] += of_service * service.shares[k][c];
    }
  }
  char line[300];
  std::snprintf(line, sizeof line,
                "\nhandling at offices: %.2f times that of the agencies' own clerks\n"
                "visits a head and year: %.2f; at counters %.2f, at offices %.2f, online %.2f\n",
                made.facts.office_handling_factor, (visits[0] + visits[1] + visits[2]) / residents,
                visits[0] / residents, visits[1] / residents, visits[2] / residents);
  return line;
}

std::string systems(const Made& made) {
  std::string text =
      "\ncalls at work in the largest hour of a Saturday on which subsidies and pensions are paid, and "
      "cores\n";
  for (std::size_t a = 0; a < made.systems.size(); ++a) {
    char line[200];
    std::snprintf(line, sizeof line, "%-20s %8.2f %6d\n", made.facts.agencies[a].id.c_str(),
                  made.systems[a].busiest, made.systems[a].cores);
    text += line;
  }
  return text;
}

}  // namespace

std::string summarize(const Made& made) {
  std::vector<double> sizes;
  for (const OfficeMade& office : made.offices) sizes.push_back(office.clerks);
  const std::vector<Load> loads = office_loads(made.facts, made.offices, sizes);
  const auto totals = [&](const char* kind) {
    return StationTotals(made.facts.number(std::string(kind) + "_absence"));
  };
  StationTotals urban = totals("urban"), rural = totals("rural"), counters = totals("counter");
  for (std::size_t o = 0; o < loads.size(); ++o)
    (made.offices[o].kind == Kind::urban ? urban : rural).add(loads[o], made.offices[o].clerks);
  for (const CounterMade& counter : made.counters) counters.add(counter.load, counter.clerks);
  return "expected on an ordinary full day (utilization of the clerks who are there: of all, then quantiles "
         "over "
         "stations)\n"
         "kind           stations  clerks   mean visits M/a   a day   clerks     5%    25%    50%    75%    "
         "95%\n" +
         urban.text("urban offices") + rural.text("rural offices") + counters.text("counters") +
         demand(made) + systems(made);
}

}  // namespace pishkhan::mazandaran
