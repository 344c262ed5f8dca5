#pragma once
#include <filesystem>

namespace pishkhan {

/// A new hidden folder in which results are made, `.pishkhan-partial-XXXXXX`, removed with what is in it when
/// the object goes. Beside it lies a file of the same name with `.lock`, which its process holds locked
/// (flock): when a process is killed its lock is gone, and the next StagingFolder in the same place removes
/// what it left.
class StagingFolder {
 public:
  /// Makes the folder in `parent`. Throws EnvironmentError when it cannot be made.
  explicit StagingFolder(const std::filesystem::path& parent);
  ~StagingFolder();
  StagingFolder(const StagingFolder&) = delete;
  StagingFolder& operator=(const StagingFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_, lock_file_;
  int lock_ = -1;  ///< descriptor of the lock file
};

}  // namespace pishkhan
