#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "models/province/province.hpp"
#include "tools/sweep/answer_tables.hpp"
#include "tools/sweep/point_file.hpp"
#include "tools/sweep/study.hpp"

// A study as a page. It is made of what a study stores, so that it can be made again.
namespace pishkhan::page {

/// What is told of a study beside its file.
struct StudyRecord {
  std::string version;
  std::string scenario;  ///< its title
  std::uint64_t seed = 0;
  int replications = 0;   ///< of each point
  std::string precision;  ///< that decided how many instead; empty: none
  Evidence evidence = Evidence::assumed;
  /// Persian and English names of the counties and offices of which responses are, by id.
  std::map<std::string, std::pair<std::string, std::string>> names;
};

/// Most points that page and workbook show one by one: the first ones.
inline constexpr std::size_t kMostPointsShown = 5'000;
/// Most failed points that are named.
inline constexpr std::size_t kMostFailuresShown = 100;

/// Where a response is least and greatest; SIZE_MAX where no point has a number.
struct StudyRange {
  std::size_t least = SIZE_MAX, greatest = SIZE_MAX;
  Estimate low{}, high{};
};

/// What the points of a study say.
struct StudyFindings {
  std::size_t points = 0, failed = 0;
  std::size_t at_limit = 0;        ///< points that ended by a precision's most replications
  std::vector<PointResult> shown;  ///< the first points, without their replications
  std::vector<std::pair<std::size_t, std::string>> failures;
  std::vector<StudyRange> ranges;  ///< by response
  std::vector<Sensitivity> sensitivities;
  std::vector<RankedPoint> best;
};
/// `most_replications`: those of a precision; 0: none is asked for. `stop` is asked now and then; true ends
/// it with Interrupted.
StudyFindings find_in_study(const Study& study, const Design& design, const PointReader& points,
                            int most_replications, const std::function<bool()>& stop);

struct StudySource {
  const Study& study;
  const Design& design;
  const StudyRecord& record;
  const StudyFindings& findings;
};

/// The whole file. The same study gives the same bytes.
std::string study_html(const StudySource& source);

}  // namespace pishkhan::page
