#include "sim/experiment/replicate.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>

#include "sim/base/contract.hpp"

namespace pishkhan {

void run_tasks(std::uint32_t count, int threads,
               const std::function<void(std::uint32_t, const std::stop_token&)>& task) {
  PISHKHAN_EXPECT(threads >= 1);
  const int workers =
      std::max(1, static_cast<int>(std::min<std::uint32_t>(count, static_cast<std::uint32_t>(threads))));
  std::atomic<std::uint32_t> next{0};
  std::stop_source stop;
  std::mutex mutex;
  std::exception_ptr first;

  const auto work = [&](int) {
    while (!stop.stop_requested()) {
      const std::uint32_t number = next.fetch_add(1, std::memory_order_relaxed);
      if (number >= count) return;
      try {
        task(number, stop.get_token());
      } catch (...) {
        // Later exceptions are mostly tasks obeying the stop; the first one is the cause.
        const std::lock_guard lock(mutex);
        if (!first) first = std::current_exception();
        stop.request_stop();
      }
    }
  };
  if (workers == 1) {
    work(0);
  } else {
    const tbb::global_control allow(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(workers));
    tbb::task_arena arena(workers);
    arena.execute([&] { tbb::parallel_for(0, workers, work, tbb::simple_partitioner()); });
  }
  if (first) std::rethrow_exception(first);
}

}  // namespace pishkhan
