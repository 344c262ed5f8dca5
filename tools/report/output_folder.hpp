#pragma once
#include <filesystem>
#include <string>

namespace pishkhan {

/// A result folder that appears whole or not at all: files are made in a staging folder, hidden beside it,
/// which takes its name on commit. Until then an earlier result of that name stays as it was.
class OutputFolder {
 public:
  /// Makes the staging folder. Throws UserError when the folder exists and may not be replaced: without
  /// `force`, or when it does not hold results (there is no manifest.json in it), because a mistyped
  /// name must not cost anyone a folder. Throws EnvironmentError when the staging folder cannot be made.
  OutputFolder(std::filesystem::path folder, bool force);
  /// Removes the staging folder: what was not committed, or the earlier result that was replaced.
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  /// Where to make the files.
  [[nodiscard]] const std::filesystem::path& staging() const { return staging_; }
  /// Puts the results in place, in one step for whoever looks at the folder.
  void commit();

 private:
  void refuse_unless_replaceable() const;

  std::filesystem::path folder_;
  std::filesystem::path staging_;
  bool force_;
};

}  // namespace pishkhan
