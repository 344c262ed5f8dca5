#include "tools/page/observed_data.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "tools/page/table_view.hpp"
#include "tools/report/factor_fit.hpp"
#include "tools/report/printed.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {
namespace {

using Json = nlohmann::ordered_json;

/// More would only make the page slow; the tables have all.
constexpr std::size_t kMostRows = 1000;

bool is_outside(const TableView& table, std::size_t row) {
  const std::string lies = table.text(row, "lies");
  return lies == "below" || lies == "above";
}

/// The numbers of a row as people read them.
struct RowTexts {
  std::string observed, simulated, low, high;
};

/// With tenths where they say something, and as many more decimals as it takes to see how the observed number
/// lies to the ends of the interval.
RowTexts row_texts(const TableView& table, std::size_t row, const Shown& shown) {
  const auto number = [&](const char* column) { return table.number(row, column); };
  const auto text = [&shown](const std::optional<double>& value, int more) {
    if (!value) return std::string();
    const double scaled = *value * shown.factor;
    const bool tenths = shown.unit == "min" || (scaled < 10 && scaled != std::floor(scaled));
    return rounded(scaled, (tenths ? 1 : 0) + more);
  };
  const auto observed = number("observed"), low = number("prediction_low"), high = number("prediction_high");
  RowTexts texts;
  constexpr int kMostMore = 6;
  for (int more = 0; more <= kMostMore; ++more) {
    texts = {text(observed, more), text(number("simulated"), more), text(low, more), text(high, more)};
    if (!observed || !low || !high) break;
    const double seen = std::stod(texts.observed), from = std::stod(texts.low), to = std::stod(texts.high);
    if ((*observed < *low) == (seen < from) && (*observed > *high) == (seen > to)) break;
  }
  return texts;
}

Json rows_json(const TableView& table) {
  std::vector<std::size_t> order(table.rows());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_partition(order.begin(), order.end(),
                        [&table](std::size_t row) { return is_outside(table, row); });
  order.resize(std::min(order.size(), kMostRows));
  Json rows = Json::array();
  for (const std::size_t row : order) {
    const std::string measure = table.text(row, "measure");
    const Shown shown = shown_as(measure, table.text(row, "unit"));
    const RowTexts texts = row_texts(table, row, shown);
    rows.push_back({{"station", table.text(row, "station")},
                    {"channel", table.text(row, "channel")},
                    {"period", table.text(row, "period")},
                    {"measure", measure},
                    {"unit", shown.unit},
                    {"observed", texts.observed},
                    {"simulated", texts.simulated},
                    {"low", texts.low},
                    {"high", texts.high},
                    {"lies", table.text(row, "lies")}});
  }
  return rows;
}

std::string whole_text(const TableView& table, std::size_t row, const char* column) {
  const auto value = table.number(row, column);
  return value ? rounded(*value, column == std::string("by_chance") ? 1 : 0) : "";
}

Json fits_json(const TableView& table) {
  Json fits = Json::array();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Json fit{{"fitted", table.text(row, "fitted")},
             {"state", table.text(row, "fit_state")},
             {"is_best", whole_text(table, row, "is_best") == "1"}};
    const bool is_demand = fit["fitted"] == to_string(FittedFactor::demand);
    const FactorRange range = range_of(is_demand ? FittedFactor::demand : FittedFactor::handling);
    fit["least"] = rounded(range.least, 2);
    fit["most"] = rounded(range.most, 0);
    const auto misfit = table.number(row, "misfit");
    fit["misfit"] = misfit ? rounded(*misfit, 2) : "";
    for (const char* column : {"compared", "outside", "by_chance", "at_most"})
      fit[column] = whole_text(table, row, column);
    const auto mean = table.number(row, "fitted_value_mean"), low = table.number(row, "fitted_value_low"),
               high = table.number(row, "fitted_value_high");
    if (mean && low && high) {
      const PrintedEstimate printed = print_estimate(*mean, *low, *high, false, {"", 1});
      fit["value"] = {{"m", printed.mean}, {"l", printed.low}, {"u", printed.high}};
    }
    fits.push_back(std::move(fit));
  }
  return fits;
}

}  // namespace

Json observed_json(const PageSource& source) {
  const auto observed = find_table(source, "observed"), fit = find_table(source, "observed_fit");
  if (!observed || observed->rows() == 0) return nullptr;
  return {{"all", observed->rows()},
          {"rows", rows_json(*observed)},
          {"sampled", source.scenario.run.inputs == RunInputs::sampled},
          {"fits", fit ? fits_json(*fit) : Json::array()}};
}

}  // namespace pishkhan::page
