#include "sim/kernel/plain.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/base/simd.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kMostClerks = 16;
constexpr std::size_t kMostUnrolled = 8;

/// Handling times at the clerks' common speed, as handling_time gives them.
PISHKHAN_VECTORISED
void fill_handling(const double* __restrict human, const double* __restrict system, double speed, std::size_t n,
                   double* __restrict handling) {
  for (std::size_t i = 0; i < n; ++i) handling[i] = human[i] / speed + system[i];
}

/// Clerks' indices in the order in which they become free, four bits each, the first lowest.
using Order = std::uint32_t;
inline std::uint32_t at(Order order, std::size_t k) { return order >> (4 * k) & 15; }
/// Moves the first to position k; those before it come forward.
inline Order put_back(Order order, std::size_t k) {
  const Order first = order & 15, rest = order >> 4, before = (Order{1} << (4 * k)) - 1;
  return (rest & before) | first << (4 * k) | (rest & ~before) << 4;
}

/// Clerks free at the same time stand in the order of their numbers.
template <std::size_t kClerks>
Order sort_ties(const std::array<double, kClerks>& free, Order order) {
  std::array<std::uint32_t, kClerks> who;
  for (std::size_t k = 0; k < kClerks; ++k) who[k] = at(order, k);
  for (std::size_t k = 1; k < kClerks; ++k)
    for (std::size_t m = k; m > 0 && free[m - 1] == free[m] && who[m - 1] > who[m]; --m) std::swap(who[m - 1], who[m]);
  order = 0;
  for (std::size_t k = 0; k < kClerks; ++k) order |= who[k] << (4 * k);
  return order;
}

/// First come, first served by clerks of one speed; handling times wait in Visits::end until they are
/// turned into times. Next free times stay sorted by minima and maxima, without a branch: who is served
/// and which clerk comes free next are coin tosses that no predictor learns.
template <std::size_t kClerks>
void run_plain(const StationDay& station, Visits& visits) {
  std::array<double, kClerks> free;
  free.fill(-kForever);
  std::array<std::uint32_t, 16> number{};
  Order order = 0;
  for (std::size_t k = 0; k < kClerks; ++k) {
    order |= static_cast<Order>(k << (4 * k));
    number[k] = station.clerks[k].number;
  }
  const bool serve_out = station.at_closing == AtClosing::serve_out;
  const Outcome at_close = station.at_closing == AtClosing::stop ? Outcome::inside : Outcome::sent_away;
  const std::size_t n = visits.size();
  const double* const arrival = visits.arrival.data();
  const double* const patience = visits.patience.data();
  double* const leave = visits.leave.data();
  double* const end = visits.end.data();
  Outcome* const outcome = visits.outcome.data();
  std::uint32_t* const clerk = visits.clerk.data();
  fill_handling(visits.human.data(), visits.system.data(), station.clerks[0].speed, n, end);
  std::size_t i = 0;
  for (std::size_t door = 0; door < station.doors.size(); ++door) {
    const double closing = station.doors[door].to_s;
    const double opens = station.clerks[0].shifts[door].from_s;
    const double limit = serve_out ? kForever : closing;
    // Idle clerks count as idle since their shift began, in the order of their numbers.
    for (auto& time : free) time = std::max(time, opens);
    order = sort_ties<kClerks>(free, order);
    for (; i < n && arrival[i] < closing; ++i) {
      const double t = arrival[i];
      const double start = std::max(t, free[0]);
      const double deadline = t + patience[i];
      const bool served = ((start < deadline) | (start == t)) & (start < limit);
      const bool abandons = deadline < limit;
      const double left = std::min(deadline, limit);
      const double finish = start + end[i];
      leave[i] = served ? start : left;
      end[i] = served ? finish : left;
      outcome[i] = served ? Outcome::served : abandons ? Outcome::abandoned : at_close;
      clerk[i] = served ? number[order & 15] : kNoClerk;
      if (!served) continue;
      std::size_t before = 0;
      bool tie = false;
      for (std::size_t k = 1; k < kClerks; ++k) {
        before += free[k] < finish;
        tie |= free[k] == finish;
      }
      for (std::size_t k = 1; k < kClerks; ++k)
        free[k - 1] = k == 1 ? std::min(free[1], finish) : std::max(free[k - 1], std::min(free[k], finish));
      if constexpr (kClerks > 1) free[kClerks - 1] = std::max(free[kClerks - 1], finish);
      else free[0] = finish;
      order = put_back(order, before);
      if (tie) [[unlikely]] order = sort_ties<kClerks>(free, order);
    }
  }
  mark_inside(station, visits);
}

/// The general plain day: those who wait stand in a list by priority and arrival, which is short because
/// people balk and abandon.
class PlainQueue {
 public:
  PlainQueue(const StationDay& station, Visits& visits)
      : station_(station), visits_(visits), clerks_(station.clerks.size()),
        at_close_(station.at_closing == AtClosing::stop ? Outcome::inside : Outcome::sent_away) {
    for (std::size_t k = 0; k < clerks_; ++k) {
      free_[k] = -kForever;
      who_[k] = static_cast<std::uint32_t>(k);
    }
  }

