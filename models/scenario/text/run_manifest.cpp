#include "models/scenario/text/run_manifest.hpp"

#include <algorithm>
#include <string_view>

#include "models/scenario/text/mistakes.hpp"
#include "sim/base/sha256.hpp"

namespace pishkhan {
namespace {

std::string text_of(const Node* node) {
  return node != nullptr && node->kind == Node::Kind::scalar ? node->text : std::string();
}

Node* find_in(Node& root, std::string_view section, const std::string& key) {
  if (section.empty()) return root.find(key);
  Node* keys = root.find(section);
  return keys != nullptr ? keys->find(key) : nullptr;
}

}  // namespace

std::optional<RunManifest> take_manifest(Node& document, Diagnostics& mistakes) {
  const Node* resolved = document.find("resolved");
  const Node* scenario = document.find("scenario");
  if (resolved == nullptr || resolved->kind != Node::Kind::scalar || scenario == nullptr) return std::nullopt;
  if (text_of(scenario->find("sha256")) != sha256(resolved->text)) {
    mistakes.push_back(mistake_at(resolved->mark, "resolved", "it is not the scenario that the run simulated",
                                  "for another scenario write one of your own, or use --set"));
  }
  RunManifest manifest;
  manifest.name = text_of(scenario->find("name"));
  manifest.file = text_of(scenario->find("file"));
  const Mark mark = resolved->mark;
  Node root = parse_document(resolved->text, mark.file ? *mark.file : "", mistakes);
  mark_all(root, mark);
  if (const Node* tables = root.find("data")) {
    for (const auto& [key, at, hash] : tables->entries) {
      for (const char* section : {"province", "demand", ""}) {
        Node* file = find_in(root, section, key);
        if (file == nullptr) continue;
        manifest.tables.push_back({section, key, file->text, hash.text});
        file->text = input_file_name(key);
      }
    }
  }
  std::erase_if(root.entries, [](const auto& entry) { return entry.key == "data"; });
  document = std::move(root);
  return manifest;
}

std::string input_file_name(const std::string& key) { return "input_" + key + ".csv"; }

}  // namespace pishkhan
