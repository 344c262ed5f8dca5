#include "tools/page/study.hpp"

#include <cmath>

#include "sim/base/printable.hpp"
#include "sim/base/stop_check.hpp"
#include "tools/page/assets.hpp"
#include "tools/page/encode.hpp"
#include "tools/page/page.hpp"
#include "tools/page/study_data.hpp"
#include "tools/page/study_words.hpp"

namespace pishkhan::page {
namespace {

void widen(StudyRange& range, std::size_t point, const Estimate& estimate) {
  if (std::isnan(estimate.mean)) return;
  if (range.least == SIZE_MAX || estimate.mean < range.low.mean) {
    range.least = point;
    range.low = estimate;
  }
  if (range.greatest == SIZE_MAX || estimate.mean > range.high.mean) {
    range.greatest = point;
    range.high = estimate;
  }
}

}  // namespace

StudyFindings find_in_study(const Study& study, const Design& design, const PointReader& points,
                            int most_replications, const std::function<bool()>& stop) {
  StudyFindings findings;
  findings.ranges.resize(study.responses.size());
  findings.points = design.size();
  for (std::size_t point = 0; point < design.size(); ++point) {
    if (stop()) throw Interrupted();
    PointResult result = points.read(point);
    if (!result.failure.empty() && findings.failed++ < kMostFailuresShown)
      findings.failures.emplace_back(point, result.failure);
    findings.at_limit += ended_at_limit(result, most_replications);
    for (std::size_t i = 0; i < result.responses.size(); ++i) {
      widen(findings.ranges[i], point, result.responses[i].estimate);
      result.responses[i].by_replication.clear();
    }
    if (point < kMostPointsShown) findings.shown.push_back(std::move(result));
  }
  findings.sensitivities = find_sensitivities(study, design, points, stop);
  findings.best = find_best(study, design, points, stop);
  return findings;
}

std::string study_html(const StudySource& source) {
  return page_file({source.study.title, source.record.version,
                    head_of_page(study_verdict_of(source, Texts(Language::persian))),
                    head_of_page(study_verdict_of(source, Texts(Language::english))), study_data(source),
                    assets::kStudyScript});
}

}  // namespace pishkhan::page
