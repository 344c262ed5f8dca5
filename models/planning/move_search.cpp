#include "models/planning/move_search.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

/// A sequence that looks random and is the same everywhere (Steele and others 2014, splitmix64).
class Mixed {
 public:
  std::size_t below(std::size_t n) {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return static_cast<std::size_t>((z ^ (z >> 31)) % n);
  }

 private:
  std::uint64_t state_ = 1;
};

}  // namespace

ItemRules::ItemRules(const MoveRules& rules, const MoveEffects& effects)
    : may(effects.items().size(), std::vector<bool>(rules.waves.size(), true)),
      must(effects.items().size(), false) {
  for (const auto& [service, wave] : rules.forbidden) may[effects.item_of(service)][wave] = false;
  for (const auto& [service, wave] : rules.fixed) {
    const std::size_t item = effects.item_of(service);
    for (std::size_t w = 0; w < rules.waves.size(); ++w)
      if (wave != w) may[item][w] = false;
    if (wave) must[item] = true;
  }
  for (const auto& order : rules.in_order) {
    for (std::size_t i = 1; i < order.size(); ++i) {
      const std::size_t a = effects.item_of(order[i - 1]), b = effects.item_of(order[i]);
      if (a != b) orders.emplace_back(a, b);
    }
  }
  // Who has to move needs what stands before it, not later.
  for (bool again = true; again;) {
    again = false;
    for (const auto& [first, second] : orders) {
      if (!must[second]) continue;
      const auto last = std::find(may[second].rbegin(), may[second].rend(), true);
      const auto allowed = static_cast<std::size_t>(may[second].rend() - last);
      for (std::size_t wave = allowed; wave < may[first].size(); ++wave) {
        again |= may[first][wave];
        may[first][wave] = false;
      }
      again |= !must[first];
      must[first] = true;
    }
  }
}

std::size_t ItemRules::impossible() const {
  for (std::size_t item = 0; item < must.size(); ++item)
    if (must[item] && std::find(may[item].begin(), may[item].end(), true) == may[item].end()) return item;
  return SIZE_MAX;
}

bool ItemRules::in_order(const std::vector<std::optional<std::size_t>>& wave, std::size_t item) const {
  return std::all_of(orders.begin(), orders.end(), [&](const auto& order) {
    const auto& [first, second] = order;
    if (first != item && second != item) return true;
    return !wave[second] || (wave[first] && *wave[first] <= *wave[second]);
  });
}

MoveSearch::MoveSearch(const MoveRules& rules, const MoveEffects& effects, const ItemRules& items,
                       const MoveLimits& limits)
    : rules_(rules),
      effects_(effects),
      items_(items),
      limits_(limits),
      months_(effects.months().size()),
      waves_(rules.waves.size()),
      cells_(effects.stations().size() * months_),
      wave_(effects.items().size()),
      clerks_(effects.stations().size() * waves_, 0) {
  for (std::size_t item = 0; item < wave_.size(); ++item) {
    for (std::size_t wave = 0; wave < waves_; ++wave) {
      for (std::size_t cell = 0; cell < cells_; ++cell)
        added_.push_back(effects.added_s(item, wave, cell / months_, cell % months_));
    }
  }
  for (std::size_t cell = 0; cell < cells_; ++cell)
    now_.push_back(effects.now_s(cell / months_, cell % months_));
  work_ = now_;
  for (const RunMonth& month : effects.months()) {
    const std::vector<double> parts = waves_in_month(rules, month);
    parts_.emplace_back();
    for (std::size_t wave = 0; wave < waves_; ++wave)
      if (parts[wave] > 0) parts_.back().push_back({wave, parts[wave]});
  }
}

void MoveSearch::change(std::size_t item, std::size_t wave, double sign) {
  const double* added = &added_[(item * waves_ + wave) * cells_];
  for (std::size_t cell = 0; cell < cells_; ++cell) work_[cell] += sign * added[cell];
}

/// What the station can do in the month with its clerks; of several waves in it, by their days.
double MoveSearch::most_s(std::size_t station, std::size_t month) const {
  const std::vector<double>& most = limits_.most_s[station * months_ + month];
  double sum = 0, before = 1;
  for (const auto& [wave, part] : parts_[month]) {
    const auto clerks = static_cast<std::size_t>(clerks_[station * waves_ + wave]);
    sum += part * most[std::min(clerks, most.size() - 1)];
    before -= part;
  }
  constexpr double kRounding = 1e-12;
  return before > kRounding ? sum + before * most.front() : sum;
}

