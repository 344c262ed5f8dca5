#pragma once
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/province/calendar.hpp"
#include "models/trial/citizens/citizen_source.hpp"
#include "models/trial/station_day/station_runner.hpp"

namespace pishkhan::oracle {

/// The busy small province, its stations' rules drawn from a seed: doors before shifts, breaks, skills,
/// speeds, absences, room, balking, closing, patience. Its days are made by what makes every replication's.
/// Times are continuous but for those of shifts and doors, so that events coincide only where those do.
class SmallProvince {
 public:
  explicit SmallProvince(std::uint64_t seed)
      : random_(seed),
        scenario_(load_scenario("tests/oracle/busy.yaml", {"run.seed=" + std::to_string(seed)})) {
    scenario_.demand.busyness_province_cv = 0.3;
    for (Office& office : scenario_.province->offices) change(office.rules);
    for (Counter& counter : scenario_.province->counters) change(counter.rules);
    for (Distribution& patience : scenario_.patience) patience = random_patience();
    plan_ = std::make_unique<Plan>(scenario_);
  }

  /// The stations' first visits of a working day, ready for simulation, as every kernel gets them.
  void begin_day(int number) {
    for (int index = number; runners_.empty(); ++index) prepare(day_of_run(scenario_, index));
  }

  [[nodiscard]] std::size_t stations() const { return runners_.size(); }
  [[nodiscard]] const StationDay& day(std::size_t station) const { return runners_[station]->station_day(); }
  [[nodiscard]] Visits& visits(std::size_t station) { return runners_[station]->visits(); }

  /// Lines and systems on which calls of these stations meet, wide trunks behind them.
  [[nodiscard]] Platform random_platform() {
    Platform platform;
    for (int county = 0; county < 2; ++county) platform.county_links.push_back({1e9, 1e9, draw(0.002, 0.01)});
    platform.province_link = {1e10, 1e10, 0.006};
    for (std::size_t k = 0; k < stations(); ++k) {
      AccessLink line;
      line.up_bytes_s = draw(500, 5e3), line.down_bytes_s = draw(5e3, 5e4), line.latency_s = draw(0.005, 0.3);
      line.county = CountyLinkId(below(2));
      platform.access_links.push_back(line);
    }
    for (std::size_t k = 0; k < scenario_.province->agencies.size(); ++k) {
      platform.systems.push_back(
          {static_cast<std::uint32_t>(1 + below(3)), draw(0.5, 2), {1e10, 1e10, draw(0.001, 0.02)}});
    }
    return platform;
  }
  /// The same, where about half of the trunks carry less than the lines before them bring.
  [[nodiscard]] Platform random_narrow_platform() {
    Platform platform = random_platform();
    double all_up = 0, all_down = 0;
    for (std::size_t county = 0; county < 2; ++county) {
      double up = 0, down = 0;
      for (const AccessLink& line : platform.access_links) {
        if (line.county != CountyLinkId(county)) continue;
        up += line.up_bytes_s;
        down += line.down_bytes_s;
      }
      all_up += up;
      all_down += down;
      if (up > 0 && coin()) squeeze(platform.county_links[county], up, down);
    }
    if (coin()) squeeze(platform.province_link, all_up, all_down);
    for (System& system : platform.systems)
      if (coin()) squeeze(system.data_centre, all_up, all_down);
    return platform;
  }
  /// By service; about one in five calls no system.
  [[nodiscard]] std::vector<Transaction> random_transactions() {
    std::vector<Transaction> transactions;
    for (const Service& service : scenario_.province->services) {
      transactions.push_back({{},
                              SystemId(service.agency.index()),
                              500 + below(8000),
                              below(5) == 0 ? 0 : draw(5, 90),
                              2000 + below(200'000)});
    }
    return transactions;
  }
  [[nodiscard]] double draw(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random_);
  }

 private:
  void prepare(const Day& day) {
    const Plan::Data& data = plan_->data();
    const DrawKey key = draw_key(scenario_.run.seed, 0);
    Totals totals(scenario_, data);
    DayCitizens created;
    CitizenSource(scenario_, data, key).create(day, false, totals, created);
    for (std::size_t s = 0; s < data.stations.size(); ++s) {
      if (!data.stations[s].hours(day.date, day.weekday).open()) continue;
      std::vector<Attempt> attempts;
      for (const FirstAttempt& first : created.first_attempts())
        if (first.station == StationIndex(s)) attempts.push_back(first.attempt(day.date));
      runners_.push_back(std::make_unique<StationRunner>(scenario_, data, key));
      runners_.back()->prepare(day, StationIndex(s), attempts);
    }
  }

  std::size_t below(std::size_t bound) { return random_() % bound; }
  bool coin() { return below(2) == 0; }
  void squeeze(Link& trunk, double up_bytes_s, double down_bytes_s) {
    trunk.up_bytes_s = up_bytes_s * draw(0.3, 0.9);
    trunk.down_bytes_s = down_bytes_s * draw(0.3, 0.9);
  }

  void change(StationRules& rules) {
    const std::size_t groups = 1 + below(3), services = scenario_.province->services.size();
    rules.groups.clear();
    for (std::size_t g = 0; g < groups; ++g) {
      ClerkGroup group;
      group.id = "group-" + std::to_string(g);
      group.clerks = static_cast<int>(1 + below(2));
      group.speed = draw(0.7, 1.3);
      group.absence = 0.1;
      if (g > 0 || below(4) == 0) {
        for (std::size_t s = 0; s < services; ++s)
          if (coin()) group.skills.emplace_back(s);
      }
      for (std::size_t day = 0; day < 7; ++day) group.shifts[day] = random_shifts(rules.doors[day]);
      rules.groups.push_back(std::move(group));
    }
    rules.closing = coin() ? Closing::serve_out : Closing::send_away;
    rules.room = coin() ? INT32_MAX : static_cast<int>(3 + below(20));
    rules.balking = {coin(), {}};
    if (coin()) rules.balking.points = {{1, 0}, {4, 0.2}, {10, 0.8}};
  }
  /// Begin up to half an hour after the doors open, end two hours before to half an hour after they close.
  Intervals random_shifts(const Intervals& doors) {
    const double minute = kSecondsPerMinute;
    Intervals shifts;
    for (const Interval& door : doors) {
      const double from_s = door.from_s + 10 * minute * static_cast<double>(below(4));
      const double to_s = door.to_s + 30 * minute * (static_cast<double>(below(6)) - 4);
      const double break_s = from_s + 30 * minute * static_cast<double>(1 + below(2));
      if (coin() || break_s + 15 * minute >= to_s) {
        shifts.push_back({from_s, to_s});
        continue;
      }
      shifts.push_back({from_s, break_s});
      shifts.push_back({break_s + 15 * minute, to_s});
    }
    return shifts;
  }
  Distribution random_patience() {
    switch (below(3)) {
      case 0:
        return Never{};
      case 1:
        return Weibull{1.5, draw(10, 60) * kSecondsPerMinute};
      default:
        return Exponential{draw(10, 60) * kSecondsPerMinute};
    }
  }

  std::mt19937_64 random_;
  Scenario scenario_;
  std::unique_ptr<Plan> plan_;
  std::vector<std::unique_ptr<StationRunner>> runners_;
};

}  // namespace pishkhan::oracle
