# Writes the C++ source that holds the files of the page: cmake -DFOLDER=<tools/page> -DOUTPUT=<file> -P embed.cmake
# Files whose names begin with digits are joined in their order.
function(add_function name)
  set(bytes "")
  foreach(file ${ARGN})
    if(file MATCHES "\\.(js|css)$")
      # Nobody reads it there: indentation, empty lines and lines that are comments go.
      file(READ ${file} text)
      string(REGEX REPLACE "\n[ ]+" "\n" text "${text}")
      string(REGEX REPLACE "\n//[^\n]*" "" text "\n${text}")
      string(REGEX REPLACE "\n\n+" "\n" text "${text}")
      string(HEX "${text}" hex)
    else()
      file(READ ${file} hex HEX)
    endif()
    string(APPEND bytes "${hex}")
  endforeach()
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n"
    bytes "${bytes}")
  file(APPEND ${OUTPUT}.new "
namespace {
const unsigned char k_${name}[] = {
${bytes}
};
}
std::string_view ${name}() { return {reinterpret_cast<const char*>(k_${name}), sizeof k_${name}}; }
")
endfunction()

file(WRITE ${OUTPUT}.new "#include \"tools/page/assets.hpp\"\n\nnamespace pishkhan::page::assets {\n")
file(GLOB styles ${FOLDER}/style/*.css)
file(GLOB scripts ${FOLDER}/script/*.js)
list(SORT styles)
list(SORT scripts)
add_function(html ${FOLDER}/frame.html)
add_function(style ${styles})
add_function(script ${scripts})
add_function(persian ${FOLDER}/texts/fa.json)
add_function(english ${FOLDER}/texts/en.json)
add_function(regular_font ${FOLDER}/fonts/Vazirmatn-Regular.woff2)
add_function(bold_font ${FOLDER}/fonts/Vazirmatn-Bold.woff2)
file(APPEND ${OUTPUT}.new "\n}  // namespace pishkhan::page::assets\n")
file(RENAME ${OUTPUT}.new ${OUTPUT})
