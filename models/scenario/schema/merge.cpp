#include "models/scenario/schema/merge.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "models/scenario/text/mistakes.hpp"

namespace pishkhan {
namespace {

/// Of a list whose items have ids: the number of the item that has this one; the size if none has.
std::size_t find_item(const std::vector<Node>& items, const std::string& key, const Node& like) {
  const Node* const wanted = like.kind == Node::Kind::map ? like.find(key) : nullptr;
  if (wanted == nullptr || wanted->kind != Node::Kind::scalar) return items.size();
  const auto found = std::find_if(items.begin(), items.end(), [&](const Node& item) {
    const Node* const id = item.kind == Node::Kind::map ? item.find(key) : nullptr;
    return id != nullptr && id->kind == Node::Kind::scalar && id->text == wanted->text;
  });
  return static_cast<std::size_t>(found - items.begin());
}

/// Lays each item over the one of the base with the same id, once; others, and who is there twice, are added.
/// All are added where items have no ids.
void merge_items(const Shape& shape, Node& base, Node over, const std::string& path, Diagnostics& mistakes) {
  std::vector<bool> taken(base.items.size(), false);
  for (Node& item : over.items) {
    const std::size_t at = find_item(base.items, shape.match_by, item);
    if (at < taken.size() && !taken[at]) {
      taken[at] = true;
      merge_over(*shape.item, base.items[at], std::move(item), path_of(path, at), mistakes);
    } else {
      base.items.push_back(std::move(item));
    }
  }
}

/// Of a map that is laid over a base: takes the keys away which its own stand in for.
void leave_out_replaced(const Shape& shape, Node& base, const Node& over) {
  for (const Node::Entry& entry : over.entries) {
    const Field* const field = find_field(shape, entry.key);
    if (field == nullptr || field->instead_of.empty() || over.find(field->instead_of) != nullptr) continue;
    std::erase_if(base.entries, [&](const Node::Entry& old) { return old.key == field->instead_of; });
  }
}

}  // namespace

void merge_over(const Shape& shape, Node& base, Node over, const std::string& path, Diagnostics& mistakes) {
  if (shape.kind == Shape::Kind::either) {
    for (const ShapePtr& alternative : shape.alternatives) {
      if (accepts(*alternative, base.kind) && accepts(*alternative, over.kind))
        return merge_over(*alternative, base, std::move(over), path, mistakes);
    }
  }
  const bool maps = base.kind == Node::Kind::map && over.kind == Node::Kind::map;
  if (maps && shape.kind == Shape::Kind::choice) {
    // Another distribution replaces; the same one with a new parameter merges.
    if (base.entries.size() == 1 && over.entries.size() == 1 && base.entries[0].key == over.entries[0].key) {
      if (const Field* field = find_field(shape, base.entries[0].key)) {
        return merge_over(*field->shape, base.entries[0].value, std::move(over.entries[0].value),
                          path_of(path, base.entries[0].key), mistakes);
      }
    }
  } else if (maps && (shape.kind == Shape::Kind::object || shape.kind == Shape::Kind::table)) {
    leave_out_replaced(shape, base, over);
    for (auto& entry : over.entries) {
      const Field* field = find_field(shape, entry.key);
      const Shape* item = shape.kind == Shape::Kind::table ? shape.item.get()
                          : field != nullptr               ? field->shape.get()
                                                           : nullptr;
      Node* old = base.find(entry.key);
      if (old != nullptr && item != nullptr)
        merge_over(*item, *old, std::move(entry.value), path_of(path, entry.key), mistakes);
      else if (old != nullptr)
        *old = std::move(entry.value);
      else
        base.entries.push_back(std::move(entry));
    }
    base.mark = over.mark;  // A key missing in both is looked for in the file that was run.
    return;
  } else if ((shape.append || !shape.match_by.empty()) && base.kind == Node::Kind::list &&
             over.kind == Node::Kind::list) {
    if (over.items.empty() && !base.items.empty()) {
      const std::string list = path.substr(0, path.find_first_of(".["));
      mistakes.push_back(mistake_at(over.mark, path, "an empty list takes nothing away from the base's",
                                    "to leave out what the base has, write `without: [" + list + "]`"));
    }
    return merge_items(shape, base, std::move(over), path, mistakes);
  }
  const bool replaces = base.kind == Node::Kind::scalar && base.text != over.text;
  base = std::move(over);
  base.replaces = replaces;
}

}  // namespace pishkhan
