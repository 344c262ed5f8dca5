#include <algorithm>

#include "models/province/csv.hpp"
#include "models/scenario/shape.hpp"

namespace pishkhan {
namespace {

std::string child_path(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + '.' + key;
}

std::string join_or(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += names[i];
  }
  return text;
}

constexpr std::size_t kMostMistakes = 10'000;

std::vector<std::string> keys_of(const Shape& shape) {
  std::vector<std::string> names;
  for (const Field& field : shape.fields) names.push_back(in_ticks(field.key));
  return names;
}

bool has_word(const Shape& shape, const std::string& text) {
  if (shape.kind == Shape::Kind::either)
    return std::any_of(shape.alternatives.begin(), shape.alternatives.end(),
                       [&](const Shape* alternative) { return has_word(*alternative, text); });
  return shape.kind == Shape::Kind::word && std::any_of(shape.words.begin(), shape.words.end(),
                                                        [&](const Word& word) { return word.text == text; });
}

/// What may have been meant by a text that stands where it cannot: an id in small letters, the value of one
/// of a map's keys, or a map. Empty if nothing comes to mind.
std::string meant_by(const Shape& shape, const std::string& text) {
  if (shape.kind == Shape::Kind::either) {
    for (const Shape* alternative : shape.alternatives)
      if (auto hint = meant_by(*alternative, text); hint.starts_with("did you mean")) return hint;
    return "";
  }
  if (shape.kind == Shape::Kind::quantity && shape.quantity == Quantity::identifier) {
    std::string id = text;
    for (char& c : id)
      c = c == ' ' || c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    double ignored = 0;
    return id != text && !read_quantity(Quantity::identifier, id, ignored)
               ? "did you mean " + in_ticks(id) + "?"
               : "";
  }
  if (shape.kind != Shape::Kind::object) return "";
  for (const Field& field : shape.fields)
    if (has_word(*field.shape, text))
      return "did you mean " + in_ticks("{" + field.key + ": " + text + "}") + "?";
  return shape.fields.size() <= 12 ? "a map of " + join_or(keys_of(shape)) : "";
}

class Validator {
 public:
  explicit Validator(Diagnostics& mistakes) : mistakes_(mistakes) {}

  void check(const Shape& shape, Node& node, const std::string& path) {
    if (node.kind == Node::Kind::null) {
      return add(node, path, "no value", "write " + describe(shape) + ", or leave the key out");
    }
    if (mistakes_.size() >=
        kMostMistakes) {  // More than anyone reads; but what was not looked at is not sound.
      node.sound = false;
      return;
    }
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
    node.sound = false;
    mistakes_.push_back(mistake_at(node.mark, path, std::move(problem), std::move(hint)));
  }

  bool require(const Shape& shape, Node& node, Node::Kind kind, const std::string& path) {
    if (node.kind == kind) return true;
    const std::string found = node.kind == Node::Kind::scalar ? in_ticks(node.text)
                              : node.kind == Node::Kind::list ? "a list"
                                                              : "a map";
    add(node, path, found + " is not " + describe(shape),
        node.kind == Node::Kind::scalar ? meant_by(shape, node.text) : "");
    return false;
  }

  void check_quantity(const Shape& shape, Node& node, const std::string& path) {
    if (!require(shape, node, Node::Kind::scalar, path)) return;
    if (auto wrong = read_quantity(shape.quantity, node.text, node.number)) {
      return add(node, path, std::move(wrong->problem), std::move(wrong->hint));
    }
    const auto limit = [&](double value) {
      if (shape.quantity == Quantity::share) return number_text(value * 100) + '%';
      return canonical_text(shape.quantity, value, "");
    };
    const Range& range = shape.range;
    if (node.number < range.low || (range.above && node.number == range.low)) {
      const bool negative = range.low == 0 && node.number < 0;
      add(node, path, in_ticks(node.text) + (negative ? " is negative" : " is too small"),
          range.above ? "it must be above " + limit(range.low) : "at least " + limit(range.low));
    } else if (node.number > range.high) {
      add(node, path, in_ticks(node.text) + " is too large", "at most " + limit(range.high));
    }
  }

  void check_word(const Shape& shape, Node& node, const std::string& path) {
    if (!require(shape, node, Node::Kind::scalar, path)) return;
    std::vector<std::string_view> known;
    std::vector<std::string> shown;
    for (const Word& word : shape.words) {
      if (word.text == node.text) return;
      known.push_back(word.text);
      shown.push_back(in_ticks(word.text));
    }
    const auto near = nearest_name(node.text, known);
    add(node, path, in_ticks(node.text) + " is not " + join_or(shown),
        near.empty() ? "" : "did you mean " + in_ticks(near) + "?");
  }

  void check_list(const Shape& shape, Node& node, const std::string& path) {
    if (!require(shape, node, Node::Kind::list, path)) return;
    if (node.items.size() < shape.at_least) {
      add(node, path, "too few items: " + std::to_string(node.items.size()),
          "at least " + std::to_string(shape.at_least));
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      check(*shape.item, node.items[i], path + '[' + std::to_string(i) + ']');
      node.sound = node.sound && node.items[i].sound;
    }
  }

