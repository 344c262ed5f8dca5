#include "tools/page/data_columns.hpp"

#include <map>

#include "tools/texts/texts.hpp"

namespace pishkhan::page {
namespace {

using Json = nlohmann::ordered_json;

std::map<std::string, std::string> texts_of_page(Language language) {
  std::map<std::string, std::string> texts = Texts(language).all();
  std::erase_if(texts, [](const auto& text) {
    return text.first.starts_with("terminal.") || text.first.starts_with("notice.");
  });
  return texts;
}

}  // namespace

void Tokens::add(const std::string& token) {
  if (!text.empty()) text += ' ';
  text += token.empty() ? "-" : token;
}

Json estimate_json(std::size_t rows, const std::function<PrintedEstimate(std::size_t)>& estimate_of) {
  Tokens mean, half_width, low, high;
  PrintedEstimate last;
  for (std::size_t row = 0; row < rows; ++row) {
    last = estimate_of(row);
    mean.add(last.mean);
    half_width.add(last.half_width);
    low.add(last.low);
    high.add(last.high);
  }
  Json json{{"unit", last.unit}, {"m", mean.text}};
  if (last.symmetric) {
    json["h"] = half_width.text;
  } else {
    json["l"] = low.text;
    json["u"] = high.text;
  }
  return json;
}

Json texts_json() {
  return {{"fa", texts_of_page(Language::persian)}, {"en", texts_of_page(Language::english)}};
}

}  // namespace pishkhan::page
