#include "tools/page/observed_data.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "tools/page/table_view.hpp"
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

std::string number_text(const std::optional<double>& value, const Shown& shown) {
  if (!value) return "";
  const double scaled = *value * shown.factor;
  const bool tenths = shown.unit == "min" || (scaled < 10 && scaled != std::floor(scaled));
  return rounded(scaled, tenths ? 1 : 0);
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
    const auto number = [&](const char* column) { return number_text(table.number(row, column), shown); };
    rows.push_back({{"station", table.text(row, "station")},
                    {"channel", table.text(row, "channel")},
                    {"period", table.text(row, "period")},
                    {"measure", measure},
                    {"unit", shown.unit},
                    {"observed", number("observed")},
                    {"simulated", number("simulated")},
                    {"low", number("prediction_low")},
                    {"high", number("prediction_high")},
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
    Json fit{{"fitted", table.text(row, "fitted")}, {"is_best", whole_text(table, row, "is_best") == "1"}};
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
          {"fits", fit ? fits_json(*fit) : Json::array()}};
}

}  // namespace pishkhan::page
