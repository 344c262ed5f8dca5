#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace pishkhan {

/// What one worker process left behind.
struct WorkerOutcome {
  std::string bytes;    ///< what the job returned; empty when it failed
  std::string failure;  ///< empty, or the reason in words: the exception's text, a signal, an exit code
  [[nodiscard]] bool succeeded() const { return failure.empty(); }
};

struct ForkedOptions {
  std::size_t workers = 1;                 ///< at once, >= 1
  std::function<void(std::size_t)> ended;  ///< told, in the calling process, that a job ended
  std::function<bool()> stop;              ///< asked a few times a second; true kills what runs
};

/// Runs job(0) ... job(jobs - 1), each in a process forked for it, and returns their outcomes in the
/// order of the jobs. Whatever exists in the calling process is there in the worker, and nothing that
/// a worker does comes back but the bytes: one that throws, crashes or is killed fails its own job and
/// no other. Jobs that stop() kept from ending fail with "stopped".
///
/// Call it while no other thread runs. Throws EnvironmentError when processes or pipes run out, after
/// ending the workers.
std::vector<WorkerOutcome> run_forked(std::size_t jobs, const std::function<std::string(std::size_t)>& job,
                                      const ForkedOptions& options = {});

}  // namespace pishkhan
