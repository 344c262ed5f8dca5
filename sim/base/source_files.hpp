#pragma once
#include <cstddef>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace pishkhan {

/// Files as they were when they were first looked at. What is made twice of the same files is made of the
/// same bytes, whatever happens meanwhile to the files, or to the working folder. From any thread.
class SourceFiles {
 public:
  /// Relative paths are of the working folder as it is now.
  SourceFiles();

  /// The bytes of a file, of a longer one the first `at_most`. Throws EnvironmentError when it cannot be
  /// read.
  [[nodiscard]] std::string read(const std::filesystem::path& file, std::size_t at_most) const;
  /// As std::filesystem::status gives it; a file type of none goes with an error.
  [[nodiscard]] std::filesystem::file_status status(const std::filesystem::path& file,
                                                    std::error_code& error) const;
  [[nodiscard]] bool is_regular_file(const std::filesystem::path& file) const;
  /// Whether there is nothing of that name.
  [[nodiscard]] bool is_absent(const std::filesystem::path& file) const;
  [[nodiscard]] std::filesystem::path absolute(const std::filesystem::path& file) const;
  /// Absolute.
  [[nodiscard]] std::vector<std::filesystem::path> read_so_far() const;

 private:
  struct Seen {
    std::filesystem::file_status status;
    std::error_code error;
    std::optional<std::string> text;
    std::size_t at_most = 0;  ///< of the text
  };
  Seen& look_at(const std::filesystem::path& absolute) const;

  std::filesystem::path folder_;
  mutable std::mutex mutex_;
  mutable std::map<std::filesystem::path, Seen> seen_;  ///< by absolute path
};

}  // namespace pishkhan
