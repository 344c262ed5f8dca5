#include "tools/page/verdict.hpp"

#include <optional>

#include "models/province/calendar.hpp"
#include "sim/base/printable.hpp"
#include "tools/page/encode.hpp"
#include "tools/page/table_view.hpp"
#include "tools/page/target_words.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {
namespace {

/// Writes the head in one language.
class VerdictWriter {
 public:
  VerdictWriter(const PageSource& source, const StationVerdicts& verdicts, const Texts& texts)
      : source_(source), verdicts_(verdicts), texts_(texts), summary_(find_table(source, "summary")) {}

  [[nodiscard]] std::string run() const {
    return "<p class=run>" + run_facts() + "</p>\n<h1>" + escaped(sentence()) + "</h1>\n" +
           figures_html(figures()) + targets() + cost_html() + "<p class=sure>" + how_sure() + "</p>\n";
  }

  [[nodiscard]] Verdict without_markup() const { return {sentence(), figures(), cost(), how_sure()}; }

 private:
  [[nodiscard]] bool has_province() const { return source_.scenario.province.has_value(); }
  /// The group of the summary that the sentence is about.
  [[nodiscard]] std::string group() const { return has_province() ? "office" : "all"; }
  [[nodiscard]] std::string stations() const { return has_province() ? "offices" : "stations"; }
  [[nodiscard]] std::string number(double value) const {
    return set_number(rounded(value), texts_.language());
  }
  [[nodiscard]] std::string with_unit(const std::string& digits, const std::string& unit) const {
    return unit == "percent" ? set_percent(digits, texts_.language()) : set_number(digits, texts_.language());
  }

  [[nodiscard]] std::optional<PrintedEstimate> estimate(const std::string& quantity) const {
    if (!summary_) return std::nullopt;
    for (std::size_t row = 0; row < summary_->rows(); ++row) {
      if (summary_->text(row, "group") != group() || summary_->text(row, "quantity") != quantity) continue;
      const auto mean = summary_->number(row, "mean"), low = summary_->number(row, "low"),
                 high = summary_->number(row, "high");
      if (!mean || !low || !high) return std::nullopt;
      return print_estimate(*mean, *low, *high, false, shown_as(quantity, summary_->text(row, "unit")));
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string judged(const TargetCount& count) const {
    return number(static_cast<double>(count.judged()));
  }
  [[nodiscard]] std::string of(const TargetCount& count, Standing standing) const {
    return number(static_cast<double>(count[standing]));
  }

  [[nodiscard]] std::string run_facts() const {
    const Run& run = source_.scenario.run;
    std::string text = "<bdi class=scenario>" + escaped(printable(source_.scenario.title)) + "</bdi> · ";
    if (run.length_s > 0) {
      text += texts_.fill("run.unbroken", {{"hours", number(run.length_s / 3600)}});
    } else if (has_dates(source_.scenario)) {
      text += texts_.fill(
          "run.days",
          {{"days", number(run.days)},
           {"date", long_date(run.start, texts_)},
           {"gregorian", "<bdi dir=ltr>" + format_date(run.start, CalendarKind::gregorian) + "</bdi>"}});
    } else {
      text += texts_.fill("run.days_without_dates", {{"days", number(run.days)}});
    }
    if (run.warm_up_days > 0)
      text += " · " + texts_.fill("run.warm_up", {{"days", number(run.warm_up_days)}});
    return text + " · " + texts_.fill("run.replications", {{"n", number(run.replications)}});
  }

  [[nodiscard]] std::string minutes() const {
    return number(source_.scenario.service_level_s / kSecondsPerMinute);
  }

  [[nodiscard]] std::string sentence() const {
    if (source_.scenario.run.replications < 2) return texts_.at("verdict.one_replication");
    std::string text;
    if (const auto level = estimate("service_level")) {
      text = texts_.fill("verdict.level." + stations(),
                         {{"share", with_unit(level->mean, level->unit)}, {"minutes", minutes()}});
    }
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : " ") + part; };
    if (const TargetCount* count = verdicts_.main_target(stations())) {
      const bool some_at = (*count)[Standing::at_target] > 0;
      add(texts_.fill(some_at ? "verdict.targets_and_at" : "verdict.targets",
                      {{"all", judged(*count)},
                       {"judged", what_is_judged(*count)},
                       {"target", named_target(*count)},
                       {"met", of(*count, Standing::met)},
                       {"at_target", of(*count, Standing::at_target)},
                       {"missed", of(*count, Standing::missed)},
                       {"undecided", of(*count, Standing::undecided)}}));
    }
    if (const std::string missing = missing_tables(); !missing.empty())
      add(texts_.fill("verdict.no_table", {{"tables", missing}}));
    return text.empty() ? texts_.at("verdict.nothing") : text;
  }

  /// Which of the tables that the head is made of the run did not write.
  [[nodiscard]] std::string missing_tables() const {
    std::string missing;
    for (const char* name : {"summary", "targets"}) {
      if (find_table(source_, name)) continue;
      missing += (missing.empty() ? "" : texts_.at("list.comma")) + "\u2068" + name + "\u2069";
    }
    return missing;
  }

