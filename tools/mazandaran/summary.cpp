#include "tools/mazandaran/summary.hpp"

#include <algorithm>
#include <cstdio>

namespace pishkhan::mazandaran {
namespace {

/// How many stations there are of a kind, their clerks, visits and expected utilization.
class StationTotals {
 public:
  void add(const Load& load, int clerks) {
    utilization_.push_back(load.erlangs / clerks);
    clerks_ += clerks;
    visits_ += load.visits_a_year;
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
                  "%-14s %8zu %7d %10.2f %7.0f%% %6.0f%% %6.0f%% %6.0f%% %6.0f%% %6.0f%%\n", kind,
                  utilization_.size(), clerks_, visits_ / 1e6, 100 * erlangs_ / clerks_, at(0.05), at(0.25),
                  at(0.5), at(0.75), at(0.95));
    return line;
  }

 private:
  std::vector<double> utilization_;
  int clerks_ = 0;
  double visits_ = 0, erlangs_ = 0;
};

std::string systems(const Made& made) {
  std::string text = "\ncalls at work in the largest hour of an ordinary Saturday, and cores\n";
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
  StationTotals urban, rural, counters;
  for (std::size_t o = 0; o < loads.size(); ++o)
    (made.offices[o].kind == Kind::urban ? urban : rural).add(loads[o], made.offices[o].clerks);
  for (const CounterMade& counter : made.counters) counters.add(counter.load, counter.clerks);
  return "expected on an ordinary full day (utilization: of all clerks, then quantiles over stations)\n"
         "kind           stations  clerks visits M/a   clerks     5%    25%    50%    75%    95%\n" +
         urban.text("urban offices") + rural.text("rural offices") + counters.text("counters") +
         systems(made);
}

}  // namespace pishkhan::mazandaran
