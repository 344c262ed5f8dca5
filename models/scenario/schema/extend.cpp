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

bool same_file(const fs::path& a, const fs::path& b, const SourceFiles& files) {
  std::error_code error;
  return fs::equivalent(files.absolute(a), files.absolute(b), error) && !error;
}

/// Reads a scenario with its bases.
class Extender {
 public:
  Extender(const Shape& shape, fs::path library, const SourceFiles& files, Diagnostics& mistakes)
      : shape_(shape), library_(std::move(library)), files_(files), mistakes_(mistakes) {}

  /// Whether everything that was asked for could be read.
  [[nodiscard]] bool complete() const { return complete_; }
  /// Of the file that was loaded first, if it is one.
  [[nodiscard]] std::optional<RunManifest> take_run_manifest() { return std::move(manifest_); }

  /// A file merged over its bases; null if it cannot be read. `mark` is where the file is named.
  Node load(const fs::path& file, const Mark& mark) {
    const std::string path = chain_.empty() ? "" : "base";
    for (const auto& earlier : chain_) {
      if (!same_file(earlier, file, files_)) continue;
      std::string circle;
      for (const auto& one : chain_) circle += one.filename().string() + " -> ";
      return broken(
          mistake_at(mark, path, "the bases go round in a circle", circle + file.filename().string()));
    }
    if (chain_.size() >= kMostBases)
      return broken(mistake_at(mark, path, "more than " + std::to_string(kMostBases) + " bases in a row"));

    const std::size_t before = mistakes_.size();
    const std::string text = read_limited(file, mark, path, mistakes_, files_);
    if (mistakes_.size() > before) {
      complete_ = false;
      return {};
    }
    Node node = parse_document(text, file.generic_string(), mistakes_);
    if (auto manifest = take_manifest(node, mistakes_); manifest && chain_.empty())
      manifest_ = std::move(manifest);
    return merge_with_base(std::move(node), file);
  }

  /// The document of a file merged over the base it names, if it names one that can be read.
  Node merge_with_base(Node node, const fs::path& file) {
    if (node.kind != Node::Kind::map) {
      complete_ = false;
      return node;
    }
    const Node* base = node.find("base");
    if (const Node* without = node.find("without"); without != nullptr && base == nullptr)
      mistakes_.push_back(mistake_at(without->mark, "without", "there is no base to leave something out of"));
    if (base == nullptr || base->kind != Node::Kind::scalar || base->text.empty()) return node;
    double ignored = 0;
    if (read_quantity(Quantity::path, base->text, ignored)) {  // what is wrong is told with the other values
      complete_ = false;
      return node;
    }
    chain_.push_back(file);
    Node merged = load(find_base(*base), base->mark);
    chain_.pop_back();
    if (merged.kind == Node::Kind::scalar || merged.kind == Node::Kind::list) {
      mistakes_.push_back(mistake_at(base->mark, "base", in_backticks(base->text) + " is not a scenario",
                                     "a scenario is a map that starts with `scenario: <title>`"));
    }
    if (merged.kind != Node::Kind::map) return node;
    // A base's own title, name and purpose do not hold for the scenario that extends it.
    std::erase_if(merged.entries, [](const auto& entry) {
      return entry.key == "scenario" || entry.key == "name" || entry.key == "description" ||
             entry.key == "base" || entry.key == "without";
    });
    if (const Node* without = node.find("without")) leave_out(*without, merged);
    merge_over(shape_, merged, std::move(node), "", mistakes_);
    return merged;
  }

 private:
  /// Lists of a base; names that are none are told with the other values.
  void leave_out(const Node& without, Node& base) const {
    std::erase_if(base.entries, [&](const auto& entry) {
      const Field* field = find_field(shape_, entry.key);
      return field != nullptr && (field->shape->append || !field->shape->match_by.empty()) &&
             std::any_of(without.items.begin(), without.items.end(),
                         [&](const Node& name) { return name.text == entry.key; });
    });
  }

  Node broken(Diagnostic mistake) {
    complete_ = false;
    mistakes_.push_back(std::move(mistake));
    return {};
  }

  /// Beside the file that names it, else in the library.
  [[nodiscard]] fs::path find_base(const Node& base) const {
    fs::path beside = path_beside(base);
    if (library_.empty() || fs::path(base.text).is_absolute() || !files_.is_absent(beside)) return beside;
    fs::path in_library = library_ / base.text;
    return files_.is_absent(in_library) ? beside : in_library;
  }

  const Shape& shape_;
  fs::path library_;
  const SourceFiles& files_;
  Diagnostics& mistakes_;
  std::vector<fs::path> chain_;  ///< files that led to the one being read
  bool complete_ = true;
  std::optional<RunManifest> manifest_;
};

void apply_overrides(const std::vector<std::string>& overrides, const Shape& shape, Node& root,
                     Diagnostics& mistakes) {
  if (root.kind != Node::Kind::map) return;
  for (const auto& one : overrides) apply_override(one, shape, root, mistakes);
}

}  // namespace

LoadedDocument load_document(const ScenarioSource& source, const Shape& shape, Diagnostics& mistakes) {
  const Mark nowhere{std::make_shared<const std::string>(source.file.generic_string()), 0, 0};
  Extender extender(shape, source.library, *source.files, mistakes);
  Node root = extender.load(source.file, nowhere);
  apply_overrides(source.overrides, shape, root, mistakes);
  return {std::move(root), extender.complete(), extender.take_run_manifest(), source.files};
}

LoadedDocument load_document_text(std::string_view text, const std::string& name, const Shape& shape,
                                  const std::vector<std::string>& overrides, Diagnostics& mistakes) {
  auto files = std::make_shared<const SourceFiles>();
  Extender extender(shape, {}, *files, mistakes);
  Node root = extender.merge_with_base(parse_document(text, name, mistakes), name);
  apply_overrides(overrides, shape, root, mistakes);
  return {std::move(root), extender.complete(), std::nullopt, std::move(files)};
}

}  // namespace pishkhan
