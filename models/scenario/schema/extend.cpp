#include "models/scenario/schema/extend.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "models/scenario/schema/merge.hpp"
#include "models/scenario/schema/override.hpp"
#include "models/scenario/text/file.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kMostBases = 16;

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::equivalent(a, b, error) && !error;
}

/// Reads a scenario with its bases.
class Extender {
 public:
  Extender(const Shape& shape, Diagnostics& mistakes) : shape_(shape), mistakes_(mistakes) {}

  /// A file merged over its bases; null if it cannot be read. `mark` is where the file is named.
  Node load(const fs::path& file, const Mark& mark) {
    const std::string path = chain_.empty() ? "" : "base";
    for (const auto& earlier : chain_) {
      if (!same_file(earlier, file)) continue;
      std::string circle;
      for (const auto& one : chain_) circle += one.filename().string() + " -> ";
      mistakes_.push_back(
          mistake_at(mark, path, "the bases go round in a circle", circle + file.filename().string()));
      return {};
    }
    if (chain_.size() >= kMostBases) {
      mistakes_.push_back(
          mistake_at(mark, path, "more than " + std::to_string(kMostBases) + " bases in a row"));
      return {};
    }
    const std::size_t before = mistakes_.size();
    const std::string text = read_limited(file, mark, path, mistakes_);
    if (mistakes_.size() > before) return {};
    return merge_with_base(parse_document(text, file.generic_string(), mistakes_), file);
  }

  /// The document of a file merged over the base it names, if it names one that can be read.
  Node merge_with_base(Node node, const fs::path& file) {
    if (node.kind != Node::Kind::map) return node;
    const Node* base = node.find("base");
    if (base == nullptr || base->kind != Node::Kind::scalar || base->text.empty()) return node;
    chain_.push_back(file);
    Node merged = load(path_beside(*base), base->mark);
    chain_.pop_back();
    if (merged.kind != Node::Kind::map) return node;
    // A base's own title, name and purpose do not hold for the scenario that extends it.
    std::erase_if(merged.entries, [](const auto& entry) {
      return entry.key == "scenario" || entry.key == "name" || entry.key == "description" ||
             entry.key == "base";
    });
    merge_over(shape_, merged, std::move(node));
    return merged;
  }

 private:
  const Shape& shape_;
  Diagnostics& mistakes_;
  std::vector<fs::path> chain_;  ///< files that led to the one being read
};

void apply_overrides(const std::vector<std::string>& overrides, const Shape& shape, Node& root,
                     Diagnostics& mistakes) {
  if (root.kind != Node::Kind::map) return;
  for (const auto& one : overrides) apply_override(one, shape, root, mistakes);
}

}  // namespace

Node load_document(const fs::path& file, const Shape& shape, const std::vector<std::string>& overrides,
                   Diagnostics& mistakes) {
  const Mark nowhere{std::make_shared<const std::string>(file.generic_string()), 0, 0};
  Node root = Extender(shape, mistakes).load(file, nowhere);
  apply_overrides(overrides, shape, root, mistakes);
  return root;
}

Node load_document_text(std::string_view text, const std::string& name, const Shape& shape,
                        const std::vector<std::string>& overrides, Diagnostics& mistakes) {
  Node root = Extender(shape, mistakes).merge_with_base(parse_document(text, name, mistakes), name);
  apply_overrides(overrides, shape, root, mistakes);
  return root;
}

}  // namespace pishkhan
