#include "sim/kernel/in_order_plain.hpp"

#include <array>

namespace pishkhan {
namespace {

constexpr std::size_t kMostClerks = 8;

template <std::size_t kClerks>
void run_plain(const StationDay& station, Visits& visits) {
  // Next free times in order, with the clerks they belong to.
  std::array<double, kClerks> free;
  std::array<std::uint32_t, kClerks> who;
  std::array<double, kClerks> speed;
  std::array<std::uint32_t, kClerks> number;
  for (std::size_t k = 0; k < kClerks; ++k) {
    free[k] = -kForever;
    who[k] = static_cast<std::uint32_t>(k);
    speed[k] = station.clerks[k].speed;
    number[k] = station.clerks[k].number;
  }
  const bool serve_out = station.at_closing == AtClosing::serve_out;
  const Outcome at_close = station.at_closing == AtClosing::stop ? Outcome::inside : Outcome::sent_away;
  const std::size_t n = visits.size();
  const double* arrival = visits.arrival.data();
  std::size_t i = 0;
  for (std::size_t door = 0; door < station.doors.size(); ++door) {
    const double closing = station.doors[door].to_s;
    const double opens = station.clerks[0].shifts[door].from_s;
    const double limit = serve_out ? kForever : closing;
    // Idle clerks count as idle since their shift began, in the order of their numbers.
    for (std::size_t k = 0; k < kClerks; ++k) free[k] = std::max(free[k], opens);
    for (std::size_t k = 1; k < kClerks; ++k)
      for (std::size_t m = k; m > 0 && free[m - 1] == free[m] && who[m - 1] > who[m]; --m) std::swap(who[m - 1], who[m]);
    for (; i < n && arrival[i] < closing; ++i) {
      const double t = arrival[i];
      const double start = std::max(t, free[0]);
      const double deadline = t + visits.patience[i];
      const bool served = ((start < deadline) | (start == t)) & (start < limit);
      const std::uint32_t clerk = who[0];
      const double end = start + (visits.human[i] / speed[clerk] + visits.system[i]);
      const bool abandons = deadline < limit;
      const double left = abandons ? deadline : limit;
      visits.leave[i] = served ? start : left;
      visits.end[i] = served ? end : left;
      visits.outcome[i] = served ? Outcome::served : abandons ? Outcome::abandoned : at_close;
      visits.clerk[i] = served ? number[clerk] : kNoClerk;
      // The clerk goes back among the others; unserved, to the same place.
      double moved = served ? end : free[0];
      std::uint32_t moved_who = clerk;
      for (std::size_t k = 1; k < kClerks; ++k) {
        const bool before = (free[k] < moved) | ((free[k] == moved) & (who[k] < moved_who));
        const double stays_free = before ? free[k] : moved;
        const std::uint32_t stays_who = before ? who[k] : moved_who;
        moved = before ? moved : free[k];
        moved_who = before ? moved_who : who[k];
        free[k - 1] = stays_free;
        who[k - 1] = stays_who;
      }
      free[kClerks - 1] = moved;
      who[kClerks - 1] = moved_who;
    }
  }
  mark_inside(station, visits);
}

}  // namespace

bool is_plain(const StationDay& station) {
  if (station.room != UINT32_MAX || !station.balking.points.empty()) return false;
  if (station.clerks.empty() || station.clerks.size() > kMostClerks) return false;
  const auto first = station.clerks.front().shifts;
  if (first.size() != station.doors.size()) return false;
  for (std::size_t k = 0; k < first.size(); ++k) {
    const double closing = station.doors[k].to_s;
    if (first[k].from_s >= closing || first[k].to_s < closing) return false;
    if (k > 0 && first[k].from_s < station.doors[k - 1].to_s) return false;
    if (k > 0 && first[k - 1].to_s > station.doors[k].from_s) return false;
  }
  for (const auto& clerk : station.clerks)
    if (clerk.shifts.data() != first.data() && !std::equal(clerk.shifts.begin(), clerk.shifts.end(), first.begin(), first.end()))
      return false;
  return true;
}

void simulate_plain(const StationDay& station, Visits& visits) {
  using Run = void (*)(const StationDay&, Visits&);
  constexpr std::array<Run, kMostClerks> runs{run_plain<1>, run_plain<2>, run_plain<3>, run_plain<4>,
                                              run_plain<5>, run_plain<6>, run_plain<7>, run_plain<8>};
  runs[station.clerks.size() - 1](station, visits);
}

}  // namespace pishkhan
