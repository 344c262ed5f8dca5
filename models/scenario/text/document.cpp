#include "models/scenario/text/document.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <optional>
#include <streambuf>
#include <unordered_set>

#include "models/province/csv.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "sim/base/printable.hpp"

namespace pishkhan {
namespace {

/// Ends the parsing after a mistake has been noted.
struct Refused {};

std::string no_text(char control) {
  return "the character " + name_of_character(static_cast<unsigned char>(control)) +
         " is not part of any text";
}

/// Builds nodes from the parser's events, so that limits hold while reading and nothing is expanded.
class NodeBuilder final : public YAML::EventHandler {
 public:
  NodeBuilder(std::string_view text, std::shared_ptr<const std::string> file, const DocumentLimits& limits,
              Diagnostics& mistakes)
      : text_(text), file_(std::move(file)), limits_(limits), mistakes_(mistakes) {}

  [[nodiscard]] Node take() { return std::move(root_); }
  [[nodiscard]] bool any() const { return nodes_ > 0; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& at, YAML::anchor_t anchor) override {
    refuse_anchor(at, anchor);
    Node node;
    const bool in_list = !levels_.empty() && levels_.back().node.kind == Node::Kind::list;
    node.mark = in_list ? mark_of_empty_item(at) : mark(at);
    add(std::move(node));
  }

  void OnAlias(const YAML::Mark& at, YAML::anchor_t) override { refuse_anchor(at, 1); }

