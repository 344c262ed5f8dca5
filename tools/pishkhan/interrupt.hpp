#pragma once
#include <vector>

namespace pishkhan {

/// While one lives, Ctrl-C, a request to terminate, a closed terminal and Ctrl-\ at first end the process at
/// once with kInterrupted: reading and checking leave nothing behind. From defer() on they only set a flag,
/// so that work ends in order and leaves nothing half made. Writing past a file size limit gives an error
/// instead of a signal.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  static void defer();
  [[nodiscard]] static bool interrupted();
  /// As a signal from defer() on does it: for callers that hear signals themselves, and have no guard.
  static void request();
  /// Before the next work of such callers.
  static void forget();

 private:
  std::vector<int> heard_;  ///< signals that set the flag
};

/// While one lives, writing into a pipe that nobody reads any more is an error instead of a signal, so that
/// work ends in order.
class ClosedPipeGuard {
 public:
  ClosedPipeGuard();
  ~ClosedPipeGuard();
  ClosedPipeGuard(const ClosedPipeGuard&) = delete;
  ClosedPipeGuard& operator=(const ClosedPipeGuard&) = delete;

 private:
  void (*before_)(int);
};

}  // namespace pishkhan
