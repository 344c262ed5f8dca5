#include "tools/workbook/comparison_sheets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tools/page/comparison_parts.hpp"
#include "tools/texts/name_order.hpp"
#include "tools/workbook/sheet_maker.hpp"

namespace pishkhan::workbook {
namespace {

using page::PrintedPair;
using page::TableView;
using RowNumbers = std::vector<std::size_t>;

/// Those of single offices, counters and services are in the sheets of what changes.
constexpr std::array<std::string_view, 5> kLevels{"all", "county", "agency", "station", "stream"};

bool is_service(const TableView& changed, std::size_t row) {
  const std::string level = changed.text(row, "level");
  return level == "service" || level == "stream";
}

class ComparisonSheets {
 public:
  ComparisonSheets(const page::ComparisonSource& source, const CellWords& words)
      : source_(source), words_(words), texts_(words.texts()), comes_before_(texts_.language()) {
    for (const auto& [name, title] : source.record.runs) titles_.emplace(name, title);
  }

  std::vector<SheetTable> run() {
    std::vector<SheetTable> sheets;
    const auto add = [&](std::optional<SheetTable> sheet) {
      if (sheet) sheets.push_back(std::move(*sheet));
    };
    add(headlines());
    add(differences());
    add(changed(false));
    add(changed(true));
    add(waterfall());
    add(ranking());
    return sheets;
  }

 private:
  [[nodiscard]] std::string title_of(const std::string& run) const {
    const auto found = titles_.find(run);
    return found == titles_.end() ? run : found->second;
  }
  [[nodiscard]] std::string unit_word(const std::string& unit) const {
    return texts_.at_or("unit." + unit, unit);
  }
  [[nodiscard]] std::string headline_name(const std::string& quantity, const std::string& channel) const {
    const std::string& name = texts_.at("compare.quantity." + quantity);
    return channel == "all" ? name : name + texts_.at("list.comma") + texts_.at("channel." + channel);
  }

  /// What two runs have of each row, and the difference.
  void add_pairs(SheetMaker& maker, const std::vector<PrintedPair>& pairs) const {
    const auto in_percent = [&](std::size_t row) { return pairs[row].unit == "percent"; };
    maker.add_number(
        texts_.at("heading.first"), "a", [&](std::size_t row) { return pairs[row].a; }, in_percent);
    maker.add_number(
        texts_.at("heading.this"), "b", [&](std::size_t row) { return pairs[row].b; }, in_percent);
    maker.add_estimate(texts_.at("compare.difference"), "difference",
                       [&](std::size_t row) { return pairs[row].difference; });
    maker.add_text(texts_.at("heading.unit_of_difference"), "unit",
                   [&](std::size_t row) { return unit_word(pairs[row].difference.unit); });
  }
  void add_unpaired(SheetMaker& maker,
                    const std::function<std::optional<double>(std::size_t)>& number) const {
    maker.add_number(
        texts_.at("compare.unpaired"), "unpaired_replications",
        [&](std::size_t row) {
          const auto replications = number(row);
          return replications ? rounded(*replications, 0) : std::string();
        },
        [](std::size_t) { return false; });
  }

  std::optional<SheetTable> headlines() {
    std::vector<std::pair<std::string, page::HeadlineDifference>> rows;
    for (const auto& [name, title] : source_.record.runs) {
      for (page::HeadlineDifference& one : headline_differences(source_, name))
        rows.emplace_back(title, std::move(one));
    }
    if (rows.empty()) return std::nullopt;
    std::vector<PrintedPair> pairs;
    for (const auto& [run, row] : rows) pairs.push_back(row.printed);
    SheetMaker maker("headlines", rows.size(), texts_);
    maker.add_text(
        texts_.at("compare.run"), "run", [&](std::size_t row) { return rows[row].first; },
        ColumnKind::identity);
    maker.add_text(
        texts_.at("asked.quantity"), "quantity",
        [&](std::size_t row) { return headline_name(rows[row].second.quantity, rows[row].second.channel); },
        ColumnKind::identity);
    add_pairs(maker, pairs);
    add_unpaired(maker, [&](std::size_t row) { return rows[row].second.unpaired_replications; });
    return maker.take();
  }

