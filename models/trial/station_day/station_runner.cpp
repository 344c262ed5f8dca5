#include "models/trial/station_day/station_runner.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/plan/run_hours.hpp"
#include "models/trial/citizen_draw.hpp"
#include "models/trial/purpose.hpp"
#include "models/trial/station_day/booked_arrival.hpp"
#include "sim/base/room.hpp"
#include "sim/base/simd.hpp"
#include "sim/base/ticks.hpp"

namespace pishkhan {
namespace {

bool follow_up_if_served(const Attempt& attempt, Channel channel, DayNumber today) {
  return (attempt.channel != channel) | (attempt.number > 0) | (attempt.redirects > 0) |
         (attempt.origin != today);
}

template <class T>
void keep_rows(std::vector<T>& column, const std::vector<std::uint32_t>& rows) {
  for (std::size_t k = 0; k < rows.size(); ++k) column[k] = column[rows[k]];
  column.resize(rows.size());
}

template <class T>
void copy_rows(const std::vector<T>& column, const std::vector<std::uint32_t>& rows, std::vector<T>& to) {
  to.clear();
  for (const std::uint32_t row : rows) to.push_back(column[row]);
}

template <class T>
void prepend(const std::vector<T>& first, std::vector<T>& column) {
  column.insert(column.begin(), first.begin(), first.end());
}

constexpr std::array kInputTimes{&Visits::arrival_s, &Visits::human_s, &Visits::system_s,
                                 &Visits::patience_s};
/// A station that is shut all day has no open time.
const DayFrame kShutFrame{{{0, kForever, 0, false}}, 0, 0, {}, {}};
/// A uniform that is below no probability: who waits has joined, and does not balk any more.
constexpr double kStays = 2;

}  // namespace

StationRunner::StationRunner(const Scenario& scenario, const Plan::Data& data, DrawKey key, StopCheck stop)
    : scenario_(scenario),
      data_(data),
      key_(key),
      stop_(stop),
      returns_today_(returns_today(scenario.unserved)),
      draws_(data, key) {
  for (const auto& c : scenario.classes) class_priority_.push_back(static_cast<std::int16_t>(c.priority));
}

void StationRunner::prepare(const Day& day, StationIndex station, std::span<const Attempt> attempts,
                            const GivenArrivals& given) {
  station_ = station;
  plan_ = &data_.stations[station.index()];
  hours_ = &plan_->hours(day.date, day.weekday);
  date_ = day.date;
  curves_.clear();
  observed_ = {};
  processor_.reset();
  draw_visits(day, attempts, given);
  find_clerks(day);
  describe_day();
}

void StationRunner::open(const Day& day, StationIndex station) {
  station_ = station;
  plan_ = &data_.stations[station.index()];
  hours_ = &plan_->hours(day.date, day.weekday);
  date_ = day.date;
  find_clerks(day);
  describe_day();
}

void StationRunner::prepare(const RunPiece& piece, StationIndex station, std::span<const Attempt> attempts,
                            const GivenArrivals& given) {
  const Day day;
  station_ = station;
  plan_ = &data_.stations[station.index()];
  hours_ = &plan_->hours(day.date, day.weekday);
  date_ = day.date;
  curves_ = piece.curves;
  observed_ = {piece.from_s, piece.until_s, {}};
  if (piece.is_first()) {
    carried_attempts_.clear();
    free_from_s_.clear();
    processor_.reset();
    if (plan_->cores > 0) processor_.emplace(static_cast<std::uint32_t>(plan_->cores));
  }
  draw_visits(day, attempts.subspan(carried_attempts_.size()), given);
  bring_carried();
  find_clerks(day);
  for (Clerk& clerk : clerks_)
    if (clerk.number < free_from_s_.size()) clerk.free_from_s = free_from_s_[clerk.number];
  describe_day();
  const double since_s =
      carried_attempts_.empty() ? piece.from_s : std::min(piece.from_s, visits_.arrival_s.front());
  day_.doors = ending_after(day_.doors, since_s);
  for (Clerk& clerk : clerks_) clerk.shifts = ending_after(clerk.shifts, since_s);
}

void StationRunner::draw_visits(const Day& day, std::span<const Attempt> attempts,
                                const GivenArrivals& given) {
  const std::size_t n = attempts.size();
  visits_.resize(n);
  visits_.asides.clear();
  for (auto* column : {&reworked_, &needs_follow_up_, &citizen_classes_}) resize_with_room(*column, n);
  const bool some_do_not_call =
      !data_.bare && plan_->channel == Channel::traditional && scenario_.backbone.counter_calls < 1;
  stop_.after(n);
  draws_.draw(attempts, some_do_not_call);
  stop_.after(n);
  draw_arrivals(day, attempts, given);
  stop_.after(n);
  gather(day, attempts);
  gather_priorities(attempts);
  gather_booked(attempts);
  sample(plan_->handling_on(day.date), visits_.service, handling_words_, visits_.human_s);
  if (data_.bare && !plan_->plain_arrivals) take_given(attempts, given);
  if (data_.bare) {
    sample(*plan_->patience, visits_.service, patience_words_, visits_.patience_s);
    std::fill(visits_.system_s.begin(), visits_.system_s.end(), 0.0);
  } else {
    first_sampler_.assign(n, 0);
    sample(*plan_->patience, first_sampler_, patience_words_, visits_.patience_s);
    add_transactions(some_do_not_call);
  }
}

/// In whole ticks, but in an unbroken run. Some distributions take a long time for each value.
void StationRunner::sample(const Sampler& sampler, const std::vector<std::uint32_t>& which,
                           const std::vector<std::uint32_t>& words, std::vector<double>& values) {
  constexpr std::size_t kTogether = 8192;
  for (std::size_t begin = 0; begin < values.size(); begin += kTogether) {
    if (begin > 0) stop_.now();
    const std::size_t n = std::min(kTogether, values.size() - begin);
    sampler.sample(which.data() + begin, words.data() + begin, n, values.data() + begin);
    if (!data_.unbroken) round_to_ticks(values.data() + begin, n);
  }
}

/// Each stream of a bare station has its own arrival curve, and some times are given, so that the words are
/// not in the order of the times.
void StationRunner::draw_arrivals_of_streams(const Day& day, std::span<const Attempt> attempts,
                                             std::span<const double> given_s) {
  const std::size_t n = attempts.size();
  const std::uint32_t* const words = draws_.arrival();
  resize_with_room(times_s_, n);
  for (std::size_t i = 0; i < n; ++i) {
    if (!given_s.empty() && !std::isnan(given_s[i])) {
      times_s_[i] = given_s[i];
      continue;
    }
    const std::uint32_t stream = attempts[i].service();
    const ArrivalCurve& curve =
        curves_.empty() ? data_.stream_curves[plan_->first_stream + stream][day.weekday] : curves_[stream];
    times_s_[i] = curve.time(uniform(words[i]));
  }
  take_times();
}

/// Handling times that are recorded; and who is there at the start does not balk.
void StationRunner::take_given(std::span<const Attempt> attempts, const GivenArrivals& given) {
  for (std::size_t i = 0; i < visits_.size(); ++i) {
    const std::uint32_t attempt = order_.attempt(i);
    if (attempts[attempt].is_at_start()) visits_.balk[i] = kStays;
    if (given.handling_s.empty() || std::isnan(given.handling_s[attempt])) continue;
    const double handling_s = given.handling_s[attempt];
    visits_.human_s[i] = data_.unbroken ? handling_s : round_to_tick(handling_s);
  }
}

void StationRunner::draw_arrivals(const Day& day, std::span<const Attempt> attempts,
                                  const GivenArrivals& given) {
  const std::size_t n = attempts.size();
  const std::uint32_t* const words = draws_.arrival();
  if (data_.bare && (plan_->streams > 1 || !given.arrival_s.empty()))
    return draw_arrivals_of_streams(day, attempts, given.arrival_s);
  const auto is_booked = [](const Attempt& attempt) { return attempt.appointment != 0; };
  if (!plan_->appointments.empty() && std::any_of(attempts.begin(), attempts.end(), is_booked)) {
    const ArrivalCurve& walk_in = data_.curves[hours_->curve];
    resize_with_room(times_s_, n);
    for (std::size_t i = 0; i < n; ++i) {
      times_s_[i] = is_booked(attempts[i])
                        ? booked_arrival(attempts[i], scenario_, data_, key_, hours_->doors)
                        : walk_in.time(uniform(words[i]));
    }
    take_times();
    return;
  }
  const ArrivalCurve& curve = !curves_.empty() ? curves_[0]
                              : data_.bare     ? data_.stream_curves[plan_->first_stream][day.weekday]
                                               : data_.curves[hours_->curve];
  order_.sort_by_word(returns_today_ ? words_of_openings(curve, attempts, words) : words, n);
  resize_with_room(sorted_words_, n);
  for (std::size_t i = 0; i < n; ++i) sorted_words_[i] = order_.word(i);
  curve.times(sorted_words_.data(), n, visits_.arrival_s.data());
  if (!data_.unbroken) round_down_to_ticks(visits_.arrival_s.data(), n);
}

/// Of times that are drawn by attempt.
void StationRunner::take_times() {
  if (!data_.unbroken) round_down_to_ticks(times_s_.data(), times_s_.size());
  order_.sort_by_time(times_s_, stop_);
  for (std::size_t i = 0; i < times_s_.size(); ++i) visits_.arrival_s[i] = times_s_[order_.attempt(i)];
}

/// The words of arrival, of those who come again today within the openings to which they come.
const std::uint32_t* StationRunner::words_of_openings(const ArrivalCurve& curve,
                                                      std::span<const Attempt> attempts,
                                                      const std::uint32_t* words) {
  opening_words_.assign(words, words + attempts.size());
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    if (attempts[i].opening == 0) continue;
    const std::uint64_t first = curve.first_word(hours_->doors[attempts[i].opening].from_s);
    opening_words_[i] = static_cast<std::uint32_t>(first + (words[i] * ((1ULL << 32) - first) >> 32));
  }
  return opening_words_.data();
}