  [[nodiscard]] Figure figure_of(const std::string& quantity) const {
    const auto value = estimate(quantity);
    const std::string label = texts_.fill("figure." + quantity, {{"minutes", minutes()}});
    if (!value) return {"–", label, texts_.at("no_number")};
    return {with_unit(value->mean, value->unit), label,
            texts_.fill("interval", {{"low", with_unit(value->low, value->unit)},
                                     {"high", with_unit(value->high, value->unit)}})};
  }

  [[nodiscard]] std::vector<Figure> figures() const {
    std::vector<Figure> figures;
    for (const char* quantity : {"service_level", "wait_s", "abandoned_share"})
      figures.push_back(figure_of(quantity));
    const TargetCount* count = verdicts_.main_target(stations());
    if (count) {
      figures.push_back({of(*count, Standing::missed),
                         texts_.fill("figure.missed",
                                     {{"judged", what_is_judged(*count)}, {"target", named_target(*count)}}),
                         texts_.fill("figure.undecided", {{"undecided", of(*count, Standing::undecided)},
                                                          {"all", judged(*count)}}),
                         (*count)[Standing::missed] > 0});
    } else {
      figures.push_back({"–", texts_.at("figure.missed." + stations()), texts_.at("no_number")});
    }
    return figures;
  }

  /// `80% within 15 minutes`.
  [[nodiscard]] std::string asked(const TargetCount& count) const {
    return texts_.fill(key_of_target(count.kind, visits_asked(count)),
                       numbers_of_target(count.kind, count.goal, count.within_s, texts_.language()));
  }
  /// With the target's own name, if it has one.
  [[nodiscard]] std::string named_target(const TargetCount& count) const {
    if (count.target == "service_level") return asked(count);
    return "\u2068" + printable(count.target) + "\u2069" + texts_.at("list.colon") + asked(count);
  }
  /// `offices`, or `office-days`.
  [[nodiscard]] std::string what_is_judged(const TargetCount& count) const {
    return texts_.at("judged." + count.stations + '.' + count.period);
  }

  [[nodiscard]] std::string target_row(const TargetCount& count) const {
    std::string row = "<tr><th scope=row><bdi>" + escaped(printable(target_name(count.target, texts_))) +
                      "</bdi></th><td>" + what_is_judged(count) + "</td><td>" +
                      texts_.fill("target.meaning", {{"share", asked(count)},
                                                     {"period", texts_.at("target.in." + count.period)}}) +
                      "</td><td class=number>" + judged(count) + "</td>";
    for (const Standing standing :
         {Standing::met, Standing::at_target, Standing::missed, Standing::undecided})
      row += "<td class=number>" + of(count, standing) + "</td>";
    return row + "</tr>\n";
  }

  [[nodiscard]] std::string targets() const {
    std::string rows;
    for (const TargetCount& count : verdicts_.counts)
      if (count.judged() > 0) rows += target_row(count);
    if (rows.empty()) return "";
    std::string head;
    for (const char* key : {"targets.target", "targets.judged", "targets.asked"})
      head += "<th scope=col>" + texts_.at(key) + "</th>";
    for (const char* key :
         {"targets.all", "standing.met", "standing.at_target", "standing.missed", "standing.undecided"})
      head += "<th scope=col class=number>" + texts_.at(key) + "</th>";
    return "<div class=scroll tabindex=0 role=region aria-label=\"" + texts_.at("targets.title") +
           "\"><table class=targets><caption>" + texts_.at("targets.title") + "</caption><thead><tr>" + head +
           "</tr></thead><tbody>\n" + rows + "</tbody></table></div>\n<p class=note>" +
           texts_.at("targets.note") + "</p>\n";
  }

  [[nodiscard]] std::string cost() const {
    const auto staffed = estimate("staffed_s"), overtime = estimate("overtime_s"),
               utilization = estimate("utilization");
    if (!staffed || !overtime || !utilization) return "";
    return texts_.fill("cost." + stations(), {{"staffed", with_unit(staffed->mean, staffed->unit)},
                                              {"overtime", with_unit(overtime->mean, overtime->unit)},
                                              {"busy", with_unit(utilization->mean, utilization->unit)}});
  }

  [[nodiscard]] std::string cost_html() const {
    const std::string text = cost();
    return text.empty() ? "" : "<p class=cost>" + text + "</p>\n";
  }

  [[nodiscard]] std::string how_sure() const {
    const std::string grade(to_string(source_.scenario.evidence));
    return texts_.at("sure.interval") + ' ' + texts_.at("sure." + grade);
  }

  const PageSource& source_;
  const StationVerdicts& verdicts_;
  const Texts& texts_;
  std::optional<TableView> summary_;
};

}  // namespace

std::string figures_html(const std::vector<Figure>& figures) {
  std::string text = "<dl class=figures>\n";
  for (const Figure& figure : figures) {
    text += "<div" + std::string(figure.alarming ? " class=alarming" : "") + "><dt>" + escaped(figure.label) +
            "</dt><dd class=value>" + figure.value + "</dd><dd>" + figure.interval + "</dd></div>\n";
  }
  return text + "</dl>\n";
}

Verdict verdict_of(const PageSource& source, const StationVerdicts& verdicts, const Texts& texts) {
  return VerdictWriter(source, verdicts, texts).without_markup();
}

std::string verdict_html(const PageSource& source, const StationVerdicts& verdicts, const Texts& texts) {
  return VerdictWriter(source, verdicts, texts).run();
}

}  // namespace pishkhan::page
