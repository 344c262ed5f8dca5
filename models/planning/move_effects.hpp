#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/scenario/waves.hpp"

namespace pishkhan {

/// Days of a month of the calendar that a run counts: from <= day < until.
struct RunMonth {
  std::string name;  ///< `1395-02`
  DayNumber from = 0, until = 0;
};
std::vector<RunMonth> months_of(const Run& run);

/// What moves are expected to do, without random draws. Offices that are open, and migrations of the scenario
/// itself, are taken as on its last day: expect_can_plan refuses scenarios in which these change. A ramp is
/// taken as linear, though moves online, which stop at the digital access, may reach it before the ramp ends.
class MoveEffects {
 public:
  /// Both must outlive it. Throws Interrupted when told to stop.
  MoveEffects(const Plan& plan, const MoveRules& rules, StopCheck stop = {});

  [[nodiscard]] const MoveRules& rules() const { return rules_; }

  /// Services that move as one: those that stand together, else each by itself.
  [[nodiscard]] const std::vector<std::vector<ServiceId>>& items() const { return items_; }
  [[nodiscard]] std::size_t item_of(ServiceId service) const { return item_of_[service.index()]; }
  [[nodiscard]] const std::vector<RunMonth>& months() const { return months_; }
  /// Stations that get work from some item, in ascending order. What follows counts places in this list.
  [[nodiscard]] const std::vector<StationIndex>& stations() const { return stations_; }

  /// Citizens of the counted days who use the new channel if the item moves in the wave.
  [[nodiscard]] double citizens(std::size_t item, std::size_t wave) const {
    return citizens_[item * waves_ + wave];
  }
  /// As MoveRules::gain says: citizens, or hours.
  [[nodiscard]] double gain(std::size_t item, std::size_t wave) const { return gain_[item * waves_ + wave]; }
  /// The same of one service, and the clerk time in seconds that it brings to stations().
  struct Part {
    double citizens = 0, gain = 0, work_s = 0;
  };
  [[nodiscard]] const Part& part(ServiceId service, std::size_t wave) const {
    return parts_[service.index() * waves_ + wave];
  }
  /// Clerk time in seconds at a station in a month that an item adds, or takes away, from its wave on.
  [[nodiscard]] double added_s(std::size_t item, std::size_t wave, std::size_t station,
                               std::size_t month) const;
  /// Clerk time of a station in a month without moves.
  [[nodiscard]] double now_s(std::size_t station, std::size_t month) const;
  /// Clerk time of a station on the days from <= day < until, if the share `moved` of all that may move has
  /// moved.
  [[nodiscard]] double work_s(std::size_t station, DayNumber from, DayNumber until, double moved) const;
  /// Days on which a station opens.
  [[nodiscard]] double open_days(std::size_t station, DayNumber from, DayNumber until) const;

 private:
  struct OfService;
  void find_items();
  void spread(ServiceId service, const MoveRules* rules, OfService& effect) const;
  void add_item(std::size_t item, const std::vector<OfService>& effects);
  [[nodiscard]] double days_share(std::size_t group, DayNumber from, DayNumber until, std::size_t wave) const;

  const MoveRules& rules_;
  const Scenario& scenario_;
  const Plan::Data& data_;
  std::size_t waves_, groups_;
  std::vector<std::vector<ServiceId>> items_;
  std::vector<std::size_t> item_of_;  ///< by service; SIZE_MAX: may not move
  std::vector<RunMonth> months_;
  std::vector<StationIndex> stations_;
  std::vector<double> citizens_, gain_;  ///< [item * waves + wave]
  std::vector<Part> parts_;              ///< [service * waves + wave]
  std::vector<double> added_;            ///< in a year: [(item * groups + group) * stations + station]
  std::vector<double> now_, all_;        ///< in a year: [group * stations + station]; of all items together
  std::vector<double> share_;            ///< of a year: [(group * (waves + 1) + wave) * months + month]
};

}  // namespace pishkhan