/// Copies what the visits need of their attempts and draws, from the order of the attempts into the order of
/// arrival.
void StationRunner::gather(const Day& day, std::span<const Attempt> attempts) {
  const std::size_t n = attempts.size();
  resize_with_room(handling_words_, n);
  resize_with_room(patience_words_, n);
  const Attempt* const attempt = attempts.data();
  const std::uint64_t* const order = order_.keys();
  const std::uint32_t *const handling = draws_.handling(), *const patience = draws_.patience(),
                             *const balking = draws_.balking();
  std::uint32_t *const handling_words = handling_words_.data(), *const patience_words =
                                                                    patience_words_.data();
  std::uint32_t* const service = visits_.service.data();
  double* const balk = visits_.balk.data();
  std::uint8_t *const reworked = reworked_.data(), *const needs_follow_up = needs_follow_up_.data(),
                      *const citizen_classes = citizen_classes_.data();
  const Channel channel = plan_->channel;
  const DayNumber today = day.date;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t k = ArrivalOrder::attempt_of(order[i]);
    const Attempt& of = attempt[k];
    handling_words[i] = handling[k];
    patience_words[i] = patience[k];
    balk[i] = uniform(balking[k]);
    service[i] = of.service();
    reworked[i] = of.lacks_papers;
    needs_follow_up[i] = follow_up_if_served(of, channel, today);
    citizen_classes[i] = of.citizen_class;
  }
}

