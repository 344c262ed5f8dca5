#include "models/scenario/schema/canonical.hpp"

namespace pishkhan {
namespace {

/// A double-quoted YAML (and JSON) string.
std::string quote(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\x";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

/// An id as it is; `null`, which YAML would read as no value, in quotes.
std::string id_text(const std::string& id) { return id == "null" ? quote(id) : id; }

void write(const Shape& shape, const Node& node, std::string& out, int indent);

void write_value(const Shape& shape, const Node& node, std::string& out, int indent) {
  const bool empty = node.items.empty() && node.entries.empty();
  if (node.kind == Node::Kind::scalar || empty) {
    out += ' ';
    write(shape, node, out, indent);
    out += '\n';
  } else {
    out += '\n';
    write(shape, node, out, indent);
  }
}

void write_map(const Shape& shape, const Node& node, std::string& out, int indent) {
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  if (shape.kind == Shape::Kind::table) {
    // In the order written: results list what stands here in that order.
    for (const auto& entry : node.entries) {
      out += margin + id_text(entry.key) + ':';
      write_value(*shape.item, entry.value, out, indent + 2);
    }
    return;
  }
  for (const Field& field : shape.fields) {
    if (const Node* value = node.find(field.key)) {
      out += margin + field.key + ':';
      write_value(*field.shape, *value, out, indent + 2);
    }
  }
}

void write(const Shape& shape, const Node& node, std::string& out, int indent) {
  if (shape.kind == Shape::Kind::either) return write(*alternative_of(shape, node), node, out, indent);
  switch (node.kind) {
    case Node::Kind::null:
      out += "null";
      return;
    case Node::Kind::scalar:
      if (shape.kind != Shape::Kind::quantity)
        out += node.text;
      else if (shape.quantity == Quantity::identifier)
        out += id_text(node.text);
      else if (is_unquoted(shape.quantity))
        out += canonical_text(shape.quantity, node.number, node.text);
      else
        out += quote(canonical_text(shape.quantity, node.number, node.text));
      return;
    case Node::Kind::list:
      if (node.items.empty()) {
        out += "[]";
        return;
      }
      for (const Node& item : node.items) {
        out += std::string(static_cast<std::size_t>(indent), ' ') + '-';
        write_value(*shape.item, item, out, indent + 2);
      }
      return;
    case Node::Kind::map:
      if (node.entries.empty()) {
        out += "{}";
        return;
      }
      write_map(shape, node, out, indent);
  }
}

}  // namespace

std::string canonical_yaml(const Shape& shape, const Node& node) {
  std::string out;
  write(shape, node, out, 0);
  return out;
}

}  // namespace pishkhan
