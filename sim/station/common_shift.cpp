#include "sim/station/common_shift.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sim/base/simd.hpp"
#include "sim/station/by_events.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kMostClerks = 16;
constexpr std::size_t kMostUnrolled = 8;

/// Handling times at the clerks' common speed, as handling_time gives them.
PISHKHAN_VECTORISED
void fill_handling(const double* __restrict human, const double* __restrict system, double speed,
                   std::size_t n, double* __restrict handling) {
  for (std::size_t i = 0; i < n; ++i) handling[i] = human[i] / speed + system[i];
}

/// When each clerk is free next, sorted; clerks free at the same time stand in the order of their numbers.
/// Kept sorted by minima and maxima, without a branch, because the processor cannot predict which clerk is
/// free next. Places beyond the station's clerks are never free.
template <std::size_t kPlaces>
class ClerkLine {
 public:
  explicit ClerkLine(std::span<const Clerk> clerks) {
    for (std::size_t k = 0; k < kPlaces; ++k) {
      free_[k] = k < clerks.size() ? clerks[k].free_from_s : kForever;
      order_ |= Order{k} << (4 * k);
    }
  }
  [[nodiscard]] double first_free() const { return free_[0]; }
  /// Its index into StationDay::clerks.
  [[nodiscard]] std::size_t first() const { return order_ & 15; }

  /// Idle clerks count as idle since their shift began, in the order of their numbers.
  void open_at(double opens) {
    for (auto& time : free_) time = std::max(time, opens);
    sort();
  }

  /// The first is free again at `next`, not earlier than before.
  void occupy_first(double next) {
    std::size_t before = 0;
    bool tie = false;
    for (std::size_t k = 1; k < kPlaces; ++k) {
      before += free_[k] < next;
      tie |= free_[k] == next;
    }
    for (std::size_t k = 1; k < kPlaces; ++k)
      free_[k - 1] = k == 1 ? std::min(free_[1], next) : std::max(free_[k - 1], std::min(free_[k], next));
    free_[kPlaces - 1] = kPlaces > 1 ? std::max(free_[kPlaces - 1], next) : next;
    put_back(before);
    if (tie) [[unlikely]]
      sort();
  }

 private:
  /// Clerks' indices in the order in which they become free, four bits each, the first lowest.
  using Order = std::uint64_t;

  /// Moves the first to position k; those before it come forward.
  void put_back(std::size_t k) {
    const Order first = order_ & 15, rest = order_ >> 4, before = (Order{1} << (4 * k)) - 1;
    order_ = (rest & before) | first << (4 * k) | (rest & ~before) << 4;
  }
  void sort() {
    std::array<Order, kPlaces> who;
    for (std::size_t k = 0; k < kPlaces; ++k) who[k] = order_ >> (4 * k) & 15;
    for (std::size_t k = 1; k < kPlaces; ++k) {
      for (std::size_t m = k;
           m > 0 && (free_[m - 1] > free_[m] || (free_[m - 1] == free_[m] && who[m - 1] > who[m])); --m) {
        std::swap(free_[m - 1], free_[m]);
        std::swap(who[m - 1], who[m]);
      }
    }
    order_ = 0;
    for (std::size_t k = 0; k < kPlaces; ++k) order_ |= who[k] << (4 * k);
  }

  std::array<double, kPlaces> free_;
  Order order_ = 0;
};

/// First come, first served by clerks of one speed. Visits::end_s holds the handling times until it gets its
/// values. There is no branch on who is served either.
template <std::size_t kClerks>
void run_plain(const StationDay& station, Visits& visits) {
  ClerkLine<kClerks> line(station.clerks);
  std::array<std::uint32_t, 16> number{};
  for (std::size_t k = 0; k < kClerks; ++k) number[k] = station.clerks[k].number;
  const bool serve_out = station.at_closing == AtClosing::serve_out;
  const Outcome at_close = station.at_closing == AtClosing::stop ? Outcome::inside : Outcome::sent_away;
  const std::size_t n = visits.size();
  const double* const arrival = visits.arrival_s.data();
  const double* const patience = visits.patience_s.data();
  double* const leave = visits.leave_s.data();
  double* const end = visits.end_s.data();
  Outcome* const outcome = visits.outcome.data();
  std::uint32_t* const clerk = visits.clerk.data();
  fill_handling(visits.human_s.data(), visits.system_s.data(), station.clerks[0].speed, n, end);
  std::size_t i = 0;
  for (std::size_t door = 0; door < station.doors.size(); ++door) {
    const double closing = station.doors[door].to_s;
    const double limit = serve_out ? station.ends_s : closing;
    line.open_at(station.clerks[0].shifts[door].from_s);
    for (; i < n && arrival[i] < closing; ++i) {
      const double t = arrival[i], first_free = line.first_free();
      const double start = std::max(t, first_free);
      const double deadline = t + patience[i];
      const bool served = ((start < deadline) | (start == t)) & (start < limit);
      const bool abandons = deadline < limit;
      const double left = std::min(deadline, limit);
      const double finish = start + end[i];
      leave[i] = served ? start : left;
      end[i] = served ? finish : left;
      outcome[i] = served ? Outcome::served : abandons ? Outcome::abandoned : at_close;
      clerk[i] = served ? number[line.first()] : kNoClerk;
      line.occupy_first(served ? finish : first_free);
    }
  }
  mark_inside(station, visits);
}

