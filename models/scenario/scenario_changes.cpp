#include "models/scenario/scenario_changes.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include "models/scenario/language.hpp"
#include "models/scenario/verbs/verbs.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

bool is_plain(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' || c == '+' ||
           c == '%' || c == ' ' || c == '/';
  });
}

/// The node in one line of YAML.
std::string flow_text(const Node& node) {
  std::string text;
  switch (node.kind) {
    case Node::Kind::null:
      return "null";
    case Node::Kind::scalar:
      return is_plain(node.text) ? node.text : '"' + node.text + '"';
    case Node::Kind::list:
      for (const Node& item : node.items) text += (text.empty() ? "" : ", ") + flow_text(item);
      return '[' + text + ']';
    case Node::Kind::map:
      for (const Node::Entry& entry : node.entries)
        text += (text.empty() ? "" : ", ") + entry.key + ": " + flow_text(entry.value);
      return '{' + text + '}';
  }
  return text;
}

bool is_verb(const std::string& key) {
  return std::any_of(verbs().begin(), verbs().end(), [&](const Verb& verb) { return verb.key == key; });
}

/// What else a scenario says of what happens in it.
std::string settings_text(const Node& resolved) {
  static const std::set<std::string> apart{"scenario", "name", "description", "run", "output", "plan"};
  std::string text;
  for (const Node::Entry& entry : resolved.entries) {
    if (!is_verb(entry.key) && !apart.contains(entry.key))
      text += entry.key + ": " + flow_text(entry.value) + '\n';
  }
  return text;
}

std::vector<std::string> item_texts(const Node& resolved, const std::string& verb) {
  std::vector<std::string> texts;
  if (const Node* list = resolved.find(verb))
    for (const Node& item : list->items) texts.push_back(flow_text(item));
  return texts;
}

/// Of each of `items`, whether `others` has one of the same text for it.
std::vector<bool> find_common(const std::vector<std::string>& items, std::vector<std::string> others) {
  std::vector<bool> common;
  for (const std::string& item : items) {
    const auto same = std::find(others.begin(), others.end(), item);
    common.push_back(same != others.end());
    if (same != others.end()) others.erase(same);
  }
  return common;
}

/// Gives the document a list of items of a verb in place of its own.
void set_items(Node& root, const std::string& verb, std::vector<Node> items) {
  std::erase_if(root.entries, [&](const Node::Entry& entry) { return entry.key == verb; });
  if (items.empty()) return;
  Node::Entry entry{verb, items.front().mark, {}};
  entry.value.kind = Node::Kind::list;
  entry.value.mark = items.front().mark;
  entry.value.items = std::move(items);
  root.entries.push_back(std::move(entry));
}

}  // namespace

ScenarioChanges::Side ScenarioChanges::load(ScenarioSource source) {
  Diagnostics mistakes;
  const Shape& shape = *language().keys.shape();
  LoadedDocument document = load_document(source, shape, mistakes);
  const Scenario scenario = make_scenario(document, source.file, mistakes);
  Node resolved = parse_document(scenario.resolved, source.file.string(), mistakes);
  return {std::move(source), std::move(document), std::move(resolved)};
}

ScenarioChanges::ScenarioChanges(ScenarioSource a, ScenarioSource b)
    : a_(load(std::move(a))), b_(load(std::move(b))) {
  if (settings_text(a_.resolved) != settings_text(b_.resolved)) changes_.push_back({});
  for (const Verb& verb : verbs()) compare_verb(std::string(verb.key));
}

void ScenarioChanges::compare_verb(const std::string& verb) {
  const auto of_a = item_texts(a_.resolved, verb), of_b = item_texts(b_.resolved, verb);
  const std::vector<bool> kept = find_common(of_a, of_b), old = find_common(of_b, of_a);
  for (std::size_t i = 0; i < of_a.size(); ++i)
    if (!kept[i]) changes_.push_back({verb, i + 1, false, of_a[i]});
  for (std::size_t i = 0; i < of_b.size(); ++i)
    if (!old[i]) changes_.push_back({verb, i + 1, true, of_b[i]});
}

Scenario ScenarioChanges::with(const std::vector<bool>& made) const {
  PISHKHAN_EXPECT(made.size() == changes_.size());
  bool settings_of_b = false;
  std::set<std::pair<std::string, std::size_t>> left_out, added;
  for (std::size_t i = 0; i < made.size(); ++i) {
    const ScenarioChange& change = changes_[i];
    if (!made[i]) continue;
    if (change.verb.empty()) settings_of_b = true;
    (change.added ? added : left_out).emplace(change.verb, change.number);
  }
  LoadedDocument document = settings_of_b ? b_.document : a_.document;
  for (const Verb& verb : verbs()) {
    const std::string key(verb.key);
    std::vector<Node> items;
    const auto append = [&](const LoadedDocument& from, auto wanted) {
      const Node* list = from.root.find(key);
      for (std::size_t i = 0; list != nullptr && i < list->items.size(); ++i)
        if (wanted(std::pair(key, i + 1))) items.push_back(list->items[i]);
    };
    append(a_.document, [&](const auto& item) { return !left_out.contains(item); });
    append(b_.document, [&](const auto& item) { return added.contains(item); });
    set_items(document.root, key, std::move(items));
  }
  return make_scenario(std::move(document), (settings_of_b ? b_ : a_).source.file, {});
}

}  // namespace pishkhan
