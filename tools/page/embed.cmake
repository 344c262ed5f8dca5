# Writes the C++ source that holds the files of the page: cmake -DFOLDER=<tools/page> -DOUTPUT=<file> -P embed.cmake
# Files whose names begin with digits are joined in their order.
function(add_constant name)
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
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${bytes}")
  string(REGEX REPLACE "(................................................................................)" "\\1\"\n\""
    bytes "${bytes}")
  file(APPEND ${OUTPUT}.new "
namespace {
constexpr char k${name}Bytes[] =
\"${bytes}\";
}
const std::string_view k${name}(k${name}Bytes, sizeof k${name}Bytes - 1);
")
endfunction()

file(WRITE ${OUTPUT}.new "#include \"tools/page/assets.hpp\"\n\nnamespace pishkhan::page::assets {\n")
file(GLOB styles ${FOLDER}/style/*.css)
file(GLOB scripts ${FOLDER}/script/*.js)
list(SORT styles)
list(SORT scripts)
add_constant(Frame ${FOLDER}/frame.html)
add_constant(Style ${styles})
add_constant(Script ${scripts})
add_constant(Persian ${FOLDER}/texts/fa.json)
add_constant(English ${FOLDER}/texts/en.json)
add_constant(RegularFont ${FOLDER}/fonts/Vazirmatn-Regular.woff2)
add_constant(BoldFont ${FOLDER}/fonts/Vazirmatn-Bold.woff2)
file(APPEND ${OUTPUT}.new "\n}  // namespace pishkhan::page::assets\n")
file(RENAME ${OUTPUT}.new ${OUTPUT})
