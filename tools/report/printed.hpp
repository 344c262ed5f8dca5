#pragma once
#include <string>
#include <string_view>

// How numbers are rounded and in which units they are shown: the same on the page, in the workbook and in the
// short form of CSV.
namespace pishkhan {

/// The value of an estimate with its interval, rounded as its interval tells and in the unit in which it is
/// shown.
struct PrintedEstimate {
  std::string mean, low, high, half_width;  ///< all empty where there is no number
  bool symmetric = true;                    ///< the interval is mean +- half_width
  std::string unit;                         ///< percent, min, h, or as the column has it
};

/// How a quantity is shown: shares in per cent, waits in minutes, sums of clerk time in hours.
struct Shown {
  std::string unit;
  double factor = 1;
};
Shown shown_as(std::string_view quantity, std::string_view unit);

/// Rounds mean and interval.
PrintedEstimate print_estimate(double mean, double low, double high, bool symmetric, const Shown& shown);

}  // namespace pishkhan
