#include "sim/station/by_arrival_order.hpp"

#include <cstring>
#include <functional>

#include "sim/station/station_rules.hpp"

namespace pishkhan {
namespace {

/// When a clerk is free next. If that time has passed, the clerk has been idle since then.
struct Free {
  double at;
  std::uint32_t clerk;  ///< index into StationDay::clerks
};
inline bool earlier(const Free& a, const Free& b) {
  return a.at < b.at || (a.at == b.at && a.clerk < b.clerk);
}

inline bool later(const Free& a, const Free& b) { return earlier(b, a); }

/// Clerks ordered by next free time: in a sorted array up to some hundreds, where that is faster, and in a
/// heap otherwise.
class FreeClerks {
 public:
  explicit FreeClerks(std::size_t clerks) : free_(clerks) {
    for (std::size_t k = 0; k < clerks; ++k) free_[k] = {-kForever, static_cast<std::uint32_t>(k)};
  }
  /// Changes all times at once: at(clerk).
  template <class At>
  void start_at(At at) {
    for (Free& free : free_) free.at = at(free.clerk);
    if (is_heap())
      std::make_heap(free_.begin(), free_.end(), later);
    else
      std::sort(free_.begin(), free_.end(), earlier);
  }
  [[nodiscard]] bool empty() const { return free_.empty(); }
  [[nodiscard]] const Free& first() const { return free_.front(); }
  void replace_first(double at) {
    const Free moved{at, free_.front().clerk};
    const std::size_t n = free_.size();
    std::size_t k = 1;
    if (is_heap()) {
      sift_down(moved);
      return;
    }
    if (n > 16) {
      k = static_cast<std::size_t>(std::lower_bound(free_.begin() + 1, free_.end(), moved, earlier) -
                                   free_.begin());
      std::memmove(&free_[0], &free_[1], (k - 1) * sizeof(Free));
    } else {
      for (; k < n && earlier(free_[k], moved); ++k) free_[k - 1] = free_[k];
    }
    free_[k - 1] = moved;
  }

 private:
  static constexpr std::size_t kMostSorted = 256;
  [[nodiscard]] bool is_heap() const { return free_.size() > kMostSorted; }
  /// Puts a clerk in the place of the first.
  void sift_down(const Free& moved) {
    const std::size_t n = free_.size();
    std::size_t at = 0;
    for (std::size_t child = 1; child < n; child = 2 * at + 1) {
      if (child + 1 < n && earlier(free_[child + 1], free_[child])) ++child;
      if (earlier(moved, free_[child])) break;
      free_[at] = free_[child];
      at = child;
    }
    free_[at] = moved;
  }

  std::vector<Free> free_;
};

/// How many clerks are on shift or, where none is, how many the next shift brings; asked at times that do not
/// descend. Used only where balking depends on it.
class ClerksToServe {
 public:
  explicit ClerksToServe(const StationDay& station) {
    if (!station.balking.per_clerk || station.balking.points.empty()) return;
    for (std::size_t k = 0; k < station.clerks.size();) {
      std::size_t next = k + 1;
      while (next < station.clerks.size() && same_shifts(station.clerks[k], station.clerks[next])) ++next;
      const auto count = static_cast<std::ptrdiff_t>(next - k);
      for (const Interval& shift : station.clerks[k].shifts) {
        changes_.emplace_back(shift.from_s, count);
        changes_.emplace_back(shift.to_s, -count);
      }
      k = next;
    }
    std::sort(changes_.begin(), changes_.end());
  }
  std::size_t at(double t) {
    for (; next_ < changes_.size() && changes_[next_].first <= t; ++next_) now_ += changes_[next_].second;
    std::ptrdiff_t clerks = now_;
    for (std::size_t k = next_; now_ == 0 && k < changes_.size(); ++k) {
      if (changes_[k].first > changes_[next_].first) break;
      clerks += changes_[k].second;
    }
    return static_cast<std::size_t>(clerks);
  }

 private:
  std::vector<std::pair<double, std::ptrdiff_t>> changes_;
  std::size_t next_ = 0;
  std::ptrdiff_t now_ = 0;
};

/// Counts those who wait, from the times at which they will leave the queue.
class Waiting {
 public:
  explicit Waiting(std::size_t capacity) : starts_(capacity) {}
  void join(double arrival, double leave, bool starts) {
    if (starts) {
      starts_[tail_++] = leave;  // under first come, first served starts come in order
    } else {
      others_.push_back({leave, arrival});
      std::push_heap(others_.begin(), others_.end(), std::greater<>{});
    }
  }
  /// How many wait when somebody arrives at t: starts at t come after the arrival; abandonments and closing
  /// at t come before it, except those of customers who came at t themselves.
  std::size_t count(double t) {
    while (head_ < tail_ && starts_[head_] < t) ++head_;
    while (!others_.empty() && others_.front() < std::pair(t, t)) {
      std::pop_heap(others_.begin(), others_.end(), std::greater<>{});
      others_.pop_back();
    }
    return tail_ - head_ + others_.size();
  }

