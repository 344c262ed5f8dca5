#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "tests/house/tree.hpp"

// C++ read just deeply enough for the rules of this house: no preprocessing, no types.
namespace pishkhan::house {

/// A word, a number, `::`, one character of punctuation, or `""` for any literal text.
struct Token {
  std::string text;
  std::size_t line;  ///< index in SourceFile::lines
};

enum class Directives { dropped, kept };

/// The file without comments, the contents of literals and, unless kept, preprocessor lines.
std::vector<Token> tokens_of(const SourceFile& file, Directives directives = Directives::dropped);

/// The token that closes the bracket at `open`, or the last token.
std::size_t closing(const std::vector<Token>& tokens, std::size_t open);

/// A function or member function declared or defined outside function bodies.
struct Function {
  std::string owner;  ///< the class it belongs to; empty for a free function
  std::string name;
  std::size_t first_line = 0;  ///< indices in SourceFile::lines
  std::size_t last_line = 0;
  bool defined = false;    ///< has a body, or is defaulted, deleted or pure
  bool overrides = false;  ///< is called through its base
  [[nodiscard]] std::size_t lines() const { return last_line - first_line + 1; }
};

std::vector<Function> functions_of(const SourceFile& file);

/// An `if` with all its branches, or a loop.
struct Branches {
  struct Body {
    bool braces;
    bool one_line;  ///< what stands in it, braces and comments apart
  };
  std::size_t line;  ///< index in SourceFile::lines
  std::vector<Body> bodies;
};

std::vector<Branches> branches_of(const SourceFile& file);

}  // namespace pishkhan::house
