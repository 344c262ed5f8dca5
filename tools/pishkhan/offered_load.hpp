#pragma once
#include <cmath>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/plan/forecast.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

inline constexpr std::size_t kLoadsShown = 10;

/// A station's hour on a weekday, or all hours of the weekday together (hour < 0), as forecast.
struct Load {
  std::size_t station;
  int hour;
  double offered_load;
  double clerks;
  std::optional<DayRange> range = {};  ///< of all hours together, where the station's days have several
  double open_days = 0;                ///< of all hours together: the counted days of which they are the mean
  std::optional<int> weekday = {};     ///< none: where no hour is unlike another, or of all weekdays together
  /// Of a station that cannot keep up: its clerks then, and the fewest of whom the clerk time of all its days
  /// is above their load. A target may take more.
  std::optional<double> clerks_now = {}, clerks_needed = {};
  [[nodiscard]] double ratio() const { return clerks > 0 ? offered_load / clerks : HUGE_VAL; }
};

/// What a forecast says of all stations.
struct LoadFindings {
  std::vector<Load> hours;    ///< every hour with demand or clerks
  std::vector<Load> crowded;  ///< hours whose offered load reaches the clerks, worst first
  /// Stations whose offered load of a weekday reaches that day's clerk time, in the mean over the weekday's
  /// days of a range: the worst of these of each, worst first.
  std::vector<Load> overloaded;
};

LoadFindings judge_loads(const Forecast& forecast);

/// The first `most` loads as lines of a table. `ids` of the stations.
std::string loads_text(const Texts& texts, const std::vector<Load>& loads,
                       const std::vector<std::string_view>& ids, std::size_t most);
/// The same of stations that cannot keep up, how many they are, and the clerks that their hours need.
std::string overloaded_text(const Texts& texts, const std::vector<Load>& overloaded,
                            const std::vector<std::string_view>& ids, std::size_t most);
nlohmann::ordered_json loads_json(const std::vector<Load>& loads, const std::vector<std::string_view>& ids);

}  // namespace pishkhan
