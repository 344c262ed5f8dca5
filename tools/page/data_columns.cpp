#include "tools/page/data_columns.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "models/province/csv.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan::page {
namespace {

using Json = nlohmann::ordered_json;

/// Beginnings of keys.
constexpr std::array<std::string_view, 4> kOfNoPage = {"terminal.", "notice.", "book.", "sheet."};
constexpr std::array<std::string_view, 8> kOfComparisons = {"compare.",   "changed.",   "changed_services.",
                                                            "changemap.", "headlines.", "ranking.",
                                                            "result.",    "waterfall."};
constexpr std::array<std::string_view, 6> kOfStaffings = {"staffing.", "staffmap.", "staffcurve.",
                                                          "frontier.", "proof.",    "meets."};
constexpr std::array<std::string_view, 8> kOfPlans = {"plan.",      "planwaves.",   "planservices.",
                                                      "planmap.",   "planoffices.", "planfrontier.",
                                                      "planstate.", "known_by."};
constexpr std::array<std::string_view, 10> kOfDecisions = {
    "decision.", "placement.", "placementmap.", "placementbudget.", "placementcurve.",
    "siting.",   "sitingmap.", "sitingsets.",   "authorisations.",  "authorised"};
constexpr std::array<std::string_view, 7> kOfStudies = {"study.", "design.", "curves.", "sensitivities.",
                                                        "index.", "best.",   "points."};

std::map<std::string, std::string> texts_of_page(Language language, PageOf page) {
  std::map<std::string, std::string> texts = Texts(language).all();
  std::erase_if(texts, [page](const auto& text) {
    const auto begins_with = [&text](std::string_view beginning) {
      return text.first.starts_with(beginning);
    };
    return std::ranges::any_of(kOfNoPage, begins_with) ||
           (page != PageOf::comparison && std::ranges::any_of(kOfComparisons, begins_with)) ||
           (page != PageOf::study && page != PageOf::staffing && page != PageOf::plan &&
            page != PageOf::decision && std::ranges::any_of(kOfStudies, begins_with)) ||
           (page != PageOf::decision && std::ranges::any_of(kOfDecisions, begins_with)) ||
           (page != PageOf::staffing && std::ranges::any_of(kOfStaffings, begins_with)) ||
           (page != PageOf::plan && std::ranges::any_of(kOfPlans, begins_with));
  });
  return texts;
}

/// From a mean to one end of its interval, in units of the mean's last digit, which takes fewer letters than
/// the end itself; `=` and the end where the two have not as many decimals.
std::string distance(const std::string& lower, const std::string& upper, const std::string& end) {
  if (end.empty() || lower.empty() || upper.empty()) return end;
  const auto units = [](const std::string& number) -> std::optional<long long> {
    std::string digits = number;
    if (const std::size_t point = digits.find('.'); point != std::string::npos) digits.erase(point, 1);
    constexpr std::size_t kMostDigits = 15;  // which the page's script can add up
    return digits.size() <= kMostDigits ? parse_whole(digits) : std::nullopt;
  };
  const auto decimals = [](const std::string& number) {
    const std::size_t point = number.find('.');
    return point == std::string::npos ? 0 : number.size() - point - 1;
  };
  const auto from = units(lower), to = units(upper);
  const bool alike = from && to && *from <= *to && decimals(lower) == decimals(upper);
  return alike ? std::to_string(*to - *from) : '=' + end;
}

}  // namespace

void Tokens::add(const std::string& token) {
  if (!text.empty()) text += ' ';
  text += token.empty() ? "-" : token;
}

Json estimate_json(std::size_t rows, const std::function<PrintedEstimate(std::size_t)>& estimate_of) {
  Tokens mean, half_width, below, above;
  PrintedEstimate last;
  for (std::size_t row = 0; row < rows; ++row) {
    last = estimate_of(row);
    mean.add(last.mean);
    half_width.add(last.half_width);
    below.add(distance(last.low, last.mean, last.low));
    above.add(distance(last.mean, last.high, last.high));
  }
  Json json{{"unit", last.unit}, {"m", mean.text}};
  if (last.symmetric) {
    json["h"] = half_width.text;
  } else {
    json["below"] = below.text;
    json["above"] = above.text;
  }
  return json;
}

Json texts_json(PageOf page) {
  return {{"fa", texts_of_page(Language::persian, page)}, {"en", texts_of_page(Language::english, page)}};
}

}  // namespace pishkhan::page