  [[nodiscard]] std::string name_of(const std::string& level, const std::string& id) const {
    return id == "all" ? texts_.at("stations.all") : words_.name_of(level, id);
  }

  /// RowNumbers by run, level and name; quantities stay in their order.
  [[nodiscard]] RowNumbers rows_of_differences(const TableView& table) const {
    struct Place {
      std::size_t run, level;
      std::string name;
    };
    std::map<std::size_t, Place> places;
    RowNumbers rows;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const std::string level = table.text(row, "level");
      const auto known = std::find(kLevels.begin(), kLevels.end(), level);
      if (known == kLevels.end() || !table.number(row, "difference_mean")) continue;
      places.emplace(
          row, Place{number_of_run(table.text(row, "run")), static_cast<std::size_t>(known - kLevels.begin()),
                     name_of(level, table.text(row, "id"))});
      rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
      const Place &x = places.at(a), &y = places.at(b);
      if (x.run != y.run) return x.run < y.run;
      if (x.level != y.level) return x.level < y.level;
      return comes_before_(x.name, y.name);
    });
    return rows;
  }
  [[nodiscard]] std::size_t number_of_run(const std::string& name) const {
    const auto& runs = source_.record.runs;
    const auto found =
        std::find_if(runs.begin(), runs.end(), [&](const auto& run) { return run.first == name; });
    return static_cast<std::size_t>(found - runs.begin());
  }

  std::optional<SheetTable> differences() {
    const auto table = find_table(source_, "differences");
    if (!table) return std::nullopt;
    const RowNumbers rows = rows_of_differences(*table);
    if (rows.empty()) return std::nullopt;
    std::vector<PrintedPair> pairs;
    for (const std::size_t row : rows) {
      pairs.push_back(print_pair(*table, row, table->text(row, "quantity"), table->text(row, "unit"), "a",
                                 "b", "difference"));
    }
    SheetMaker maker("differences", rows.size(), texts_);
    const auto add = [&](const char* title, const char* column, const auto& word) {
      maker.add_text(
          texts_.at(title), column,
          [&](std::size_t row) { return word(table->text(rows[row], column), rows[row]); },
          ColumnKind::identity);
    };
    add("compare.run", "run", [&](const std::string& run, std::size_t) { return title_of(run); });
    add("heading.level", "level",
        [&](const std::string& level, std::size_t) { return texts_.at("level." + level); });
    add("heading.of", "id",
        [&](const std::string& id, std::size_t row) { return name_of(table->text(row, "level"), id); });
    for (const char* column : {"channel", "period", "quantity"}) {
      add((std::string("column.") + column).c_str(), column,
          [&](const std::string& value, std::size_t) { return words_.word(column, value); });
    }
    add_pairs(maker, pairs);
    add_unpaired(maker, [&](std::size_t row) { return table->number(rows[row], "unpaired_replications"); });
    return maker.take();
  }