  void check_table(const Shape& shape, Node& node, const std::string& path) {
    if (!require(shape, node, Node::Kind::map, path)) return;
    for (auto& entry : node.entries) {
      double ignored = 0;
      if (auto wrong = read_quantity(Quantity::identifier, entry.key, ignored)) {
        mistakes_.push_back(mistake_at(entry.mark, path, wrong->problem, wrong->hint));
        node.sound = false;
      }
      check(*shape.item, entry.value, child_path(path, entry.key));
      node.sound = node.sound && entry.value.sound;
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
        node.sound = false;
        continue;
      }
      check(*field->shape, entry.value, child_path(path, entry.key));
      node.sound = node.sound && entry.value.sound;
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
    if (!near.empty()) {
      hint = "did you mean " + in_ticks(near) + "?";
    } else if (known.size() <= 12) {
      hint = (shape.kind == Shape::Kind::choice ? "one of " : "keys here are ") + join_or(keys_of(shape));
    }
    mistakes_.push_back(mistake_at(entry.mark, path, "unknown key " + in_ticks(entry.key), std::move(hint)));
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
        check(*field.shape, value, child_path(path, field.key));
        node.entries.push_back({field.key, node.mark, std::move(value)});
      }
    }
  }

  static void set_mark(Node& node, const Mark& mark) {
    node.mark = mark;
    for (auto& item : node.items) set_mark(item, mark);
    for (auto& entry : node.entries) {
      entry.mark = mark;
      set_mark(entry.value, mark);
    }
  }

  /// The alternative is chosen by the form of the value; among several scalar forms the first that
  /// reads wins, and if none does the mistake of the last (the most general) is told.
  void check_either(const Shape& shape, Node& node, const std::string& path) {
    std::vector<const Shape*> fitting;
    for (const Shape* alternative : shape.alternatives) {
      if (accepts(*alternative, node.kind)) fitting.push_back(alternative);
    }
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
          if (fitting.size() > 1) found.front().problem = in_ticks(node.text) + " is not " + describe(shape);
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

const Field* find_field(const Shape& shape, std::string_view key) {
  for (const Field& field : shape.fields) {
    if (field.key == key) return &field;
  }
  return nullptr;
}

bool accepts(const Shape& shape, Node::Kind kind) {
  switch (shape.kind) {
    case Shape::Kind::quantity:
    case Shape::Kind::word:
      return kind == Node::Kind::scalar;
    case Shape::Kind::list:
      return kind == Node::Kind::list;
    case Shape::Kind::object:
    case Shape::Kind::choice:
    case Shape::Kind::table:
      return kind == Node::Kind::map;
    case Shape::Kind::either:
      return std::any_of(shape.alternatives.begin(), shape.alternatives.end(),
                         [kind](const Shape* alternative) { return accepts(*alternative, kind); });
  }
  return false;
}

std::string describe(const Shape& shape) {
  if (!shape.label.empty()) return shape.label;
  switch (shape.kind) {
    case Shape::Kind::quantity:
      return describe(shape.quantity);
    case Shape::Kind::word: {
      std::vector<std::string> shown;
      for (const Word& word : shape.words) shown.push_back(in_ticks(word.text));
      return join_or(shown);
    }
    case Shape::Kind::list:
      return "a list";
    case Shape::Kind::object:
    case Shape::Kind::choice:
    case Shape::Kind::table:
      return "a map";
    case Shape::Kind::either: {
      std::vector<std::string> shown;
      for (const Shape* alternative : shape.alternatives) shown.push_back(describe(*alternative));
      return join_or(shown);
    }
  }
  return "";
}

void validate(const Shape& shape, Node& node, const std::string& path, Diagnostics& mistakes) {
  Validator(mistakes).check(shape, node, path);
}

void lay_over(const Shape& shape, Node& base, Node over) {
  if (shape.kind == Shape::Kind::either) {
    for (const Shape* alternative : shape.alternatives) {
      if (accepts(*alternative, base.kind) && accepts(*alternative, over.kind)) {
        return lay_over(*alternative, base, std::move(over));
      }
    }
  }
  const bool maps = base.kind == Node::Kind::map && over.kind == Node::Kind::map;
  if (maps && shape.kind == Shape::Kind::choice) {
    // Another distribution replaces; the same one with a new parameter merges.
    if (base.entries.size() == 1 && over.entries.size() == 1 && base.entries[0].key == over.entries[0].key) {
      if (const Field* field = find_field(shape, base.entries[0].key)) {
        return lay_over(*field->shape, base.entries[0].value, std::move(over.entries[0].value));
      }
    }
  } else if (maps && (shape.kind == Shape::Kind::object || shape.kind == Shape::Kind::table)) {
    for (auto& entry : over.entries) {
      const Field* field = find_field(shape, entry.key);
      const Shape* item = shape.kind == Shape::Kind::table ? shape.item : field ? field->shape : nullptr;
      Node* old = base.find(entry.key);
      if (old != nullptr && item != nullptr) {
        lay_over(*item, *old, std::move(entry.value));
      } else if (old != nullptr) {
        *old = std::move(entry.value);
      } else {
        base.entries.push_back(std::move(entry));
      }
    }
    base.mark = over.mark;  // A key missing in both is looked for in the file that was run.
    return;
  } else if (shape.kind == Shape::Kind::list && shape.append && base.kind == Node::Kind::list &&
             over.kind == Node::Kind::list) {
    for (auto& item : over.items) base.items.push_back(std::move(item));
    return;
  }
  base = std::move(over);
}

}  // namespace pishkhan
