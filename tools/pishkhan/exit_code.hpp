#pragma once

namespace pishkhan {

/// What the command line returns to the shell; scripts may rely on the numbers.
enum ExitCode : int {
  kDone = 0,
  kUserMistake = 2,   ///< in the scenario or the options; every mistake is on stderr, one a line
  kEnvironment = 3,   ///< a disk that is full, a file that cannot be read
  kFailedAudit = 4,   ///< the simulation contradicts itself; no results are left
  kBug = 70,          ///< a broken contract inside Pishkhan
  kInterrupted = 130  ///< Ctrl-C; no results are left, earlier ones are untouched
};

}  // namespace pishkhan
