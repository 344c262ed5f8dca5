#pragma once
#include <sys/resource.h>
#include <sys/types.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/source_dir.hpp"

namespace pishkhan::tests {

/// What a finished program left.
struct Finished {
  int exit_code = -1;  ///< -1: ended by a signal
  std::string out, error;
  double peak_memory_bytes = 0;
};

/// `pishkhan` run as people run it, with its output in pipes' place and the project as its folder.
class Program {
 public:
  struct Settings {
    std::filesystem::path program = built_program("tools/pishkhan");
    std::filesystem::path folder = source_dir();
    rlim_t file_bytes = RLIM_INFINITY;     ///< no file may grow past it
    rlim_t address_bytes = RLIM_INFINITY;  ///< what the process may take of memory
    unsigned short output_columns = 0;     ///< > 0: stdout is a pseudo-terminal so wide instead of a file
    bool error_is_terminal = false;        ///< stderr is a pseudo-terminal instead of a file
    bool output_is_closed_pipe = false;    ///< stdout and stderr are a pipe that nobody reads
    bool hangup_is_ignored = false;        ///< as `nohup` starts programs
    bool obeys_permissions = false;        ///< even when root runs the tests
  };

  /// Starts it.
  explicit Program(const std::vector<std::string>& arguments);
  Program(const std::vector<std::string>& arguments, const Settings& settings);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void signal(int number) const;
  Finished wait();

 private:
  pid_t process_ = -1;
  std::filesystem::path scratch_;
  std::optional<int> terminal_;
  bool terminal_is_output_ = false;  ///< of stdout, not of stderr
};

/// Starts and waits.
Finished run_program(const std::vector<std::string>& arguments);
Finished run_program(const std::vector<std::string>& arguments, const Program::Settings& settings);

/// A small run of the whole province: two days, two replications.
std::vector<std::string> small_run(const std::filesystem::path& out,
                                   const std::vector<std::string>& more = {});

/// Every file of a folder by name, hidden ones too.
std::map<std::string, std::string> read_folder(const std::filesystem::path& folder);

/// Takes page and English workbook out of a folder of results and lets `report` make them again. Returns the
/// names of those that are not there or differ.
std::vector<std::string> not_made_again_by_report(const std::filesystem::path& folder);

}  // namespace pishkhan::tests
