#include "tools/pishkhan/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "tools/pishkhan/terminal.hpp"

namespace pishkhan {

namespace {

std::atomic<std::uint64_t> done_so_far = 0, all_so_far = 0;

}  // namespace

Progress::Progress(std::uint64_t steps, bool wanted)
    : steps_(std::max<std::uint64_t>(steps, 1)), shown_(wanted && ::isatty(STDERR_FILENO) == 1) {
  all_so_far += steps;
}

Progress::Steps Progress::so_far() {
  const std::uint64_t done = done_so_far;  // before the whole, which is never less
  return {done, all_so_far};
}

void Progress::forget() { done_so_far = all_so_far = 0; }

Progress::~Progress() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void Progress::add(std::uint64_t steps) {
  const std::uint64_t done = done_.fetch_add(steps, std::memory_order_relaxed) + steps;
  done_so_far += steps;
  if (!shown_) return;
  const std::unique_lock lock(mutex_, std::try_to_lock);
  // Whoever finds the bar busy leaves it: it will be redrawn soon.
  if (!lock || Clock::now() - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = Clock::now();
  draw(std::min(done, steps_));
}

void Progress::draw(std::uint64_t done) {
  constexpr int kWidest = 40, kRest = 24;  // columns of the bar, and of what stands beside it
  const int room = static_cast<int>(terminal_columns(STDERR_FILENO)) - kRest;
  const int width = room > 0 ? std::min(room, kWidest) : kWidest;
  const double share = static_cast<double>(done) / static_cast<double>(steps_);
  const double elapsed_s = std::chrono::duration<double>(Clock::now() - start_).count();
  const double left_s = std::ceil(elapsed_s * (1 - share) / share);
  const int filled = static_cast<int>(share * width);
  const std::string bar = std::string(static_cast<std::size_t>(filled), '#') +
                          std::string(static_cast<std::size_t>(width - filled), '.');
  std::fprintf(stderr, "\r[%s] %3.0f%%  %.0f s left\033[K", bar.c_str(), 100 * share, left_s);
  std::fflush(stderr);
}

WorkLine::WorkLine(bool wanted) : shown_(wanted && ::isatty(STDERR_FILENO) == 1) {}

WorkLine::~WorkLine() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void WorkLine::tell(const std::string& what) const {
  if (!shown_) return;
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
  std::fprintf(stderr, "\r%4.0f s: %s\033[K", elapsed.count(), what.c_str());
  std::fflush(stderr);
}

}  // namespace pishkhan
