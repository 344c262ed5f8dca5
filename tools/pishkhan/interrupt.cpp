#include "tools/pishkhan/interrupt.hpp"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <csignal>

#include "tools/pishkhan/exit_code.hpp"

namespace pishkhan {
namespace {

// A signal handler can reach nothing but a static.
std::atomic<int> signalled = 0, deferred = 0;
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void pishkhan_note_signal(int) {
  signalled = 1;
  if (deferred != 0) return;
  constexpr char kText[] = "interrupted; nothing was written\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kText, sizeof kText - 1);
  ::_exit(kInterrupted);
}

constexpr int kInterrupts[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

}  // namespace

InterruptGuard::InterruptGuard() {
  signalled = 0;
  deferred = 0;
  for (const int number : kInterrupts) {
    // What the caller ignores stays ignored: `nohup` and shells that start jobs rely on it.
    struct sigaction before {};
    if (::sigaction(number, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    std::signal(number, pishkhan_note_signal);
    heard_.push_back(number);
  }
  std::signal(SIGXFSZ, SIG_IGN);
}

InterruptGuard::~InterruptGuard() {
  for (const int number : heard_) std::signal(number, SIG_DFL);
  std::signal(SIGXFSZ, SIG_DFL);
}

void InterruptGuard::defer() { deferred = 1; }

bool InterruptGuard::interrupted() { return signalled != 0; }

void InterruptGuard::request() { signalled = 1; }

void InterruptGuard::forget() { signalled = 0; }

ClosedPipeGuard::ClosedPipeGuard() : before_(std::signal(SIGPIPE, SIG_IGN)) {}

ClosedPipeGuard::~ClosedPipeGuard() { std::signal(SIGPIPE, before_); }

}  // namespace pishkhan
