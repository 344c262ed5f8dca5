#include "tools/report/written_files.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>

#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/read_file.hpp"
#include "sim/base/sha256.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, const std::string& reason) {
  throw EnvironmentError("cannot read " + path.string() + ": " + reason);
}

/// What a folder holds, by name.
std::vector<fs::directory_entry> entries_of(const fs::path& folder) {
  std::vector<fs::directory_entry> entries;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    entries.push_back(*entry);
  if (error) fail(folder, error.message());
  std::sort(entries.begin(), entries.end());
  return entries;
}

WrittenFile describe_file(const fs::path& path, const std::function<bool()>& stop) {
  WrittenFile file{path.filename().string(), 0, {}};
  std::ifstream stream(path, std::ios::binary);
  Sha256 hash;
  std::vector<char> block(std::size_t{1} << 20);
  while (stream) {
    if (stop && stop()) throw Interrupted();
    stream.read(block.data(), static_cast<std::streamsize>(block.size()));
    const auto count = static_cast<std::size_t>(stream.gcount());
    hash.add({block.data(), count});
    file.bytes += count;
  }
  if (!stream.eof() || stream.bad()) fail(path, std::generic_category().message(errno));
  file.sha256 = hash.finish();
  return file;
}

/// What a manifest says that a run wrote beside it; nothing when no run wrote the manifest.
std::optional<std::vector<WrittenFile>> files_named_by(const fs::path& manifest) {
  const std::string text = read_file(manifest, SIZE_MAX);
  try {
    const auto json = nlohmann::json::parse(text);
    const auto& scenario = json.at("scenario");
    if (scenario.at("sha256") != sha256(json.at("resolved").get<std::string>())) return std::nullopt;
    std::vector<WrittenFile> files;
    for (const auto& file : json.at("files"))
      files.push_back({file.at("name"), file.at("bytes"), file.at("sha256")});
    return files;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

/// Why an entry may not go; empty when the manifest names it and it is as it was written.
std::string what_is_wrong_with(const fs::directory_entry& entry, const std::vector<WrittenFile>& files,
                               const std::function<bool()>& stop) {
  const std::string name = entry.path().filename().string();
  if (entry.is_symlink()) return '`' + name + "` is a link";
  if (entry.is_directory()) return '`' + name + "/` is not of the run";
  const auto file =
      std::find_if(files.begin(), files.end(), [&](const auto& one) { return one.name == name; });
  if (file == files.end() || !entry.is_regular_file()) return '`' + name + "` is not of the run";
  if (entry.file_size() != file->bytes || describe_file(entry.path(), stop).sha256 != file->sha256)
    return '`' + name + "` has changed since the run";
  return {};
}

}  // namespace

std::vector<WrittenFile> list_files(const fs::path& folder, const std::function<bool()>& stop) {
  std::vector<WrittenFile> files;
  for (const auto& entry : entries_of(folder)) files.push_back(describe_file(entry.path(), stop));
  return files;
}

void expect_as_written(const fs::path& file) { expect_as_written(file, describe_file(file, {}).sha256); }

void expect_as_written(const fs::path& file, const std::string& sha256) {
  const auto files = files_named_by(file.parent_path() / kManifestFile);
  const auto is_file = [&](const WrittenFile& one) {
    return one.name == file.filename() && one.sha256 == sha256;
  };
  if (files && std::any_of(files->begin(), files->end(), is_file)) return;
  throw UserError({{file.string(), 0, 0, "", "it is not the file that manifest.json beside it names",
                    "run manifest.json again into another folder, with the same formats"}});
}

std::vector<std::string> what_forbids_replacing(const fs::path& folder, const std::function<bool()>& stop) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(folder, error);
  if (!fs::status_known(status)) fail(folder, error.message());
  if (fs::is_symlink(status)) return {"it is a link"};
  if (!fs::is_directory(status)) return {"it is not a folder"};
  const auto entries = entries_of(folder);
  if (entries.empty()) return {};
  const fs::path manifest = folder / kManifestFile;
  const bool has_manifest = fs::is_regular_file(fs::symlink_status(manifest, error));
  const auto files = has_manifest ? files_named_by(manifest) : std::nullopt;
  std::vector<std::string> reasons;
  if (!files) {
    reasons.push_back(has_manifest ? "its manifest.json was not written by a run of this version"
                                   : "it has no manifest.json of a run");
  }
  for (const auto& entry : entries) {
    if (has_manifest && entry.path().filename() == kManifestFile) continue;
    std::string wrong = files ? what_is_wrong_with(entry, *files, stop)
                              : "it holds `" + entry.path().filename().string() + '`';
    if (!wrong.empty()) reasons.push_back(std::move(wrong));
  }
  return reasons;
}

}  // namespace pishkhan
