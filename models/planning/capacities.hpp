#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "models/planning/month_shares.hpp"
#include "models/planning/move_effects.hpp"

namespace pishkhan {

struct CapacityOptions {
  std::uint32_t replications = 4;
  bool clerks = false;  ///< also with clerks added
  int threads = 1;
  std::function<bool()> stop = {};
};

/// How much work a station can do in a month so that a target just holds: from its days alone in the busiest
/// month and in the quietest, when all that may move has moved in part, for several numbers of clerks. A
/// share in time is taken to fall with the work of an open day. What plans show corrects it, month by month.
class Capacities {
 public:
  /// All must outlive it.
  Capacities(const Scenario& scenario, const MoveEffects& effects, const std::vector<TargetAt>& targets,
             const CapacityOptions& options);

  /// Seconds of work in a month with so many clerks more with which the share is `margin` above its goal.
  /// More clerks never have less.
  [[nodiscard]] double most_s(std::size_t target, std::size_t month, double clerks, double margin) const;
  /// Nothing binds beyond so many clerks added.
  [[nodiscard]] int most_clerks() const { return numbers_.back(); }
  /// How a plan was looked at.
  enum class Seen : std::uint8_t { alone, whole };  // stations alone; all together
  /// A plan had so much work there, and this share. What several showed is averaged, by their visits; once
  /// whole runs tell of a target and month, those of stations alone do no more.
  void learn(std::size_t target, std::size_t month, double clerks, double work_s, const ObservedShare& seen,
             Seen how);
  /// A plan with so much work had its full margin: as much is possible, with these clerks and more.
  void allow(std::size_t target, std::size_t month, double clerks, double work_s);
  /// A plan with so much work was refuted: less is possible at most, with these clerks.
  void cut(std::size_t target, std::size_t month, double clerks, double work_s);
  /// Takes all cuts back; what was learnt and allowed stays.
  void forget_cuts();

 private:
  struct Point {
    double work_s = 0;  ///< a day
    double share = 0;
  };
  using Curve = std::vector<Point>;  ///< ascending work, descending share
  /// What a part of all that may move did to a target.
  struct Look {
    double part;
    double work_s;  ///< a day
    double share, weight;
  };
  void simulate(const CapacityOptions& options, int clerks);
  void look(const CapacityOptions& options, int clerks, const RunMonth& month, double part,
            const std::vector<std::size_t>& targets, std::vector<std::vector<Look>>& looks) const;
  [[nodiscard]] std::optional<double> part_to_look_at(std::size_t target, std::vector<Look> looks) const;
  [[nodiscard]] const Curve& curve(std::size_t target, std::size_t number) const {
    return curves_[number * targets_.size() + target];
  }
  [[nodiscard]] double most_a_day(std::size_t target, double clerks, double share) const;
  [[nodiscard]] std::vector<RunMonth> months_to_look_at() const;
  struct SeenWork {
    double clerks;
    double work_s;
  };
  /// The work that plans showed to be possible, over that of the curves.
  struct Factor {
    double sum = 0, visits = 0;  ///< the sum is weighted by the visits
    Seen how = Seen::alone;
    [[nodiscard]] double mean() const { return visits > 0 ? sum / visits : 1; }
  };

  const Scenario& scenario_;
  const MoveEffects& effects_;
  const std::vector<TargetAt>& targets_;
  std::vector<int> numbers_;                           ///< of clerks added, ascending
  std::vector<Curve> curves_;                          ///< [number * targets + target]
  std::vector<double> days_;                           ///< open, [target * months + month]
  std::vector<Factor> factors_;                        ///< the same
  std::vector<std::vector<SeenWork>> cuts_, allowed_;  ///< the same
};

}  // namespace pishkhan
