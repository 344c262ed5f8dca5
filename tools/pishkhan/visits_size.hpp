#pragma once
#include <filesystem>
#include <string>

#include "models/plan/forecast.hpp"
#include "tools/report/formats.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// What writing the visits takes, by expectation.
struct VisitsSize {
  double rows = 0;
  double bytes = 0;       ///< of the finished files
  double peak_bytes = 0;  ///< while they are written
};
VisitsSize forecast_visits(const Scenario& scenario, const Forecast& forecast, const Formats& formats);

/// Bytes free where a folder is or will be. Throws EnvironmentError when nobody knows.
double free_bytes_at(const std::filesystem::path& folder);

/// `about 1,200,000 rows, 230 MB`.
std::string to_text(const Texts& texts, const VisitsSize& size);
/// `1.2 GB`.
std::string bytes_text(const Texts& texts, double bytes);
/// The same in English, for errors.
std::string bytes_text(double bytes);

}  // namespace pishkhan
