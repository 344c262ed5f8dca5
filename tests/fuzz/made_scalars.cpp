#include "tests/fuzz/made_scalars.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "models/province/calendar.hpp"

namespace pishkhan {
namespace {

struct Ordinary {
  std::string_view key;
  double low, high;
};

/// Where the ordinary values of a key are, SI, uniform in the logarithm; of the others by quantity.
constexpr Ordinary kOrdinary[] = {
    {"latency", 1e-3, 1},    {"limit", 20, 600},
    {"for", 600, 1e5},       {"mean_time_between_failures", 3600, 1e6},
    {"length", 600, 20'000}, {"warm_up", 1, 500},
    {"days", 1, 3},          {"warm_up_days", 0.1, 1},
    {"replications", 1, 3},  {"days_of_month", 1, 31},
    {"room", 0.4, 40},       {"rank", 1, 3},
    {"lowest_rank", 1, 3},   {"total", 10, 500},
    {"waiting", 0.1, 20},    {"distance_exponent", 0.1, 3},
    {"shape", 0.7, 3},       {"cv", 0.2, 2},
    {"speed", 0.5, 2},
};

std::pair<double, double> ordinary_range(Quantity quantity, std::string_view key) {
  if (quantity == Quantity::speed) return {5, 60};
  for (const Ordinary& one : kOrdinary)
    if (one.key == key) return {one.low, one.high};
  switch (quantity) {
    case Quantity::duration:
      return {10, 1000};
    case Quantity::rate:
      return {1e-4, 0.02};
    case Quantity::number:
      return {0.3, 3};
    case Quantity::share:
      return {0.02, 0.4};
    case Quantity::distance:
      return {0.5, 60};
    case Quantity::bandwidth:
      return {1e4, 1e7};
    default:
      return {0.5, 5};
  }
}

/// With few digits: most of the time goes into reading text.
double short_number(double value) {
  if (value == 0) return 0;
  const double unit = std::pow(10, std::floor(std::log10(std::abs(value))) - 2);
  return std::round(value / unit) * unit;
}

double ordinary_value(const Shape& shape, std::string_view key, const Habits& habits, Draws& draws) {
  if (shape.quantity == Quantity::date) return habits.start + draws.between(-2, habits.days + 1);
  if (shape.quantity == Quantity::date_time)
    return (habits.start + draws.between(-1, habits.days)) * kSecondsPerDay + draws.between(0, 1439) * 60;
  if (shape.quantity == Quantity::growth) return short_number(draws.uniform(-0.6, 0.5));
  if (key == "latitude" || key == "longitude") return short_number(draws.uniform(-60, 60));
  if (key == "ramp") return draws.between(0, 5) * kSecondsPerDay;
  const auto [low, high] = ordinary_range(shape.quantity, key);
  double value = draws.log_uniform(low, high);
  if (shape.quantity == Quantity::count) value = std::round(value);
  return std::clamp(short_number(value), shape.range.low, shape.range.high);
}

/// Stands for infinity where a range has no end.
constexpr double kLargest = 1e300;

/// Both ends of a range, SI.
std::pair<double, double> ends_of(const Shape& shape, bool zero) {
  if (shape.quantity == Quantity::date) return {first_day(), last_day()};
  if (shape.quantity == Quantity::date_time)
    return {first_day() * kSecondsPerDay, last_day() * kSecondsPerDay + 86'340};
  double low = shape.range.low;
  if (shape.range.above || (!zero && shape.range.least > low)) {
    low = shape.range.least > low ? shape.range.least : std::nextafter(low, shape.range.high);
    if (low < 1 / kLargest && low > 0) low = 1 / kLargest;
  }
  return {std::max(low, -kLargest), std::min(shape.range.high, kLargest)};
}

double inside(double end, double other) { return end == 0 ? other * 1e-12 : end + (other - end) * 1e-9; }
double outside(double end, double other) {
  return end == 0 ? -1e-9 * std::abs(other) : end - (other - end) * 1e-6 * std::min(1.0, std::abs(end));
}

bool is_whole(Quantity quantity) { return quantity == Quantity::count || quantity == Quantity::date; }

MadeScalar extreme_number(const Shape& shape, bool beyond, double upper_share, Draws& draws) {
  const auto [low, high] = ends_of(shape, draws.chance(0.5));
  const bool upper = draws.chance(upper_share);
  const double end = upper ? high : low, other = upper ? low : high;
  const auto text = [&](double value) { return canonical_text(shape.quantity, value, ""); };
  if (shape.quantity == Quantity::date_time) return {text(end), !upper, upper};
  if (beyond) {
    if (is_whole(shape.quantity)) return {text(end + (upper ? 1 : -1))};
    return {text(draws.chance(0.3) ? (upper ? kLargest : -kLargest) : outside(end, other))};
  }
  const double what = draws.uniform();
  if (what < 0.6) return {text(end), !upper, upper};
  if (is_whole(shape.quantity))
    return {text(std::floor(what < 0.8 ? end + (upper ? -1 : 1) : draws.uniform(low, high)))};
  if (what < 0.75) return {text(inside(end, other))};
  const double least = std::max({low, shape.range.least, high * 1e-15});
  return {text(low < 0 ? draws.uniform(low, high) : draws.log_uniform(least, high))};
}

/// Hours of a day between two minutes, in up to three stretches.
std::string hours_text(int from, int to, Draws& draws) {
  std::vector<int> ends;
  for (int left = 2 * draws.between(1, 3); left > 0; --left) ends.push_back(draws.between(from, to));
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  std::string text;
  for (std::size_t i = 0; i + 1 < ends.size(); i += 2)
    text += (text.empty() ? "" : ", ") + time_of_day_text(ends[i]) + '-' + time_of_day_text(ends[i + 1]);
  return text.empty() ? "closed" : text;
}

MadeScalar extreme_hours(Draws& draws) {
  switch (draws.below(6)) {
    case 0:
      return {"closed", true, false};
    case 1:
      return {"00:00-24:00", false, true};
    case 2:
      return {"00:00-00:01"};
    case 3:
      return {"23:59-24:00"};
    case 4:
      return {"00:00-12:00, 12:00-24:00"};
    default: {
      std::string text;
      for (int minute = 0; minute < 1440; minute += 30)
        text += (text.empty() ? "" : ",") + time_of_day_text(minute) + '-' + time_of_day_text(minute + 1);
      return {text};
    }
  }
}

MadeScalar made_hours(double extreme, std::size_t part, std::size_t parts, Draws& draws) {
  if (parts == 1 && draws.chance(extreme)) return extreme_hours(draws);
  if (parts == 1 && draws.chance(0.5)) return {"08:00-14:00"};
  const auto minute = [parts](std::size_t of) { return static_cast<int>(1440 * of / parts); };
  return {hours_text(minute(part), minute(part + 1), draws)};
}

MadeScalar made_change(Quantity quantity, double extreme, Draws& draws) {
  if (!draws.chance(extreme)) {
    constexpr const char* usual[] = {"1", "2", "3", "+1", "+2", "+20%", "-10%", "+100%"};
    return {draws.one_of(usual)};
  }
  const int most = quantity == Quantity::cores ? kMostCores : kMostClerks;
  const double most_percent = 100 * kMostGrowth;
  const auto within = [&draws](double high) { return number_text(std::floor(draws.log_uniform(1, high))); };
  const MadeScalar ends[] = {{"0", true, false},
                             {"-100%", true, false},
                             {'-' + std::to_string(most), true, false},
                             {std::to_string(most), false, true},
                             {'+' + std::to_string(most), false, true},
                             {'+' + number_text(most_percent) + '%', false, true},
                             {'+' + within(most_percent) + '%'},
                             {'+' + within(most)},
                             {within(most)},
                             {"+0"},
                             {"-0"}};
  return draws.one_of(ends);
}

MadeScalar made_time(double extreme, Draws& draws) {
  if (!draws.chance(extreme)) return {time_of_day_text(draws.between(360, 1080))};
  const bool upper = draws.chance(0.5);
  return {upper ? "24:00" : "00:00", !upper, upper};
}

}  // namespace

std::string time_of_day_text(int minute) {
  const auto two = [](int of) { return (of < 10 ? "0" : "") + std::to_string(of); };
  return two(minute / 60) + ':' + two(minute % 60);
}

std::string ordinary_text(const Shape& shape, std::string_view key, const Habits& habits, Draws& draws) {
  return canonical_text(shape.quantity, ordinary_value(shape, key, habits, draws), "");
}

MadeScalar made_scalar(const Shape& shape, std::string_view key, const Habits& habits, Draws& draws,
                       std::size_t part, std::size_t parts) {
  const bool extreme = draws.chance(habits.extreme);
  switch (shape.quantity) {
    case Quantity::text:
    case Quantity::path:
    case Quantity::identifier:
      return extreme ? MadeScalar{std::string(300, 'x')} : MadeScalar{"x"};
    case Quantity::boolean: {
      const bool yes = draws.chance(0.5);
      return {yes ? "true" : "false", !yes, yes};
    }
    case Quantity::seed: {
      const bool upper = draws.chance(0.5);
      if (extreme) return {upper ? "18446744073709551615" : "0", !upper, upper};
      return {std::to_string(draws.next() >> draws.below(64))};
    }
    case Quantity::month_day: {
      const bool upper = draws.chance(0.5);
      if (extreme) return {upper ? "12-30" : "01-01", !upper, upper};
      return {(draws.chance(0.5) ? "01-0" : "02-1") + std::to_string(draws.between(1, 9))};
    }
    case Quantity::time_of_day:
      return made_time(habits.extreme, draws);
    case Quantity::hours:
      return made_hours(habits.extreme, part, parts, draws);
    case Quantity::clerks:
    case Quantity::cores:
      return made_change(shape.quantity, habits.extreme, draws);
    default:
      break;
  }
  const bool beyond = draws.chance(habits.outside);
  if (extreme || beyond) return extreme_number(shape, beyond, habits.upper, draws);
  return {ordinary_text(shape, key, habits, draws)};
}

}  // namespace pishkhan