  /// The largest differences first, then what has none, by name.
  [[nodiscard]] RowNumbers rows_of_changed(const TableView& table, bool services) const {
    RowNumbers rows;
    std::map<std::size_t, std::pair<double, std::string>> keys;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if (is_service(table, row) != services) continue;
      const bool differs = table.text(row, "result") != "untouched";
      keys[row] = {
          differs ? table.number(row, "wait_joined_difference_s_mean").value_or(-INFINITY) : -INFINITY,
          changed_name(table, row)};
      rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
      const std::size_t run_a = number_of_run(table.text(a, "run")),
                        run_b = number_of_run(table.text(b, "run"));
      if (run_a != run_b) return run_a < run_b;
      const auto &x = keys.at(a), &y = keys.at(b);
      return x.first != y.first ? x.first > y.first : comes_before_(x.second, y.second);
    });
    return rows;
  }
  [[nodiscard]] std::string changed_name(const TableView& table, std::size_t row) const {
    const std::string name = table.text(row, texts_.language() == Language::persian ? "name_fa" : "name_en");
    return name.empty() ? table.text(row, "id") : name;
  }

  std::optional<SheetTable> changed(bool services) {
    const auto table = find_table(source_, "changed");
    if (!table) return std::nullopt;
    const RowNumbers rows = rows_of_changed(*table, services);
    if (rows.empty()) return std::nullopt;
    SheetMaker maker(services ? "changed_services" : "changed", rows.size(), texts_);
    maker.add_text(
        texts_.at("changed.name"), "name", [&](std::size_t row) { return changed_name(*table, rows[row]); },
        ColumnKind::identity);
    const auto add = [&](const char* title, const char* column, const auto& word) {
      maker.add_text(texts_.at(title), column,
                     [&](std::size_t row) { return word(table->text(rows[row], column)); });
    };
    add("heading.id", "id", [](const std::string& id) { return id; });
    add("compare.run", "run", [&](const std::string& run) { return title_of(run); });
    add("changed.result", "result", [&](const std::string& result) { return texts_.at("result." + result); });
    add("heading.verdict_a", "verdict_a",
        [&](const std::string& one) { return words_.word("verdict", one); });
    add("heading.verdict_b", "verdict_b",
        [&](const std::string& one) { return words_.word("verdict", one); });
    add_changed_numbers(maker, *table, rows);
    add("column.channel", "channel", [&](const std::string& one) { return words_.word("channel", one); });
    add("column.county", "county", [&](const std::string& id) { return words_.name_of("county", id); });
    return maker.take();
  }

  void add_changed_numbers(SheetMaker& maker, const TableView& table, const RowNumbers& rows) const {
    struct Of {
      const char *quantity, *unit, *a, *b, *difference;
    };
    constexpr Of kShown[] = {
        {"wait_joined_s", "s", "wait_joined_a_s", "wait_joined_b_s", "wait_joined_difference_s"},
        {"service_level", "share", "service_level_a", "service_level_b", "service_level_difference"}};
    for (const Of& of : kShown) {
      std::vector<PrintedPair> pairs;
      for (const std::size_t row : rows)
        pairs.push_back(print_pair(table, row, of.quantity, of.unit, of.a, of.b, of.difference));
      const std::string unit = pairs.front().unit;
      const auto in_percent = [&](std::size_t) { return unit == "percent"; };
      const std::string difference = title_with_unit(texts_.at(std::string("column.") + of.difference),
                                                     unit == "percent" ? "points" : unit, texts_);
      maker.add_estimate(difference, of.difference, [&](std::size_t row) { return pairs[row].difference; });
      const std::string key = std::string("changed.") + (unit == "percent" ? "service_level" : "wait_joined");
      maker.add_number(
          texts_.at(key + "_a"), of.a, [&](std::size_t row) { return pairs[row].a; }, in_percent);
      maker.add_number(
          texts_.at(key + "_b"), of.b, [&](std::size_t row) { return pairs[row].b; }, in_percent);
    }
    const auto never = [](std::size_t) { return false; };
    for (const char* column : {"arrived_a", "arrived_b", "p_adjusted"}) {
      const int decimals = column == std::string_view("p_adjusted") ? 4 : 1;
      maker.add_number(
          texts_.at(std::string("heading.") + column), column,
          [&](std::size_t row) {
            const auto value = table.number(rows[row], column);
            return value ? rounded(*value, decimals) : std::string();
          },
          never);
    }
  }

  std::optional<SheetTable> waterfall() {
    struct Line {
      std::string run;
      const page::PrintedSplit* split;
      const page::PrintedStep* step;
    };
    std::vector<std::vector<page::PrintedSplit>> splits;
    std::vector<Line> lines;
    for (const auto& [name, title] : source_.record.runs) splits.push_back(printed_splits(source_, name));
    for (std::size_t i = 0; i < splits.size(); ++i) {
      for (const page::PrintedSplit& split : splits[i]) {
        for (const page::PrintedStep& step : split.steps)
          lines.push_back({source_.record.runs[i].second, &split, &step});
      }
    }
    if (lines.empty()) return std::nullopt;
    SheetMaker maker("waterfall", lines.size(), texts_);
    maker.add_text(
        texts_.at("compare.run"), "run", [&](std::size_t row) { return lines[row].run; },
        ColumnKind::identity);
    maker.add_text(
        texts_.at("asked.quantity"), "quantity",
        [&](std::size_t row) { return headline_name(lines[row].split->quantity, lines[row].split->channel); },
        ColumnKind::identity);
    maker.add_text(
        texts_.at("asked.change"), "change",
        [&](std::size_t row) { return change_name(lines[row].step->change, texts_); }, ColumnKind::identity);
    maker.add_estimate(texts_.at("waterfall.part"), "part", [&](std::size_t row) {
      const page::PrintedStep& step = *lines[row].step;
      PrintedEstimate part;
      part.mean = step.mean;
      part.low = step.low;
      part.high = step.high;
      part.unit = lines[row].split->of_difference;
      return part;
    });
    const auto never = [](std::size_t) { return false; };
    const auto add = [&](const char* title, const char* column, std::string page::PrintedStep::*member) {
      maker.add_number(
          texts_.at(title), column, [&](std::size_t row) { return lines[row].step->*member; }, never);
    };
    add("waterfall.written", "in_written_order", &page::PrintedStep::written);
    add("waterfall.reverse", "in_reverse_order", &page::PrintedStep::reverse);
    add("waterfall.shared", "shared", &page::PrintedStep::shared);
    maker.add_text(texts_.at("heading.unit_of_difference"), "unit",
                   [&](std::size_t row) { return unit_word(lines[row].split->of_difference); });
    maker.add_text(texts_.at("waterfall.what"), "text",
                   [&](std::size_t row) { return lines[row].step->text; });
    return maker.take();
  }

  std::optional<SheetTable> ranking() {
    const std::vector<page::PrintedRank> all = printed_ranking(source_);
    if (all.empty()) return std::nullopt;
    SheetMaker maker("ranking", all.size(), texts_);
    maker.add_text(
        texts_.at("asked.quantity"), "quantity",
        [&](std::size_t row) { return headline_name(all[row].quantity, all[row].channel); },
        ColumnKind::identity);
    const auto never = [](std::size_t) { return false; };
    maker.add_number(
        texts_.at("ranking.rank"), "rank", [&](std::size_t row) { return std::to_string(all[row].rank); },
        never);
    maker.add_text(texts_.at("compare.run"), "run", [&](std::size_t row) { return title_of(all[row].run); });
    maker.add_number(
        texts_.at("ranking.value"), "value", [&](std::size_t row) { return all[row].printed.a; },
        [&](std::size_t row) { return all[row].printed.unit == "percent"; });
    maker.add_estimate(texts_.at("ranking.to_best"), "to_best",
                       [&](std::size_t row) { return all[row].printed.difference; });
    maker.add_text(texts_.at("heading.unit_of_difference"), "unit",
                   [&](std::size_t row) { return unit_word(all[row].printed.difference.unit); });
    maker.add_text(texts_.at("ranking.tied"), "tied",
                   [&](std::size_t row) { return all[row].is_tied ? texts_.at("ranking.is_tied") : ""; });
    return maker.take();
  }

  const page::ComparisonSource& source_;
  const CellWords& words_;
  const Texts& texts_;
  NameOrder comes_before_;
  std::map<std::string, std::string> titles_;
};

}  // namespace

std::vector<SheetTable> make_comparison_sheets(const page::ComparisonSource& source, const CellWords& words) {
  return ComparisonSheets(source, words).run();
}

}  // namespace pishkhan::workbook
