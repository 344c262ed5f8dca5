#include "models/trial/station_day/lane_runner.hpp"

#include <algorithm>
#include <cmath>

#include "models/trial/purpose.hpp"
#include "models/trial/station_day/clerks_on_duty.hpp"
#include "sim/base/simd.hpp"

namespace pishkhan {
namespace {

/// With fewer days of equal hours most lanes would be empty.
constexpr std::size_t kDaysAtLeast = 4;
/// Work beyond the next day's noon is found out late: after so many such batches a station's days are decided
/// one by one.
constexpr int kRefusedAtMost = 2;
/// A vector of words or values costs as much as a part of it.
constexpr std::size_t kWordsTogether = 8;

PISHKHAN_VECTORISED
void to_ticks(const double* times_s, std::size_t n, Tick* ticks) {
  for (std::size_t i = 0; i < n; ++i) ticks[i] = to_tick(round_to_tick(times_s[i]));
}

/// Of all groups: the clerks of some days are listed at once.
constexpr int kClerksOfStationAtMost = 64;

int listed_clerks(const StationRules& rules) {
  int clerks = 0;
  for (const ClerkGroup& group : rules.groups) clerks += std::min(group.clerks, kClerksOfStationAtMost + 1);
  return clerks;
}

bool is_tick(double time_s) { return time_s <= kTicksAtMost_s && round_to_tick(time_s) == time_s; }

}  // namespace

bool LaneRunner::can_run(StationIndex station) const {
  const StationPlan& plan = data_.stations[station.index()];
  const StationRules& rules = *plan.rules;
  return data_.bare && !data_.unbroken && scenario_.retry.at_most == 0 && plan.streams == 1 &&
         plan.plain_arrivals && !plan.own_service_levels && plan.cores == 0 && !plan.unlimited &&
         plan.able.empty() && !plan.priorities && rules.room == INT32_MAX && rules.balking.points.empty() &&
         (!rules.closing.sends_away() || rules.closing == Closing::send_away) &&
         listed_clerks(rules) <= kClerksOfStationAtMost;
}

/// The hours of a day on which all clerks have one shift, to the end of the only opening of the doors or
/// longer.
std::optional<LaneRunner::Hours> LaneRunner::common_hours(const BareDay& of,
                                                          const std::vector<Clerk>& clerks) const {
  const StationHours& hours = plan_->hours(of.day.date, of.day.weekday);
  if (hours.doors.size() != 1 || clerks.empty() || clerks.size() > kLaneClerksAtMost) return {};
  if (of.citizens > VisitSorter::kRowsAtMost) return {};
  const Interval door = hours.doors.front();
  for (const Clerk& clerk : clerks)
    if (clerk.shifts.size() != 1 || !(clerk.shifts[0] == clerks[0].shifts[0]) || clerk.speed != 1) return {};
  const Interval shift = clerks[0].shifts[0];
  if (shift.from_s >= door.to_s || shift.to_s < door.to_s) return {};
  for (const double time_s : {door.from_s, door.to_s, shift.from_s, shift.to_s})
    if (!is_tick(time_s)) return {};
  return Hours{to_tick(door.from_s), to_tick(door.to_s), to_tick(shift.from_s), to_tick(shift.to_s)};
}

void LaneRunner::find_candidates(std::span<const BareDay> days) {
  candidates_.clear();
  if (clerks_.size() < days.size()) clerks_.resize(days.size());
  for (std::size_t d = 0; d < days.size(); ++d) {
    const Day& day = days[d].day;
    find_clerks_on_duty(*plan_, plan_->hours(day.date, day.weekday), day, key_, clerks_[d]);
    if (const auto hours = common_hours(days[d], clerks_[d])) candidates_.push_back({d, *hours});
  }
}

std::span<const FoundDay> LaneRunner::run(StationIndex station, std::span<const BareDay> days,
                                          StationObservation& into) {
  if (station != station_) refused_ = 0;
  station_ = station;
  plan_ = &data_.stations[station.index()];
  if (found_.size() < days.size()) found_.resize(days.size());
  for (FoundDay& found : found_) found.decided = false;
  if (refused_ >= kRefusedAtMost) return std::span(found_).first(days.size());
  find_candidates(days);
  while (!candidates_.empty()) {
    const Hours hours = candidates_.front().hours;
    const auto others = std::stable_partition(candidates_.begin(), candidates_.end(),
                                              [&](const Candidate& of) { return of.hours == hours; });
    std::span<const Candidate> same(candidates_.begin(), others);
    while (same.size() >= kDaysAtLeast) {
      const std::size_t n = std::min(same.size(), kLanes);
      run_batch(days, same.first(n), into);
      same = same.subspan(n);
    }
    candidates_.erase(candidates_.begin(), others);
  }
  return std::span(found_).first(days.size());
}

void LaneRunner::run_batch(std::span<const BareDay> days, std::span<const Candidate> batch,
                           StationObservation& into) {
  const Hours& hours = batch[0].hours;
  LaneRules rules{hours.opens,
                  hours.closes,
                  hours.shift_from,
                  hours.shift_to,
                  plan_->at_closing == AtClosing::serve_out,
                  to_tick(scenario_.service_level_s),
                  {}};
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    lanes_.visits[lane].count = 0;
    if (lane >= batch.size()) continue;
    rules.clerks[lane] = clerks_[batch[lane].day].size();
    draw(days[batch[lane].day], lanes_.visits[lane]);
  }
  lanes_.sort();
  std::array<std::span<const ArrivalPiece>, kLanes> curves;
  for (std::size_t lane = 0; lane < batch.size(); ++lane) {
    if (lanes_.visits[lane].count > 0)
      curves[lane] = data_.stream_curves[plan_->first_stream][days[batch[lane].day].day.weekday].pieces();
  }
  lanes_.arrive(curves);
  if (!lanes_.simulate(rules)) {
    ++refused_;
    return;
  }
  std::array<LaneDay*, kLanes> observed{};
  for (std::size_t lane = 0; lane < batch.size(); ++lane) observed[lane] = &found_[batch[lane].day].day;
  lanes_.observe(rules, std::span(observed).first(batch.size()), into);
  for (const Candidate& of : batch) {
    FoundDay& found = found_[of.day];
    found.decided = true;
    const Day& day = days[of.day].day;
    add_time_on_shift(plan_->hours(day.date, day.weekday).frame, clerks_[of.day], on_shift_, found.day.hours,
                      found.day.tally);
    into.levels.add(0, found.day.tally.open_s);
  }
}

