#include "tools/report/output_folder.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "sim/base/diagnostic.hpp"
#include "tools/report/written_files.hpp"

namespace pishkhan {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostReasons = 10;

[[noreturn]] void fail(const std::string& what, int error) {
  throw EnvironmentError(what + ": " + std::generic_category().message(error));
}

/// The path without a trailing separator, absolute, so that it has a name and a parent.
fs::path normalized(const fs::path& folder) {
  fs::path path = fs::absolute(folder).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  return path;
}

/// Whether something has this name. A place that may not be looked at is an EnvironmentError.
bool is_there(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  if (!fs::status_known(status)) fail("cannot look at " + path.string(), error.value());
  return fs::exists(status);
}

[[noreturn]] void refuse(const fs::path& folder, const std::vector<std::string>& reasons) {
  std::string text;
  for (std::size_t i = 0; i < std::min(reasons.size(), kMostReasons); ++i)
    text += (i > 0 ? ", " : "") + reasons[i];
  if (reasons.size() > kMostReasons)
    text += " and " + std::to_string(reasons.size() - kMostReasons) + " more";
  throw UserError(
      {{"", 0, 0, "--out",
        "'" + folder.string() + "' is not replaced, for it is not just the results of a run: " + text,
        "choose another --out, or move it away"}});
}

[[noreturn]] void refuse_existing(const fs::path& folder) {
  throw UserError({{"", 0, 0, "--out", "the folder '" + folder.string() + "' exists",
                    "add --force to replace it, or choose another --out"}});
}

/// The folder, if it may take the results.
fs::path expect_free(fs::path folder, bool force, const std::function<bool()>& stop) {
  if (!is_there(folder)) return folder;
  if (!force) refuse_existing(folder);
  if (const auto reasons = what_forbids_replacing(folder, stop); !reasons.empty()) refuse(folder, reasons);
  return folder;
}

/// Makes the folder, and those it lies in.
fs::path made(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) fail("cannot make " + folder.string(), error.value());
  return folder;
}

/// Waits until a file, or what a folder lists, has reached the disk.
void sync(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail("cannot open " + path.string(), errno);
  const bool synced = ::fsync(descriptor) == 0 || errno == EINVAL;  // some file systems have no such thing
  const int error = errno;
  ::close(descriptor);
  if (!synced) fail("cannot write " + path.string(), error);
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

OutputFolder::OutputFolder(fs::path folder, bool force, std::function<bool()> stop)
    : folder_(expect_free(normalized(folder), force, stop)),
      force_(force),
      stop_(std::move(stop)),
      staging_(made(folder_.parent_path())) {}

void OutputFolder::commit() {
  for (const auto& entry : fs::directory_iterator(staging())) sync(entry.path());
  sync(staging());
  if (is_there(folder_))
    replace_earlier();
  else
    put_in_place(staging(), folder_, false);

  sync(folder_.parent_path());
}

/// What is replaced is looked at once it is out of everybody's reach, and put back if it may not go.
void OutputFolder::replace_earlier() {
  if (!force_) refuse_existing(folder_);
  put_in_place(staging(), folder_, true);
  try {
    if (const auto reasons = what_forbids_replacing(staging(), stop_); !reasons.empty())
      refuse(folder_, reasons);
  } catch (...) {
    put_in_place(staging(), folder_, true);
    throw;
  }
}

}  // namespace pishkhan
