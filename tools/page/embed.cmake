# Writes the C++ source that holds the files of the page: cmake -DFOLDER=<tools/page> -DOUTPUT=<file> -P embed.cmake
# Files whose names begin with digits are joined in their order; 50 to 59 are of comparisons alone.
include(${CMAKE_CURRENT_LIST_DIR}/../embed.cmake)

begin_source(tools/page/assets.hpp pishkhan::page::assets)
file(GLOB styles ${FOLDER}/style/*.css)
file(GLOB scripts ${FOLDER}/script/*.js)
list(SORT styles)
list(SORT scripts)
add_constant(Frame ${FOLDER}/frame.html)
add_constant(Style ${styles})
set(of_run ${scripts})
list(FILTER of_run EXCLUDE REGEX "/5[0-9]-[^/]*$")
add_constant(RunScript ${of_run})
add_constant(ComparisonScript ${scripts})
add_constant(RegularFont ${FOLDER}/fonts/Vazirmatn-Regular.woff2)
add_constant(BoldFont ${FOLDER}/fonts/Vazirmatn-Bold.woff2)
end_source(pishkhan::page::assets)
