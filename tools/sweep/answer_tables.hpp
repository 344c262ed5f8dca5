#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "models/province/province.hpp"
#include "sim/statistics/estimate.hpp"
#include "sim/statistics/selection.hpp"
#include "tools/report/table.hpp"
#include "tools/sweep/design.hpp"
#include "tools/sweep/point_file.hpp"

// What the points of a study say together: which factors a response depends on, and which point is best.
namespace pishkhan {

/// An index of a factor and a response.
struct Sensitivity {
  std::size_t factor = 0, response = 0;
  std::string index;  ///< first_order, total, mean_effect, mean_size, deviation
  Estimate value{kNan, kNan, 0};
  std::size_t rows = 0;  ///< of the design that it is made from: those of which no point failed
};

/// Every index of every factor and response; none of a design that is not made for them.
std::vector<Sensitivity> find_sensitivities(const Study& study, const Design& design,
                                            const PointReader& points, const std::function<bool()>& stop);

/// A point in the order of preference of one response.
struct RankedPoint {
  std::size_t response = 0, point = 0;
  Contender contender;  ///< of what is best if it is least; of the greatest, how far below it
};

/// Every point that has a number in every replication, for each response of which a value is best.
std::vector<RankedPoint> find_best(const Study& study, const Design& design, const PointReader& points,
                                   const std::function<bool()>& stop);

Table make_sensitivities_table(const Study& study, Evidence evidence, const std::vector<Sensitivity>& all);
Table make_best_table(const Study& study, const Design* design, Evidence evidence,
                      const std::vector<RankedPoint>& all);

}  // namespace pishkhan
