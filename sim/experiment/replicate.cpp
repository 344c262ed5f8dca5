#include "sim/experiment/replicate.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>

#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {

void run_tasks(std::uint32_t count, int threads,
               const std::function<void(std::uint32_t, const std::stop_token&)>& task) {
  PISHKHAN_EXPECT(threads >= 1);
  std::atomic<std::uint32_t> next{0};
  std::stop_source stop;
  std::mutex mutex;
  std::exception_ptr first;
  // Later exceptions are mostly tasks obeying the stop; the first one is the cause.
  const auto fail = [&](const std::exception_ptr& cause) {
    const std::lock_guard lock(mutex);
    if (!first) first = cause;
    stop.request_stop();
  };
  const auto work = [&] {
    while (!stop.stop_requested()) {
      const std::uint32_t number = next.fetch_add(1, std::memory_order_relaxed);
      if (number >= count) return;
      try {
        task(number, stop.get_token());
      } catch (...) {
        fail(std::current_exception());
      }
    }
  };
  {
    const std::uint32_t workers = std::min(count, static_cast<std::uint32_t>(threads));
    std::vector<std::jthread> others;  // this thread is one of the workers
    others.reserve(workers);
    try {
      while (others.size() + 1 < workers) others.emplace_back(work);
    } catch (const std::system_error& error) {
      fail(std::make_exception_ptr(EnvironmentError("cannot start " + std::to_string(workers) +
                                                    " threads: " + error.code().message())));
    }
    work();
  }
  if (first) std::rethrow_exception(first);
}

}  // namespace pishkhan
