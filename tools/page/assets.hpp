#pragma once
#include <string_view>

/// The files of tools/page that become part of every page, as they were when the program was built. CMake
/// writes the source (embed.cmake).
namespace pishkhan::page::assets {

std::string_view html();          ///< frame.html, with {{...}} where something goes
std::string_view style();         ///< style/*.css, one after the other
std::string_view script();        ///< script/*.js, one after the other
std::string_view persian();       ///< texts/fa.json
std::string_view english();       ///< texts/en.json
std::string_view regular_font();  ///< woff2
std::string_view bold_font();     ///< woff2

}  // namespace pishkhan::page::assets
