#pragma once
#include <string>

#include "tools/page/page_source.hpp"
#include "tools/page/station_verdicts.hpp"
#include "tools/page/texts.hpp"

namespace pishkhan::page {

/// The head of a page in one language, as HTML that needs no script: what was run, the verdict in a sentence
/// or two, four figures with their intervals, the targets, what it costs, how sure it is.
std::string verdict_html(const PageSource& source, const StationVerdicts& verdicts, const Texts& texts);

}  // namespace pishkhan::page
