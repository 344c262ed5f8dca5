#include "tools/page/verdict_in_words.hpp"

#include <cstddef>

#include "tools/page/encode.hpp"

namespace pishkhan::page {

std::string head_of_page(const VerdictInWords& verdict) {
  std::string text = "<p class=run>" + escaped(verdict.facts) + "</p>\n";
  for (std::size_t i = 0; i < verdict.sentences.size(); ++i) {
    const std::string tag = i == 0 ? "h1" : "p";
    text += "<" + tag + ">" + escaped(verdict.sentences[i]) + "</" + tag + ">\n";
  }
  if (!verdict.failed.empty()) text += "<p class=failed>" + escaped(verdict.failed) + "</p>\n";
  return text + "<p class=sure>" + escaped(verdict.how_sure) + "</p>\n";
}

}  // namespace pishkhan::page
