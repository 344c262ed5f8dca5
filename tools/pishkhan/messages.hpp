#pragma once
#include <span>
#include <string>

#include "models/scenario/notice.hpp"
#include "tools/texts/texts.hpp"

// What a command says beside its output, on the standard error.
namespace pishkhan {

/// A notice for one line of the terminal, where marks of direction within it would be written out.
std::string terminal_text(const Texts& texts, const Notice& notice);

void inform(const Texts& texts, const std::string& text);
void warn(const Texts& texts, const std::string& text);
void warn_of(const Texts& texts, std::span<const Notice> notices);
/// Errors are in English.
void complain(const std::string& text);

}  // namespace pishkhan
