#include "tools/page/input_data.hpp"

#include <cstddef>
#include <string>

#include "tools/page/table_view.hpp"
#include "tools/report/printed.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {

nlohmann::ordered_json inputs_json(const PageSource& source) {
  const auto table = find_table(source, "inputs");
  if (!table || table->rows() == 0) return nullptr;
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const std::string group = table->text(row, "group");
    if (group != "office" && group != "traditional") continue;
    const std::string quantity = table->text(row, "quantity");
    const Shown shown = shown_as(quantity, table->text(row, "unit"));
    nlohmann::ordered_json entry{{"group", group}, {"quantity", quantity}, {"unit", shown.unit}};
    const auto add = [&](const char* name, const char* mean_of, const std::string& ends) {
      const auto mean = table->number(row, mean_of), low = table->number(row, ends + "_low"),
                 high = table->number(row, ends + "_high");
      if (!mean || !low || !high) return;
      const PrintedEstimate printed = print_estimate(*mean, *low, *high, false, shown);
      entry[name] = {{"m", printed.mean}, {"l", printed.low}, {"u", printed.high}};
    };
    add("fixed", "fixed_mean", "fixed");
    add("chance", "fixed_mean", "chance");
    add("assumptions", "sampled_mean", "assumptions");
    if (const auto share = table->number(row, "assumptions_share")) entry["share"] = rounded(100 * *share, 0);
    rows.push_back(std::move(entry));
  }
  return rows;
}

}  // namespace pishkhan::page
