#include "sim/base/source_files.hpp"

#include "sim/base/read_file.hpp"

namespace pishkhan {

namespace fs = std::filesystem;

SourceFiles::SourceFiles() {
  std::error_code gone;  // then relative paths stay as they are, and name nothing
  folder_ = fs::current_path(gone);
}

fs::path SourceFiles::absolute(const fs::path& file) const { return folder_ / file; }

SourceFiles::Seen& SourceFiles::look_at(const fs::path& absolute) const {
  const auto [at, is_new] = seen_.try_emplace(absolute);
  if (is_new) at->second.status = fs::status(absolute, at->second.error);
  return at->second;
}

std::string SourceFiles::read(const fs::path& file, std::size_t at_most) const {
  const std::lock_guard lock(mutex_);
  Seen& seen = look_at(absolute(file));
  if (!seen.text || (seen.at_most < at_most && seen.text->size() == seen.at_most)) {
    seen.text = read_file(absolute(file), at_most);
    seen.at_most = at_most;
  }
  return seen.text->substr(0, at_most);
}

fs::file_status SourceFiles::status(const fs::path& file, std::error_code& error) const {
  const std::lock_guard lock(mutex_);
  const Seen& seen = look_at(absolute(file));
  error = seen.error;
  return seen.status;
}

std::vector<fs::path> SourceFiles::read_so_far() const {
  const std::lock_guard lock(mutex_);
  std::vector<fs::path> files;
  for (const auto& [file, seen] : seen_)
    if (seen.text) files.push_back(file);
  return files;
}

bool SourceFiles::is_regular_file(const fs::path& file) const {
  std::error_code ignored;
  return fs::is_regular_file(status(file, ignored));
}

bool SourceFiles::is_absent(const fs::path& file) const {
  std::error_code ignored;
  return status(file, ignored).type() == fs::file_type::not_found;
}

}  // namespace pishkhan
