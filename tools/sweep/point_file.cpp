#include "tools/sweep/point_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/sha256.hpp"

namespace pishkhan {
namespace {

using Json = nlohmann::ordered_json;

/// Counts up whenever the lines change.
constexpr int kLayout = 1;
constexpr std::size_t kHashDigits = 64;

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& problem,
                         const std::string& hint) {
  throw UserError({{file.string(), 0, 0, "", problem, hint}});
}

Json number_json(double number) { return std::isfinite(number) ? Json(number) : Json(nullptr); }

double number_of(const Json& json) { return json.is_null() ? kNan : json.get<double>(); }

std::string hashed_line(const Json& json) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return sha256(text) + ' ' + text + '\n';
}

/// What a line without its line feed holds; nothing when its hash is not that of its text.
std::optional<Json> read_line(std::string_view line) {
  if (line.size() <= kHashDigits || line[kHashDigits] != ' ') return std::nullopt;
  const std::string_view text = line.substr(kHashDigits + 1);
  if (sha256(text) != line.substr(0, kHashDigits)) return std::nullopt;
  Json json = Json::parse(text, nullptr, false);
  return json.is_discarded() ? std::nullopt : std::optional(std::move(json));
}

PointsHeader header_of(const Json& json) {
  return {json.at("study_sha256"), json.at("version"), json.at("points"), json.at("shard"),
          json.at("shards")};
}

/// Calls visit(line, offset) for the lines that end in a line feed; returns where the last of them ends.
template <class Visit>
std::uint64_t for_each_line(const std::filesystem::path& file, Visit visit) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw EnvironmentError("cannot read " + file.string());
  std::uint64_t offset = 0;
  for (std::string line; std::getline(in, line) && !in.eof(); offset += line.size() + 1)
    if (!visit(line, offset)) break;
  return offset;
}

/// Expects a file's first line to be of these points, or of any of the same study where `any_shard`.
void expect_header(const std::filesystem::path& file, const PointsHeader& found, const PointsHeader& wanted,
                   bool any_shard) {
  if (found.version != wanted.version) {
    refuse(file, "version " + found.version + " of the program made it, and not " + wanted.version,
           "simulate its points again");
  }
  if (found.study_sha256 != wanted.study_sha256 || found.points != wanted.points) {
    refuse(file, "it is of another study: the study file, the scenario or its tables have changed",
           "take the files that it was made from, or begin anew");
  }
  if (any_shard || found == wanted) return;
  refuse(file,
         "it is of shard " + std::to_string(found.shard) + '/' + std::to_string(found.shards) +
             ", and not of " + std::to_string(wanted.shard) + '/' + std::to_string(wanted.shards),
         "give each shard a folder of its own");
}

PointsHeader read_header(const std::filesystem::path& file, const std::string& line) {
  const auto json = read_line(line);
  if (!json || json->value("pishkhan_points", 0) != kLayout)
    refuse(file, "it is no file of points of this version's layout", "`pishkhan sweep` writes it");
  return header_of(*json);
}

std::vector<double> numbers_of(const Json& json) {
  std::vector<double> numbers;
  for (const Json& one : json) numbers.push_back(number_of(one));
  return numbers;
}

}  // namespace

bool ended_at_limit(const PointResult& result, int most) {
  return most > 0 && !result.responses.empty() &&
         std::cmp_greater_equal(result.responses.front().by_replication.size(), most);
}

std::string header_line(const PointsHeader& header) {
  return hashed_line({{"pishkhan_points", kLayout},
                      {"study_sha256", header.study_sha256},
                      {"version", header.version},
                      {"points", header.points},
                      {"shard", header.shard},
                      {"shards", header.shards}});
}

std::string point_line(const PointResult& result) {
  Json json{{"point", result.point}, {"scenario_sha256", result.scenario_sha256}};
  if (!result.failure.empty()) json["failure"] = result.failure;
  json["responses"] = Json::array();
  for (const ResponseValue& response : result.responses) {
    const Estimate& estimate = response.estimate;
    Json by_replication = Json::array();
    for (const double value : response.by_replication) by_replication.push_back(number_json(value));
    json["responses"].push_back({{"mean", number_json(estimate.mean)},
                                 {"half_width", number_json(estimate.half_width)},
                                 {"low", number_json(estimate.low)},
                                 {"high", number_json(estimate.high)},
                                 {"observed", estimate.replications},
                                 {"by_replication", std::move(by_replication)}});
  }
  return hashed_line(json);
}

