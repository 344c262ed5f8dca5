#include "models/staffing/common_citizens.hpp"

#include <algorithm>

#include "models/trial/citizens/bare_citizens.hpp"
#include "models/trial/station_day/clerks_on_duty.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {

CommonCitizens::CommonCitizens(const Plan& plan, std::uint32_t replication, const TrialOptions& options)
    : run_(plan, replication, options), follow_up_(run_.scenario, run_.data, run_.key, run_.totals) {
  PISHKHAN_EXPECT(!run_.data.unbroken);
  days_.resize(static_cast<std::size_t>(run_.scenario.run.days));
  for (std::size_t k = 0; k < days_.size(); ++k) {
    days_[k].day = day_of_run(run_.scenario, static_cast<int>(k));
    days_[k].holiday = is_holiday(run_.scenario, days_[k].day);
  }
  if (run_.data.bare) {
    create_bare_days();
    return;
  }
  CitizenSource source(run_.scenario, run_.data, run_.key, run_.stop);
  for (CitizenDay& day : days_)
    if (!day.holiday) create_province_day(day, source);
}

void CommonCitizens::create_bare_days() {
  BareCitizens citizens(run_.data, run_.key, run_.stop);
  const std::size_t stations = run_.data.stations.size();
  bare_.resize(days_.size() * stations);
  for (std::size_t k = 0; k < days_.size(); ++k) {
    for (std::size_t s = 0; s < stations && !days_[k].holiday; ++s) {
      const Day& day = days_[k].day;
      if (run_.data.stations[s].is_open(day.date, day.weekday))
        citizens.create(day, StationIndex(s), run_.totals, bare_[k * stations + s]);
    }
  }
}

void CommonCitizens::create_province_day(CitizenDay& day, CitizenSource& source) {
  run_.stop.now();
  DayCitizens citizens;
  StationGrouper group;
  const std::size_t stations = run_.data.stations.size();
  std::vector<std::size_t> begin;
  source.create(day.day, false, run_.totals, citizens);
  group(stations, citizens.first_attempts(), day.first_attempts, begin);
  day.first_attempts.resize(begin.back());
  day.first_attempts.shrink_to_fit();
  day.begin.assign(begin.begin(), begin.end());
  group(stations, std::span<const Attempt>(citizens.online_failed), day.after_online, begin);
  day.after_online.resize(begin.back());
  day.after_online_begin.assign(begin.begin(), begin.end());
}

std::size_t CommonCitizens::most_citizens(StationIndex station) const {
  std::size_t most = 0;
  const std::size_t s = station.index();
  for (std::size_t k = 0; k < days_.size(); ++k) {
    if (run_.data.bare)
      most = std::max(most, bare_[k * run_.data.stations.size() + s].size());
    else if (!days_[k].begin.empty())
      most = std::max<std::size_t>(most, days_[k].begin[s + 1] - days_[k].begin[s]);
  }
  return most;
}

/// Fills attempts_ with those made at the station on the day.
void CommonCitizens::list(const CitizenDay& day, StationIndex station) {
  const std::size_t s = station.index();
  if (!run_.data.bare) {
    list_attempts(std::span(day.first_attempts).subspan(day.begin[s], day.begin[s + 1] - day.begin[s]),
                  day.day.date, pending_, attempts_);
    return;
  }
  attempts_ = bare_[static_cast<std::size_t>(day.day.index) * run_.data.stations.size() + s];
  std::sort(pending_.begin(), pending_.end(), by_citizen);
  attempts_.insert(attempts_.end(), pending_.begin(), pending_.end());
  pending_.clear();
}

/// Adds to pending_ the attempts that follow those of the decided day.
void CommonCitizens::follow_up(const CitizenDay& day) {
  const StationRunner& runner = run_.runner;
  const Visits& visits = runner.visits();
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const bool reworked = !run_.data.bare && runner.reworked()[i] != 0;
    if (visits.outcome[i] == Outcome::served && !reworked) continue;
    const Attempt& attempt = attempts_[runner.attempt(i)];
    follow_up_.after_visit(attempt, day.day.date, visits.outcome[i], reworked, attempt.station, pending_);
  }
}

std::size_t CommonCitizens::solve(StationIndex station, std::span<const int> by_group,
                                  const Promises& promises, std::span<GoodCount> counts) {
  const StationPlan& plan = run_.data.stations[station.index()];
  const std::size_t s = station.index();
  const bool calls = run_.coupled.has_value();
  std::size_t days_with_visits = 0;
  pending_.clear();
  run_.runner.staff(by_group);
  for (std::size_t k = 0; k < days_.size(); ++k) {
    const CitizenDay& today = days_[k];
    const Day& day = today.day;
    // Days that are counted and those that are not are simulated apart.
    if (calls && (k == 0 || day.index == run_.scenario.run.warm_up_days)) {
      const int end = k == 0 && !day.counted ? run_.scenario.run.warm_up_days : run_.scenario.run.days;
      PISHKHAN_EXPECT(run_.coupled->begin_independent(day, end - day.index));
    }
    if (today.holiday) continue;
    run_.stop.after(1);
    if (!run_.data.bare) {
      for (std::size_t i = today.after_online_begin[s]; i < today.after_online_begin[s + 1]; ++i)
        pending_.push_back(today.after_online[i]);
    }
    const bool open = plan.is_open(day.date, day.weekday) &&
                      is_staffed(plan, *plan.week[day.weekday], day, run_.key, by_group);
    if (!open) {
      if (run_.data.bare) continue;
      for (std::size_t i = today.begin[s]; i < today.begin[s + 1]; ++i)
        pending_.push_back(today.first_attempts[i].attempt(day.date));
      continue;
    }
    list(today, station);
    run_.runner.prepare(day, station, attempts_);
    if (calls)
      run_.coupled->simulate_independent(day, station, run_.runner);
    else
      run_.runner.simulate();
    if (day.counted) {
      promises.count(day, run_.runner.visits(), counts);
      days_with_visits += !attempts_.empty();
    }
    follow_up(today);
  }
  run_.runner.staff({});
  return days_with_visits;
}

}  // namespace pishkhan
