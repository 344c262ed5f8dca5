#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "tools/sweep/study.hpp"

namespace pishkhan {

/// The points of a study, numbered from 0. The study must outlive it.
class Design {
 public:
  explicit Design(const Study& study);

  [[nodiscard]] std::size_t size() const { return size_; }
  /// The value of every factor at a point.
  [[nodiscard]] std::vector<Level> point(std::size_t number) const;
  /// Index of a factor's level at a point; the factor must have levels.
  [[nodiscard]] std::size_t level_at(std::size_t number, std::size_t factor) const;
  /// Where in the factor's range a point of a sample lies, from 0 to 1: of levels the first is 0, the last 1.
  [[nodiscard]] double position(std::size_t number, std::size_t factor) const;

 private:
  const Study& study_;
  std::size_t size_ = 0;
  std::vector<std::vector<double>> sample_;  ///< [point][factor], in [0, 1]; empty without a sample
};

/// What the values of a point change in the scenario, in the order of the factors.
std::vector<std::string> overrides_of(const std::vector<Level>& values);

}  // namespace pishkhan