  /// False if some still wait when the doors open again: then they mix with the newcomers, which is not plain.
  [[nodiscard]] bool run() {
    const std::size_t n = visits_.size();
    std::size_t i = 0;
    for (std::size_t door = 0; door < station_.doors.size(); ++door) {
      const double closing = station_.doors[door].to_s;
      limit_ = station_.at_closing == AtClosing::serve_out ? kForever : closing;
      open_at(station_.clerks[0].shifts[door].from_s);
      while (i < n && visits_.arrival[i] < closing) {
        const double t = visits_.arrival[i];
        if (!waiting_.empty()) {
          start_before(t);
          drop_impatient(t);
        }
        for (; i < n && visits_.arrival[i] == t; ++i) arrive(i, t);
        while (!waiting_.empty() && free_[0] <= t) start_first(t);
      }
      const double opens_again = door + 1 < station_.doors.size() ? station_.doors[door + 1].from_s : kForever;
      start_before(std::min(limit_, opens_again));
      if (opens_again < limit_ && !waiting_.empty()) return false;
      for (const Waiter& w : waiting_)
        record_unserved(visits_, w.visit, w.deadline < limit_ ? Outcome::abandoned : at_close_,
                        std::min(w.deadline, limit_));
      waiting_.clear();
    }
    mark_inside(station_, visits_);
    return true;
  }

 private:
  struct Waiter {
    double deadline, arrival;
    std::uint32_t visit;
    std::int16_t priority;
  };

  /// Idle clerks count as idle since their shift began, in the order of their numbers.
  void open_at(double opens) {
    opens_ = opens;
    for (std::size_t k = 0; k < clerks_; ++k) free_[k] = std::max(free_[k], opens);
    for (std::size_t k = 1; k < clerks_; ++k)
      for (std::size_t m = k; m > 0 && free_[m - 1] == free_[m] && who_[m - 1] > who_[m]; --m) std::swap(who_[m - 1], who_[m]);
  }

  /// Everything that starts before t.
  void start_before(double t) {
    while (!waiting_.empty() && free_[0] < t) {
      const double now = free_[0];
      drop_impatient(now);
      if (!waiting_.empty()) start_first(now);
    }
  }

  /// Abandonments come before the arrivals and starts of an instant, except of those who came just then.
  void drop_impatient(double now) {
    const auto gone = [now](const Waiter& w) { return (w.deadline < now) | ((w.deadline == now) & (w.arrival < now)); };
    bool any = false;
    for (const Waiter& w : waiting_) any |= gone(w);
    if (!any) [[likely]] return;
    std::erase_if(waiting_, [&](const Waiter& w) {
      if (!gone(w)) return false;
      record_unserved(visits_, w.visit, Outcome::abandoned, w.deadline);
      return true;
    });
  }

  void arrive(std::size_t i, double t) {
    if (waiting_.empty() && free_[0] <= t && (i + 1 == visits_.size() || visits_.arrival[i + 1] != t)) {
      start(i, t);
      return;
    }
    const bool waits = !waiting_.empty() || free_[0] > t;
    if (waits && balks(i, t)) {
      record_unserved(visits_, i, Outcome::balked, t);
      return;
    }
    const std::int16_t priority = station_.priorities ? visits_.priority[i] : std::int16_t{0};
    std::size_t at = waiting_.size();
    waiting_.push_back({});
    for (; at > 0 && waiting_[at - 1].priority < priority; --at) waiting_[at] = waiting_[at - 1];
    waiting_[at] = {t + visits_.patience[i], t, static_cast<std::uint32_t>(i), priority};
  }

  [[nodiscard]] bool balks(std::size_t i, double t) const {
    if (waiting_.size() >= station_.room) return true;
    if (station_.balking.points.empty()) return false;
    return visits_.balk[i] <
           balk_probability(station_.balking, static_cast<double>(waiting_.size()), t >= opens_ ? clerks_ : 0);
  }

  void start_first(double now) {
    const std::size_t i = waiting_.front().visit;
    waiting_.erase(waiting_.begin());
    start(i, now);
  }

  void start(std::size_t i, double now) {
    const std::uint32_t clerk = who_[0];
    record_served(visits_, i, station_.clerks[clerk], now);
    const double end = visits_.end[i];
    std::size_t k = 1;
    for (; k < clerks_ && (free_[k] < end || (free_[k] == end && who_[k] < clerk)); ++k) {
      free_[k - 1] = free_[k];
      who_[k - 1] = who_[k];
    }
    free_[k - 1] = end;
    who_[k - 1] = clerk;
  }

  const StationDay& station_;
  Visits& visits_;
  std::size_t clerks_;
  Outcome at_close_;
  std::array<double, kMostClerks> free_;
  std::array<std::uint32_t, kMostClerks> who_;
  std::vector<Waiter> waiting_;
  double limit_ = kForever, opens_ = 0;
};

}  // namespace

bool is_plain(const StationDay& station) {
  if (!station.able.empty()) return false;
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
  constexpr std::array<Run, kMostUnrolled> runs{run_plain<1>, run_plain<2>, run_plain<3>, run_plain<4>,
                                              run_plain<5>, run_plain<6>, run_plain<7>, run_plain<8>};
  const bool balking = station.room != UINT32_MAX || !station.balking.points.empty();
  const bool one_speed = std::all_of(station.clerks.begin(), station.clerks.end(), [&](const Clerk& clerk) {
    return clerk.speed == station.clerks.front().speed;
  });
  if (one_speed && !balking && !station.priorities && station.clerks.size() <= kMostUnrolled)
    runs[station.clerks.size() - 1](station, visits);
  else if (!PlainQueue(station, visits).run())
    simulate_by_events(station, visits);
}

}  // namespace pishkhan