void StationRunner::gather_priorities(std::span<const Attempt> attempts) {
  const std::size_t n = attempts.size();
  std::int16_t* const priority = visits_.priority.data();
  if (!plan_->priorities)
    std::fill_n(priority, n, std::int16_t{0});
  else if (data_.bare)
    for (std::size_t i = 0; i < n; ++i) priority[i] = priority_of(attempts[order_.attempt(i)]);
  else
    for (std::size_t i = 0; i < n; ++i) priority[i] = class_priority_[citizen_classes_[i]];
}

/// Who booked does not leave at the sight of a queue.
void StationRunner::gather_booked(std::span<const Attempt> attempts) {
  booked_come_first_ = false;
  visits_.booked.clear();
  if (plan_->appointments.empty()) return;
  const std::size_t n = attempts.size();
  visits_.booked.assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint16_t item = attempts[order_.attempt(i)].appointment;
    if (item == 0) continue;
    const int priority = scenario_.appointments[item - 1U].priority;
    visits_.booked[i] = 1;
    visits_.balk[i] = kStays;
    visits_.priority[i] = std::max(visits_.priority[i], static_cast<std::int16_t>(priority));
    booked_come_first_ |= visits_.priority[i] > 0;
  }
}

/// Sets the unloaded times of the visits' calls, and shortens the handling of citizens who lack papers.
void StationRunner::add_transactions(bool some_do_not_call) {
  const std::size_t n = visits_.size();
  const double* const transactions_s = data_.transactions_s(station_.index());
  const double rework_share = scenario_.rework_handling_share;
  for (std::size_t i = 0; i < n; ++i) {
    visits_.system_s[i] = transactions_s[visits_.service[i]];
    visits_.human_s[i] = round_to_tick(visits_.human_s[i] * (reworked_[i] ? rework_share : 1.0));
  }
  if (!some_do_not_call) return;
  const std::uint32_t* const words = draws_.calls();
  const double calling_share = scenario_.backbone.counter_calls;
  for (std::size_t i = 0; i < n; ++i)
    visits_.system_s[i] = choose(uniform(words[attempt(i)]) < calling_share, visits_.system_s[i], 0.0);
}

