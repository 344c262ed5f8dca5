#include "tests/end_to_end/program.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "tests/report/scratch_folder.hpp"

namespace pishkhan::tests {
namespace fs = std::filesystem;

Program::Program(const std::vector<std::string>& arguments) : Program(arguments, Settings{}) {}

Program::Program(const std::vector<std::string>& arguments, const Settings& settings) {
  std::string pattern = (fs::temp_directory_path() / "pishkhan-program-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("cannot make a scratch folder");
  scratch_ = pattern;
  if (settings.error_is_terminal || settings.output_columns > 0) {
    terminal_ = ::posix_openpt(O_RDWR | O_NOCTTY);
    if (*terminal_ < 0 || ::grantpt(*terminal_) != 0 || ::unlockpt(*terminal_) != 0)
      throw std::runtime_error("cannot make a terminal");
    const winsize size{25, settings.output_columns, 0, 0};
    ::ioctl(*terminal_, TIOCSWINSZ, &size);
    terminal_is_output_ = settings.output_columns > 0;
  }
  const fs::path out = settings.output_columns > 0 ? ::ptsname(*terminal_) : (scratch_ / "out").string();
  const fs::path error = settings.error_is_terminal ? ::ptsname(*terminal_) : (scratch_ / "error").string();
  std::vector<std::string> words{settings.program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("cannot fork");
  if (process_ > 0) return;
  // In the child: only calls that are safe after a fork of a process that may have threads.
  const int out_file = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY, 0600);
  const int error_file = ::open(error.c_str(), O_WRONLY | O_CREAT | O_NOCTTY, 0600);
  if (out_file < 0 || error_file < 0 || ::dup2(out_file, 1) < 0 || ::dup2(error_file, 2) < 0) ::_exit(126);
  int ends[2];
  if (settings.output_is_closed_pipe &&
      (::pipe(ends) != 0 || ::dup2(ends[1], 1) < 0 || ::dup2(ends[1], 2) < 0 || ::close(ends[0]) != 0))
    ::_exit(126);
  // Who runs the tests may ignore some, as `nohup` and jobs in the background do.
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) ::signal(number, SIG_DFL);
  if (settings.hangup_is_ignored) ::signal(SIGHUP, SIG_IGN);
  if (settings.obeys_permissions) {
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE);
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH);
  }
  if (::chdir(settings.folder.c_str()) != 0) ::_exit(126);
  const rlimit limit{settings.file_bytes, RLIM_INFINITY};
  if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(126);
  const rlimit addresses{settings.address_bytes, RLIM_INFINITY};
  if (::setrlimit(RLIMIT_AS, &addresses) != 0) ::_exit(126);
  ::execv(pointers[0], pointers.data());
  ::_exit(127);
}

Program::~Program() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  if (terminal_) ::close(*terminal_);
  std::error_code ignored;
  fs::remove_all(scratch_, ignored);
}

void Program::signal(int number) const { ::kill(process_, number); }

Finished Program::wait() {
  Finished finished;
  if (terminal_) {
    // A terminal's reader gets an error once the last writer is gone.
    char block[4096];
    ssize_t count = 0;
    while ((count = ::read(*terminal_, block, sizeof block)) > 0)
      (terminal_is_output_ ? finished.out : finished.error).append(block, static_cast<std::size_t>(count));
  }
  int status = 0;
  rusage usage{};
  ::wait4(process_, &status, 0, &usage);
  finished.peak_memory_bytes = static_cast<double>(usage.ru_maxrss) * 1024;
  process_ = -1;
  finished.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  if (!terminal_ || !terminal_is_output_) finished.out = read_text(scratch_ / "out");
  if (!terminal_ || terminal_is_output_) finished.error = read_text(scratch_ / "error");
  return finished;
}

Finished run_program(const std::vector<std::string>& arguments) { return Program(arguments).wait(); }

Finished run_program(const std::vector<std::string>& arguments, const Program::Settings& settings) {
  return Program(arguments, settings).wait();
}

std::vector<std::string> small_run(const fs::path& out, const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"run",       "scenarios/quickstart.yaml", "--replications", "2", "--out",
                                     out.string()};
  // From a Saturday, so that both days are full.
  for (const char* set : {"run.start=1395-02-04", "run.days=2", "run.warm_up_days=1"})
    arguments.insert(arguments.end(), {"--set", set});
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::map<std::string, std::string> read_folder(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const std::string& name : ScratchFolder::names(folder)) files[name] = read_text(folder / name);
  return files;
}

std::vector<std::string> not_made_again_by_report(const std::filesystem::path& folder) {
  const std::vector<std::string> reports{"page.html", "workbook_en.xlsx"};
  const auto written = read_folder(folder);
  for (const std::string& name : reports) std::filesystem::remove(folder / name);
  run_program({"report", folder.string(), "--format", "html,xlsx", "--lang", "en", "--quiet"});
  const auto again = read_folder(folder);
  std::vector<std::string> differ;
  for (const std::string& name : reports) {
    const auto before = written.find(name), after = again.find(name);
    if (before == written.end() || after == again.end() || before->second != after->second)
      differ.push_back(name);
  }
  return differ;
}

}  // namespace pishkhan::tests
