#include "tools/python/work.hpp"

#include <pybind11/stl.h>

#include <chrono>
#include <exception>
#include <filesystem>
#include <future>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/stop_check.hpp"
#include "tools/pishkhan/finished_run.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/progress.hpp"
#include "tools/python/words.hpp"

namespace py = pybind11;

namespace pishkhan {
namespace {

using namespace std::chrono_literals;

/// Calls Python in the calling thread: handlers of signals, and the callback if there is news.
void hear(const py::object& progress, Progress::Steps& told) {
  if (PyErr_CheckSignals() != 0) throw py::error_already_set();
  const Progress::Steps now = Progress::so_far();
  if (progress.is_none() || now.all == 0 || (now.done == told.done && now.all == told.all)) return;
  progress(now.done, now.all);
  told = now;
}

/// Whether this thread is in do_work, so that what it calls now is called by `progress` or by a handler of a
/// signal.
thread_local bool is_at_work = false;

/// Waits for the only work there may be, still hearing signals.
std::unique_lock<std::timed_mutex> wait_for_turn() {
  static std::timed_mutex mutex;
  std::unique_lock lock(mutex, std::defer_lock);
  for (;;) {
    {
      const py::gil_scoped_release released;
      if (lock.try_lock_for(50ms)) return lock;
    }
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
  }
}

void raise(const char* type, const std::string& text, const py::object& details) {
  const py::object kind = py::module_::import("pishkhan._errors").attr(type);
  const py::object error = details.is_none() ? kind(text) : kind(text, details);
  PyErr_SetObject(kind.ptr(), error.ptr());
}

py::list list_of(const std::vector<Diagnostic>& diagnostics) {
  const py::object make = py::module_::import("pishkhan._errors").attr("Diagnostic");
  py::list list;
  for (const Diagnostic& one : diagnostics)
    list.append(make(one.file, one.line, one.column, one.path, one.problem, one.hint));
  return list;
}

}  // namespace

void do_work(const std::function<void()>& work, const py::object& progress) {
  if (is_at_work) {
    throw UserError(
        {{"", 0, 0, "", "pishkhan is called while it is at work, by `progress` or a signal's handler",
          "call it when the work has ended"}});
  }
  const auto turn = wait_for_turn();
  struct AtWork {
    AtWork() { is_at_work = true; }
    ~AtWork() { is_at_work = false; }
  } const at_work;
  InterruptGuard::forget();
  Progress::forget();
  Progress::Steps told;
  auto ended = std::async(std::launch::async, work);
  try {
    for (bool is_done = false; !is_done;) {
      {
        const py::gil_scoped_release released;
        is_done = ended.wait_for(50ms) == std::future_status::ready;
      }
      hear(progress, told);
    }
  } catch (...) {
    InterruptGuard::request();
    const py::gil_scoped_release released;
    ended.wait();
    InterruptGuard::forget();
    throw;
  }
  ended.get();
}

void translate_exceptions() {
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const UserError& error) {
      std::vector<Diagnostic> mistakes = error.diagnostics();
      for (Diagnostic& mistake : mistakes) mistake = in_words_of_python(std::move(mistake));
      const UserError told(std::move(mistakes));
      raise("UserError", told.what(), list_of(told.diagnostics()));
    } catch (const FailedAudit& error) {
      raise("FailedAudit", error.what(), py::cast(error.failures()));
    } catch (const EnvironmentError& error) {
      raise("EnvironmentFailure", in_words_of_python(error.what()), py::none());
    } catch (const std::filesystem::filesystem_error& error) {
      raise("EnvironmentFailure", error.what(), py::none());
    } catch (const ContractViolation& error) {
      raise("ContractViolation", error.what(), py::none());
    } catch (const Interrupted&) {
      PyErr_SetNone(PyExc_KeyboardInterrupt);
    }
  });
}

}  // namespace pishkhan
