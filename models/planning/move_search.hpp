#pragma once
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "models/planning/choose_moves.hpp"

namespace pishkhan {

/// What MoveRules say of the items of MoveEffects.
struct ItemRules {
  ItemRules(const MoveRules& rules, const MoveEffects& effects);

  /// An item that has to move, as it is fixed or stands before one that is, and may in no wave; none:
  /// SIZE_MAX.
  [[nodiscard]] std::size_t impossible() const;

  std::vector<std::vector<bool>> may;  ///< [item][wave]
  std::vector<bool> must;              ///< by item: it moves, as it is fixed
  std::vector<std::pair<std::size_t, std::size_t>>
      orders;  ///< the second not before the first, nor without it

  /// Whether the orders allow an item its wave, next to those of the others.
  [[nodiscard]] bool in_order(const std::vector<std::optional<std::size_t>>& wave, std::size_t item) const;
};

/// Moves within limits that gain much: items are added one by one, and then again and again some are taken
/// back and others come first. Deterministic.
class MoveSearch {
 public:
  /// All must outlive it.
  MoveSearch(const MoveRules& rules, const MoveEffects& effects, const ItemRules& items,
             const MoveLimits& limits);

  Moves find(std::size_t rounds);
  /// Of moves, those that are within the limits after clerks were added, and, where these are not enough,
  /// others were taken back, the least gain for the work where it is too much first; none: the fixed ones are
  /// too much. Stations keep the clerks that the moves gave them as long as those of the waves suffice, so
  /// that what was seen of one station does not change what others have. `and_fill`: then others that fit.
  std::optional<Moves> keep(const Moves& moves, bool and_fill);
  /// The fewest clerks with which items may move in these waves; none: the limits do not allow it.
  std::optional<std::vector<int>> clerks_for(const std::vector<std::optional<std::size_t>>& wave);
  /// The station and month in which the fixed moves are too much; SIZE_MAX: the clerks of all are.
  [[nodiscard]] std::optional<std::size_t> fixed_fail_at() const { return fixed_fail_at_; }

 private:
  bool fits(std::size_t item, std::size_t wave);
  void change(std::size_t item, std::size_t wave, double sign);
  bool find_clerks();
  bool add_clerks(std::size_t station, std::size_t month);
  [[nodiscard]] double most_s(std::size_t station, std::size_t month) const;
  void fill(const std::vector<std::size_t>& order);
  void set(const std::vector<std::optional<std::size_t>>& wave);
  void remove(std::size_t item);
  [[nodiscard]] std::optional<std::size_t> least_useful(std::size_t cell) const;
  bool place(std::size_t item);
  [[nodiscard]] std::vector<std::size_t> by_density() const;
  [[nodiscard]] Moves moves() const;
  [[nodiscard]] double gain() const;

  const MoveRules& rules_;
  const MoveEffects& effects_;
  const ItemRules& items_;
  const MoveLimits& limits_;
  std::size_t months_, waves_, cells_;
  std::vector<double> added_;       ///< [(item * waves + wave) * cells + cell]
  std::vector<double> work_, now_;  ///< by cell: station * months + month
  struct Part {
    std::size_t wave;
    double part;  ///< of the days
  };
  std::vector<std::vector<Part>> parts_;  ///< of each month, the waves in it
  std::vector<std::optional<std::size_t>> wave_;
  std::vector<int> clerks_;  ///< [station * waves + wave]
  std::vector<int> least_;   ///< the same: that stations have in any case; empty: none
  std::optional<std::size_t> fixed_fail_at_;
};

}  // namespace pishkhan