void LaneRunner::draw(const BareDay& of, LaneVisits& into) {
  const std::size_t n = of.citizens, filled = (n + kWordsTogether - 1) / kWordsTogether * kWordsTogether;
  into.count = n;
  while (index_.size() < filled) index_.push_back(static_cast<std::uint32_t>(index_.size()));
  const IdKey ids = data_.citizen_key(station_.value << 16);
  stream_.assign(filled, ids.low);
  date_.assign(filled, day_word(ids, of.day.date));
  tag_.resize(filled, tag(0, Purpose::visit));
  zeros_.resize(filled, 0);
  for (std::vector<std::uint32_t>* column : {&into.words, &words_[1], &words_[2], &words_[3]})
    column->resize(std::max(filled, column->size()));
  times_s_.resize(std::max(filled, times_s_.size()));
  draw_batch(key_, index_.data(), stream_.data(), date_.data(), tag_.data(), filled,
             {into.words.data(), words_[1].data(), words_[2].data(), words_[3].data()});
  const auto sample = [&](const TickTable* table, const Sampler& sampler,
                          const std::vector<std::uint32_t>& words, std::vector<Tick>& ticks) {
    ticks.resize(std::max(filled, ticks.size()));
    if (table != nullptr) {
      table->draw(set_, words.data(), filled, ticks.data());
      return;
    }
    sampler.sample(zeros_.data(), words.data(), n, times_s_.data());
    to_ticks(times_s_.data(), n, ticks.data());
  };
  sample(plan_->handling_table, plan_->handling_on(of.day.date), words_[1], into.handling);
  sample(plan_->patience_table, *plan_->patience, words_[2], into.patience);
}

}  // namespace pishkhan
