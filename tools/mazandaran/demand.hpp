#pragma once
#include <array>
#include <vector>

#include "tools/mazandaran/offices.hpp"

namespace pishkhan::mazandaran {

/// Share of a year's demand that falls on a day of a weight, over the weights of all working days of the
/// calendar year.
double day_share(const Facts& facts, double weight);

/// Calls of a service to its agency's system for each visit of a channel, second visits included.
double calls_of_visit(const Facts& facts, const ServiceFact& service, Channel channel);

/// Share of a year's demand that falls on an ordinary full day: the mean weight of Saturday to
/// Wednesday over the weights of all working days of the calendar year.
double ordinary_day_share(const Facts& facts);

/// On an ordinary full day: load in erlangs (clerk time asked for over open time) and visits, second ones for
/// lack of papers included; and first visits a year.
struct Load {
  double erlangs = 0;
  double visits_a_year = 0, visits_a_day = 0;
};

/// What is asked of an office on an ordinary full day, apart by kind of the residents.
struct OfficeDemand {
  struct Part {
    double visits_a_year = 0, visits_a_day = 0;  ///< as in Load
    double human_s = 0;                          ///< as the agencies' own clerks
    double calls_s = 0;
  };
  std::array<Part, kKinds> by_residents{};
};

/// Demand of the offices, those who fail online included, when citizens choose by Huff's model among the
/// offices that may give the service: weight = clerks / max(nearest, distance)^2 within a radius, the nearest
/// one beyond it. Squared distances are means over the residents of a place, and within a city over its
/// offices too. Calls take their unloaded time over the office's link. `sizes` may be fractions of clerks.
/// Same order as offices.
std::vector<OfficeDemand> office_demand(const Facts& facts, const std::vector<OfficeMade>& offices,
                                        const std::vector<double>& sizes);
/// The same with the solved handling.
std::vector<Load> office_loads(const Facts& facts, const std::vector<OfficeMade>& offices,
                               const std::vector<double>& sizes);
/// Of an office on an ordinary full day.
double open_s(const Facts& facts, Kind kind);

/// What the residents of each place ask of an agency's own counters: [agency * places + place]; calls go over
/// the links of the counties' counters.
std::vector<Load> counter_loads(const Facts& facts, const std::vector<std::size_t>& link_kinds);

}  // namespace pishkhan::mazandaran
