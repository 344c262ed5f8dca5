#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "tools/sweep/responses.hpp"

// The points of a study as they are kept: a text file with a line for what it is of, then one for each point
// with its hash, so that a point is there whole or not at all.
namespace pishkhan {

/// What one point gave.
struct PointResult {
  std::size_t point = 0;
  std::string scenario_sha256;  ///< of the resolved scenario; empty where it could not be read
  std::string failure;          ///< why there are no responses; empty if there are
  std::vector<ResponseValue> responses;
};

/// Whether it has as many replications as a precision allows, `most`; 0: there is no precision.
bool ended_at_limit(const PointResult& result, int most);

/// Of which study, and which part of it: the points whose number gives `shard - 1` modulo `shards`.
struct PointsHeader {
  std::string study_sha256;
  std::string version;
  std::size_t points = 0;  ///< of the whole study
  std::size_t shard = 1, shards = 1;

  [[nodiscard]] bool has(std::size_t point) const { return point % shards == shard - 1; }
  friend bool operator==(const PointsHeader&, const PointsHeader&) = default;
};

/// Where a point stands.
struct PointPlace {
  std::size_t file = SIZE_MAX;  ///< index of a file; SIZE_MAX: in none
  std::uint64_t offset = 0;
};

/// The first lines, each with its line feed.
std::string header_line(const PointsHeader& header);
std::string point_line(const PointResult& result);

/// A file of points that grows. Another process that has it open is kept out.
class PointFile {
 public:
  /// Opens or makes the file. What a killed process left half written at its end is cut off. Throws
  /// UserError when it is of another study, version or shard, is open elsewhere, or is damaged before its
  /// end.
  PointFile(std::filesystem::path file, const PointsHeader& header);
  ~PointFile();
  PointFile(const PointFile&) = delete;
  PointFile& operator=(const PointFile&) = delete;

  /// Which points it has had when it was opened, by number.
  [[nodiscard]] const std::vector<bool>& known() const { return known_; }
  /// From any thread. Throws EnvironmentError when the disk is full.
  void add(const PointResult& result);

 private:
  PointFile(std::filesystem::path file, std::size_t points);  ///< opens it
  void write(std::string_view bytes);
  void cut(std::uint64_t bytes);  ///< shortens it to so many

  std::filesystem::path path_;
  int descriptor_ = -1;
  std::uint64_t bytes_ = 0;  ///< of whole lines
  std::mutex mutex_;
  std::vector<bool> known_;
};

/// Files of points read together.
class PointReader {
 public:
  /// Finds the points of the files. Throws UserError when one is of another study or version than the first,
  /// is damaged, or has another result of a point than a file before it.
  explicit PointReader(std::vector<std::filesystem::path> files);

  /// Of the first file.
  [[nodiscard]] const PointsHeader& header() const { return header_; }
  /// Numbers of the points of the whole study that no file has.
  [[nodiscard]] std::vector<std::size_t> missing() const;
  [[nodiscard]] bool has(std::size_t point) const { return places_[point].file != SIZE_MAX; }
  /// Its line, with the line feed. The files must have it.
  [[nodiscard]] std::string line(std::size_t point) const;
  [[nodiscard]] PointResult read(std::size_t point) const;

 private:
  void add_file(std::size_t file);

  std::vector<std::filesystem::path> files_;
  PointsHeader header_;
  std::vector<PointPlace> places_;
};

}  // namespace pishkhan
