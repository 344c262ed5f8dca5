#pragma once
#include <filesystem>
#include <functional>

#include "tools/report/staging_folder.hpp"

namespace pishkhan {

/// A result folder that appears whole or not at all: files are made in a hidden folder beside it, which takes
/// the folder's name on commit. Until then an earlier result of that name stays as it was.
class OutputFolder {
 public:
  /// Makes the hidden folder. Throws UserError when the folder exists and may not be replaced: without
  /// `force`, or when it holds anything but the unchanged results of a run, because nobody's notes may be
  /// lost by a mistyped name. Throws EnvironmentError when a folder cannot be made or read.
  /// `stop` is asked now and then while files are read; true ends it with Interrupted.
  OutputFolder(std::filesystem::path folder, bool force, std::function<bool()> stop = {});

  /// Absolute.
  [[nodiscard]] const std::filesystem::path& path() const { return folder_; }
  /// Where to make the files.
  [[nodiscard]] const std::filesystem::path& staging() const { return staging_.path(); }
  /// Puts the results in place, in one step for whoever looks at the folder, after they have reached the
  /// disk. An earlier result goes with the OutputFolder.
  void commit();

 private:
  void replace_earlier();

  std::filesystem::path folder_;
  bool force_;
  std::function<bool()> stop_;
  StagingFolder staging_;
};

}  // namespace pishkhan
