#pragma once

namespace pishkhan {

/// While one lives, Ctrl-C and a request to terminate at first end the process at once with kInterrupted:
/// reading and checking leave nothing behind. From defer() on they only set a flag, so that work ends in
/// order and leaves nothing half made. Writing past a file size limit gives an error instead of a signal.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  void defer();
  [[nodiscard]] static bool interrupted();
};

}  // namespace pishkhan
