#include "tools/pishkhan/interrupt.hpp"

#include <csignal>

namespace pishkhan {
namespace {

// A signal handler can reach nothing but a static.
volatile std::sig_atomic_t signalled = 0;

extern "C" void pishkhan_note_signal(int) { signalled = 1; }

}  // namespace

InterruptGuard::InterruptGuard() {
  signalled = 0;
  std::signal(SIGINT, pishkhan_note_signal);
  std::signal(SIGTERM, pishkhan_note_signal);
  std::signal(SIGXFSZ, SIG_IGN);
}

InterruptGuard::~InterruptGuard() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGXFSZ, SIG_DFL);
}

bool InterruptGuard::interrupted() { return signalled != 0; }

}  // namespace pishkhan
