#include "tests/house/code.hpp"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <initializer_list>
#include <utility>

namespace pishkhan::house {
namespace {

bool is_word(const std::string& text) {
  return std::isalpha(static_cast<unsigned char>(text[0])) || text[0] == '_';
}

bool is_any(const std::string& text, std::initializer_list<const char*> words) {
  return std::ranges::any_of(words, [&](const char* word) { return text == word; });
}

/// Reads a file as text, character by character.
class Tokenizer {
 public:
  Tokenizer(const SourceFile& file, Directives directives) {
    bool directive = false;
    for (const std::string& line : file.lines) {
      const std::size_t first = line.find_first_not_of(" \t");
      directive = directive || (first != std::string::npos && line[first] == '#');
      text_ += directive && directives == Directives::dropped ? "\n" : line + "\n";
      directive = directive && line.ends_with('\\');
    }
  }

  std::vector<Token> read() {
    while (at_ < text_.size()) read_one();
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] bool here(const char* what) const { return text_.compare(at_, std::strlen(what), what) == 0; }
  [[nodiscard]] unsigned char now() const { return static_cast<unsigned char>(text_[at_]); }

  void skip_to(std::size_t end) {
    end = std::min(end, text_.size());
    line_ += static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                 text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    at_ = end;
  }
  void skip_past(const std::string& what, std::size_t from) {
    const std::size_t found = text_.find(what, from);
    skip_to(found == std::string::npos ? text_.size() : found + what.size());
  }
  void add(std::string text, std::size_t end) {
    tokens_.push_back({std::move(text), line_});
    skip_to(end);
  }
  template <class Belongs>
  [[nodiscard]] std::size_t end_of(Belongs belongs) const {
    std::size_t end = at_ + 1;
    while (end < text_.size() && belongs(end)) ++end;
    return end;
  }

  void read_one() {
    if (std::isspace(now())) return skip_to(at_ + 1);
    if (here("//")) return skip_past("\n", at_);
    if (here("/*")) return skip_past("*/", at_ + 2);
    if (here("R\"")) return read_raw();
    if (now() == '"' || now() == '\'') return read_literal();
    const auto in_word = [this](std::size_t i) {
      return std::isalnum(static_cast<unsigned char>(text_[i])) || text_[i] == '_';
    };
    if (std::isdigit(now())) {
      const std::size_t end =
          end_of([&](std::size_t i) { return in_word(i) || text_[i] == '\'' || text_[i] == '.'; });
      return add(text_.substr(at_, end - at_), end);
    }
    if (std::isalpha(now()) || now() == '_') {
      const std::size_t end = end_of(in_word);
      return add(text_.substr(at_, end - at_), end);
    }
    if (here("::")) return add("::", at_ + 2);
    add(std::string(1, text_[at_]), at_ + 1);
  }

  void read_raw() {
    const std::size_t open = text_.find('(', at_);
    const std::string end = ")" + text_.substr(at_ + 2, open - at_ - 2) + "\"";
    tokens_.push_back({"\"\"", line_});
    skip_past(end, open);
  }
  void read_literal() {
    const char quote = text_[at_];
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote) end += text_[end] == '\\' ? 2 : 1;
    add("\"\"", end + 1);
  }

  std::string text_;
  std::size_t at_ = 0, line_ = 0;
  std::vector<Token> tokens_;
};

/// Walks namespaces and classes; a head is what stands before a `{` or `;` there.
class Declarations {
 public:
  explicit Declarations(const SourceFile& file) : tokens_(tokens_of(file)) {}

  std::vector<Function> read() {
    while (at_ < tokens_.size()) read_scope("");
    return std::move(found_);
  }

 private:
  struct Head {
    std::vector<std::size_t> tokens;  ///< those outside brackets
    std::size_t parameters = 0;       ///< place in `tokens` of the first `(` that holds parameters
    bool initialised = false;         ///< has an `=`
    bool members = false;             ///< has begun to initialise members
  };

  [[nodiscard]] const std::string& text(std::size_t i) const { return tokens_[i].text; }
  [[nodiscard]] const std::string& last(const Head& head) const { return text(head.tokens.back()); }
  [[nodiscard]] bool holds(const Head& head, std::initializer_list<const char*> words) const {
    return std::ranges::any_of(head.tokens, [&](std::size_t i) { return is_any(text(i), words); });
  }

