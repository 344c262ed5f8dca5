#include "sim/base/diagnostic.hpp"

#include <utility>

#include "sim/base/printable.hpp"

namespace pishkhan {

std::string to_string(const Diagnostic& diagnostic) {
  std::string text;
  if (!diagnostic.file.empty()) {
    text += with_invisible_named(diagnostic.file);
    if (diagnostic.line > 0) {
      text += ':' + std::to_string(diagnostic.line);
      if (diagnostic.column > 0) text += ':' + std::to_string(diagnostic.column);
    }
    text += ": ";
  }
  if (!diagnostic.path.empty()) text += with_invisible_named(diagnostic.path) + ": ";
  text += with_invisible_named(diagnostic.problem);
  if (!diagnostic.hint.empty()) text += " (" + with_invisible_named(diagnostic.hint) + ')';
  return text;
}

UserError::UserError(std::vector<Diagnostic> diagnostics) : diagnostics_(std::move(diagnostics)) {
  for (const auto& diagnostic : diagnostics_) {
    if (!text_.empty()) text_ += '\n';
    text_ += to_string(diagnostic);
  }
}

}  // namespace pishkhan
