#pragma once
#include <string_view>

/// The catalogues of texts as they were when the program was built. CMake writes the source (embed.cmake).
namespace pishkhan::catalogues {

extern const std::string_view kPersian;  ///< fa.json
extern const std::string_view kEnglish;  ///< en.json

}  // namespace pishkhan::catalogues
