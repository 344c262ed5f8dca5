#include "models/plan/changing_offices.hpp"

#include <cstddef>

#include "models/province/calendar.hpp"

namespace pishkhan {
namespace {

void add_changing(const Scenario& scenario, const std::string& what, const std::string& verb,
                  DayNumber Office::*day, std::vector<Diagnostic>& mistakes) {
  const DayNumber begin = scenario.run.start + scenario.run.warm_up_days,
                  end = scenario.run.start + scenario.run.days;
  const Office* first = nullptr;
  std::size_t number = 0;
  for (const Office& office : scenario.province->offices) {
    if (office.*day <= begin || office.*day >= end) continue;
    ++number;
    if (first == nullptr) first = &office;
  }
  if (first == nullptr) return;
  std::string problem =
      what + " while offices " + verb + ": `" + first->id + "` on " + format_date(first->*day);
  if (number > 1) problem += ", and " + std::to_string(number - 1) + " more";
  mistakes.push_back({scenario.file.generic_string(), 0, 0, verb + "_offices", problem,
                      "let the counted days begin on that day, or end before it"});
}

}  // namespace

void add_changing_offices(const Scenario& scenario, const std::string& what,
                          std::vector<Diagnostic>& mistakes) {
  add_changing(scenario, what, "open", &Office::from_day, mistakes);
  add_changing(scenario, what, "close", &Office::until_day, mistakes);
}

}  // namespace pishkhan
