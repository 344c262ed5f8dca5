#include "models/scenario/schema/override.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "models/province/csv.hpp"
#include "models/scenario/text/mistakes.hpp"

namespace pishkhan {
namespace {

struct Step {
  std::string key;
  std::size_t index = 0;
  bool is_index = false;
};

/// `stations[0].clerks`, or `stations.0.clerks`, as steps; false when it is no path.
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

/// Of alternatives the one for nodes of a kind.
const Shape* form_of(const Shape* shape, Node::Kind kind) {
  if (shape->kind != Shape::Kind::either) return shape;
  for (const ShapePtr& alternative : shape->alternatives)
    if (accepts(*alternative, kind)) return form_of(alternative.get(), kind);
  return shape;
}

/// Goes down a document along a path, by its shapes, and adds the maps that are missing.
class Override {
 public:
  Override(std::string path, Mark mark, Diagnostics& mistakes)
      : path_(std::move(path)), mark_(std::move(mark)), mistakes_(mistakes) {}

  void set(const std::vector<Step>& steps, const Shape& root_shape, Node& root, Node value) {
    if (steps.front().key == "base") {
      fail("the base of a scenario is part of its file", "write a file that extends another base");
      return;
    }
    if (steps.front().key == "without") {
      fail("what a scenario leaves out of its base is part of its file", "write, say, `outages=[]`");
      return;
    }
    Node changed = root;  // nothing is left of an override that fails
    Node* node = &changed;
    const Shape* shape = &root_shape;
    std::string_view entered;
    for (const Step& step : steps) {
      if (!(enters_item(step, *shape) ? enter_item(step, entered, node, shape)
                                      : enter_key(step, node, shape)))
        return;
      entered = step.key;
    }
    *node = std::move(value);
    root = std::move(changed);
  }

 private:
  bool fail(std::string problem, std::string hint = {}) {
    mistakes_.push_back(mistake_at(mark_, path_, std::move(problem), std::move(hint)));
    return false;
  }

  /// An index in brackets, or a number or an id as the key of a list.
  static bool enters_item(const Step& step, const Shape& shape) {
    if (step.is_index) return true;
    const Shape& list = *form_of(&shape, Node::Kind::list);
    return list.kind == Shape::Kind::list &&
           (parse_whole(step.key).value_or(-1) >= 0 || !list.match_by.empty());
  }

  /// The item with an id; nothing if there is none.
  static std::optional<std::size_t> index_of(const std::string& id, const Shape& list, const Node& node) {
    for (std::size_t i = 0; !list.match_by.empty() && i < node.items.size(); ++i) {
      const Node* const of =
          node.items[i].kind == Node::Kind::map ? node.items[i].find(list.match_by) : nullptr;
      if (of != nullptr && of->kind == Node::Kind::scalar && of->text == id) return i;
    }
    return {};
  }

  /// What number a step has among the items of a list.
  std::optional<std::size_t> index_at(const Step& step, const Shape& list, const Node& node,
                                      const std::string& where) {
    if (step.is_index) return step.index;
    const auto number = parse_whole(step.key);
    if (const auto found = index_of(step.key, list, node)) {
      if (!number || *number < 0 || *number >= static_cast<std::int64_t>(node.items.size()) ||
          *number == static_cast<std::int64_t>(*found))
        return found;
      fail(in_backticks(step.key) + " is the id of one item in " + where + " and the number of another",
           "in place of " + in_backticks("." + step.key) + " write " + in_backticks("[" + step.key + "]") +
               " for the number, or " + in_backticks("[" + std::to_string(*found) + "]") + " for the id");
      return {};
    }
    if (number && *number >= 0) return static_cast<std::size_t>(*number);
    std::vector<std::string_view> known;
    for (const Node& item : node.items) {
      const Node* const id = item.kind == Node::Kind::map ? item.find(list.match_by) : nullptr;
      if (id != nullptr) known.push_back(id->text);
    }
    const auto near = nearest_name(step.key, known);
    fail("no item " + in_backticks(step.key) + " in " + where,
         near.empty() ? "give the id of an item, or its number from 0"
                      : "did you mean " + in_backticks(near) + "?");
    return {};
  }

  bool enter_item(const Step& step, std::string_view list, Node*& node, const Shape*& shape) {
    shape = form_of(shape, Node::Kind::list);
    const std::string where = list.empty() ? "the list" : in_backticks(list);
    if (shape->kind != Shape::Kind::list) {
      return fail("no item " + (step.is_index ? std::to_string(step.index) : step.key) + ": " + where +
                  " is no list");
    }
    const std::optional<std::size_t> index = index_at(step, *shape, *node, where);
    if (!index) return false;
    const std::size_t items = node->kind == Node::Kind::list ? node->items.size() : 0;
    if (*index >= items) {
      return fail(
          "no item " + std::to_string(*index) + " in " + where + ", which has " + std::to_string(items),
          "items count from 0");
    }
    node = &node->items[*index];
    shape = shape->item.get();
    return true;
  }

  bool enter_key(const Step& step, Node*& node, const Shape*& shape) {
    shape = form_of(shape, Node::Kind::map);
    const Shape* inner = nullptr;
    if (shape->kind == Shape::Kind::table) {
      inner = shape->item.get();
    } else if (const Field* field = find_field(*shape, step.key)) {
      inner = field->shape.get();
    } else {
      std::vector<std::string_view> known;
      for (const Field& one : shape->fields) known.push_back(one.key);
      const auto near = nearest_name(step.key, known);
      return fail("unknown key " + in_backticks(step.key),
                  near.empty() ? "" : "did you mean " + in_backticks(near) + "?");
    }
    Node* next = node->find(step.key);
    if (node->kind != Node::Kind::map) {
      *node = Node{};
      node->kind = Node::Kind::map;
      node->mark = mark_;
    }
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

void apply_override(const std::string& text, const Shape& shape, Node& root, Diagnostics& mistakes) {
  const std::string label = override_label(text);
  const auto equals = text.find('=');
  std::vector<Step> steps;
  if (equals == std::string::npos || !split_path(std::string_view(text).substr(0, equals), steps)) {
    mistakes.push_back({label, 0, 0, "", "not `path=value`", "for example `run.days=7`"});
    return;
  }
  const std::string path = text.substr(0, equals);
  const auto refuse_missing = [&] {
    mistakes.push_back({label, 0, 0, path, "a value is missing", "for example `run.days=7`"});
  };
  if (text.find_first_not_of(' ', equals + 1) == std::string::npos) return refuse_missing();
  Diagnostics found;
  Node value = parse_document(std::string_view(text).substr(equals + 1), label, found);
  if (!found.empty() && found.front().problem == kEmptyFile) return refuse_missing();
  if (!found.empty()) {
    mistakes.push_back({label, 0, 0, path, found.front().problem, found.front().hint});
    return;
  }
  const Mark mark{std::make_shared<const std::string>(label), 0, 0};
  mark_all(value, mark);
  Override(path, mark, mistakes).set(steps, shape, root, std::move(value));
}

}  // namespace pishkhan