  void read_scope(const std::string& owner) {
    Head head;
    for (; at_ < tokens_.size(); ++at_) {
      const std::string& now = text(at_);
      if (now == "}") {
        ++at_;
        return;
      }
      if (now == ";") {
        declare(head, owner, at_, false);
        head = {};
      } else if (now == "{") {
        open(head, owner);
      } else {
        extend(head);
      }
    }
  }

  void extend(Head& head) {
    const std::string& now = text(at_);
    const bool first = head.tokens.empty();
    if (now == ":" && head.tokens.size() == 1 && is_any(last(head), {"public", "private", "protected"})) {
      head = {};
      return;
    }
    if (!first && last(head) == "operator") {
      // The whole sign is the name.
      std::size_t end = at_ + (now == "(" ? 2 : 1);
      while (!is_word(now) && text(end) != "(") ++end;
      head.tokens.push_back(at_);
      at_ = end - 1;
      return;
    }
    if (is_macro_line(head)) head = {};
    if (now == "=") head.initialised = true;
    if (now == ":" && head.parameters) head.members = true;
    if (now == "(" && !first && !head.parameters && !head.initialised && names_function(head) &&
        text(at_ + 1) != "*")
      head.parameters = head.tokens.size();
    head.tokens.push_back(at_);
    if (now == "(" || now == "[") at_ = closing(tokens_, at_);
    if (now == "<" && !head.initialised) at_ = closing_angle(at_);
  }

  /// A macro that stands for whole declarations: `FILL(name, type)`, alone on its line.
  [[nodiscard]] bool is_macro_line(const Head& head) const {
    if (head.tokens.size() != 2 || last(head) != "(") return false;
    const std::string& name = text(head.tokens.front());
    return std::ranges::all_of(
               name, [](char c) { return std::isupper(static_cast<unsigned char>(c)) || c == '_'; }) &&
           tokens_[at_ - 1].line < tokens_[at_].line;
  }

  [[nodiscard]] bool names_function(const Head& head) const {
    return is_word(last(head))
               ? !is_any(last(head), {"void", "int", "double", "bool", "auto", "decltype", "noexcept",
                                      "requires", "alignas", "explicit", "__attribute__"})
               : head.tokens.size() > 1 && text(head.tokens[head.tokens.size() - 2]) == "operator";
  }

  [[nodiscard]] std::size_t closing_angle(std::size_t open) const {
    int depth = 0;
    for (std::size_t i = open; i < tokens_.size(); ++i) {
      if (text(i) == "(") i = closing(tokens_, i);
      if (text(i) == "<") ++depth;
      if (text(i) == ">" && --depth == 0) return i;
    }
    return open;
  }

  void open(Head& head, const std::string& owner) {
    if (head.parameters && !head.initialised) {
      const bool member = head.members && (is_word(last(head)) || last(head) == "<");
      if (member) {
        skip_braces(head);
        return;
      }
      const std::size_t end = closing(tokens_, at_);
      declare(head, owner, end, true);
      at_ = end;
      head = {};
    } else if (holds(head, {"namespace", "extern"})) {
      enter(owner);
      head = {};
    } else if (!head.initialised && !holds(head, {"enum"}) && holds(head, {"class", "struct", "union"})) {
      enter(class_name(head));
      head = {};
    } else {
      skip_braces(head);
    }
  }

  /// Leaves at_ on the brace that closes.
  void enter(const std::string& owner) {
    ++at_;
    read_scope(owner);
    --at_;
  }
  void skip_braces(Head& head) {
    head.tokens.push_back(at_);
    at_ = closing(tokens_, at_);
  }

  [[nodiscard]] std::string class_name(const Head& head) const {
    std::string name;
    bool after = false;
    for (const std::size_t i : head.tokens) {
      if (after && is_any(text(i), {":", "final"})) break;
      if (after && is_word(text(i))) name = text(i);
      after = after || is_any(text(i), {"class", "struct", "union"});
    }
    return name;
  }

