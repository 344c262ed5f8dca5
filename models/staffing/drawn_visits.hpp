#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/trial/station_day/station_runner.hpp"
#include "models/trial/totals/attempt.hpp"
#include "sim/station/station.hpp"

namespace pishkhan {

/// What was drawn of visits to one station, day after day, each day's in order of arrival.
class DrawnVisits {
 public:
  void clear();
  /// Adds the visits prepared in the runner; `attempts` as they were given to it.
  void add(const StationRunner& runner, std::span<const Attempt> attempts);

  [[nodiscard]] std::size_t size() const { return attempts_.size(); }
  [[nodiscard]] const Attempt& attempt(std::size_t i) const { return attempts_[i]; }
  /// Copies those of [begin, end) to the visits from `to` on, but not what is decided of them.
  void copy(std::size_t begin, std::size_t end, Visits& visits, std::size_t to) const;
  /// The end of those in [begin, end) that do not arrive after the time.
  [[nodiscard]] std::size_t arrived_by(double time_s, std::size_t begin, std::size_t end) const;
  [[nodiscard]] double arrival_s(std::size_t i) const { return arrival_s_[i]; }

 private:
  std::vector<double> arrival_s_, human_s_, system_s_, patience_s_, balk_;
  std::vector<std::int16_t> priority_;
  std::vector<std::uint32_t> service_;
  std::vector<Attempt> attempts_;
};

}  // namespace pishkhan
