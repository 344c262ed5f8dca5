#pragma once
#include <memory>
#include <optional>

#include "models/trial/station_runner.hpp"

namespace pishkhan {

/// A day of stations that influence each other: all are prepared, then simulated in one loop, then looked
/// at one by one. Citizens who balk at an office go on to the next one as the scenario says.
class CoupledDay {
 public:
  /// With `all_together`, stations nobody is redirected to share the loop too.
  CoupledDay(const Scenario& scenario, const Plan::Data& data, DrawKey key, bool all_together);

  void begin(DayNumber day);
  /// A station open today and those who go to it.
  void add(std::uint32_t station, std::span<const Guest> guests);
  void simulate();

  /// Those added today, in that order.
  [[nodiscard]] const std::vector<std::uint32_t>& stations() const { return stations_; }
  // Of a station added today, after simulate.
  [[nodiscard]] StationRunner& runner(std::uint32_t station) { return *runners_[station]; }
  /// Those who went to it, the redirected last: what its runner numbers.
  [[nodiscard]] std::span<const Guest> guests(std::uint32_t station) const { return guests_[place_[station]]; }
  /// Whether the guest went on from here to another office.
  [[nodiscard]] bool went_on(std::uint32_t station, std::size_t guest) const {
    return went_on_[place_[station]][guest] != 0;
  }
  /// The office where the guest went first today.
  [[nodiscard]] std::uint32_t first_office(std::uint32_t station, std::size_t guest) const;
  /// Transactions since the beginning, and visits whose handling has one.
  [[nodiscard]] TransactionCounts transactions() const { return backbone_ ? backbone_->counts() : TransactionCounts{}; }
  [[nodiscard]] std::uint64_t visits_that_call() const { return visits_that_call_; }
  /// Citizens who went on, each time counted.
  [[nodiscard]] std::uint64_t redirected() const { return redirected_; }

 private:
  [[nodiscard]] std::optional<Redirected> next_office(std::uint32_t place, std::uint32_t visit, double t);
  void end_day();
  [[nodiscard]] double travel_s(std::uint32_t from, std::uint32_t to) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  bool all_together_;
  DayNumber day_ = 0;
  std::vector<std::unique_ptr<StationRunner>> runners_;  ///< by station, made when first needed
  std::vector<std::uint32_t> place_;                     ///< of a station among today's
  // By place.
  std::vector<std::uint32_t> stations_;
  std::vector<std::vector<Guest>> guests_;
  std::vector<std::size_t> own_;  ///< guests who were not redirected here
  std::vector<std::vector<std::uint32_t>> first_;  ///< office of the redirected
  std::vector<std::vector<std::uint8_t>> went_on_;
  std::vector<CoupledStation> coupled_;
  Visits nobody_;  ///< stands in for the visits of stations simulated apart
  std::unique_ptr<Backbone> backbone_;  ///< none: ideal
  std::uint64_t redirected_ = 0, visits_that_call_ = 0;
};

}  // namespace pishkhan
