#include "tests/fuzz/made_value.hpp"

namespace pishkhan {
namespace {

/// In quotes, which yaml-cpp reads faster than plain text.
std::string scalar_text(const std::string& text) { return '"' + text + '"'; }

std::string flow_text(const MadeValue& value) {
  std::string text;
  switch (value.kind) {
    case MadeValue::Kind::scalar:
      return scalar_text(value.scalar.text);
    case MadeValue::Kind::list:
      for (const MadeValue& item : value.items) text += (text.empty() ? "" : ", ") + flow_text(item);
      return '[' + text + ']';
    case MadeValue::Kind::map:
      break;
  }
  for (const auto& entry : value.entries)
    text += (text.empty() ? "" : ", ") + scalar_text(entry.key) + ": " + flow_text(entry.value);
  return '{' + text + '}';
}

/// The bounds that the scalars of a value stand at, lists of scalars included.
void add_bounds(const MadeValue& value, KeyUse& use) {
  use.low = use.low || value.scalar.low;
  use.high = use.high || value.scalar.high;
  for (const MadeValue& item : value.items) add_bounds(item, use);
}

void add_uses(const MadeValue& value, KeyUses& uses) {
  for (const MadeValue& item : value.items) add_uses(item, uses);
  for (const auto& entry : value.entries) {
    if (!entry.name.empty()) add_bounds(entry.value, uses[entry.name]);
    add_uses(entry.value, uses);
  }
}

}  // namespace

MadeValue* MadeValue::find(std::string_view key) {
  for (Entry& entry : entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

void MadeValue::erase(std::string_view key) {
  std::erase_if(entries, [key](const Entry& entry) { return entry.key == key; });
}

void MadeValue::set(std::string text) {
  *this = MadeValue{};
  scalar.text = std::move(text);
}

std::string yaml_of(const MadeValue& root) {
  std::string text;
  for (const auto& entry : root.entries) {
    text += entry.key + ':';
    if (entry.value.kind == MadeValue::Kind::list && !entry.value.items.empty()) {
      for (const MadeValue& item : entry.value.items) text += "\n  - " + flow_text(item);
      text += '\n';
    } else {
      text += ' ' + flow_text(entry.value) + '\n';
    }
  }
  return text;
}

KeyUses uses_of(const MadeValue& root) {
  KeyUses uses;
  add_uses(root, uses);
  return uses;
}

}  // namespace pishkhan
