#include "tools/pishkhan/interrupt.hpp"

#include <unistd.h>

#include <csignal>

#include "tools/pishkhan/exit_code.hpp"

namespace pishkhan {
namespace {

// A signal handler can reach nothing but a static.
volatile std::sig_atomic_t signalled = 0, deferred = 0;

extern "C" void pishkhan_note_signal(int) {
  signalled = 1;
  if (deferred != 0) return;
  constexpr char kText[] = "interrupted; nothing was written\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kText, sizeof kText - 1);
  ::_exit(kInterrupted);
}

}  // namespace

InterruptGuard::InterruptGuard() {
  signalled = 0;
  deferred = 0;
  std::signal(SIGINT, pishkhan_note_signal);
  std::signal(SIGTERM, pishkhan_note_signal);
  std::signal(SIGXFSZ, SIG_IGN);
}

InterruptGuard::~InterruptGuard() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGXFSZ, SIG_DFL);
}

void InterruptGuard::defer() { deferred = 1; }

bool InterruptGuard::interrupted() { return signalled != 0; }

}  // namespace pishkhan
