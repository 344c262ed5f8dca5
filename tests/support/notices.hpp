#pragma once
#include <string>

#include "models/scenario/notice.hpp"
#include "tools/texts/notices.hpp"

namespace pishkhan::tests {

/// The English sentence of a notice, after its location where there is one.
inline std::string english(const Notice& notice) {
  static const Texts texts(Language::english);
  return located_notice_text(texts, notice);
}

}  // namespace pishkhan::tests