  void OnScalar(const YAML::Mark& at, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(at, anchor);
    refuse_tag(at, tag);
    refuse_open_quote(at);
    refuse_control(at, value);
    Node node;
    node.mark = mark(at);
    node.kind = Node::Kind::scalar;
    node.text = value;
    if (const auto control = std::find_if(value.begin(), value.end(), is_control); control != value.end()) {
      // An escape of a quoted text: the file itself has none left.
      mistakes_.push_back(mistake_at(node.mark, "", no_text(*control), "leave its escape out"));
      std::erase_if(node.text, is_control);
    }
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& at, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(at, tag, anchor, Node::Kind::list);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& at, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(at, tag, anchor, Node::Kind::map);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Level {
    Node node;
    bool has_key = false;
    std::string key;
    Mark key_mark;
    std::unordered_set<std::string> keys;
  };

  [[nodiscard]] Mark mark(const YAML::Mark& at) const { return {file_, at.line + 1, at.column + 1}; }

  /// Of a list's item without a value, in a line of its own the parser is further on already: the line before
  /// that has nothing but a hyphen.
  [[nodiscard]] Mark mark_of_empty_item(const YAML::Mark& at) const {
    int line = at.line;
    for (std::size_t end = std::min(static_cast<std::size_t>(at.pos), text_.size()); line >= 0; --line) {
      const std::size_t before = end == 0 ? std::string_view::npos : text_.rfind('\n', end - 1);
      const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
      const std::string_view written = text_.substr(begin, end - begin);
      const std::size_t hyphen = written.find_first_not_of(' ');
      if (hyphen != std::string_view::npos && written[hyphen] == '-') {
        const std::size_t next = written.find_first_not_of(" \r", hyphen + 1);
        if (next == std::string_view::npos || written[next] == '#')
          return {file_, line + 1, static_cast<int>(hyphen) + 1};
      }
      if (begin == 0) break;
      end = begin - 1;
    }
    return mark(at);
  }

  [[noreturn]] void refuse(const YAML::Mark& at, std::string problem, std::string hint) {
    mistakes_.push_back(mistake_at(mark(at), "", std::move(problem), std::move(hint)));
    throw Refused{};
  }

  void refuse_anchor(const YAML::Mark& at, YAML::anchor_t anchor) {
    if (anchor != 0) {
      refuse(at, "anchors and aliases are not part of the language",
             "write the value out, or move it to a base");
    }
  }

  void refuse_tag(const YAML::Mark& at, const std::string& tag) {
    // yaml-cpp gives "?" to plain scalars and "!" to quoted ones.
    if (!tag.empty() && tag != "?" && tag != "!")
      refuse(at, "the tag " + tag + " is not part of the language", "leave the tag out");
  }

  /// One that an escape of a quoted text stands for: the text itself has none.
  void refuse_control(const YAML::Mark& at, const std::string& value) {
    const auto control = std::find_if(value.begin(), value.end(), is_control);
    if (control != value.end()) refuse(at, no_text(*control), "leave its escape out");
  }

  /// The parser takes the end of the file for the closing quote; keys would vanish into the text.
  void refuse_open_quote(const YAML::Mark& at) {
    const auto start = static_cast<std::size_t>(at.pos);
    if (start >= text_.size() || (text_[start] != '"' && text_[start] != '\'')) return;
    const char quote = text_[start];
    for (std::size_t i = start + 1; i < text_.size(); ++i) {
      if (text_[i] == quote) {
        const bool doubled = quote == '\'' && i + 1 < text_.size() && text_[i + 1] == quote;
        if (!doubled) return;
        ++i;
      }
      if (text_[i] == '\\' && quote == '"') ++i;
    }
    refuse(at, "a quote is not closed", "the text from here to the end of the file would be one value");
  }

  void open(const YAML::Mark& at, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind) {
    refuse_anchor(at, anchor);
    refuse_tag(at, tag);
    if (static_cast<int>(levels_.size()) >= limits_.depth) {
      refuse(at, "nested deeper than " + std::to_string(limits_.depth) + " levels",
             "no scenario needs as many");
    }
    count(at);
    if (!levels_.empty() && levels_.back().node.kind == Node::Kind::map && !levels_.back().has_key)
      refuse(at, "a list or map as a key", "a bracket may not be closed");
    Level level;
    level.node.kind = kind;
    level.node.mark = mark(at);
    levels_.push_back(std::move(level));
  }

  void close() {
    Node node = std::move(levels_.back().node);
    levels_.pop_back();
    place(std::move(node));
  }

  void add(Node node) {
    if (++nodes_ > limits_.nodes) too_many(node.mark);
    place(std::move(node));
  }

  void count(const YAML::Mark& at) {
    if (++nodes_ > limits_.nodes) too_many(mark(at));
  }

  [[noreturn]] void too_many(const Mark& at) {
    mistakes_.push_back(mistake_at(at, "", "more than " + std::to_string(limits_.nodes) + " values",
                                   "large tables belong in a CSV file"));
    throw Refused{};
  }

  void place(Node node) {
    if (levels_.empty()) {
      root_ = std::move(node);
      return;
    }
    Level& level = levels_.back();
    if (level.node.kind == Node::Kind::list) {
      level.node.items.push_back(std::move(node));
    } else if (!level.has_key) {
      level.has_key = true;
      level.key = node.text;
      level.key_mark = node.mark;
    } else {
      level.has_key = false;
      if (node.kind == Node::Kind::null) node.mark = level.key_mark;  // The parser is further on already.
      if (level.keys.size() >= limits_.keys) {
        mistakes_.push_back(mistake_at(level.key_mark, "",
                                       "a map of more than " + std::to_string(limits_.keys) + " keys",
                                       "large tables belong in a CSV file"));
        throw Refused{};
      }
      if (level.keys.insert(level.key).second) {
        level.node.entries.push_back({level.key, level.key_mark, std::move(node)});
      } else {
        const auto first = level.node.find(level.key);
        mistakes_.push_back(mistake_at(level.key_mark, "", "the key `" + level.key + "` is written twice",
                                       "the first is in line " + std::to_string(first->mark.line)));
      }
    }
  }

  std::string_view text_;
  std::shared_ptr<const std::string> file_;
  const DocumentLimits& limits_;
  Diagnostics& mistakes_;
  std::vector<Level> levels_;
  Node root_;
  std::size_t nodes_ = 0;
};

/// Reads a view as a stream, without a copy.
class ViewBuffer final : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // The get area is never written to.
    setg(begin, begin, begin + text.size());
  }
};

/// Leaves out what no text has, control characters such as NUL and bytes that are no UTF-8, so that the rest
/// can be read, and reports it.
class Cleaner {
 public:
  Cleaner(std::string_view text, const std::string& file, Diagnostics& mistakes)
      : text_(text), file_(file), mistakes_(mistakes) {}

