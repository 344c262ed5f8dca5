#include "tools/page/target_words.hpp"

#include "sim/base/time.hpp"
#include "tools/report/targets.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {

std::string key_of_target(TargetKind kind, std::string_view visits) {
  std::string key = "target." + std::string(to_string(kind));
  if (kind == TargetKind::share || kind == TargetKind::percentile || kind == TargetKind::wait)
    key += '.' + std::string(visits);
  return key;
}

std::vector<std::pair<std::string_view, std::string>> numbers_of_target(TargetKind kind, double goal,
                                                                        double within_s, Language language) {
  const bool is_time = kind == TargetKind::wait || kind == TargetKind::overtime;
  const std::string minutes = rounded((is_time ? goal : within_s) / kSecondsPerMinute);
  return {{"goal", set_percent(rounded(100 * goal), language)}, {"minutes", set_number(minutes, language)}};
}

}  // namespace pishkhan::page
