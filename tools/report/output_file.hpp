#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace pishkhan {

/// A new file, written from front to back through a buffer. Every failure of the file system is an
/// EnvironmentError with the file's name and the system's reason; none is lost, as close reports too.
class OutputFile {
 public:
  /// Makes the file; it must not exist.
  explicit OutputFile(std::filesystem::path path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view bytes);
  void close();

 private:
  void flush();
  [[noreturn]] void fail(const char* what) const;

  std::filesystem::path path_;
  int descriptor_ = -1;
  std::string buffer_;
};

/// Makes a file with the given content.
void write_file(const std::filesystem::path& path, std::string_view content);

}  // namespace pishkhan
