#pragma once
#include <map>
#include <vector>

#include "tools/report/compared_run.hpp"

namespace pishkhan {

/// The sums of one cell in two runs, by replication.
template <class Tally>
struct PairedCell {
  const CellKey& key;
  const std::vector<Tally>&a, &b;
  bool in_a, in_b;  ///< where the run does not have the cell, its sums are empty tallies
};

/// Calls visit(PairedCell) for the cells of the first run in its order, then for those of the second alone.
template <class Tally, class Visit>
void for_each_pair(const Cells<Tally>& a, const Cells<Tally>& b, Visit visit) {
  std::map<CellKey, std::size_t> left;
  for (std::size_t i = 0; i < b.keys.size(); ++i) left.emplace(b.keys[i], i);
  for (std::size_t i = 0; i < a.keys.size(); ++i) {
    if (const auto other = left.find(a.keys[i]); other != left.end()) {
      visit(PairedCell<Tally>{a.keys[i], a.sums[i], b.sums[other->second], true, true});
      left.erase(other);
    } else {
      visit(PairedCell<Tally>{a.keys[i], a.sums[i], std::vector<Tally>(a.sums[i].size()), true, false});
    }
  }
  for (std::size_t i = 0; i < b.keys.size(); ++i) {
    if (left.contains(b.keys[i]))
      visit(PairedCell<Tally>{b.keys[i], std::vector<Tally>(b.sums[i].size()), b.sums[i], false, true});
  }
}

}  // namespace pishkhan