std::int16_t StationRunner::priority_of(const Attempt& attempt) const {
  if (!plan_->priorities) return 0;
  if (data_.bare) return data_.stream_priority[plan_->first_stream + attempt.service()];
  return class_priority_[attempt.citizen_class];
}

Newcomer StationRunner::draw_newcomer(const Attempt& attempt, double arrival_s) {
  const Block words = draw_for(attempt, data_, key_, tag(attempt.number, Purpose::visit));
  Newcomer newcomer;
  newcomer.arrival_s = arrival_s;
  newcomer.service = attempt.service();
  plan_->handling_on(date_).sample(&newcomer.service, &words[1], 1, &newcomer.human_s);
  newcomer.human_s = round_to_tick(newcomer.human_s);
  const std::uint32_t sampler = data_.bare ? attempt.service() : 0;
  plan_->patience->sample(&sampler, &words[2], 1, &newcomer.patience_s);
  newcomer.patience_s = round_to_tick(newcomer.patience_s);
  newcomer.balk = uniform(words[3]);
  newcomer.priority = priority_of(attempt);
  if (!data_.bare) {
    newcomer.system_s = data_.transaction_s(station_.index(), attempt.service());
    if (attempt.lacks_papers)
      newcomer.human_s = round_to_tick(newcomer.human_s * scenario_.rework_handling_share);
  }
  return newcomer;
}

void StationRunner::reorder(std::span<const std::uint32_t> former_positions,
                            std::span<const Attempt> attempts) {
  const std::size_t prepared = order_.size(), n = former_positions.size();
  std::vector<std::uint32_t> order;
  for (const std::uint32_t i : former_positions) order.push_back(i < prepared ? order_.attempt(i) : i);
  order_.assign(order);
  reworked_.resize(n);
  needs_follow_up_.resize(n);
  citizen_classes_.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const Attempt& of = attempts[order[i]];
    reworked_[i] = of.lacks_papers;
    needs_follow_up_[i] = follow_up_if_served(of, plan_->channel, date_);
    citizen_classes_[i] = of.citizen_class;
  }
}

void StationRunner::find_clerks(const Day& day) {
  find_clerks_on_duty(*plan_, *hours_, day, key_, clerks_, groups_instead_);
  is_shut_ = has_queue() && !data_.unbroken &&
             std::none_of(clerks_.begin(), clerks_.end(),
                          [this](const Clerk& clerk) { return meet(clerk.shifts, hours_->doors); });
  if (is_shut_) clerks_.clear();
  keep_clerks(day);
}

/// The first of those on duty serve nobody but who booked; one is left for all.
void StationRunner::keep_clerks(const Day& day) {
  keeps_clerks_ = false;
  if (!plan_->kept) return;
  std::size_t kept = 0;
  for (const StationAppointments& at : plan_->appointments) {
    const Appointments& item = scenario_.appointments[at.item];
    if (item.from_day <= day.date && day.date < item.until_day) kept += static_cast<std::size_t>(item.clerks);
  }
  for (std::size_t k = 0; k < kept && k + 1 < clerks_.size(); ++k) {
    clerks_[k].skill_set = static_cast<std::uint8_t>(clerks_[k].skill_set + plan_->kept->first_set);
    keeps_clerks_ = true;
  }
}

