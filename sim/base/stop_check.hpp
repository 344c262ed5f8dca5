#pragma once
#include <cstddef>
#include <functional>
#include <stdexcept>

namespace pishkhan {

/// The user asked for an end.
class Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("interrupted") {}
};

/// Asks now and then during long work whether to stop. Cheap to copy, and then to use in an inner loop; a
/// copy counts by itself.
class StopCheck {
 public:
  /// Never stops.
  StopCheck() = default;
  /// Stops once `asked` says so; null never does. It must outlive the check and all copies.
  explicit StopCheck(const std::function<bool()>* asked) : asked_(asked) {}

  /// To be called after so many events, each of some microseconds at most. Asks every few thousand of them.
  /// Throws Interrupted.
  void after(std::size_t events) {
    if (events < left_) [[likely]]
      left_ -= events;
    else
      now();
  }
  /// Asks at once. Throws Interrupted.
  void now() {
    left_ = kEventsBetween;
    if (asked_ != nullptr && *asked_ && (*asked_)()) throw Interrupted();
  }

 private:
  static constexpr std::size_t kEventsBetween = 4096;
  const std::function<bool()>* asked_ = nullptr;
  std::size_t left_ = kEventsBetween;
};

}  // namespace pishkhan
