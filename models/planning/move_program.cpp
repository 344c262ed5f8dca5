#include "models/planning/move_program.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace pishkhan {

MoveProgram::MoveProgram(const MoveRules& rules, const MoveEffects& effects, const ItemRules& items,
                         const MoveLimits& limits)
    : rules_(rules),
      effects_(effects),
      items_(items),
      limits_(limits),
      waves_(rules.waves.size()),
      choices_(effects.items().size() * rules.waves.size()) {
  find_cells(items, limits);
  std::size_t column = choices_;
  for (std::size_t k = 0; k < effects.stations().size(); ++k) {
    std::size_t most = 0;
    for (const Cell& cell : cells_) {
      if (cell.station != k) continue;
      const auto enough = std::find(cell.most_s.begin(), cell.most_s.end(), cell.most_s.back());
      most = std::max(most, static_cast<std::size_t>(enough - cell.most_s.begin()));
    }
    first_clerk_.push_back(column);
    most_clerks_.push_back(most);
    column += most * waves_;
  }
}

/// Of the station-months, those that can bind.
void MoveProgram::find_cells(const ItemRules& items, const MoveLimits& limits) {
  const std::size_t months = effects_.months().size();
  for (std::size_t k = 0; k < effects_.stations().size(); ++k) {
    const std::size_t begin = cells_.size();
    for (std::size_t m = 0; m < months; ++m) {
      const std::vector<double>& most = limits.most_s[k * months + m];
      if (most.back() == std::numeric_limits<double>::infinity() && most.front() == most.back()) continue;
      Cell cell{k, m, waves_in_month(rules_, effects_.months()[m]), effects_.now_s(k, m), most, {}};
      double largest = cell.now_s;
      for (std::size_t item = 0; item < effects_.items().size(); ++item) {
        double of_item = 0;
        for (std::size_t wave = 0; wave < waves_; ++wave) {
          const double added = effects_.added_s(item, wave, k, m);
          cell.added_s.push_back(added);
          if (items.may[item][wave]) of_item = std::max(of_item, added);
        }
        largest += of_item;
      }
      for (double& value : cell.most_s) value = std::clamp(value, cell.now_s, std::max(largest, cell.now_s));
      if (cell.most_s.front() >= largest) continue;
      const auto same = cells_.begin() + static_cast<std::ptrdiff_t>(begin);
      if (std::any_of(same, cells_.end(), [&](const Cell& other) { return dominates(other, cell); }))
        continue;
      cells_.erase(
          std::remove_if(same, cells_.end(), [&](const Cell& other) { return dominates(cell, other); }),
          cells_.end());
      cells_.push_back(std::move(cell));
    }
  }
}

/// Whether moves that fit in a also fit in b, of the same station and waves, with any clerks.
bool MoveProgram::dominates(const Cell& a, const Cell& b) const {
  if (a.parts != b.parts) return false;
  for (std::size_t c = 0; c < a.most_s.size(); ++c) {
    const double in_a = a.most_s[c] - a.now_s, in_b = b.most_s[c] - b.now_s;
    for (std::size_t x = 0; x < choices_; ++x)
      if (b.added_s[x] * in_a > a.added_s[x] * in_b) return false;
  }
  return true;
}

std::size_t MoveProgram::size() const { return cells_.size() * choices_; }

/// Columns and rows of the choices alone.
IntegerProgram MoveProgram::common() const {
  IntegerProgram program;
  for (std::size_t item = 0; item < effects_.items().size(); ++item) {
    IntegerProgram::Row once{1, {}};
    for (std::size_t wave = 0; wave < waves_; ++wave) {
      const bool may = items_.may[item][wave];
      program.columns.push_back(
          {effects_.gain(item, wave), items_.must[item] && may ? 1.0 : 0.0, may ? 1.0 : 0.0});
      once.entries.emplace_back(item * waves_ + wave, 1);
    }
    program.rows.push_back(std::move(once));
  }
  for (const auto& [first, second] : items_.orders) {
    for (std::size_t wave = 0; wave < waves_; ++wave) {
      IntegerProgram::Row row{0, {}};
      for (std::size_t w = 0; w <= wave; ++w) {
        row.entries.emplace_back(second * waves_ + w, 1);
        row.entries.emplace_back(first * waves_ + w, -1);
      }
      program.rows.push_back(std::move(row));
    }
  }
  return program;
}