/// A common-shift day with balking or priorities. Those who wait are in a list by priority and arrival. Those
/// who gave up are removed when their turn comes, or when the number of those waiting is needed.
template <std::size_t kPlaces>
class PlainQueue {
 public:
  PlainQueue(const StationDay& station, Visits& visits, bool one_speed, StopCheck stop)
      : station_(station),
        visits_(visits),
        stop_(stop),
        one_speed_(one_speed),
        line_(station.clerks),
        at_close_(station.at_closing == AtClosing::stop ? Outcome::inside : Outcome::sent_away),
        waiting_(room(visits)) {
    if (one_speed) {
      fill_handling(visits.human_s.data(), visits.system_s.data(), station.clerks[0].speed, visits.size(),
                    visits.end_s.data());
    }
    const auto& points = station.balking.points;
    if (!points.empty()) {
      const double scale = station.balking.per_clerk ? static_cast<double>(station.clerks.size()) : 1.0;
      const double first = points.front().second > 0 ? 0.0 : std::floor(points.front().first * scale);
      nobody_balks_ = first < 1 ? 0 : first > 1e9 ? SIZE_MAX : static_cast<std::size_t>(first);
    }
    nobody_balks_ = std::min<std::size_t>(nobody_balks_, station.room);
  }

  /// False if some still wait when the doors open again: this method cannot mix them with those who come
  /// then.
  [[nodiscard]] bool run() {
    const std::size_t n = visits_.size();
    const double* const arrival = visits_.arrival_s.data();
    std::size_t i = 0;
    for (std::size_t door = 0; door < station_.doors.size(); ++door) {
      const double closing = station_.doors[door].to_s;
      const double limit = station_.at_closing == AtClosing::serve_out ? station_.ends_s : closing;
      line_.open_at(station_.clerks[0].shifts[door].from_s);
      while (i < n && arrival[i] < closing) {
        const double t = arrival[i];
        start_before(t);
        if (line_.first_free() == t || (i + 1 < n && arrival[i + 1] == t)) [[unlikely]]
          i = all_at(i, t);
        else if (line_.first_free() < t)
          start(i++, t);  // nobody waits before
        else if (!balks(i, t))
          join(i++);
        else
          record_unserved(visits_, i++, Outcome::balked, t);
      }
      const double opens_again =
          door + 1 < station_.doors.size() ? station_.doors[door + 1].from_s : kForever;
      start_before(std::min(limit, opens_again));
      if (opens_again < limit) {
        drop_impatient(opens_again);
        if (head_ < tail_) return false;
      }
      for (; head_ < tail_; ++head_) {
        const std::size_t waiter = visit(waiting_[head_]);
        record_unserved(visits_, waiter, deadline(waiter) < limit ? Outcome::abandoned : at_close_,
                        std::min(deadline(waiter), limit));
      }
    }
    mark_inside(station_, visits_);
    return true;
  }

 private:
  /// A place in the list: the higher priority first, then the earlier visit.
  using Key = std::uint64_t;
  static Key* room(Visits& visits) {
    if (visits.waiting.size() < visits.size()) visits.waiting.resize(visits.size());
    return visits.waiting.data();
  }
  [[nodiscard]] Key key(std::size_t i) const {
    const int priority = station_.priorities ? visits_.priority[i] : 0;
    return static_cast<Key>(INT16_MAX - priority) << 32 | i;
  }
  static std::size_t visit(Key key) { return static_cast<std::uint32_t>(key); }
  [[nodiscard]] double deadline(std::size_t i) const { return visits_.arrival_s[i] + visits_.patience_s[i]; }

  /// At one instant abandonments come before arrivals and starts, except those of customers who came just
  /// then.
  [[nodiscard]] bool gone(std::size_t i, double now) const {
    return (deadline(i) < now) | ((deadline(i) == now) & (visits_.arrival_s[i] < now));
  }

  void drop_impatient(double now) {
    std::size_t kept = head_;
    for (std::size_t k = head_; k < tail_; ++k) {
      const std::size_t i = visit(waiting_[k]);
      waiting_[kept] = waiting_[k];
      kept += !gone(i, now);
      if (gone(i, now)) [[unlikely]]
        record_unserved(visits_, i, Outcome::abandoned, deadline(i));
    }
    stop_.after(events_of(tail_ - head_));
    tail_ = kept;
  }

  /// What so many moves in the list count for the stop check.
  static std::size_t events_of(std::size_t moves) { return 1 + moves / 256; }

  /// Serves the first customer who still waits, if there is one, at `now`.
  void start_first(double now) {
    while (head_ < tail_) {
      const std::size_t i = visit(waiting_[head_++]);
      if (!gone(i, now)) [[likely]]
        return start(i, now);
      record_unserved(visits_, i, Outcome::abandoned, deadline(i));
    }
  }

