#include "models/siting/choose_sites.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

using Marks = std::vector<std::uint8_t>;

/// The best sets so far, each once.
class Shortlist {
 public:
  explicit Shortlist(std::size_t keep) : keep_(keep) {}

  void add(const Marks& open, double travel_h) {
    if (sets_.size() == keep_ && travel_h >= sets_.back().travel_h) return;
    SiteSet set;
    for (std::size_t c = 0; c < open.size(); ++c)
      if (open[c] != 0) set.open.push_back(c);
    set.travel_h = travel_h;
    for (const SiteSet& known : sets_)
      if (known.open == set.open) return;
    const auto at = std::upper_bound(sets_.begin(), sets_.end(), set, [](const SiteSet& a, const SiteSet& b) {
      return a.travel_h < b.travel_h;
    });
    sets_.insert(at, std::move(set));
    if (sets_.size() > keep_) sets_.pop_back();
  }
  std::vector<SiteSet> take() { return std::move(sets_); }

 private:
  std::size_t keep_;
  std::vector<SiteSet> sets_;
};

/// Every set once, by its last candidate.
void try_all(const ExpectedTravel& travel, std::size_t number, Shortlist& best) {
  Marks open(travel.candidates(), 0);
  if (number == 0) return best.add(open, travel.hours(open));
  std::fill_n(open.begin(), number - 1, std::uint8_t{1});
  do {
    const double without_h = travel.hours(open);
    const std::vector<double> added = travel.added_hours(open);
    const auto last_open = std::find(open.rbegin(), open.rend(), std::uint8_t{1});
    Marks other = open;
    for (auto c = static_cast<std::size_t>(open.rend() - last_open); c < open.size(); ++c) {
      other[c] = 1;
      best.add(other, without_h + added[c]);
      other[c] = 0;
    }
  } while (std::prev_permutation(open.begin(), open.end()));
}

/// The candidate that may open and adds the least.
std::size_t best_to_add(const ExpectedTravel& travel, const Marks& open, const std::vector<double>& added) {
  std::size_t best = travel.candidates();
  for (std::size_t c = 0; c < added.size(); ++c)
    if (open[c] == 0 && (best == travel.candidates() || added[c] < added[best])) best = c;
  return best;
}

/// Exchanges one candidate for another, the pair that saves most, until none saves more.
void exchange(const ExpectedTravel& travel, Marks& open, Shortlist& best) {
  double travel_h = travel.hours(open);
  best.add(open, travel_h);
  for (;;) {
    std::size_t goes = open.size(), comes = open.size();
    double least_h = travel_h;
    for (std::size_t c = 0; c < open.size(); ++c) {
      if (open[c] == 0) continue;
      Marks without = open;
      without[c] = 0;
      const double without_h = travel.hours(without);
      const std::vector<double> added = travel.added_hours(without);
      for (std::size_t d = 0; d < open.size(); ++d) {
        if (open[d] != 0) continue;
        Marks other = without;
        other[d] = 1;
        const double other_h = without_h + added[d];
        best.add(other, other_h);
        // What is rounding is no gain.
        if (other_h < least_h - 1e-9 * travel_h) goes = c, comes = d, least_h = other_h;
      }
    }
    if (goes == open.size()) return;
    open[goes] = 0;
    open[comes] = 1;
    travel_h = travel.hours(open);
  }
}

}  // namespace

double ways_to_choose(std::size_t number, std::size_t of) {
  double ways = 1;
  for (std::size_t k = 0; k < number; ++k) ways *= static_cast<double>(of - k) / static_cast<double>(k + 1);
  return ways;
}

ChosenSites choose_sites(const ExpectedTravel& travel, std::size_t number, std::size_t keep,
                         double most_sets) {
  PISHKHAN_EXPECT(number <= travel.candidates() && keep > 0);
  Shortlist best(keep);
  ChosenSites chosen;
  chosen.exhaustive = ways_to_choose(number, travel.candidates()) <= most_sets;
  if (chosen.exhaustive) {
    try_all(travel, number, best);
  } else {
    Marks open(travel.candidates(), 0);
    for (std::size_t k = 0; k < number; ++k) open[best_to_add(travel, open, travel.added_hours(open))] = 1;
    exchange(travel, open, best);
  }
  chosen.sets = best.take();
  return chosen;
}

}  // namespace pishkhan
