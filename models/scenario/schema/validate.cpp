#include "models/scenario/schema/validate.hpp"

#include <algorithm>

#include "models/province/csv.hpp"
#include "models/province/folding.hpp"
#include "models/scenario/text/mistakes.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kMostMistakes = 10'000;

std::vector<std::string> keys_of(const Shape& shape) {
  std::vector<std::string> names;
  for (const Field& field : shape.fields) names.push_back(in_backticks(field.key));
  return names;
}

bool has_word(const Shape& shape, const std::string& text) {
  if (shape.kind == Shape::Kind::either) {
    return std::any_of(shape.alternatives.begin(), shape.alternatives.end(),
                       [&](const ShapePtr& alternative) { return has_word(*alternative, text); });
  }
  return shape.kind == Shape::Kind::word && std::any_of(shape.words.begin(), shape.words.end(),
                                                        [&](const Word& word) { return word.text == text; });
}

/// What may have been meant by a text that does not fit: an id as it folds, the value of one of a map's
/// keys, or a map. Empty if there is no such guess.
std::string meant_by(const Shape& shape, const std::string& text) {
  if (shape.kind == Shape::Kind::either) {
    for (const ShapePtr& alternative : shape.alternatives)
      if (auto hint = meant_by(*alternative, text); hint.starts_with("did you mean")) return hint;
    return "";
  }
  if (shape.kind == Shape::Kind::quantity && shape.quantity == Quantity::identifier) {
    std::string id = folded_for_search(text);
    for (char& c : id)
      if (c == ' ' || c == '_') c = '-';
    double ignored = 0;
    return id != text && !read_quantity(Quantity::identifier, id, ignored)
               ? "did you mean " + in_backticks(id) + "?"
               : "";
  }
  if (shape.kind != Shape::Kind::object) return "";
  for (const Field& field : shape.fields) {
    if (has_word(*field.shape, text))
      return "did you mean " + in_backticks("{" + field.key + ": " + text + "}") + "?";
  }
  return shape.fields.size() <= 12 ? "a map of " + join_or(keys_of(shape)) : "";
}

class Validator {
 public:
  explicit Validator(Diagnostics& mistakes) : mistakes_(mistakes) {}

  void check(const Shape& shape, Node& node, const std::string& path) {
    if (node.kind == Node::Kind::null)
      return add(node, path, "no value", "write " + describe(shape) + ", or leave the key out");
    if (mistakes_.size() >= kMostMistakes) return set_invalid(node);  // more than anyone reads
    switch (shape.kind) {
      case Shape::Kind::quantity:
        return check_quantity(shape, node, path);
      case Shape::Kind::word:
        return check_word(shape, node, path);
      case Shape::Kind::list:
        return check_list(shape, node, path);
      case Shape::Kind::object:
      case Shape::Kind::choice:
        return check_object(shape, node, path);
      case Shape::Kind::table:
        return check_table(shape, node, path);
      case Shape::Kind::either:
        return check_either(shape, node, path);
    }
  }

 private:
  void add(Node& node, const std::string& path, std::string problem, std::string hint = {}) {
    node.valid = false;
    mistakes_.push_back(mistake_at(node.mark, path, std::move(problem), std::move(hint)));
  }

  bool require(const Shape& shape, Node& node, Node::Kind kind, const std::string& path) {
    if (node.kind == kind) return true;
    const std::string found = node.kind == Node::Kind::scalar ? in_backticks(node.text)
                              : node.kind == Node::Kind::list ? "a list"
                                                              : "a map";
    add(node, path, found + " is not " + describe(shape),
        node.kind == Node::Kind::scalar ? meant_by(shape, node.text) : "");
    return false;
  }

  void check_quantity(const Shape& shape, Node& node, const std::string& path) {
    if (!require(shape, node, Node::Kind::scalar, path)) return;
    if (auto wrong = read_quantity(shape.quantity, node.text, node.number))
      return add(node, path, std::move(wrong->problem), std::move(wrong->hint));
    if (auto wrong = check_range(shape.quantity, shape.range, node.text, node.number))
      add(node, path, std::move(wrong->problem), std::move(wrong->hint));
  }

  void check_word(const Shape& shape, Node& node, const std::string& path) {
    if (!require(shape, node, Node::Kind::scalar, path)) return;
    std::vector<std::string_view> known;
    std::vector<std::string> shown;
    for (const Word& word : shape.words) {
      if (word.text == node.text) return;
      known.push_back(word.text);
      shown.push_back(in_backticks(word.text));
    }
    const auto near = nearest_name(node.text, known);
    add(node, path, in_backticks(node.text) + " is not " + join_or(shown),
        near.empty() ? "" : "did you mean " + in_backticks(near) + "?");
  }

