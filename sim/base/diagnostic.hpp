#pragma once
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

namespace pishkhan {

/// One mistake in what the user wrote. line and column count from 1; 0 means "no such place"
/// (for example a mistake on the command line).
struct Diagnostic {
  std::string file;
  int line = 0;
  int column = 0;
  std::string path;     ///< dotted path of the value, e.g. `migrations[0].share`
  std::string problem;  ///< what is wrong, with the offending value
  std::string hint;     ///< what to write instead; may be empty

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// `file:line:column: path: problem (hint)`, parts that are empty left out. One line: what nobody sees and
/// what a terminal would obey is named.
std::string to_string(const Diagnostic& diagnostic);

/// Mistakes of the user, all that could be found at once. Never empty.
class UserError : public std::exception {
 public:
  explicit UserError(std::vector<Diagnostic> diagnostics);
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const noexcept { return diagnostics_; }
  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::vector<Diagnostic> diagnostics_;
  std::string text_;
};

/// A failure of the surroundings: a disk that is full, a file that cannot be read.
class EnvironmentError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace pishkhan
