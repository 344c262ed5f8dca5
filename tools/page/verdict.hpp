#pragma once
#include <string>
#include <vector>

#include "tools/page/page_source.hpp"
#include "tools/page/station_verdicts.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan::page {

struct Figure {
  std::string value, label;
  std::string interval;   ///< or what stands in its place
  bool alarming = false;  ///< something is missed
};

/// Figures beside each other, as HTML.
std::string figures_html(const std::vector<Figure>& figures);

/// What a run found, in words without markup.
struct Verdict {
  std::string sentence;
  std::vector<Figure> figures;
  std::string cost;  ///< empty where it is not known
  std::string how_sure;
};
Verdict verdict_of(const PageSource& source, const StationVerdicts& verdicts, const Texts& texts);

/// The head of a page in one language, as HTML that needs no script: what was run, the verdict in a sentence
/// or two, four figures with their intervals, the targets, what it costs, how sure it is.
std::string verdict_html(const PageSource& source, const StationVerdicts& verdicts, const Texts& texts);

}  // namespace pishkhan::page
