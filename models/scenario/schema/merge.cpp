#include "models/scenario/schema/merge.hpp"

#include <utility>

namespace pishkhan {

void merge_over(const Shape& shape, Node& base, Node over) {
  if (shape.kind == Shape::Kind::either) {
    for (const ShapePtr& alternative : shape.alternatives) {
      if (accepts(*alternative, base.kind) && accepts(*alternative, over.kind))
        return merge_over(*alternative, base, std::move(over));
    }
  }
  const bool maps = base.kind == Node::Kind::map && over.kind == Node::Kind::map;
  if (maps && shape.kind == Shape::Kind::choice) {
    // Another distribution replaces; the same one with a new parameter merges.
    if (base.entries.size() == 1 && over.entries.size() == 1 && base.entries[0].key == over.entries[0].key) {
      if (const Field* field = find_field(shape, base.entries[0].key))
        return merge_over(*field->shape, base.entries[0].value, std::move(over.entries[0].value));
    }
  } else if (maps && (shape.kind == Shape::Kind::object || shape.kind == Shape::Kind::table)) {
    for (auto& entry : over.entries) {
      const Field* field = find_field(shape, entry.key);
      const Shape* item = shape.kind == Shape::Kind::table ? shape.item.get()
                          : field != nullptr               ? field->shape.get()
                                                           : nullptr;
      Node* old = base.find(entry.key);
      if (old != nullptr && item != nullptr)
        merge_over(*item, *old, std::move(entry.value));
      else if (old != nullptr)
        *old = std::move(entry.value);
      else
        base.entries.push_back(std::move(entry));
    }
    base.mark = over.mark;  // A key missing in both is looked for in the file that was run.
    return;
  } else if (shape.kind == Shape::Kind::list && shape.append && base.kind == Node::Kind::list &&
             over.kind == Node::Kind::list) {
    for (auto& item : over.items) base.items.push_back(std::move(item));
    return;
  }
  const bool replaces = base.kind == Node::Kind::scalar && base.text != over.text;
  base = std::move(over);
  base.replaces = replaces;
}

}  // namespace pishkhan
