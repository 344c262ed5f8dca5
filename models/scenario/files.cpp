#include "models/scenario/files.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <system_error>

#include "models/province/csv.hpp"
#include "models/scenario/shape.hpp"
#include "models/scenario/units.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kMostBases = 16;

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::equivalent(a, b, error) && !error;
}

/// Lays `file` over its bases. `chain` holds the files that led here.
Node load_chain(const fs::path& file, const Mark& mark, std::vector<fs::path>& chain, Diagnostics& mistakes) {
  const std::string path = chain.empty() ? "" : "base";
  for (const auto& earlier : chain) {
    if (same_file(earlier, file)) {
      std::string round;
      for (const auto& one : chain) round += one.filename().string() + " -> ";
      mistakes.push_back(
          mistake_at(mark, path, "the bases go round in a circle", round + file.filename().string()));
      return {};
    }
  }
  if (chain.size() >= kMostBases) {
    mistakes.push_back(mistake_at(mark, path, "more than " + std::to_string(kMostBases) + " bases in a row"));
    return {};
  }
  const std::size_t before = mistakes.size();
  const std::string text = read_limited(file, mark, path, mistakes);
  if (mistakes.size() > before) return {};
  Node node = parse_document(text, file.generic_string(), mistakes);
  if (node.kind != Node::Kind::map) return node;
  const Node* base = node.find("base");
  if (base == nullptr || base->kind != Node::Kind::scalar || base->text.empty()) return node;
  chain.push_back(file);
  Node merged = load_chain((file.parent_path() / base->text).lexically_normal(), base->mark, chain, mistakes);
  chain.pop_back();
  if (merged.kind != Node::Kind::map) return node;
  // What the base is called and what it is for do not pass on to what extends it.
  std::erase_if(merged.entries, [](const auto& entry) {
    return entry.key == "scenario" || entry.key == "name" || entry.key == "description" ||
           entry.key == "base";
  });
  lay_over(*language().root, merged, std::move(node));
  return merged;
}

struct Step {
  std::string key;
  std::size_t index = 0;
  bool is_index = false;
};

/// `stations[0].clerks` as steps; false when it is no path.
bool split_path(std::string_view path, std::vector<Step>& steps) {
  while (!path.empty()) {
    const auto end = std::min(path.find_first_of(".["), path.size());
    if (end == 0) return false;
    steps.push_back({std::string(path.substr(0, end)), 0, false});
    path.remove_prefix(end);
    while (!path.empty() && path.front() == '[') {
      const auto close = path.find(']');
      if (close == std::string_view::npos) return false;
      const auto index = parse_whole(path.substr(1, close - 1));
      if (!index || *index < 0) return false;
      steps.push_back({"", static_cast<std::size_t>(*index), true});
      path.remove_prefix(close + 1);
    }
    if (!path.empty()) {
      if (path.front() != '.' || path.size() == 1) return false;
      path.remove_prefix(1);
    }
  }
  return !steps.empty();
}

void mark_all(Node& node, const Mark& mark) {
  node.mark = mark;
  for (auto& item : node.items) mark_all(item, mark);
  for (auto& entry : node.entries) {
    entry.mark = mark;
    mark_all(entry.value, mark);
  }
}

const Shape* form_of(const Shape* shape, Node::Kind kind) {
  if (shape->kind != Shape::Kind::either) return shape;
  for (const Shape* alternative : shape->alternatives) {
    if (accepts(*alternative, kind)) return form_of(alternative, kind);
  }
  return shape;
}

/// Walks down a document by its shapes, making the maps that are not there yet.
class Override {
 public:
  Override(std::string path, Mark mark, Diagnostics& mistakes)
      : path_(std::move(path)), mark_(std::move(mark)), mistakes_(mistakes) {}

  void lay(const std::vector<Step>& steps, Node& root, Node value) {
    Node* node = &root;
    const Shape* shape = language().root;
    for (const Step& step : steps) {
      if (!(step.is_index ? into_item(step, node, shape) : into_key(step, node, shape))) return;
    }
    *node = std::move(value);
  }

 private:
  bool fail(std::string problem, std::string hint = {}) {
    mistakes_.push_back(mistake_at(mark_, path_, std::move(problem), std::move(hint)));
    return false;
  }

  bool into_item(const Step& step, Node*& node, const Shape*& shape) {
    shape = form_of(shape, Node::Kind::list);
    if (shape->kind != Shape::Kind::list || node->kind != Node::Kind::list ||
        step.index >= node->items.size()) {
      return fail("no item " + std::to_string(step.index) + " in the scenario", "items count from 0");
    }
    node = &node->items[step.index];
    shape = shape->item;
    return true;
  }