void StationRunner::describe_day() {
  day_.clerks = clerks_;
  day_.unlimited = plan_->unlimited;
  day_.doors = hours_->doors;
  day_.at_closing = plan_->at_closing;
  day_.serve_out_at_most_s = plan_->rules->closing.at_most_s;
  day_.ends_s = data_.unbroken ? scenario_.run.length_s : kForever;
  day_.room = plan_->rules->room == INT32_MAX ? UINT32_MAX : static_cast<std::uint32_t>(plan_->rules->room);
  if (is_shut_) day_.room = 0;
  day_.room_for_all = plan_->rules->room_for_all;
  day_.balking = {plan_->rules->balking.per_clerk, plan_->rules->balking.points};
  day_.able = keeps_clerks_ ? plan_->kept->able : plan_->able;
  day_.breadth = keeps_clerks_ ? plan_->kept->breadth : plan_->breadth;
  day_.kept = keeps_clerks_ ? plan_->kept->mask : 0;
  day_.priorities = plan_->priorities || booked_come_first_;
  day_.finishing_counts = plan_->rules->finishing_counts;
}

void StationRunner::simulate() {
  stop_.after(visits_.size());
  if (plan_->cores > 0)
    share_processor();
  else
    simulate_station(day_, visits_, stop_);
  if (observed_.until_s < kForever)
    carry_over();
  else
    carried_attempts_.clear();
}

/// At a processor-sharing station nobody waits: handling begins on arrival, and the more citizens are there,
/// the longer it takes.
void StationRunner::share_processor() {
  if (!processor_) processor_.emplace(static_cast<std::uint32_t>(plan_->cores));
  processor_->serve(visits_.arrival_s, visits_.human_s, observed_.until_s, visits_.end_s, stop_);
  const double stop_s = end_of_run(day_);
  for (std::size_t i = 0; i < visits_.size(); ++i) {
    visits_.leave_s[i] = visits_.arrival_s[i];
    visits_.outcome[i] = visits_.end_s[i] <= stop_s ? Outcome::served : Outcome::inside;
    visits_.clerk[i] = kNoClerk;
  }
}

/// Puts the visits carried over before the new ones. They arrived before, at times at which nobody able was
/// free, so the kernel finds them waiting when the piece begins, in their order.
void StationRunner::bring_carried() {
  const std::size_t carried = carried_attempts_.size();
  if (carried == 0) return;
  for (const auto column : kInputTimes) prepend(carried_.*column, visits_.*column);
  prepend(std::vector<double>(carried, kStays), visits_.balk);
  prepend(carried_.priority, visits_.priority);
  prepend(carried_.service, visits_.service);
  visits_.resize(visits_.arrival_s.size());
  reworked_.resize(visits_.size());
  needs_follow_up_.resize(visits_.size());
  order_.prepend(carried);
}

/// Takes out the visits that are not decided when the piece ends: who waits, and at a shared processor who
/// is there. What the kernel found for them would change with those who come later.
void StationRunner::carry_over() {
  const std::vector<double>& decided_s = processor_ ? visits_.end_s : visits_.leave_s;
  std::vector<std::uint32_t> go;
  std::vector<std::uint32_t>& stay = stay_;
  resize_with_room(stay, visits_.size());
  stay.clear();
  for (std::uint32_t i = 0; i < visits_.size(); ++i)
    (decided_s[i] < observed_.until_s ? stay : go).push_back(i);
  for (const auto column : kInputTimes) copy_rows(visits_.*column, go, carried_.*column);
  copy_rows(visits_.priority, go, carried_.priority);
  copy_rows(visits_.service, go, carried_.service);
  if (processor_) processor_->renumber(go);
  observed_.waiting_since_s = carried_.arrival_s;
  carried_attempts_.clear();
  for (const std::uint32_t i : go) carried_attempts_.push_back(order_.attempt(i));

  for (const auto column : kInputTimes) keep_rows(visits_.*column, stay);
  for (const auto column : {&Visits::balk, &Visits::leave_s, &Visits::end_s})
    keep_rows(visits_.*column, stay);
  keep_rows(visits_.priority, stay);
  keep_rows(visits_.service, stay);
  keep_rows(visits_.outcome, stay);
  keep_rows(visits_.clerk, stay);
  order_.keep(stay);
  reworked_.resize(stay.size());
  needs_follow_up_.resize(stay.size());
  for (std::size_t i = 0; i < visits_.size(); ++i) {
    const std::uint32_t clerk = visits_.clerk[i];
    if (clerk == kNoClerk) continue;
    if (clerk >= free_from_s_.size()) free_from_s_.resize(clerk + 1, -kForever);
    free_from_s_[clerk] = std::max(free_from_s_[clerk], visits_.end_s[i]);
  }
}

