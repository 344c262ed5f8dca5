#pragma once
#include <string_view>

/// The files of tools/page that become part of every page, as they were when the program was built. CMake
/// writes the source (embed.cmake).
namespace pishkhan::page::assets {

extern const std::string_view kFrame;             ///< frame.html, with {{...}} where something goes
extern const std::string_view kStyle;             ///< style/*.css, one after the other
extern const std::string_view kRunScript;         ///< script/*.js, one after the other, but for 50 to 79
extern const std::string_view kComparisonScript;  ///< the same with 50 to 59
extern const std::string_view kStudyScript;       ///< the same with 60 to 69
extern const std::string_view kWholeScript;       ///< all of them, of a staffing
extern const std::string_view kRegularFont;       ///< woff2
extern const std::string_view kBoldFont;          ///< woff2

}  // namespace pishkhan::page::assets
