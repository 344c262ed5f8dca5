#include "models/scenario/sections/recorded_file.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "models/province/csv.hpp"
#include "models/scenario/schema/bounds.hpp"
#include "models/scenario/schema/quantity.hpp"
#include "models/scenario/text/file.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kMostRows = 100'000;

Node scalar(const Mark& mark, std::string text) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.mark = mark;
  node.text = std::move(text);
  return node;
}

/// The rows of one file for one stream.
class FileReader {
 public:
  /// `streams`: all ids of the station's streams.
  FileReader(const Node& file, std::string path, std::string_view stream,
             const std::vector<std::string_view>& streams, const SourceFiles& files, Diagnostics& mistakes)
      : file_(file),
        path_(std::move(path)),
        stream_(stream),
        streams_(streams),
        files_(files),
        mistakes_(mistakes) {}

  /// Nothing where there are mistakes.
  std::optional<Node> read() {
    const std::size_t before = mistakes_.size();
    const std::filesystem::path path = path_beside(file_);
    if (files_.is_absent(path)) {
      read_limited(path, file_.mark, path_, mistakes_, files_);
      return {};
    }
    table_ = read_csv(path, mistakes_, {"time"}, files_);
    const auto columns = match_columns(table_, {"time"}, mistakes_, {"handling_s", "stream"});
    if (columns.empty()) return {};
    name_ = std::make_shared<const std::string>(table_.file);
    Node list;
    list.kind = Node::Kind::list;
    list.mark = file_.mark;
    for (const auto& row : table_.rows) {
      if (list.items.size() == kMostRows) {
        report(row.front(), "more than " + std::to_string(kMostRows) + " arrivals of a stream",
               "leave some out");
        break;
      }
      if (columns[2] != kNoColumn && !is_of_stream(row[columns[2]])) continue;
      if (auto arrival = arrival_of(row[columns[0]], columns[1] != kNoColumn ? &row[columns[1]] : nullptr))
        list.items.push_back(std::move(*arrival));
    }
    if (mistakes_.size() == before && list.items.empty()) {
      mistakes_.push_back(mistake_at(file_.mark, path_, "no arrival in " + in_backticks(file_.text),
                                     "a row for each arrival of the stream " + in_backticks(stream_)));
    }
    if (mistakes_.size() > before) return {};
    return list;
  }

 private:
  void report(const CsvCell& cell, std::string problem, std::string hint) {
    mistakes_.push_back({table_.file, cell.line, cell.column, "", std::move(problem), std::move(hint)});
  }

  bool is_of_stream(const CsvCell& cell) {
    if (std::ranges::find(streams_, cell.text) == streams_.end()) {
      const std::string_view near = nearest_name(cell.text, streams_);
      report(cell, "unknown stream " + in_backticks(cell.text),
             near.empty() ? "an id of a stream of the station" : "did you mean " + in_backticks(near) + '?');
      return false;
    }
    return cell.text == stream_;
  }

  std::optional<Node> arrival_of(const CsvCell& time, const CsvCell* handling) {
    const std::optional<double> at_s = seconds_of(time.text);
    if (!at_s) {
      report(time, in_backticks(time.text) + " is no time",
             "a time of day such as `08:03` or `08:03:20`, or seconds such as `28980.5`");
    }
    const Mark mark{name_, time.line, time.column};
    Node arrival;
    arrival.kind = Node::Kind::map;
    arrival.mark = mark;
    arrival.entries.push_back({"at", mark, scalar(mark, number_text(at_s.value_or(0)) + " s")});
    if (handling == nullptr) return at_s ? std::optional(arrival) : std::nullopt;
    const std::optional<double> handling_s = parse_number(handling->text);
    if (!handling_s || *handling_s < kShortestDuration_s) {
      report(*handling, in_backticks(handling->text) + " is no handling time",
             "seconds above 0, such as `240`; leave the column out to draw the times");
      return {};
    }
    const Mark of_handling{name_, handling->line, handling->column};
    arrival.entries.push_back(
        {"handling", of_handling, scalar(of_handling, number_text(*handling_s) + " s")});
    return at_s ? std::optional(arrival) : std::nullopt;
  }

  /// `08:03`, `08:03:20.5` or a number of seconds.
  static std::optional<double> seconds_of(std::string_view text) {
    if (text.find(':') == std::string_view::npos) {
      const auto seconds = parse_number(text);
      return seconds && *seconds >= 0 ? seconds : std::nullopt;
    }
    double time_s = 0;
    if (read_quantity(Quantity::time_of_day, text.substr(0, 5), time_s)) return {};
    if (text.size() <= 5) return time_s;
    const auto seconds = text[5] == ':' ? parse_number(text.substr(6)) : std::nullopt;
    if (!seconds || *seconds < 0 || *seconds >= 60) return {};
    return time_s + *seconds;
  }

  const Node& file_;
  std::string path_;
  std::string_view stream_;
  const std::vector<std::string_view>& streams_;
  const SourceFiles& files_;
  Diagnostics& mistakes_;
  CsvTable table_;
  std::shared_ptr<const std::string> name_;
};

std::string_view text_of(const Node& map, std::string_view key) {
  const Node* value = map.find(key);
  return value != nullptr && value->kind == Node::Kind::scalar ? std::string_view(value->text) : "";
}

void take_file(Node& keys, const std::string& path, std::string_view stream,
               const std::vector<std::string_view>& streams, const SourceFiles& files,
               Diagnostics& mistakes) {
  Node* arrivals = keys.find("arrivals");
  if (arrivals == nullptr || arrivals->kind != Node::Kind::map) return;
  const auto entry = std::ranges::find(arrivals->entries, "file", &Node::Entry::key);
  if (entry == arrivals->entries.end() || entry->value.kind != Node::Kind::scalar) return;
  if (entry->value.text.empty() || arrivals->find("recorded") != nullptr) return;
  const std::string of_file = path_of(path_of(path, "arrivals"), "file");
  auto list = FileReader(entry->value, of_file, stream, streams, files, mistakes).read();
  if (!list) return;
  entry->key = "recorded";
  entry->value = std::move(*list);
}

}  // namespace

void take_recorded_files(Node& root, const SourceFiles& files, Diagnostics& mistakes) {
  Node* stations = root.kind == Node::Kind::map ? root.find("stations") : nullptr;
  if (stations == nullptr) return;
  for (std::size_t s = 0; s < stations->items.size(); ++s) {
    Node& station = stations->items[s];
    if (station.kind != Node::Kind::map) continue;
    const std::string path = path_of("stations", s);
    std::vector<std::string_view> ids;
    Node* streams = station.find("streams");
    if (streams == nullptr) {
      ids.push_back(text_of(station, "id"));
      take_file(station, path, ids.front(), ids, files, mistakes);
      continue;
    }
    for (const Node& stream : streams->items)
      if (stream.kind == Node::Kind::map) ids.push_back(text_of(stream, "id"));
    for (std::size_t k = 0; k < streams->items.size(); ++k) {
      Node& stream = streams->items[k];
      if (stream.kind != Node::Kind::map) continue;
      const std::string id(text_of(stream, "id"));
      take_file(stream, path_of(path_of(path, "streams"), k), id, ids, files, mistakes);
    }
  }
}

}  // namespace pishkhan