  /// Starts all handling that starts before t.
  void start_before(double t) {
    while (head_ < tail_ && line_.first_free() < t) start_first(line_.first_free());
  }

  /// Handles an instant at which several things happen: the arrivals at t, from visit i on, and then the
  /// starts. Returns the next visit.
  std::size_t all_at(std::size_t i, double t) {
    drop_impatient(t);
    for (; i < visits_.size() && visits_.arrival_s[i] == t; ++i) {
      const bool waits = head_ < tail_ || line_.first_free() > t;
      if (waits && balks(i, t))
        record_unserved(visits_, i, Outcome::balked, t);
      else
        join(i);
    }
    while (head_ < tail_ && line_.first_free() <= t) start_first(t);
    return i;
  }

  [[nodiscard]] bool balks(std::size_t i, double t) {
    if (tail_ - head_ < nobody_balks_) [[likely]]
      return false;
    drop_impatient(t);
    const std::size_t waiting = tail_ - head_;
    if (waiting >= station_.room) return true;
    if (station_.balking.points.empty()) return false;
    return visits_.balk[i] <
           balk_probability(station_.balking, static_cast<double>(waiting), station_.clerks.size());
  }

  void join(std::size_t i) {
    const Key mine = key(i);
    std::size_t at = tail_++;
    for (; at > head_ && waiting_[at - 1] > mine; --at) waiting_[at] = waiting_[at - 1];
    waiting_[at] = mine;
    stop_.after(events_of(tail_ - at));
  }

  void start(std::size_t i, double now) {
    const Clerk& clerk = station_.clerks[line_.first()];
    visits_.leave_s[i] = now;
    visits_.end_s[i] = now + (one_speed_ ? visits_.end_s[i] : handling_time(visits_, i, clerk));
    visits_.outcome[i] = Outcome::served;
    visits_.clerk[i] = clerk.number;
    line_.occupy_first(visits_.end_s[i]);
  }

  const StationDay& station_;
  Visits& visits_;
  StopCheck stop_;
  bool one_speed_;
  ClerkLine<kPlaces> line_;
  Outcome at_close_;
  Key* waiting_;  ///< from head_ to tail_
  std::size_t head_ = 0, tail_ = 0;
  std::size_t nobody_balks_ = SIZE_MAX;  ///< with fewer waiting than this
};

template <std::size_t kPlaces>
bool run_queue(const StationDay& station, Visits& visits, bool one_speed, StopCheck stop) {
  return PlainQueue<kPlaces>(station, visits, one_speed, stop).run();
}

}  // namespace

bool is_common_shift(const StationDay& station) {
  if (!station.able.empty() || station.serve_out_at_most_s < kForever) return false;
  if (station.clerks.empty() || station.clerks.size() > kMostClerks) return false;
  const auto first = station.clerks.front().shifts;
  if (first.size() != station.doors.size()) return false;
  for (std::size_t k = 0; k < first.size(); ++k) {
    const double closing = station.doors[k].to_s;
    if (first[k].from_s >= closing || first[k].to_s < closing) return false;
    if (k > 0 && first[k].from_s < station.doors[k - 1].to_s) return false;
    if (k > 0 && first[k - 1].to_s > station.doors[k].from_s) return false;
  }
  for (const auto& clerk : station.clerks) {
    if (clerk.shifts.data() != first.data() &&
        !std::equal(clerk.shifts.begin(), clerk.shifts.end(), first.begin(), first.end()))
      return false;
  }
  return true;
}

void simulate_common_shift(const StationDay& station, Visits& visits, StopCheck stop) {
  using Run = void (*)(const StationDay&, Visits&);
  using RunQueue = bool (*)(const StationDay&, Visits&, bool, StopCheck);
  constexpr std::array<Run, kMostUnrolled> runs{run_plain<1>, run_plain<2>, run_plain<3>, run_plain<4>,
                                                run_plain<5>, run_plain<6>, run_plain<7>, run_plain<8>};
  constexpr std::array<RunQueue, kMostUnrolled> queues{run_queue<1>, run_queue<2>, run_queue<3>,
                                                       run_queue<4>, run_queue<5>, run_queue<6>,
                                                       run_queue<7>, run_queue<8>};
  const std::size_t clerks = station.clerks.size();
  const bool balking = station.room != UINT32_MAX || !station.balking.points.empty();
  const bool one_speed = std::all_of(station.clerks.begin(), station.clerks.end(), [&](const Clerk& clerk) {
    return clerk.speed == station.clerks.front().speed;
  });
  if (one_speed && !balking && !station.priorities && clerks <= kMostUnrolled)
    return runs[clerks - 1](station, visits);
  const RunQueue run = clerks <= kMostUnrolled ? queues[clerks - 1] : run_queue<kMostClerks>;
  if (!run(station, visits, one_speed, stop)) simulate_by_events(station, visits, stop);
}

}  // namespace pishkhan
