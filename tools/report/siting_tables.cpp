#include "tools/report/siting_tables.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "tools/report/columns.hpp"

namespace pishkhan {
namespace {

using K = ColumnKind;

struct SiteLine {
  const Scenario& scenario;
  const SiteRow& site;
  double alone_h;
  Estimate visits;  ///< NaN where it does not open
  bool opens;
};

const Place& place_of(const SiteLine& line) {
  return line.scenario.province->places[line.site.place.index()];
}

struct SetLine {
  const std::vector<SiteRow>& sites;
  const SimulatedSet& set;
  std::size_t number;
  const SitingSavings* fresh;  ///< of the best
};

Quantity hours(std::string_view name, std::string_view description) {
  return {name, "person-hours", K::ratio, description, TableForm::brief, Bounds::low_and_high};
}

/// Of the fresh replications, which have seen the best set alone.
auto fresh(Estimate SitingSavings::*member) {
  return [member](const SetLine& line) {
    return line.fresh == nullptr ? Estimate{kNan, kNan} : line.fresh->*member;
  };
}

std::string offices_of(const SetLine& line) {
  std::string text;
  for (const std::size_t c : line.set.set.open) text += (text.empty() ? "" : " ") + line.sites[c].id;
  return text;
}

}  // namespace

Table make_siting_table(const Scenario& scenario, const std::vector<SiteRow>& sites,
                        const SitingResult& result) {
  ColumnList<SiteLine> list;
  list.add_identity("office", "Id of the candidate, an office if it opens.",
                    [](const SiteLine& line) { return line.site.id; });
  list.add_attribute("place", "City or rural district.",
                     [](const SiteLine& line) { return place_of(line).id; });
  list.add_attribute("county", "Where it is.", [](const SiteLine& line) {
    return line.scenario.province->counties[place_of(line).county.index()].id;
  });
  list.add_attribute("kind", "urban or rural.",
                     [](const SiteLine& line) { return to_string(place_of(line).kind); });
  list.add(K::count, "clerks", "clerks", "If it opens.",
           [](const SiteLine& line) { return line.site.clerks; });
  list.add(K::count, "rank", "rank", "If it opens.", [](const SiteLine& line) { return line.site.rank; });
  list.add(K::ratio, "alone_travel_h", "person-hours",
           "Travel that it is expected to save over the counted days if it opens alone, by the rules of "
           "choice, without chance; below 0: citizens choose it though it is farther.",
           [](const SiteLine& line) { return line.alone_h; });
  list.add_attribute("opens", "yes for those that were chosen; else no.",
                     [](const SiteLine& line) { return line.opens ? "yes" : "no"; });
  list.add_estimate({"visits", "visits", K::count,
                     "To the office over the counted days, in fresh replications; empty where it does not "
                     "open.",
                     TableForm::brief, Bounds::low_and_high},
                    [](const SiteLine& line) { return line.visits; });
  TableOf<SiteLine> table("siting", "Candidates for new offices, of `staff --open`.", std::move(list),
                          std::max(kTravelEvidence, scenario.evidence));
  if (result.sets.empty()) return table.take();
  const std::vector<std::size_t>& open = result.sets[result.best].set.open;
  for (std::size_t c = 0; c < sites.size(); ++c) {
    const auto at = std::find(open.begin(), open.end(), c);
    const bool opens = at != open.end();
    const Estimate visits =
        opens ? result.visits[static_cast<std::size_t>(at - open.begin())] : Estimate{kNan, kNan};
    table.add({scenario, sites[c], result.alone_h[c], visits, opens});
  }
  return table.take();
}

Table make_siting_sets_table(const Scenario& scenario, const std::vector<SiteRow>& sites,
                             const SitingResult& result) {
  ColumnList<SetLine> list;
  list.add(K::identity, "set", "", "By expected travel, from 1.",
           [](const SetLine& line) { return static_cast<int>(line.number + 1); });
  list.add_attribute("offices", "The candidates that open, with spaces between.", offices_of);
  list.add(K::ratio, "expected_travel_h", "person-hours",
           "Travel that the set is expected to save over the counted days, by the rules of choice.",
           [](const SetLine& line) { return line.set.expected_travel_h; });
  list.add_estimate(hours("travel_h",
                          "Travel saved there and back over the counted days, in the search, "
                          "paired by replication; below 0: more travel."),
                    [](const SetLine& line) { return line.set.saved.travel_h; });
  list.add_estimate(hours("wait_h",
                          "Waiting saved, a visit without service counted as `--unserved` beside "
                          "its wait."),
                    [](const SetLine& line) { return line.set.saved.wait_h; });
  list.add_estimate(hours("saved_h", "Both together."),
                    [](const SetLine& line) { return line.set.saved.saved_h; });
  list.add_attribute("chosen", "yes for the set that saved most; else no.",
                     [](const SetLine& line) { return line.fresh == nullptr ? "no" : "yes"; });
  list.add_estimate(hours("fresh_travel_h",
                          "travel_h of the chosen set in replications that the search did "
                          "not see."),
                    fresh(&SitingSavings::travel_h));
  list.add_estimate(hours("fresh_wait_h", "wait_h of the chosen set there."), fresh(&SitingSavings::wait_h));
  list.add_estimate(hours("fresh_saved_h", "saved_h of the chosen set there."),
                    fresh(&SitingSavings::saved_h));
  TableOf<SetLine> table("siting_sets", "What sets of new offices save, of `staff --open`.", std::move(list),
                         std::max(kTravelEvidence, scenario.evidence));
  for (std::size_t k = 0; k < result.sets.size(); ++k)
    table.add({sites, result.sets[k], k, k == result.best ? &result.saved : nullptr});
  return table.take();
}

std::vector<TableHeader> siting_headers() {
  Scenario scenario;
  scenario.province.emplace();
  return headers_of({make_siting_table(scenario, {}, {}), make_siting_sets_table(scenario, {}, {})});
}

}  // namespace pishkhan
