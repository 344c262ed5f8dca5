#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tools/pishkhan/kept_base.hpp"
#include "tools/pishkhan/options.hpp"
#include "tools/sweep/design.hpp"
#include "tools/sweep/point_file.hpp"

namespace pishkhan {

/// A study whose points can be simulated.
struct StudyPoints {
  const Study& study;
  const Design& design;
};

/// The scenario of a study with the values of one point. Throws UserError where they cannot be.
Scenario load_point(const Study& study, const std::vector<Level>& values);

/// Expects that every level, and every factor without levels, has a point that can be simulated. Throws
/// UserError with the mistakes of those that have none, told of the study file.
void expect_levels(const StudyPoints& points);

/// How much of a study's points was simulated in part, because they differ from its scenario at some stations
/// only.
struct ReusedPoints {
  std::size_t points = 0;                              ///< simulated in part
  std::size_t station_days = 0, all_station_days = 0;  ///< of all their replications
};

/// Throws EnvironmentError where the first or the last point takes more memory than there is, so many at a
/// time. Points between are looked at when their turn comes.
void expect_memory_of_ends(const StudyPoints& points, int threads);

/// Simulates the points of a study, from any thread. A point that differs from the study's scenario, or from
/// a point that was kept, at some stations only is simulated in part; kept are the last points that differ at
/// more than a few. The results are the same whatever is kept.
class PointSimulator {
 public:
  /// All must outlive it.
  PointSimulator(const StudyPoints& points, const TrialFunction& trial) : points_(points), trial_(trial) {}

  /// Simulates and keeps the scenario of the study as it stands, if points like these differ from it at some
  /// stations only and the memory has room. Their results are the same, and sooner there. Throws Interrupted.
  void keep_base(const std::vector<std::size_t>& numbers, int threads);

  /// Simulates a point, one replication after the other. What is wrong with the point alone (its scenario,
  /// its audit, a bug that it meets) is its failure. Throws Interrupted when told to stop.
  PointResult simulate(std::size_t number, const std::function<bool()>& stop);

  [[nodiscard]] const ReusedPoints& reused() const { return reused_; }

 private:
  /// Whether a point can be simulated in part.
  [[nodiscard]] bool is_like(const KeptBase& base, std::size_t number) const;
  [[nodiscard]] std::vector<std::shared_ptr<const KeptBase>> kept();
  std::vector<TrialResult> replications(const std::shared_ptr<KeptBase>& point, const TrialOptions& options);
  std::vector<TrialResult> in_part(const std::shared_ptr<KeptBase>& point, const NearestBase& nearest,
                                   const TrialOptions& options);

  const StudyPoints& points_;
  const TrialFunction& trial_;
  std::size_t most_kept_ = 0;  ///< as many as the memory has room for
  std::mutex mutex_;
  // Behind the mutex.
  std::vector<std::shared_ptr<const KeptBase>> kept_;  ///< the study's scenario, then points in their turn
  ReusedPoints reused_;
};

}  // namespace pishkhan
