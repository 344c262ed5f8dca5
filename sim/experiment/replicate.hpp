#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <vector>

namespace pishkhan {

/// Runs task(0) ... task(count - 1), each once, on at most `threads` threads (at least 1; more than
/// the machine has cores is allowed). Tasks start in the order of their numbers. When a task throws,
/// a stop is requested, tasks not yet begun are left out, and what was thrown first in time is
/// thrown again here once the running ones have returned. Throws EnvironmentError when the system gives no
/// more threads.
void run_tasks(std::uint32_t count, int threads,
               const std::function<void(std::uint32_t, const std::stop_token&)>& task);

/// trial(replication, stop) for replications 0 ... count - 1, in parallel; results in the order of the
/// replications, whatever the threads. The trial may ask `stop` and give up by throwing; see run_tasks.
template <class Trial>
auto replicate(std::uint32_t count, int threads, Trial&& trial) {
  using Result = std::invoke_result_t<Trial&, std::uint32_t, const std::stop_token&>;
  std::vector<std::optional<Result>> slots(count);
  run_tasks(count, threads, [&](std::uint32_t replication, const std::stop_token& stop) {
    slots[replication].emplace(trial(replication, stop));
  });
  std::vector<Result> results;
  results.reserve(count);
  for (auto& slot : slots) results.push_back(std::move(*slot));
  return results;
}

}  // namespace pishkhan