IntegerProgram MoveProgram::exact() const {
  IntegerProgram program = common();
  std::vector<IntegerProgram::Row> budgets(waves_);
  for (std::size_t wave = 0; wave < waves_; ++wave) budgets[wave].limit = limits_.clerks[wave];
  for (std::size_t k = 0; k < first_clerk_.size(); ++k) {
    const auto column = [&](std::size_t wave, std::size_t c) {
      return first_clerk_[k] + wave * most_clerks_[k] + c;
    };
    for (std::size_t wave = 0; wave < waves_; ++wave) {
      for (std::size_t c = 0; c < most_clerks_[k]; ++c) {
        program.columns.push_back({});
        budgets[wave].entries.emplace_back(column(wave, c), 1);
        if (c > 0) program.rows.push_back({0, {{column(wave, c), 1}, {column(wave, c - 1), -1}}});
        if (wave > 0) program.rows.push_back({0, {{column(wave - 1, c), 1}, {column(wave, c), -1}}});
      }
    }
  }
  for (const Cell& cell : cells_) {
    // In hours, so that the numbers of all rows are of like size.
    IntegerProgram::Row row{(cell.most_s.front() - cell.now_s) / kSecondsPerHour, {}};
    for (std::size_t x = 0; x < choices_; ++x)
      if (cell.added_s[x] != 0) row.entries.emplace_back(x, cell.added_s[x] / kSecondsPerHour);
    for (std::size_t wave = 0; wave < waves_; ++wave) {
      for (std::size_t c = 0; c < most_clerks_[cell.station] && cell.parts[wave] > 0; ++c) {
        const double more = cell.parts[wave] * (cell.most_s[c + 1] - cell.most_s[c]) / kSecondsPerHour;
        if (more > 0)
          row.entries.emplace_back(first_clerk_[cell.station] + wave * most_clerks_[cell.station] + c, -more);
      }
    }
    program.rows.push_back(std::move(row));
  }
  for (IntegerProgram::Row& row : budgets)
    if (!row.entries.empty()) program.rows.push_back(std::move(row));
  return program;
}

IntegerProgram MoveProgram::relaxed(const std::vector<CountyId>& county_of_station) const {
  IntegerProgram program = common();
  std::map<std::pair<std::uint32_t, std::size_t>, std::size_t> clerks;  ///< column, by county and wave
  std::map<std::pair<std::uint32_t, std::size_t>, std::vector<const Cell*>> cells;  ///< by county and month
  std::vector<IntegerProgram::Row> budgets(waves_);
  for (const Cell& cell : cells_) cells[{county_of_station[cell.station].value, cell.month}].push_back(&cell);
  for (std::size_t wave = 0; wave < waves_; ++wave) budgets[wave].limit = limits_.clerks[wave];
  for (const auto& [key, of_county] : cells) {
    IntegerProgram::Row row;
    std::vector<double> added(choices_, 0);
    double each = 0;
    for (const Cell* cell : of_county) {
      row.limit += (cell->most_s.front() - cell->now_s) / kSecondsPerHour;
      for (std::size_t x = 0; x < choices_; ++x) added[x] += cell->added_s[x] / kSecondsPerHour;
      for (std::size_t c = 1; c < cell->most_s.size(); ++c) {
        each = std::max(each,
                        (cell->most_s[c] - cell->most_s.front()) / kSecondsPerHour / static_cast<double>(c));
      }
    }
    for (std::size_t x = 0; x < choices_; ++x)
      if (added[x] != 0) row.entries.emplace_back(x, added[x]);
    const std::vector<double>& parts = of_county.front()->parts;
    for (std::size_t wave = 0; wave < waves_ && each > 0; ++wave) {
      if (parts[wave] <= 0) continue;
      const auto [at, is_new] = clerks.try_emplace({key.first, wave}, program.columns.size());
      if (is_new) {
        program.columns.push_back({0, 0, limits_.clerks[wave]});
        budgets[wave].entries.emplace_back(at->second, 1);
      }
      row.entries.emplace_back(at->second, -each * parts[wave]);
    }
    program.rows.push_back(std::move(row));
  }
  for (IntegerProgram::Row& row : budgets)
    if (!row.entries.empty()) program.rows.push_back(std::move(row));
  return program;
}

Moves MoveProgram::moves_of(const std::vector<double>& values) const {
  Moves moves;
  for (std::size_t item = 0; item < effects_.items().size(); ++item) {
    moves.wave.emplace_back();
    for (std::size_t wave = 0; wave < waves_; ++wave)
      if (values[item * waves_ + wave] > 0.5) moves.wave.back() = wave;
  }
  for (std::size_t k = 0; k < first_clerk_.size(); ++k) {
    for (std::size_t wave = 0; wave < waves_; ++wave) {
      int clerks = 0;
      for (std::size_t c = 0; c < most_clerks_[k]; ++c)
        clerks += values[first_clerk_[k] + wave * most_clerks_[k] + c] > 0.5;
      moves.clerks.push_back(clerks);
    }
  }
  return moves;
}

}  // namespace pishkhan
