# What writes a C++ source that holds files as constants; included by the embed.cmake of a folder.
# begin_source(header namespace), add_constant(name files...) for each, end_source(namespace); OUTPUT is the source.
function(begin_source header namespace)
  file(WRITE ${OUTPUT}.new "#include \"${header}\"\n\nnamespace ${namespace} {\n")
endfunction()

# The files joined.
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

function(end_source namespace)
  file(APPEND ${OUTPUT}.new "\n}  // namespace ${namespace}\n")
  file(RENAME ${OUTPUT}.new ${OUTPUT})
endfunction()