  void check_list(const Shape& shape, Node& node, const std::string& path) {
    if (!require(shape, node, Node::Kind::list, path)) return;
    if (node.items.size() < shape.at_least) {
      add(node, path, "too few items: " + std::to_string(node.items.size()),
          "at least " + std::to_string(shape.at_least));
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      check(*shape.item, node.items[i], path + '[' + std::to_string(i) + ']');
      node.valid = node.valid && node.items[i].valid;
    }
  }

  void check_table(const Shape& shape, Node& node, const std::string& path) {
    if (!require(shape, node, Node::Kind::map, path)) return;
    for (auto& entry : node.entries) {
      double ignored = 0;
      if (auto wrong = read_quantity(Quantity::identifier, entry.key, ignored)) {
        mistakes_.push_back(mistake_at(entry.mark, path, wrong->problem, wrong->hint));
        node.valid = false;
      }
      check(*shape.item, entry.value, path_of(path, entry.key));
      node.valid = node.valid && entry.value.valid;
    }
  }

  void check_object(const Shape& shape, Node& node, const std::string& path) {
    if (!require(shape, node, Node::Kind::map, path)) return;
    std::vector<std::string_view> known;
    for (const Field& field : shape.fields) known.push_back(field.key);
    for (auto& entry : node.entries) {
      const Field* field = find_field(shape, entry.key);
      if (field == nullptr) {
        unknown_key(shape, entry, known, path);
        node.valid = false;
        continue;
      }
      check(*field->shape, entry.value, path_of(path, entry.key));
      node.valid = node.valid && entry.value.valid;
    }
    if (shape.kind == Shape::Kind::choice) {
      if (node.entries.size() != 1) {
        add(node, path, describe(shape) + " has exactly one key, not " + std::to_string(node.entries.size()),
            "one of " + join_or(keys_of(shape)));
      }
      return;
    }
    fill_in(shape, node, path);
  }

  void unknown_key(const Shape& shape, const Node::Entry& entry, const std::vector<std::string_view>& known,
                   const std::string& path) {
    const auto near = nearest_name(entry.key, known);
    std::string hint;
    if (!near.empty())
      hint = "did you mean " + in_backticks(near) + "?";
    else if (known.size() <= 12)
      hint = (shape.kind == Shape::Kind::choice ? "one of " : "keys here are ") + join_or(keys_of(shape));
    mistakes_.push_back(
        mistake_at(entry.mark, path, "unknown key " + in_backticks(entry.key), std::move(hint)));
  }

  void fill_in(const Shape& shape, Node& node, const std::string& path) {
    for (const Field& field : shape.fields) {
      if (node.find(field.key) != nullptr) continue;
      if (field.required) {
        add(node, path, "the key `" + field.key + "` is missing",
            field.doc.substr(0, field.doc.find_last_not_of('.') + 1));
      } else if (!field.preset.empty()) {
        Diagnostics ours;
        Node value = parse_document(field.preset, "default", ours);
        set_mark(value, node.mark);
        check(*field.shape, value, path_of(path, field.key));
        node.entries.push_back({field.key, node.mark, std::move(value)});
      }
    }
  }

  /// What is not checked is not valid.
  static void set_invalid(Node& node) {
    node.valid = false;
    for (auto& item : node.items) set_invalid(item);
    for (auto& entry : node.entries) set_invalid(entry.value);
  }

  static void set_mark(Node& node, const Mark& mark) {
    node.mark = mark;
    for (auto& item : node.items) set_mark(item, mark);
    for (auto& entry : node.entries) {
      entry.mark = mark;
      set_mark(entry.value, mark);
    }
  }

  /// The form of the value chooses the alternative. Among several scalar forms the first that can be read is
  /// taken; if none can, the mistake of the last one, the most general, is told.
  void check_either(const Shape& shape, Node& node, const std::string& path) {
    std::vector<const Shape*> fitting;
    for (const ShapePtr& alternative : shape.alternatives)
      if (accepts(*alternative, node.kind)) fitting.push_back(alternative.get());
    if (fitting.empty()) {
      require(shape, node, Node::Kind::null, path);
      return;
    }
    for (std::size_t i = 0; i < fitting.size(); ++i) {
      Diagnostics found;
      Node copy = node;
      Validator(found).check(*fitting[i], copy, path);
      if (found.empty() || i + 1 == fitting.size()) {
        node = std::move(copy);
        if (!found.empty() && node.kind == Node::Kind::scalar && found.front().hint.empty()) {
          if (fitting.size() > 1)
            found.front().problem = in_backticks(node.text) + " is not " + describe(shape);
          found.front().hint = meant_by(shape, node.text);
        }
        mistakes_.insert(mistakes_.end(), found.begin(), found.end());
        return;
      }
    }
  }

  Diagnostics& mistakes_;
};

}  // namespace

void validate(const Shape& shape, Node& node, const std::string& path, Diagnostics& mistakes) {
  Validator(mistakes).check(shape, node, path);
}

}  // namespace pishkhan