  void declare(const Head& head, const std::string& owner, std::size_t end, bool body) {
    if (!head.parameters || holds(head, {"using", "typedef", "static_assert"})) return;
    if (!body && holds(head, {"friend"})) return;
    Function function;
    std::size_t name = head.parameters - 1;
    if (name > 0 && text(head.tokens[name - 1]) == "operator") --name;
    function.name = text(head.tokens[name]);
    function.owner = owner;
    if (name > 0 && text(head.tokens[name - 1]) == "~") function.name = "~" + function.name, --name;
    if (name > 1 && text(head.tokens[name - 1]) == "::") function.owner = text(head.tokens[name - 2]);
    function.first_line = tokens_[head.tokens.front()].line;
    function.last_line = tokens_[end].line;
    function.defined = body || head.initialised;
    function.overrides = holds(head, {"override"});
    found_.push_back(std::move(function));
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::vector<Function> found_;
};

/// Reads the branches of ifs and loops.
class BranchReader {
 public:
  explicit BranchReader(const SourceFile& file) : tokens_(tokens_of(file)) {}

  std::vector<Branches> read() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const bool starts_if = text(i) == "if" && (i == 0 || text(i - 1) != "else");
      if (starts_if || is_any(text(i), {"for", "while"})) read_branches(i);
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] const std::string& text(std::size_t i) const {
    return tokens_[std::min(i, tokens_.size() - 1)].text;
  }

  void read_branches(std::size_t i) {
    Branches branches{tokens_[i].line, {}};
    for (bool more = true; more;) {
      i = read_body(skip_condition(i), branches);
      more = text(i + 1) == "else";
      if (more) i += text(i + 2) == "if" ? 2 : 1;
    }
    if (!branches.bodies.empty()) found_.push_back(std::move(branches));
  }

  /// From `if`, `for`, `while` or `else` to the first token of the body.
  [[nodiscard]] std::size_t skip_condition(std::size_t i) const {
    if (text(i++) == "else") return i;
    if (text(i) == "constexpr") ++i;
    if (text(i) == "(") i = closing(tokens_, i) + 1;
    return text(i) == "[" ? closing(tokens_, i) + 1 : i;  // [[likely]]
  }

  /// Returns the last token of the body.
  std::size_t read_body(std::size_t first, Branches& branches) {
    const std::size_t end = end_of_statement(first);
    if (text(first) == ";") return end;  // the end of a do-while
    const bool braces = text(first) == "{";
    const std::size_t lines = tokens_[end].line - tokens_[first].line + 1;
    const bool would_take_the_else = text(first + 1) == "if" && text(end + 1) == "else";
    const bool short_in_braces = lines <= 3 && simple(first + 1, end) && !would_take_the_else;
    branches.bodies.push_back({braces, braces ? short_in_braces : lines == 1});
    return end;
  }

  /// Whether one statement and no more stands between the tokens.
  [[nodiscard]] bool simple(std::size_t first, std::size_t end) const {
    return first < end && end_of_statement(first) + 1 == end;
  }

  [[nodiscard]] std::size_t end_of_statement(std::size_t i) const {
    if (text(i) == "{") return closing(tokens_, i);
    if (is_any(text(i), {"if", "for", "while", "switch"})) {
      std::size_t end = end_of_statement(skip_condition(i));
      while (text(i) == "if" && text(end + 1) == "else") end = end_of_statement(end + 2);
      return end;
    }
    for (; i < tokens_.size(); ++i) {
      if (is_any(text(i), {"(", "[", "{"})) i = closing(tokens_, i);
      if (text(i) == ";") return i;
    }
    return tokens_.size() - 1;
  }

  std::vector<Token> tokens_;
  std::vector<Branches> found_;
};

}  // namespace

std::vector<Token> tokens_of(const SourceFile& file, Directives directives) {
  return Tokenizer(file, directives).read();
}

std::size_t closing(const std::vector<Token>& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (is_any(tokens[i].text, {"(", "[", "{"})) ++depth;
    if (is_any(tokens[i].text, {")", "]", "}"}) && --depth == 0) return i;
  }
  return tokens.size() - 1;
}

std::vector<Function> functions_of(const SourceFile& file) { return Declarations(file).read(); }

std::vector<Branches> branches_of(const SourceFile& file) { return BranchReader(file).read(); }

}  // namespace pishkhan::house
