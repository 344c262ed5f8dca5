#pragma once
#include <pybind11/pybind11.h>

#include <functional>

namespace pishkhan {

/// Does work in a thread of its own, with the interpreter's lock released. Meanwhile the calling thread hears
/// signals: when a handler raises, as Ctrl-C does, the work is told to stop, waited for, and the exception
/// raised. `progress` is None or is called with the steps done and all that are known of, some ten times a
/// second and at the end; what it raises stops the work too. One work at a time: those of other threads wait;
/// one that `progress` or a handler asks for is refused with a UserError. `work` must not touch Python.
void do_work(const std::function<void()>& work, const pybind11::object& progress);

/// Makes exceptions of this program those of the package `pishkhan`.
void translate_exceptions();

}  // namespace pishkhan
