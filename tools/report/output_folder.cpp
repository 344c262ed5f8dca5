#include "tools/report/output_folder.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const std::string& what, int error) {
  throw EnvironmentError(what + ": " + std::generic_category().message(error));
}

/// The path without a trailing separator, absolute, so that it has a name and a parent.
fs::path normalized(const fs::path& folder) {
  fs::path path = fs::absolute(folder).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  return path;
}

/// Gives the folder `from` the name `to`, and where both exist exchanges them in one step.
void put_in_place(const fs::path& from, const fs::path& to, bool replace) {
  if (!replace) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
    if (errno == EINVAL && ::rename(from.c_str(), to.c_str()) == 0) return;  // a file system without the flag
    fail("cannot put the results in place as " + to.string(), errno);
  }
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_EXCHANGE) == 0) return;
  if (errno != EINVAL) fail("cannot put the results in place as " + to.string(), errno);
  const fs::path earlier = from.string() + ".earlier";
  if (::rename(to.c_str(), earlier.c_str()) != 0)
    fail("cannot move the earlier results " + to.string(), errno);
  if (::rename(from.c_str(), to.c_str()) != 0) {
    const int error = errno;
    ::rename(earlier.c_str(), to.c_str());
    fail("cannot put the results in place as " + to.string(), error);
  }
  ::rename(earlier.c_str(), from.c_str());
}

}  // namespace

OutputFolder::OutputFolder(fs::path folder, bool force) : folder_(normalized(folder)), force_(force) {
  refuse_unless_replaceable();
  std::error_code error;
  fs::create_directories(folder_.parent_path(), error);
  if (error) fail("cannot make " + folder_.parent_path().string(), error.value());
  staging_ =
      folder_.parent_path() / ('.' + folder_.filename().string() + ".partial-" + std::to_string(::getpid()));
  fs::remove_all(staging_, error);  // of a process of the same number that was killed
  if (!fs::create_directory(staging_, error))
    fail("cannot make " + staging_.string(), error ? error.value() : EEXIST);
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  fs::remove_all(staging_, ignored);
}

void OutputFolder::refuse_unless_replaceable() const {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(folder_, error))) return;
  const std::string name = folder_.string();
  if (!force_) {
    throw UserError({{"", 0, 0, "--out", "the folder '" + name + "' exists",
                      "add --force to replace it, or choose another --out"}});
  }
  const bool empty = fs::is_directory(folder_, error) && fs::is_empty(folder_, error);
  if (fs::is_symlink(folder_, error) || (!empty && !fs::exists(folder_ / "manifest.json", error))) {
    throw UserError({{"", 0, 0, "--out",
                      "'" + name + "' exists and is not a folder of results, so --force does not replace it",
                      "choose another --out"}});
  }
}

void OutputFolder::commit() {
  refuse_unless_replaceable();
  std::error_code error;
  put_in_place(staging_, folder_, fs::exists(folder_, error));
}

}  // namespace pishkhan
