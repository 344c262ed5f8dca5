# Writes the C++ source that holds the catalogues: cmake -DFOLDER=<tools/texts> -DOUTPUT=<file> -P embed.cmake
include(${CMAKE_CURRENT_LIST_DIR}/../embed.cmake)
begin_source(tools/texts/catalogues.hpp pishkhan::catalogues)
add_constant(Persian ${FOLDER}/fa.json)
add_constant(English ${FOLDER}/en.json)
end_source(pishkhan::catalogues)
