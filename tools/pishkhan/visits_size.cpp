#include "tools/pishkhan/visits_size.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <system_error>

#include "models/trial/totals/trial_result.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/text.hpp"

namespace pishkhan {
namespace {

namespace fs = std::filesystem;

// Bytes of a row, as measured on runs of the province and of bare stations.
constexpr double kCsvProvince = 207, kCsvStations = 110;
constexpr double kSqliteProvince = 190, kSqliteStations = 86;

/// Share of the visits that are at the stations and on the days asked for.
double chosen_share(const Scenario& scenario, const Forecast& forecast) {
  double share = scenario.visits.share;
  if (!scenario.visits.stations.empty()) {
    const double all = std::accumulate(forecast.visits.begin(), forecast.visits.end(), 0.0);
    double chosen = 0;
    for (const std::uint32_t station : scenario.visits.stations) chosen += forecast.visits[station];
    share *= all > 0 ? chosen / all : 0;
  }
  if (!scenario.visits.days.empty())
    share *= static_cast<double>(scenario.visits.days.size()) / scenario.run.days;
  return share;
}

}  // namespace

VisitsSize forecast_visits(const Scenario& scenario, const Forecast& forecast, const Formats& formats) {
  VisitsSize size;
  if (scenario.visits.share <= 0) return size;
  size.rows = forecast.total_visits * scenario.run.replications * chosen_share(scenario, forecast);
  const bool province = scenario.province.has_value();
  double row = 0;
  if (contains(formats, Format::csv)) row += province ? kCsvProvince : kCsvStations;
  if (contains(formats, Format::sqlite)) row += province ? kSqliteProvince : kSqliteStations;
  size.bytes = size.rows * row;
  size.peak_bytes = size.bytes + size.rows * sizeof(VisitRecord);
  return size;
}

double free_bytes_at(const fs::path& folder) {
  fs::path place = fs::absolute(folder);
  std::error_code error;
  while (!fs::exists(place, error) && place.has_relative_path()) place = place.parent_path();
  const fs::space_info space = fs::space(place, error);
  if (error) throw EnvironmentError("cannot tell what is free at " + place.string() + ": " + error.message());
  return static_cast<double>(space.available);
}

std::string bytes_text(const Texts& texts, double bytes) {
  constexpr const char* kUnits[] = {"B", "kB", "MB", "GB", "TB", "PB"};
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < std::size(kUnits); ++unit) bytes /= 1000;
  return texts.fill("terminal.bytes." + std::string(kUnits[unit]),
                    {{"n", grouped(texts, bytes, unit > 0 && bytes < 100 ? 1 : 0)}});
}

std::string bytes_text(double bytes) { return bytes_text(terminal_texts("en"), bytes); }

std::string to_text(const Texts& texts, const VisitsSize& size) {
  return texts.fill("terminal.visits_size", {{"rows", grouped(texts, std::round(size.rows))},
                                             {"bytes", bytes_text(texts, size.bytes)}});
}

}  // namespace pishkhan
