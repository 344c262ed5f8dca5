#pragma once
#include <string>
#include <string_view>

#include "models/scenario/notice.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// The sentence of a notice. Its pattern is one of ICU's MessageFormat, with the notice's values by name.
std::string notice_text(const Texts& texts, const Notice& notice);
/// The sentence, after the location where there is one.
std::string located_notice_text(const Texts& texts, const Notice& notice);

/// Why a change did not reach what was asked (Change::why).
std::string reason_text(const Texts& texts, std::string_view why);

}  // namespace pishkhan
