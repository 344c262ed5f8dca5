#include "sim/experiment/forked.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace {

using Job = std::function<std::string(std::size_t)>;

constexpr int kAskEvery_ms = 100;
constexpr char kResult = 'R', kException = 'E';
constexpr std::size_t kHeader = 1 + sizeof(std::uint64_t);  // tag and length: a torn message shows

void write_all(int pipe, const char* bytes, std::size_t length) {
  while (length > 0) {
    const ssize_t written = write(pipe, bytes, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) _exit(EXIT_FAILURE);  // the parent is gone: there is nobody to tell
    bytes += written;
    length -= static_cast<std::size_t>(written);
  }
}

[[noreturn]] void work(int pipe, pid_t parent, std::size_t index, const Job& job) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(EXIT_FAILURE);
  std::signal(SIGINT, SIG_IGN);  // an interrupt is for the parent to act on
  std::signal(SIGPIPE, SIG_IGN);
  char tag = kResult;
  std::string bytes;
  try {
    bytes = job(index);
  } catch (const std::exception& problem) {
    tag = kException;
    bytes = problem.what();
  } catch (...) {
    tag = kException;
    bytes = "an exception of unknown type";
  }
  const std::uint64_t length = bytes.size();
  write_all(pipe, &tag, 1);
  write_all(pipe, reinterpret_cast<const char*>(&length), sizeof length);
  write_all(pipe, bytes.data(), bytes.size());
  _exit(EXIT_SUCCESS);  // no destructors, no buffers: those are the parent's
}

struct Worker {
  pid_t process;
  int pipe;
  std::size_t index;
  std::string received;
};

std::string words_of(int status) {
  if (!WIFSIGNALED(status)) return "ended without a result, exit code " + std::to_string(WEXITSTATUS(status));
  const int signal = WTERMSIG(status);
  const char* name = sigabbrev_np(signal);
  return "killed by signal " + (name ? "SIG" + std::string(name) : std::to_string(signal)) + " (" +
         strsignal(signal) + ')';
}

WorkerOutcome outcome_of(const std::string& received, int status) {
  std::uint64_t length = 0;
  if (received.size() >= kHeader) std::memcpy(&length, received.data() + 1, sizeof length);
  const bool whole = received.size() >= kHeader && received.size() - kHeader == length;
  if (!whole || !WIFEXITED(status) || WEXITSTATUS(status) != EXIT_SUCCESS) return {"", words_of(status)};
  std::string bytes = received.substr(kHeader);
  if (received[0] == kResult) return {std::move(bytes), ""};
  return {"", bytes.empty() ? "an exception without a text" : std::move(bytes)};
}

/// The processes under way; kills and reaps them when it goes.
class Pool {
 public:
  Pool() = default;
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() {
    for (const Worker& worker : workers_) kill(worker.process, SIGKILL);
    for (const Worker& worker : workers_) reap(worker);
  }

  [[nodiscard]] std::size_t size() const { return workers_.size(); }

  void start(std::size_t index, const Job& job) {
    int ends[2];
    if (pipe(ends) != 0) throw EnvironmentError(std::string("cannot make a pipe: ") + std::strerror(errno));
    const pid_t parent = getpid();
    const pid_t process = fork();
    if (process == 0) {
      close(ends[0]);
      work(ends[1], parent, index, job);
    }
    const int problem = errno;
    close(ends[1]);
    if (process < 0) {
      close(ends[0]);
      throw EnvironmentError(std::string("cannot start a worker process: ") + std::strerror(problem));
    }
    workers_.push_back({process, ends[0], index, {}});
  }

  /// Waits a little for bytes; hands over whoever ended.
  template <class Ended>
  void collect(Ended ended) {
    std::vector<pollfd> polled;
    for (const Worker& worker : workers_) polled.push_back({worker.pipe, POLLIN, 0});
    if (poll(polled.data(), polled.size(), kAskEvery_ms) <= 0) return;
    for (std::size_t i = polled.size(); i-- > 0;) {  // from the back, because some go
      if (polled[i].revents == 0 || read_some(workers_[i])) continue;
      const Worker worker = std::move(workers_[i]);
      workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(i));
      const int status = reap(worker);
      ended(worker.index, outcome_of(worker.received, status));
    }
  }

 private:
  /// False at the end of the pipe.
  static bool read_some(Worker& worker) {
    char buffer[1 << 16];
    const ssize_t length = read(worker.pipe, buffer, sizeof buffer);
    if (length < 0) return errno == EINTR;
    worker.received.append(buffer, static_cast<std::size_t>(length));
    return length > 0;
  }
  static int reap(const Worker& worker) {
    close(worker.pipe);
    int status = 0;
    while (waitpid(worker.process, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
  }

  std::vector<Worker> workers_;
};

}  // namespace

std::vector<WorkerOutcome> run_forked(std::size_t jobs, const Job& job, const ForkedOptions& options) {
  PISHKHAN_EXPECT(options.workers >= 1);
  std::vector<WorkerOutcome> outcomes(jobs, WorkerOutcome{"", "stopped"});
  std::size_t next = 0;
  Pool pool;
  while (next < jobs || pool.size() > 0) {
    if (options.stop && options.stop()) break;
    while (next < jobs && pool.size() < options.workers) pool.start(next++, job);
    pool.collect([&](std::size_t index, WorkerOutcome outcome) {
      outcomes[index] = std::move(outcome);
      if (options.ended) options.ended(index);
    });
  }
  return outcomes;
}

}  // namespace pishkhan
