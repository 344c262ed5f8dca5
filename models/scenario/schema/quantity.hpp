#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "models/province/calendar.hpp"
#include "sim/base/time.hpp"

namespace pishkhan {

/// What a scalar of the language means. Values are kept in seconds, arrivals a second, bytes a second,
/// kilometres and km/h; shares as fractions; dates as day numbers. Each quantity is a row in quantity.cpp.
enum class Quantity : unsigned char {
  text,         ///< any words
  identifier,   ///< lower case ASCII, digits, hyphens
  path,         ///< a file, relative to the file it is written in
  boolean,      ///< `true` or `false`
  count,        ///< whole number
  seed,         ///< whole number of 64 bits
  number,       ///< any finite number
  share,        ///< `80%` or `0.8`
  duration,     ///< `9 min`; units ms, s, min, h, d
  rate,         ///< `4.2 / min`; units s, min, h, d
  distance,     ///< `40 km`; units m, km
  speed,        ///< `30 km/h`; units m/s, km/h
  bandwidth,    ///< `4 Mbit/s`; units B/s, kbit/s, Mbit/s, Gbit/s; in bytes a second
  date,         ///< `1395-02-10` or `2016-04-29`
  date_time,    ///< `1395-02-10 09:30`, or a date alone for its midnight; seconds after midnight of day 0
  month_day,    ///< `01-13`: month * 100 + day of the Solar Hijri year
  time_of_day,  ///< `08:00`, up to `24:00`
  hours,        ///< `08:00-14:00`, several separated by commas, or `closed`
  clerks,       ///< `3`, `+1`, `-1`, `+20%`
  cores,        ///< `16`, `+4`, `-4`, `+50%`
  growth,       ///< `+10%` or `-5%`
  money,        ///< `150000 rial`; units rial, toman; in rials
};

/// Largest change of clerks or cores at once, as a share, and largest growth of demand.
inline constexpr double kMostGrowth = 1000;
/// Most clerks of a station on any day, and most cores of a system.
inline constexpr int kMostClerks = 1'000'000, kMostCores = 1'000'000;

/// A change to, or a fresh number of, clerks or cores.
struct CountChange {
  enum class Kind : unsigned char { set, add, scale } kind = Kind::set;
  double value = 0;  ///< clerks or cores, or the share for scale

  /// Number after the change, rounded half up; may be negative, or too large for an int.
  [[nodiscard]] std::int64_t applied_to(std::int64_t count) const;
  /// The same, not rounded.
  [[nodiscard]] double exactly_applied_to(double count) const;
};

/// What is wrong with a scalar.
struct Misread {
  std::string problem, hint;
};

/// Value of a scalar in SI, or what is wrong with it. Texts, identifiers and paths have the value 0,
/// booleans 0 or 1; hours, clerks and cores are checked, and read with the functions below.
std::optional<Misread> read_quantity(Quantity quantity, std::string_view text, double& value);

/// `08:00-14:00, 16:00-19:00` as intervals in seconds after midnight, ordered and disjoint; those that
/// touch become one; `closed` as none.
std::optional<Misread> read_hours(std::string_view text, Intervals& hours);

/// `3`, `+1`, `-1`, `+20%`, of clerks or cores.
std::optional<Misread> read_change(Quantity quantity, std::string_view text, CountChange& change);

/// A seed, exactly; nothing when the text is none. Leading zeros mean nothing: `010` is ten.
std::optional<std::uint64_t> read_seed(std::string_view text);

/// `a duration such as `9 min``: for messages and the schema.
std::string describe(Quantity quantity);

/// Regular expression (ECMA 262) that every text of a quantity matches; empty when any text may do.
std::string pattern(Quantity quantity);

/// Shortest text that reads back as the same double, without a locale.
std::string number_text(double value);
/// For messages: large and whole numbers with all their digits, others with few.
std::string short_text(double value);

/// Text of a value in the largest unit in which it is whole, such as `10 min`; else as canonical_text.
std::string limit_text(Quantity quantity, double value);

/// `1395-02-10 09:30` of seconds after midnight of day 0, to the minute; of a time beyond the calendar its
/// nearest day.
std::string date_time_text(double value, CalendarKind calendar = CalendarKind::solar_hijri);

/// Canonical text of a value in SI, such as `540 s`, that reads back as the same value; where the value is no
/// number, the text as it is.
std::string canonical_text(Quantity quantity, double value, std::string_view text);

/// Whether canonical YAML writes the quantity without quotes.
bool is_unquoted(Quantity quantity);

/// What values of a quantity may be in JSON.
enum class JsonType : unsigned char {
  boolean,
  integer,
  number,
  string,
  integer_or_string,
  number_or_string,
  scalar  ///< an editor takes a title such as 2026 for a number
};
JsonType json_type(Quantity quantity);

}  // namespace pishkhan