/// Adds the clerks that the work of the station's month needs, in the wave with the most of its days and all
/// after it. Returns whether so many suffice.
bool MoveSearch::add_clerks(std::size_t station, std::size_t month) {
  const std::size_t cell = station * months_ + month;
  if (work_[cell] <= now_[cell] * (1 + kNoWork) + kNoWork) return true;
  PISHKHAN_EXPECT(!parts_[month].empty());
  const std::size_t main =
      std::max_element(parts_[month].begin(), parts_[month].end(), [](const Part& a, const Part& b) {
        return a.part < b.part;
      })->wave;
  int* clerks = &clerks_[station * waves_];
  while (work_[cell] > most_s(station, month)) {
    const int more = clerks[main] + 1;
    if (static_cast<std::size_t>(more) >= limits_.most_s[cell].size()) return false;
    for (std::size_t wave = main; wave < waves_; ++wave) clerks[wave] = std::max(clerks[wave], more);
  }
  return true;
}

/// Finds the clerks that the work needs, and whether there are so many.
bool MoveSearch::find_clerks() {
  std::vector<double> sums(waves_, 0);
  if (least_.empty())
    std::fill(clerks_.begin(), clerks_.end(), 0);
  else
    clerks_ = least_;
  for (std::size_t station = 0; station < effects_.stations().size(); ++station) {
    for (std::size_t month = 0; month < months_; ++month) {
      if (add_clerks(station, month)) continue;
      fixed_fail_at_ = station * months_ + month;
      return false;
    }
    for (std::size_t wave = 0; wave < waves_; ++wave) {
      if ((sums[wave] += clerks_[station * waves_ + wave]) <= limits_.clerks[wave]) continue;
      fixed_fail_at_ = SIZE_MAX;
      return false;
    }
  }
  return true;
}

bool MoveSearch::fits(std::size_t item, std::size_t wave) {
  if (!items_.may[item][wave]) return false;
  wave_[item] = wave;
  if (!items_.in_order(wave_, item)) {
    wave_[item].reset();
    return false;
  }
  change(item, wave, 1);
  if (find_clerks()) return true;
  change(item, wave, -1);
  wave_[item].reset();
  return false;
}

/// Puts an item into the wave in which it gains most.
bool MoveSearch::place(std::size_t item) {
  std::vector<std::size_t> waves(waves_);
  std::iota(waves.begin(), waves.end(), 0);
  std::stable_sort(waves.begin(), waves.end(), [&](std::size_t a, std::size_t b) {
    return effects_.gain(item, a) > effects_.gain(item, b);
  });
  return std::any_of(waves.begin(), waves.end(),
                     [&](std::size_t wave) { return effects_.gain(item, wave) > 0 && fits(item, wave); });
}

void MoveSearch::fill(const std::vector<std::size_t>& order) {
  for (bool placed = true; placed;) {
    placed = false;
    for (const std::size_t item : order)
      if (!wave_[item] && place(item)) placed = true;
    if (items_.orders.empty()) return;  // else what was placed may let others in
  }
}

/// Items by gain for the work that they bring, compared with what their stations have.
std::vector<std::size_t> MoveSearch::by_density() const {
  std::vector<double> density(wave_.size(), 0);
  for (std::size_t item = 0; item < wave_.size(); ++item) {
    double use = 0;
    for (std::size_t cell = 0; cell < cells_; ++cell) {
      const double added = added_[item * waves_ * cells_ + cell], most = limits_.most_s[cell].front();
      if (added > 0 && most < std::numeric_limits<double>::infinity())
        use += added / std::max(most - now_[cell], 0.05 * most + 1);
    }
    density[item] = effects_.gain(item, 0) / (use + 1e-12);
  }
  std::vector<std::size_t> order(wave_.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return density[a] > density[b]; });
  return order;
}

double MoveSearch::gain() const {
  double sum = 0;
  for (std::size_t item = 0; item < wave_.size(); ++item)
    if (wave_[item]) sum += effects_.gain(item, *wave_[item]);
  return sum;
}

Moves MoveSearch::moves() const { return {wave_, clerks_}; }

void MoveSearch::set(const std::vector<std::optional<std::size_t>>& wave) {
  wave_ = wave;
  work_ = now_;
  for (std::size_t item = 0; item < wave_.size(); ++item)
    if (wave_[item]) change(item, *wave_[item], 1);
}

