#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace pishkhan {

/// A bar on stderr with the time left, redrawn in place. Silent when not shown.
class Progress {
 public:
  /// `steps` make the whole. Shown only where stderr is a terminal and `wanted`.
  Progress(std::uint64_t steps, bool wanted);
  /// Wipes the bar.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Some steps are done. From any thread.
  void add(std::uint64_t steps = 1);

  /// How far the work is since forget(), shown or not: for callers that show it themselves. The steps of all
  /// that was begun are added up, so what is done never falls, and the whole may grow. From any thread.
  struct Steps {
    std::uint64_t done = 0, all = 0;
  };
  [[nodiscard]] static Steps so_far();
  /// Before the next work of such callers.
  static void forget();

 private:
  void draw(std::uint64_t done);

  using Clock = std::chrono::steady_clock;
  std::uint64_t steps_;
  bool shown_;
  std::atomic<std::uint64_t> done_{0};
  std::mutex mutex_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point drawn_ = start_;
};

/// A line on stderr with the seconds so far and what is done now, for work whose steps nobody knows before.
/// Silent when not shown.
class WorkLine {
 public:
  /// Shown only where stderr is a terminal and `wanted`.
  explicit WorkLine(bool wanted);
  /// Wipes the line.
  ~WorkLine();
  WorkLine(const WorkLine&) = delete;
  WorkLine& operator=(const WorkLine&) = delete;

  void tell(const std::string& what) const;

 private:
  bool shown_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace pishkhan
