#include "tools/report/staging_folder.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>

#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = ".pishkhan-partial-";
constexpr std::string_view kRandom = "XXXXXX";  ///< as mkostemps wants it
constexpr std::string_view kLockSuffix = ".lock";

/// Whether the descriptor's file still has this name: it may have been removed by who locked it before.
bool is_named(int descriptor, const fs::path& name) {
  struct stat open_file {
  }, named_file{};
  return ::fstat(descriptor, &open_file) == 0 && ::lstat(name.c_str(), &named_file) == 0 &&
         open_file.st_dev == named_file.st_dev && open_file.st_ino == named_file.st_ino;
}

bool is_lock_file(const std::string& name) {
  return name.size() == kPrefix.size() + kRandom.size() + kLockSuffix.size() && name.starts_with(kPrefix) &&
         name.ends_with(kLockSuffix);
}

fs::path folder_of(const fs::path& lock_file) {
  fs::path folder = lock_file;
  return folder.replace_extension();
}

/// Removes a staging folder, then its lock file, so that no folder is ever without one.
void remove_both(const fs::path& lock_file) {
  std::error_code error;
  fs::remove_all(folder_of(lock_file), error);
  if (!error) fs::remove(lock_file, error);
}

/// Removes the staging folders of processes that are gone. What cannot be removed stays.
void remove_leftovers(const fs::path& parent) {
  std::error_code error;
  for (fs::directory_iterator entry(parent, error), end; !error && entry != end; entry.increment(error)) {
    const fs::path& lock_file = entry->path();
    if (!is_lock_file(lock_file.filename().string())) continue;
    const int lock = ::open(lock_file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (lock < 0) continue;
    if (::flock(lock, LOCK_EX | LOCK_NB) == 0 && is_named(lock, lock_file)) remove_both(lock_file);
    ::close(lock);
  }
}

[[noreturn]] void fail(const fs::path& path, int error) {
  throw EnvironmentError("cannot make " + path.string() + ": " + std::generic_category().message(error));
}

}  // namespace

StagingFolder::StagingFolder(const fs::path& parent) {
  remove_leftovers(parent);
  while (true) {
    std::string name = (parent / kPrefix).string();
    name.append(kRandom).append(kLockSuffix);
    lock_ = ::mkostemps(name.data(), static_cast<int>(kLockSuffix.size()), O_CLOEXEC);
    if (lock_ < 0) fail(name, errno);
    lock_file_ = name;
    int locked = 0;
    do locked = ::flock(lock_, LOCK_EX);
    while (locked != 0 && errno == EINTR);
    const int error = locked == 0 ? 0 : errno;
    // Another process may take the new file for a leftover until it is locked.
    if (error == 0 && is_named(lock_, lock_file_)) break;
    ::close(lock_);
    if (error != 0) {
      ::unlink(lock_file_.c_str());
      fail(lock_file_, error);
    }
  }
  path_ = folder_of(lock_file_);
  if (::mkdir(path_.c_str(), 0777) == 0) return;
  const int error = errno;
  ::unlink(lock_file_.c_str());
  ::close(lock_);
  fail(path_, error);
}

StagingFolder::~StagingFolder() {
  remove_both(lock_file_);
  ::close(lock_);
}

}  // namespace pishkhan
