#include <array>
#include <string_view>
#include <utility>

#include "sim/base/printable.hpp"
#include "tools/page/comparison_parts.hpp"
#include "tools/page/encode.hpp"
#include "tools/page/verdict.hpp"
#include "tools/report/changed_table.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {
namespace {

class ComparisonVerdictWriter {
 public:
  ComparisonVerdictWriter(const ComparisonSource& source, const Texts& texts, bool marked_up)
      : source_(source), texts_(texts), marked_up_(marked_up) {}

  [[nodiscard]] ComparisonVerdict run() const {
    const auto& runs = source_.record.runs;
    ComparisonVerdict verdict;
    verdict.facts = texts_.fill("compare.facts", {{"first", title(0)},
                                                  {"seed", std::to_string(source_.record.seed)},
                                                  {"n", number(source_.record.replications)}});
    if (const auto& asked = source_.record.asked) {
      verdict.facts += ' ' + texts_.fill(asked->reached ? "compare.precise" : "compare.not_precise",
                                         {{"of", code(asked->of)},
                                          {"asked", code(asked->precision)},
                                          {"reached", code(asked->reached_text)}});
    }
    for (std::size_t i = 1; i < runs.size(); ++i) {
      const auto found = headline_differences(source_, runs[i].first);
      verdict.runs.push_back(
          {wait_sentence(i, found) + ' ' + stations_sentence(runs[i].first), figures(found)});
    }
    verdict.how_sure =
        texts_.at("sure.interval") + ' ' + texts_.at("compare.sure") + ' ' + texts_.at("sure." + evidence());
    return verdict;
  }

 private:
  [[nodiscard]] std::string number(std::size_t count) const {
    return set_number(std::to_string(count), texts_.language());
  }
  [[nodiscard]] std::string with_unit(const std::string& digits, const std::string& unit) const {
    if (digits.empty()) return texts_.at("no_value");
    if (unit == "percent") return set_percent(digits, texts_.language());
    return set_number(digits, texts_.language());
  }
  [[nodiscard]] std::string code(const std::string& text) const {
    return marked_up_ ? "<bdi>" + escaped(text) + "</bdi>" : "\u2068" + printable(text) + "\u2069";
  }
  [[nodiscard]] std::string title(std::size_t run) const {
    const std::string text = printable(source_.record.runs[run].second);
    return marked_up_ ? "<bdi class=scenario>" + escaped(text) + "</bdi>" : "\u2068" + text + "\u2069";
  }
  [[nodiscard]] std::string evidence() const {
    const auto table = find_table(source_, "differences");
    return table && table->rows() > 0 ? table->text(0, "evidence") : "assumed";
  }

  /// A difference whose interval is on one side of zero is told as shorter or longer.
  [[nodiscard]] std::string wait_sentence(std::size_t run,
                                          const std::vector<HeadlineDifference>& found) const {
    for (const HeadlineDifference& one : found) {
      if (one.quantity != "wait_joined_s" || one.channel != "all") continue;
      const PrintedPair& pair = one.printed;
      const bool is_shorter = one.high < 0;
      const bool is_longer = one.low > 0;
      // Of something shorter the ends are told without their signs, the smaller first.
      const auto without_sign = [&](const std::string& digits) {
        return with_unit(is_shorter && digits.starts_with('-') ? digits.substr(1) : digits, pair.unit);
      };
      std::string low = pair.difference.low, high = pair.difference.high;
      if (is_shorter) std::swap(low, high);
      const char* key = is_shorter  ? "compare.wait.shorter"
                        : is_longer ? "compare.wait.longer"
                                    : "compare.wait.undecided";
      return texts_.fill(key, {{"run", title(run)},
                               {"a", with_unit(pair.a, pair.unit)},
                               {"b", with_unit(pair.b, pair.unit)},
                               {"by", without_sign(pair.difference.mean)},
                               {"low", without_sign(low)},
                               {"high", without_sign(high)}});
    }
    return texts_.fill("compare.wait.same", {{"run", title(run)}});
  }

  [[nodiscard]] std::string stations_sentence(const std::string& run) const {
    const auto table = find_table(source_, "changed");
    if (!table) return "";
    std::array<std::size_t, kChangeResults> counts{};
    std::size_t all = 0;
    for (std::size_t row = 0; row < table->rows(); ++row) {
      const std::string level = table->text(row, "level");
      if (table->text(row, "run") != run || level == "service" || level == "stream") continue;
      ++all;
      for (std::size_t i = 0; i < kChangeResults; ++i)
        if (table->text(row, "result") == to_string(static_cast<ChangeResult>(i))) ++counts[i];
    }
    std::string text = texts_.fill("compare.stations", {{"all", number(all)},
                                                        {"better", number(counts[0])},
                                                        {"worse", number(counts[1])},
                                                        {"undecided", number(counts[2])},
                                                        {"untouched", number(counts[3])}});
    if (counts[4] + counts[5] > 0) {
      text += ' ' + texts_.fill("compare.stations.opened",
                                {{"opened", number(counts[4])}, {"closed", number(counts[5])}});
    }
    return text;
  }

  [[nodiscard]] Figure figure_of(const std::string& quantity,
                                 const std::vector<HeadlineDifference>& found) const {
    const std::string label = texts_.at("compare.figure." + quantity);
    for (const HeadlineDifference& one : found) {
      if (one.quantity != quantity || one.channel != "all") continue;
      const PrintedPair& pair = one.printed;
      const std::string& unit = pair.difference.unit;
      const std::string from_to = texts_.fill(
          "compare.from_to", {{"a", with_unit(pair.a, pair.unit)}, {"b", with_unit(pair.b, pair.unit)}});
      if (pair.difference.mean.empty()) return {"–", label, from_to};
      const std::string interval = texts_.fill("interval", {{"low", with_unit(pair.difference.low, unit)},
                                                            {"high", with_unit(pair.difference.high, unit)}});
      return {with_unit(pair.difference.mean, unit), label, interval + texts_.at("list.semicolon") + from_to};
    }
    return {set_number("0", texts_.language()), label, texts_.at("compare.figure.same")};
  }

  [[nodiscard]] std::vector<Figure> figures(const std::vector<HeadlineDifference>& found) const {
    std::vector<Figure> figures;
    for (const char* quantity : {"wait_joined_s", "service_level", "citizens_lost", "staffed_s"})
      figures.push_back(figure_of(quantity, found));
    return figures;
  }

  const ComparisonSource& source_;
  const Texts& texts_;
  bool marked_up_;
};

}  // namespace

ComparisonVerdict comparison_verdict_of(const ComparisonSource& source, const Texts& texts, bool marked_up) {
  return ComparisonVerdictWriter(source, texts, marked_up).run();
}

std::string comparison_verdict(const ComparisonSource& source, const Texts& texts) {
  const ComparisonVerdict verdict = comparison_verdict_of(source, texts, true);
  std::string text = "<p class=run>" + verdict.facts + "</p>\n";
  for (std::size_t i = 0; i < verdict.runs.size(); ++i) {
    const std::string tag = i == 0 ? "h1" : "h2";
    text += "<" + tag + ">" + verdict.runs[i].sentence + "</" + tag + ">\n" +
            figures_html(verdict.runs[i].figures);
  }
  return text + "<p class=sure>" + verdict.how_sure + "</p>\n";
}

}  // namespace pishkhan::page