  std::string clean() {
    std::string clean;
    std::size_t begin = 0;
    auto broken = next_broken(0);
    for (std::size_t at = 0; at < text_.size(); ++at) {
      const bool is_broken = broken && at == *broken;
      if (!is_broken && !is_control(text_[at])) continue;
      report(at, is_broken);
      clean += text_.substr(begin, at - begin);
      begin = at + 1;
      if (is_broken) broken = next_broken(begin);
    }
    if (found_ > kMostTold) {
      mistakes_.push_back({file_, line_, 0, "",
                           "and " + std::to_string(found_ - kMostTold) + " more characters of no text", ""});
    }
    return clean += text_.substr(begin);
  }

 private:
  [[nodiscard]] std::optional<std::size_t> next_broken(std::size_t from) const {
    const auto at = find_invalid_utf8(text_.substr(from));
    return at ? std::optional(from + *at) : std::nullopt;
  }

  void report(std::size_t at, bool is_broken) {
    line_ += static_cast<int>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted_),
                                         text_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted_ = at;
    if (++found_ > kMostTold) return;
    const auto before = text_.substr(0, at);
    const auto column = static_cast<int>(before.size() - (before.rfind('\n') + 1) + 1);  // npos + 1 is 0
    if (is_broken) {
      mistakes_.push_back(
          {file_, line_, column, "", "not UTF-8 text", "save the file with the encoding UTF-8"});
    } else {
      mistakes_.push_back({file_, line_, column, "", no_text(text_[at]), "remove it"});
    }
  }

  static constexpr std::size_t kMostTold = 10;
  std::string_view text_;
  const std::string& file_;
  Diagnostics& mistakes_;
  std::size_t found_ = 0, counted_ = 0;
  int line_ = 1;
};

/// Where the next document begins, or where it is broken; nothing when there is none.
std::optional<Mark> find_document(YAML::Parser& parser, std::string_view text,
                                  const std::shared_ptr<const std::string>& file,
                                  const DocumentLimits& limits) {
  Diagnostics broken;
  NodeBuilder builder(text, file, limits, broken);
  try {
    if (!parser.HandleNextDocument(builder) || !builder.any()) return std::nullopt;
    return builder.take().mark;
  } catch (const Refused&) {
    return Mark{file, broken.front().line, broken.front().column};
  }
}

bool is_utf16(std::string_view text) { return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"); }

std::string size_text(std::size_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const auto& entry : entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

Node* Node::find(std::string_view key) {
  return const_cast<Node*>(static_cast<const Node*>(this)->find(key));
}

void mark_all(Node& node, const Mark& mark) {
  node.mark = mark;
  for (Node& item : node.items) mark_all(item, mark);
  for (Node::Entry& entry : node.entries) {
    entry.mark = mark;
    mark_all(entry.value, mark);
  }
}

Node parse_document(std::string_view text, const std::string& file_name, Diagnostics& mistakes,
                    const DocumentLimits& limits) {
  const auto file = std::make_shared<const std::string>(file_name);
  if (text.size() > limits.bytes) {
    mistakes.push_back({file_name, 0, 0, "", "larger than " + size_text(limits.bytes),
                        "a scenario is small; large tables belong in a CSV file"});
    return {};
  }
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  if (is_utf16(text)) {
    mistakes.push_back({file_name, 1, 1, "", "not UTF-8 text", "save the file with the encoding UTF-8"});
    return {};
  }
  const std::string cleaned = Cleaner(text, file_name, mistakes).clean();
  text = cleaned;
  NodeBuilder builder(text, file, limits, mistakes);
  try {
    ViewBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder) || !builder.any()) {
      mistakes.push_back({file_name, 1, 1, "", kEmptyFile, "a scenario starts with `scenario: <title>`"});
      return {};
    }
    Node root = builder.take();
    if (const auto second = find_document(parser, text, file, limits)) {
      mistakes.push_back(
          mistake_at(*second, "", "a second document in the file", "one file holds one scenario"));
    }
    if (root.kind == Node::Kind::null)
      mistakes.push_back({file_name, 1, 1, "", kEmptyFile, "a scenario starts with `scenario: <title>`"});
    return root;
  } catch (const Refused&) {
  } catch (const YAML::Exception& error) {
    mistakes.push_back({file_name, error.mark.line + 1, error.mark.column + 1, "",
                        "not readable as YAML: " + error.msg,
                        "indent with spaces; quote text that has `: `, `#`, or starts with a sign"});
  }
  return {};
}

}  // namespace pishkhan