VisitTally StationRunner::observe(const ObservationRules& rules, StationObservation& into) {
  stop_.after(visits_.size());
  if (plan_->cores > 0) return observe_processor(rules, into);
  const DayFrame& frame = is_shut_ ? kShutFrame : hours_->frame;
  return observer_.observe(day_, frame, visits_, reworked_, rules, into, observed_, stop_);
}

void StationRunner::tally(std::size_t i, double target_s, VisitTally& into) const {
  const double handling_s = into.handling_s;
  tally_visit(visits_, i, false, target_s, into);
  // Who shares the cores is inside for longer than the work takes.
  if (plan_->cores > 0 && visits_.outcome[i] == Outcome::served)
    into.handling_s = handling_s + visits_.human_s[i];
}

VisitTally StationRunner::observe_processor(const ObservationRules& rules, StationObservation& into) {
  VisitTally tally;
  for (std::size_t i = 0; i < visits_.size(); ++i) {
    if (visits_.arrival_s[i] < rules.from_s) continue;
    this->tally(i, rules.target_s, tally);
    if (visits_.outcome[i] == Outcome::served) into.waits.add(0);
  }
  tally_cores(rules.from_s, into.tally);
  static_cast<VisitTally&>(into.tally) += tally;
  if (observed_.from_s > 0) return tally;
  for (const auto& door : day_.doors) {
    const double open_s = std::max(0.0, door.to_s - std::max(door.from_s, rules.from_s));
    into.tally.open_s += open_s;
    into.tally.staffed_s += open_s * plan_->cores;
    into.levels.add(0, open_s);
  }
  return tally;
}

/// The clerk time of a processor-sharing station is that of its cores at work; while the doors are closed it
/// is overtime.
void StationRunner::tally_cores(double from_s, StationTally& into) const {
  std::vector<double> arrivals = visits_.arrival_s, ends = visits_.end_s;
  if (!carried_attempts_.empty())
    arrivals.insert(arrivals.end(), carried_.arrival_s.begin(), carried_.arrival_s.end());
  std::sort(arrivals.begin(), arrivals.end());
  std::sort(ends.begin(), ends.end());
  std::size_t came = 0, left = 0, door = 0;
  double now_s = std::max(from_s, observed_.from_s);
  const auto go_on_until = [&](double event_s) {
    const double next_s = std::min(event_s, end_of_run(day_));
    if (next_s <= now_s) return;
    const auto at_work = static_cast<double>(std::min(came - left, static_cast<std::size_t>(plan_->cores)));
    while (door < day_.doors.size() && day_.doors[door].to_s <= now_s) ++door;
    double open_s = 0;
    for (std::size_t k = door; k < day_.doors.size() && day_.doors[k].from_s < next_s; ++k)
      open_s += std::min(next_s, day_.doors[k].to_s) - std::max(now_s, day_.doors[k].from_s);
    const double overtime_s = next_s - now_s - open_s;
    into.busy_s += at_work * (open_s + overtime_s);
    into.staffed_s += at_work * overtime_s;
    into.overtime_s += at_work * overtime_s;
    now_s = next_s;
  };
  while (came < arrivals.size() || left < ends.size()) {
    const bool comes = came < arrivals.size() && (left == ends.size() || arrivals[came] <= ends[left]);
    go_on_until(comes ? arrivals[came] : ends[left]);
    ++(comes ? came : left);
  }
  if (observed_.until_s < kForever) go_on_until(observed_.until_s);
}

}  // namespace pishkhan