 private:
  std::vector<double> starts_;
  std::vector<std::pair<double, double>> others_;  ///< (leave, arrival), a heap
  std::size_t head_ = 0, tail_ = 0;
};

/// Since when free clerks count as idle. Many clerks have the same shifts and are asked about at the same
/// time, so the last answer is kept.
class IdleSince {
 public:
  explicit IdleSince(const StationDay& station) : station_(station) {}

  /// Of a clerk who is free since `since`, at time x >= since, for a customer who came in during
  /// doors[door]: `since`, or the start of the shift around x. If the clerk is off shift at x, the start of
  /// the next shift, later than x.
  double operator()(const Clerk& clerk, double since, double x, std::size_t door) {
    if (clerk.shifts.data() != shifts_ || x != x_ || door != door_) look_up(clerk, x, door);
    return works_ ? std::max(since, from_s_) : from_s_;
  }

 private:
  void look_up(const Clerk& clerk, double x, std::size_t door) {
    shifts_ = clerk.shifts.data();
    x_ = x;
    door_ = door;
    const auto next = std::upper_bound(clerk.shifts.begin(), clerk.shifts.end(), x,
                                       [](double t, const Interval& shift) { return t < shift.from_s; });
    works_ = false;
    from_s_ = next == clerk.shifts.end() ? kForever : next->from_s;
    if (next == clerk.shifts.begin()) return;
    const auto last = static_cast<std::size_t>(next - clerk.shifts.begin()) - 1;
    works_ = x < clerk.shifts[last].to_s || stays(station_, clerk, last, door);
    if (works_) from_s_ = clerk.shifts[last].from_s;
  }

  const StationDay& station_;
  const Interval* shifts_ = nullptr;  ///< of the last clerk asked about
  double x_ = 0;
  std::size_t door_ = 0;
  bool works_ = false;
  double from_s_ = kForever;  ///< of the shift around x, or of the next
};

/// Earliest start for an arrival at t during doors[door]. Makes the clerk who can start then the first.
double earliest_start(const StationDay& station, FreeClerks& clerks, IdleSince& idle_since, double t,
                      std::size_t door, StopCheck& stop) {
  for (;;) {
    const Free free = clerks.first();
    if (free.at == kForever) return kForever;
    const double start = std::max(t, free.at);
    const double since = idle_since(station.clerks[free.clerk], free.at, start, door);
    if (since == free.at) return start;
    stop.after(1);
    clerks.replace_first(since);
  }
}

}  // namespace

void simulate_by_arrival_order(const StationDay& station, Visits& visits, StopCheck stop) {
  const std::size_t n = visits.size();
  const Outcome at_close = station.at_closing == AtClosing::stop ? Outcome::inside : Outcome::sent_away;
  const bool balking = station.room != UINT32_MAX || !station.balking.points.empty();
  FreeClerks clerks(station.clerks.size());
  Waiting waiting(balking ? n : 0);
  ClerksToServe to_serve(station);
  if (n == 0) return;
  std::size_t door = 0;
  std::vector<Clerk> kinds;
  find_kinds(station.clerks, kinds);
  const auto limit_of = [&] { return leave_limit(station, kinds, door, ~SkillMask{0}); };
  while (visits.arrival_s[0] >= station.doors[door].to_s) ++door;
  double limit = limit_of();
  IdleSince idle_since(station);
  clerks.start_at([&](std::uint32_t clerk) {
    const double free_s = station.clerks[clerk].free_from_s;
    return idle_since(station.clerks[clerk], free_s, std::max(free_s, visits.arrival_s[0]), door);
  });
  for (std::size_t i = 0; i < n; ++i) {
    const double t = visits.arrival_s[i];
    stop.after(1);
    for (; t >= station.doors[door].to_s; limit = limit_of()) ++door;
    const double start =
        clerks.empty() ? kForever : earliest_start(station, clerks, idle_since, t, door, stop);
    if (balking) {
      const std::size_t ahead = waiting.count(t);
      if ((ahead > 0 || start != t) && wants_to_balk(station, visits, i, ahead, to_serve.at(t))) {
        record_unserved(visits, i, Outcome::balked, t);
        continue;
      }
    }
    const double deadline = t + visits.patience_s[i];
    const bool served = (start < deadline || start == t) && start < limit;
    if (served) {
      record_served(visits, i, station.clerks[clerks.first().clerk], start);
      clerks.replace_first(visits.end_s[i]);
    } else if (deadline < limit) {
      record_unserved(visits, i, Outcome::abandoned, deadline);
    } else {
      record_unserved(visits, i, at_close, limit);
    }
    if (balking) waiting.join(t, visits.leave_s[i], served);
  }
  mark_inside(station, visits);
}

}  // namespace pishkhan
