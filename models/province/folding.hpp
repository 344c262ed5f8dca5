#pragma once
#include <string>
#include <string_view>

namespace pishkhan {

/// The form in which ids and names compare, whatever keyboard wrote them: compatibility forms composed
/// (Unicode NFKC), Arabic yeh, kaf and heh as the Persian ones, digits as 0 to 9, no vowel signs, and a
/// half-space or any white space as one space, none at the ends. Upper and lower case stay apart.
std::string folded(std::string_view utf8);

/// The same for what is looked for: also without regard to case.
std::string folded_for_search(std::string_view utf8);

/// The text without white space, invisible marks and half-spaces at its ends.
std::string_view trimmed(std::string_view utf8);

}  // namespace pishkhan
