#pragma once
#include <filesystem>
#include <string>

namespace pishkhan {

/// A result folder that appears whole or not at all: files are made in a hidden sibling, which takes
/// the folder's name on commit. Until then an earlier result of that name stays as it was.
class OutputFolder {
 public:
  /// Makes the sibling. Throws UserError when the folder exists and may not be replaced: without
  /// `force`, or when it does not hold results (there is no manifest.json in it), because a mistyped
  /// name must not cost anyone a folder. Throws EnvironmentError when the sibling cannot be made.
  OutputFolder(std::filesystem::path folder, bool force);
  /// Removes the sibling: what was not committed, or the earlier result that was replaced.
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  /// Where to make the files.
  [[nodiscard]] const std::filesystem::path& aside() const { return aside_; }
  /// Puts the results in place, in one step for whoever looks at the folder.
  void commit();

 private:
  void refuse_unless_replaceable() const;

  std::filesystem::path folder_;
  std::filesystem::path aside_;
  bool force_;
};

}  // namespace pishkhan