PointFile::PointFile(std::filesystem::path file, std::size_t points)
    : path_(std::move(file)), known_(points, false) {
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw EnvironmentError("cannot open " + path_.string() + ": " + std::strerror(errno));
}

PointFile::PointFile(std::filesystem::path file, const PointsHeader& header)
    : PointFile(std::move(file), header.points) {
  // Some disks of clusters know no locks.
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    refuse(path_, "another process is at work on it", "wait for its end");
  bool first = true, damaged = false;
  bytes_ = for_each_line(path_, [&](const std::string& line, std::uint64_t) {
    if (std::exchange(first, false)) {
      expect_header(path_, read_header(path_, line), header, false);
      return true;
    }
    const auto json = read_line(line);
    if (!json) return damaged = true, false;
    known_.at(json->at("point")) = true;
    return true;
  });
  if (damaged) refuse(path_, "it is damaged: a point is not as it was written", "remove it and begin anew");
  cut(bytes_);
  if (first) write(header_line(header));
}

PointFile::~PointFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void PointFile::add(const PointResult& result) {
  const std::string line = point_line(result);
  const std::lock_guard lock(mutex_);
  write(line);
}

void PointFile::write(std::string_view bytes) {
  std::string_view left = bytes;
  while (!left.empty()) {
    const ssize_t written = ::write(descriptor_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      const std::string problem = std::strerror(errno);
      cut(bytes_);  // another thread may find room for its line
      throw EnvironmentError("cannot write " + path_.string() + ": " + problem);
    }
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  bytes_ += bytes.size();
}

void PointFile::cut(std::uint64_t bytes) {
  if (::ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0)
    throw EnvironmentError("cannot write " + path_.string() + ": " + std::strerror(errno));
}

PointReader::PointReader(std::vector<std::filesystem::path> files) : files_(std::move(files)) {
  PISHKHAN_EXPECT(!files_.empty());
  for (std::size_t file = 0; file < files_.size(); ++file) add_file(file);
}

void PointReader::add_file(std::size_t file) {
  const std::filesystem::path& path = files_[file];
  PointsHeader of_file;
  bool first = true, damaged = false;
  const std::uint64_t end = for_each_line(path, [&](const std::string& line, std::uint64_t offset) {
    if (std::exchange(first, false)) {
      of_file = read_header(path, line);
      if (file == 0) header_ = of_file;
      if (file == 0) places_.resize(header_.points);
      expect_header(path, of_file, header_, true);
      return true;
    }
    const auto json = read_line(line);
    const std::size_t point = json ? json->value("point", SIZE_MAX) : SIZE_MAX;
    if (point >= places_.size() || !of_file.has(point)) return damaged = true, false;
    if (has(point) && this->line(point) != line + '\n') {
      refuse(path,
             "another result of point " + std::to_string(point) + " than in " +
                 files_[places_[point].file].string(),
             "leave one of them out");
    }
    if (!has(point)) places_[point] = {file, offset};
    return true;
  });
  if (first) refuse(path, "it is no file of points", "`pishkhan sweep` writes it");
  if (damaged || end != std::filesystem::file_size(path))
    refuse(path, "it is damaged: a point is not as it was written", "simulate its points again");
}

std::vector<std::size_t> PointReader::missing() const {
  std::vector<std::size_t> numbers;
  for (std::size_t point = 0; point < places_.size(); ++point)
    if (!has(point)) numbers.push_back(point);
  return numbers;
}

std::string PointReader::line(std::size_t point) const {
  PISHKHAN_EXPECT(has(point));
  const PointPlace& place = places_[point];
  std::ifstream in(files_[place.file], std::ios::binary);
  in.seekg(static_cast<std::streamoff>(place.offset));
  std::string line;
  if (!std::getline(in, line)) throw EnvironmentError("cannot read " + files_[place.file].string());
  return line + '\n';
}

PointResult PointReader::read(std::size_t point) const {
  std::string text = line(point);
  text.pop_back();
  const auto json = read_line(text);
  if (!json) throw EnvironmentError(files_[places_[point].file].string() + " has changed while it was read");
  PointResult result{point, json->at("scenario_sha256"), json->value("failure", std::string()), {}};
  for (const Json& one : json->at("responses")) {
    const Estimate estimate{number_of(one.at("mean")), number_of(one.at("half_width")), one.at("observed"),
                            number_of(one.at("low")), number_of(one.at("high"))};
    result.responses.push_back({estimate, numbers_of(one.at("by_replication"))});
  }
  return result;
}

}  // namespace pishkhan
