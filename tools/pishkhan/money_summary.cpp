#include "tools/pishkhan/money_summary.hpp"

#include <span>
#include <vector>

#include "tools/pishkhan/text.hpp"
#include "tools/report/money.hpp"
#include "tools/report/money_tables.hpp"

namespace pishkhan {

std::string money_text(const Texts& texts, const Results& results) {
  if (!results.scenario.economics) return "";
  constexpr double kMillionth = 1e-6;
  const auto channels = money_of_channels(results);
  const std::vector<MoneyTally>& offices = channels[static_cast<std::size_t>(Channel::office)];
  std::vector<MoneyTally> stations = channels[static_cast<std::size_t>(Channel::traditional)];
  for (std::size_t i = 0; i < stations.size(); ++i) stations[i] += offices[i];
  const auto million = [&](std::span<const Measure<MoneyTally>> measures, const char* name,
                           const std::vector<MoneyTally>& tallies) {
    return with_interval(texts, estimate(find_measure(measures, name), tallies, {}), 1, kMillionth);
  };
  const auto [yes, no, open] = count_covers(results);
  const auto whole = [&texts](std::size_t count) { return grouped(texts, static_cast<double>(count)); };
  return '\n' +
         texts.fill(
             "terminal.money",
             {{"evidence", word(texts, to_string(results.scenario.evidence))},
              {"unknown", percent(texts, estimate(find_measure(tariff_measures(), "unknown_tariff_share"),
                                                  offices, {}))},
              {"income", million(income_measures(), "income_rial", offices)},
              {"expenses", million(expense_measures(), "expenses_rial", offices)},
              {"yes", whole(yes)},
              {"no", whole(no)},
              {"open", whole(open)},
              {"citizens", million(citizen_money_measures(), "citizens_rial", stations)}}) +
         '\n';
}

nlohmann::ordered_json covers_json(const Results& results) {
  const auto [yes, no, open] = count_covers(results);
  return {{"yes", yes}, {"no", no}, {"open", open}};
}

}  // namespace pishkhan