  bool into_key(const Step& step, Node*& node, const Shape*& shape) {
    shape = form_of(shape, Node::Kind::map);
    const Shape* inner = nullptr;
    if (shape->kind == Shape::Kind::table) {
      inner = shape->item;
    } else if (const Field* field = find_field(*shape, step.key)) {
      inner = field->shape;
    } else {
      std::vector<std::string_view> known;
      for (const Field& one : shape->fields) known.push_back(one.key);
      const auto near = nearest_name(step.key, known);
      return fail("unknown key " + in_ticks(step.key),
                  near.empty() ? "" : "did you mean " + in_ticks(near) + "?");
    }
    if (node->kind != Node::Kind::map) {
      *node = Node{};
      node->kind = Node::Kind::map;
      node->mark = mark_;
    }
    Node* next = node->find(step.key);
    if (next == nullptr) {
      if (shape->kind == Shape::Kind::choice) node->entries.clear();
      node->entries.push_back({step.key, mark_, Node{}});
      next = &node->entries.back().value;
      next->mark = mark_;
    }
    node = next;
    shape = inner;
    return true;
  }

  std::string path_;
  Mark mark_;
  Diagnostics& mistakes_;
};

}  // namespace

void apply_override(const std::string& text, Node& root, Diagnostics& mistakes) {
  static constexpr const char* kSource = "--set";
  const auto equals = text.find('=');
  std::vector<Step> steps;
  if (equals == std::string::npos || !split_path(std::string_view(text).substr(0, equals), steps)) {
    mistakes.push_back({kSource, 0, 0, "", in_ticks(text.substr(0, 60)) + " is not `path=value`",
                        "for example `run.days=7`"});
    return;
  }
  const std::string path = text.substr(0, equals);
  Diagnostics found;
  Node value = parse_document(std::string_view(text).substr(equals + 1), kSource, found);
  if (!found.empty()) {
    mistakes.push_back({kSource, 0, 0, path, found.front().problem, found.front().hint});
    return;
  }
  const Mark mark{std::make_shared<const std::string>(kSource), 0, 0};
  mark_all(value, mark);
  Override(path, mark, mistakes).lay(steps, root, std::move(value));
}

Node load_document(const fs::path& file, const std::vector<std::string>& overrides, Diagnostics& mistakes) {
  std::vector<fs::path> chain;
  const Mark nowhere{std::make_shared<const std::string>(file.generic_string()), 0, 0};
  Node root = load_chain(file, nowhere, chain, mistakes);
  if (root.kind == Node::Kind::map) {
    for (const auto& one : overrides) apply_override(one, root, mistakes);
  }
  return root;
}

Node load_document_text(std::string_view text, const std::string& name,
                        const std::vector<std::string>& overrides, Diagnostics& mistakes) {
  Node root = parse_document(text, name, mistakes);
  if (root.kind != Node::Kind::map) return root;
  if (const Node* base = root.find("base"); base != nullptr && base->kind == Node::Kind::scalar) {
    std::vector<fs::path> chain{fs::path(name)};
    Node merged = load_chain((fs::path(name).parent_path() / base->text).lexically_normal(), base->mark,
                             chain, mistakes);
    if (merged.kind == Node::Kind::map) {
      lay_over(*language().root, merged, std::move(root));
      root = std::move(merged);
    }
  }
  for (const auto& one : overrides) apply_override(one, root, mistakes);
  return root;
}

std::string read_limited(const fs::path& file, const Mark& mark, const std::string& path,
                         Diagnostics& mistakes) {
  const DocumentLimits limits;
  std::error_code error;
  const auto status = fs::status(file, error);
  if (!fs::exists(status)) {
    mistakes.push_back(mistake_at(mark, path, "no file " + in_ticks(file.generic_string()),
                                  "paths are relative to the file they are written in"));
    return {};
  }
  if (!fs::is_regular_file(status)) {
    mistakes.push_back(mistake_at(mark, path, in_ticks(file.generic_string()) + " is not a file"));
    return {};
  }
  if (fs::file_size(file, error) > limits.bytes) {
    mistakes.push_back(mistake_at(
        mark, path,
        in_ticks(file.generic_string()) + " is larger than " + std::to_string(limits.bytes >> 20) + " MiB",
        "a scenario is small; large tables belong in a CSV file"));
    return {};
  }
  std::ifstream stream(file, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream) throw EnvironmentError("cannot read " + file.generic_string());
  return text;
}

std::string content_hash(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3u;
  }
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(hash >> shift) & 15];
  return text;
}

}  // namespace pishkhan
