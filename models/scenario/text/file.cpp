#include "models/scenario/text/file.hpp"

#include <algorithm>
#include <cstdint>
#include <system_error>

#include "models/province/csv.hpp"
#include "sim/base/fnv.hpp"

namespace pishkhan {

namespace fs = std::filesystem;

namespace {

bool is_written_in_file(const Mark& mark) { return mark.file && !is_override_label(*mark.file); }

}  // namespace

fs::path path_beside(const Node& node) {
  const fs::path file = is_written_in_file(node.mark) ? fs::path(*node.mark.file) : fs::path();
  return (file.parent_path() / node.text).lexically_normal();
}

fs::path nearest_file(const fs::path& file, const std::vector<fs::path>& folders) {
  constexpr std::size_t kMostFiles = 10'000;
  const bool bare = file.extension().empty();
  const std::string ending = bare ? ".yaml" : file.extension().string();
  std::vector<fs::path> paths;
  for (const fs::path& folder : folders) {
    std::error_code error;
    fs::directory_iterator entry(folder.empty() ? "." : folder, error);
    for (; !error && entry != fs::directory_iterator() && paths.size() < kMostFiles; entry.increment(error)) {
      const fs::path& path = entry->path();
      if (path.extension() == ending) paths.push_back(folder / path.filename());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> names;
  for (const fs::path& path : paths) names.push_back((bare ? path.stem() : path.filename()).string());
  const std::string name = file.filename().string();
  const std::string_view nearest = nearest_name(name, {names.begin(), names.end()});
  const auto at = std::find(names.begin(), names.end(), nearest);
  return at == names.end() ? fs::path() : paths[static_cast<std::size_t>(at - names.begin())];
}

std::string read_limited(const fs::path& file, const Mark& mark, const std::string& path,
                         Diagnostics& mistakes, const SourceFiles& files) {
  const DocumentLimits limits;
  std::error_code error;
  const auto status = files.status(file, error);
  if (error == std::errc::filename_too_long || error == std::errc::too_many_symbolic_link_levels) {
    const bool is_long = error == std::errc::filename_too_long;
    mistakes.push_back(mistake_at(
        mark, path,
        in_backticks(file.generic_string()) +
            (is_long ? " is longer than a file's name may be" : " is a link that goes round in a circle")));
    return {};
  }
  if (!fs::status_known(status))
    throw EnvironmentError("cannot read " + file.generic_string() + ": " + error.message());
  if (!fs::exists(status)) {
    const fs::path near = nearest_file(file, {file.parent_path()});
    mistakes.push_back(mistake_at(
        mark, path, "no file " + in_backticks(file.generic_string()),
        near.empty() ? (is_written_in_file(mark) ? "paths are relative to the file they are written in"
                                                 : "paths given so are relative to the working folder")
                     : "did you mean " + in_backticks(near.generic_string()) + '?'));
    return {};
  }
  if (!fs::is_regular_file(status)) {
    mistakes.push_back(mistake_at(mark, path, in_backticks(file.generic_string()) + " is not a file"));
    return {};
  }
  std::string text = files.read(file, limits.bytes + 1);
  if (text.size() > limits.bytes) {
    mistakes.push_back(mistake_at(mark, path,
                                  in_backticks(file.generic_string()) + " is larger than " +
                                      std::to_string(limits.bytes >> 20) + " MiB",
                                  file.extension() == ".csv"
                                      ? "is it the right file? leave out rows and columns that are not used"
                                      : "a scenario is small; large tables belong in a CSV file"));
    return {};
  }
  return text;
}

std::string table_hash(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return "fnv1a64:" + content_hash(text);
}

std::string content_hash(std::string_view bytes) {
  const std::uint64_t hash = fnv1a(bytes);
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(hash >> shift) & 15];
  return text;
}

}  // namespace pishkhan
