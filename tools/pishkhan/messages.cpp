#include "tools/pishkhan/messages.hpp"

#include <spdlog/spdlog.h>

#include <string_view>

#include "sim/base/printable.hpp"
#include "tools/pishkhan/terminal.hpp"
#include "tools/texts/notices.hpp"

namespace pishkhan {
namespace {

std::string line_of(const Texts& texts, const char* key, const std::string& text) {
  const std::string line = texts.fill(key, {{"text", printable(text)}});
  return texts.language() == Language::persian ? right_to_left(line) : line;
}

}  // namespace

std::string terminal_text(const Texts& texts, const Notice& notice) {
  constexpr std::string_view kLeftToRightMark = "\u200E";  // ICU puts it before the sign of a number
  std::string text = located_notice_text(texts, notice);
  for (std::size_t at; (at = text.find(kLeftToRightMark)) != std::string::npos;)
    text.erase(at, kLeftToRightMark.size());
  return text;
}

void inform(const Texts& texts, const std::string& text) {
  spdlog::info("{}", line_of(texts, "terminal.info", text));
}

void warn(const Texts& texts, const std::string& text) {
  spdlog::warn("{}", line_of(texts, "terminal.warning", text));
}

void warn_of(const Texts& texts, std::span<const Notice> notices) {
  for (const Notice& notice : notices) warn(texts, terminal_text(texts, notice));
}

void complain(const std::string& text) { spdlog::error("error: {}", printable(text)); }

}  // namespace pishkhan