/// Takes an item back, with those that follow it in an order.
void MoveSearch::remove(std::size_t item) {
  if (!wave_[item]) return;
  change(item, *wave_[item], -1);
  wave_[item].reset();
  for (const auto& [first, second] : items_.orders)
    if (first == item && !items_.must[second]) remove(second);
}

/// Of the items that need not move, the one with the least gain for the work that it adds to the cell, or to
/// all of them where it is SIZE_MAX.
std::optional<std::size_t> MoveSearch::least_useful(std::size_t cell) const {
  std::optional<std::size_t> found;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t item = 0; item < wave_.size(); ++item) {
    if (!wave_[item] || items_.must[item]) continue;
    const double* added = &added_[(item * waves_ + *wave_[item]) * cells_];
    const double work = cell == SIZE_MAX ? std::accumulate(added, added + cells_, 0.0) : added[cell];
    if (work <= 0 || effects_.gain(item, *wave_[item]) / work >= least) continue;
    least = effects_.gain(item, *wave_[item]) / work;
    found = item;
  }
  return found;
}

std::optional<Moves> MoveSearch::keep(const Moves& moves, bool and_fill) {
  set(moves.wave);
  const auto is_possible = [&] {
    least_ = moves.clerks;
    if (find_clerks()) return true;
    least_.clear();
    return find_clerks();
  };
  while (!is_possible()) {
    const std::optional<std::size_t> item = least_useful(fixed_fail_at_.value());
    fixed_fail_at_.reset();
    if (!item) return std::nullopt;
    remove(*item);
  }
  if (and_fill) {
    fill(by_density());
    find_clerks();
  }
  fixed_fail_at_.reset();
  return this->moves();
}

std::optional<std::vector<int>> MoveSearch::clerks_for(const std::vector<std::optional<std::size_t>>& wave) {
  set(wave);
  const bool found = find_clerks();
  fixed_fail_at_.reset();
  return found ? std::optional(clerks_) : std::nullopt;
}

Moves MoveSearch::find(std::size_t rounds) {
  for (std::size_t item = 0; item < wave_.size(); ++item) {
    if (!items_.must[item]) continue;
    for (std::size_t wave = 0; wave < waves_; ++wave)
      if (items_.may[item][wave]) wave_[item] = wave;
    if (wave_[item]) change(item, *wave_[item], 1);
  }
  if (!find_clerks()) return moves();
  fixed_fail_at_.reset();
  const std::vector<std::size_t> order = by_density();
  fill(order);
  std::vector<std::size_t> free;
  for (std::size_t item = 0; item < wave_.size(); ++item)
    if (!items_.must[item]) free.push_back(item);
  find_clerks();
  Moves best = moves();
  double most = gain();
  Mixed mixed;
  for (std::size_t round = 0; round < rounds && !free.empty(); ++round) {
    const auto before = wave_;
    // Some are taken back, with those that follow them in an order; another order of the rest begins with one
    // that stayed out.
    const std::size_t taken = 1 + mixed.below(std::min<std::size_t>(free.size(), 6));
    for (std::size_t k = 0; k < taken; ++k) {
      const std::size_t item = free[mixed.below(free.size())];
      if (!wave_[item]) continue;
      change(item, *wave_[item], -1);
      wave_[item].reset();
    }
    for (bool again = true; again;) {
      again = false;
      for (const auto& [first, second] : items_.orders) {
        if (!wave_[second] || wave_[first] || items_.must[second]) continue;
        change(second, *wave_[second], -1);
        wave_[second].reset();
        again = true;
      }
    }
    std::vector<std::size_t> next = order;
    for (std::size_t k = 0; k < taken; ++k)
      std::swap(next[mixed.below(next.size())], next[mixed.below(next.size())]);
    const std::size_t first = mixed.below(next.size());
    if (!wave_[next[first]]) {
      std::rotate(next.begin(), next.begin() + static_cast<std::ptrdiff_t>(first),
                  next.begin() + static_cast<std::ptrdiff_t>(first) + 1);
    }
    fill(next);
    if (gain() > most * (1 + kNoWork)) {
      find_clerks();
      most = gain();
      best = moves();
    } else {
      set(before);
    }
  }
  fixed_fail_at_.reset();
  return best;
}

}  // namespace pishkhan
