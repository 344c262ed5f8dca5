#include "models/trial/station_runner.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "models/province/calendar.hpp"
#include "sim/base/simd.hpp"
#include "sim/queues/processor_sharing.hpp"

namespace pishkhan {
namespace {

/// Draws of a whole vector cost as much as one.
constexpr std::size_t kVector = 8;

bool is_special(const Attempt& guest, std::uint8_t channel, DayNumber today) {
  return (guest.channel != channel) | (guest.attempt > 0) | (guest.redirects > 0) | (guest.origin != today);
}

}  // namespace

StationRunner::StationRunner(const Scenario& scenario, const Plan::Data& data, DrawKey key)
    : scenario_(scenario), data_(data), key_(key) {
  for (const auto& c : scenario.classes) class_priority_.push_back(static_cast<std::int16_t>(c.priority));
}

void StationRunner::draw_words(std::span<const Attempt> guests, bool calls) {
  const std::size_t n = guests.size(), filled = (n + kVector - 1) / kVector * kVector;  // no odd ones to draw
  for (auto* column : {&index_, &stream_, &origin_, &tag_}) column->resize(filled);
  for (auto& column : words_) column.resize(filled);
  for (std::size_t i = 0; i < n; ++i) {
    index_[i] = guests[i].index;
    stream_[i] = guests[i].stream;
    origin_[i] = static_cast<std::uint32_t>(guests[i].origin);
    tag_[i] = tag(guests[i].attempt, Purpose::visit);
  }
  draw_batch(key_, index_.data(), stream_.data(), origin_.data(), tag_.data(), filled,
             {words_[0].data(), words_[1].data(), words_[2].data(), words_[3].data()});
  if (!calls) return;
  for (auto& column : call_words_) column.resize(filled);
  std::fill(tag_.begin(), tag_.end(), tag(0, Purpose::call));
  draw_batch(key_, index_.data(), stream_.data(), origin_.data(), tag_.data(), filled,
             {call_words_[0].data(), call_words_[1].data(), call_words_[2].data(), call_words_[3].data()});
}

// The arrival words are uniform, so one pass into as many buckets as words nearly sorts them. The low
// half of a key is the guest's position: equal words keep the order of the citizens' keys.
void StationRunner::order_by_word(std::size_t n) {
  order_.resize(n + 1);
  const int bits = std::clamp(static_cast<int>(std::bit_width(n)), 1, 20);
  const int shift = 32 - bits;
  buckets_.assign((std::size_t{1} << bits) + 1, 0);
  const std::uint32_t* const words = words_[0].data();
  std::uint32_t* const first = buckets_.data();
  std::uint64_t* const order = order_.data();
  for (std::size_t i = 0; i < n; ++i) ++first[(words[i] >> shift) + 1];
  std::partial_sum(buckets_.begin(), buckets_.end(), buckets_.begin());
  for (std::size_t i = 0; i < n; ++i) order[first[words[i] >> shift]++] = std::uint64_t{words[i]} << 32 | i;
  // The greater of two goes on to the next place, without a branch, which leaves little to insert.
  order[n] = UINT64_MAX;
  std::uint64_t greater = order[0];
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint64_t next = order[i + 1];
    order[i] = next < greater ? next : greater;
    greater = next < greater ? greater : next;
  }
  order_.resize(n);
  for (std::size_t i = 1; i < n; ++i) {
    const std::uint64_t key = order[i];
    std::size_t k = i;
    for (; k > 0 && order[k - 1] > key; --k) order[k] = order[k - 1];
    order[k] = key;
  }
}

/// Streams of different curves: by the times themselves.
void StationRunner::order_by_time(std::size_t n) {
  order_.resize(n);
  std::iota(order_.begin(), order_.end(), 0);
  std::sort(order_.begin(), order_.end(), [this](std::uint64_t a, std::uint64_t b) {
    return times_[a] < times_[b] || (times_[a] == times_[b] && a < b);
  });
}

void StationRunner::arrival_times(const StationPlan& plan, const StationHours& hours,
                                  std::span<const Attempt> guests, std::size_t weekday) {
  const std::size_t n = guests.size();
  if (data_.bare && plan.streams > 1) {
    times_.resize(n);
    for (std::size_t i = 0; i < n; ++i)
      times_[i] =
          data_.stream_curves[plan.first_stream + guests[i].service()][weekday].time(uniform(words_[0][i]));
    order_by_time(n);
    for (std::size_t i = 0; i < n; ++i) visits_.arrival_s[i] = times_[order_[i]];
    return;
  }
  order_by_word(n);
  sorted_words_.resize(n);
  for (std::size_t i = 0; i < n; ++i) sorted_words_[i] = static_cast<std::uint32_t>(order_[i] >> 32);
  const ArrivalCurve& curve =
      data_.bare ? data_.stream_curves[plan.first_stream][weekday] : data_.curves[hours.curve];
  curve.times(sorted_words_.data(), n, visits_.arrival_s.data());
}

void StationRunner::fill_visits(const StationPlan& plan, const StationHours& hours,
                                std::span<const Attempt> guests, std::size_t weekday) {
  const std::size_t n = guests.size();
  visits_.resize(n);
  visits_.asides.clear();
  reworked_.resize(n);
  needs_follow_up_.resize(n);
  const bool drops_calls =
      !data_.bare && plan.channel == Channel::traditional && scenario_.backbone.counter_calls < 1;
  draw_words(guests, drops_calls);
  arrival_times(plan, hours, guests, weekday);
  gather(plan, guests);
  // The columns of draws are free once ordered copies are made of them.
  const auto& handling_words = index_;
  const auto& patience_words = stream_;
  plan.handling->sample(visits_.service.data(), handling_words.data(), n, visits_.human_s.data());
  if (data_.bare) {
    plan.patience->sample(visits_.service.data(), patience_words.data(), n, visits_.patience_s.data());
    std::fill(visits_.system_s.begin(), visits_.system_s.end(), 0.0);
  } else {
    const auto station = static_cast<std::size_t>(&plan - data_.stations.data());
    which_.assign(n, 0);
    plan.patience->sample(which_.data(), patience_words.data(), n, visits_.patience_s.data());
    const double* const transactions_s = data_.transactions_s(station);
    const double rework_share = scenario_.rework_handling_share;
    for (std::size_t i = 0; i < n; ++i) {
      visits_.system_s[i] = transactions_s[visits_.service[i]];
      visits_.human_s[i] *= reworked_[i] ? rework_share : 1.0;
    }
    if (drops_calls) drop_calls();
  }
}

/// What each visit needs of its guest, into the order of arrival.
void StationRunner::gather(const StationPlan& plan, std::span<const Attempt> guests) {
  const std::size_t n = guests.size();
  const std::uint64_t* const order = order_.data();
  const Attempt* const guest = guests.data();
  const std::uint32_t *const handling = words_[1].data(), *const patience = words_[2].data(),
                             *const balk = words_[3].data();
  std::uint32_t *const handling_words = index_.data(), *const patience_words = stream_.data();
  std::uint32_t* const service = visits_.service.data();
  double* const balk_at = visits_.balk.data();
  std::uint8_t *const reworked = reworked_.data(), *const special = needs_follow_up_.data();
  const auto channel = static_cast<std::uint8_t>(plan.channel);
  const DayNumber today = today_;
  for (std::size_t i = 0; i < n; ++i) {
    const auto g = static_cast<std::uint32_t>(order[i]);
    const Attempt& who = guest[g];
    handling_words[i] = handling[g];
    patience_words[i] = patience[g];
    balk_at[i] = uniform(balk[g]);
    service[i] = who.service();
    reworked[i] = who.lacks_papers;
    special[i] = is_special(who, channel, today);
  }
  std::int16_t* const priority = visits_.priority.data();
  if (!plan.priorities)
    std::fill_n(priority, n, std::int16_t{0});
  else if (data_.bare)
    for (std::size_t i = 0; i < n; ++i)
      priority[i] = priority_of(plan, guest[static_cast<std::uint32_t>(order[i])]);
  else
    for (std::size_t i = 0; i < n; ++i)
      priority[i] = class_priority_[guest[static_cast<std::uint32_t>(order[i])].citizen_class];
}

/// Citizens whose visits to counters are done without a call.
void StationRunner::drop_calls() {
  const std::uint32_t* const words = call_words_[0].data();
  const double calls = scenario_.backbone.counter_calls;
  for (std::size_t i = 0; i < visits_.size(); ++i)
    visits_.system_s[i] = choose(uniform(words[guest(i)]) < calls, visits_.system_s[i], 0.0);
}

std::int16_t StationRunner::priority_of(const StationPlan& plan, const Attempt& who) const {
  if (!plan.priorities) return 0;
  if (data_.bare) return data_.stream_priority[plan.first_stream + who.service()];
  return class_priority_[who.citizen_class];
}

Newcomer StationRunner::newcomer(const Attempt& guest, double arrival_s) {
  const Block words = draw(key_, guest.index, guest.stream, static_cast<std::uint32_t>(guest.origin),
                           tag(guest.attempt, Purpose::visit));
  Newcomer who;
  who.arrival_s = arrival_s;
  who.service = guest.service();
  plan_->handling->sample(&who.service, &words[1], 1, &who.human_s);
  const std::uint32_t which = data_.bare ? guest.service() : 0;
  plan_->patience->sample(&which, &words[2], 1, &who.patience_s);
  who.balk = uniform(words[3]);
  who.priority = priority_of(*plan_, guest);
  if (!data_.bare) {
    who.system_s =
        data_.transaction_s(static_cast<std::size_t>(plan_ - data_.stations.data()), guest.service());
    if (guest.lacks_papers) who.human_s *= scenario_.rework_handling_share;
  }
  return who;
}

void StationRunner::reorder(std::span<const std::uint32_t> came, std::span<const Attempt> guests) {
  const std::size_t own = order_.size();
  std::vector<std::uint64_t> order;
  for (const std::uint32_t i : came) order.push_back(i < own ? guest(i) : i);
  order_.swap(order);
  reworked_.resize(order_.size());
  needs_follow_up_.resize(order_.size());
  for (std::size_t i = 0; i < order_.size(); ++i) {
    reworked_[i] = guests[guest(i)].lacks_papers;
    needs_follow_up_[i] = is_special(guests[guest(i)], static_cast<std::uint8_t>(plan_->channel), today_);
  }
}

void StationRunner::prepare_clerks(const StationPlan& plan, const StationHours& hours, DayNumber day) {
  clerks_.clear();
  std::uint32_t number = 0, drawn = UINT32_MAX;
  Block block{};
  for (std::uint32_t g = 0; g < plan.rules->groups.size(); ++g) {
    const ClerkGroup& group = plan.rules->groups[g];
    // A group of other days takes no numbers: dated staffing leaves those who stay the clerks they were.
    if (day < group.from_day || day >= group.until_day) continue;
    for (int k = 0; k < group.clerks; ++k, ++number) {
      if (hours.shifts[g].empty()) continue;
      if (group.absence > 0) {
        // One block serves four clerks.
        if (number / 4 != drawn) {
          drawn = number / 4;
          block = draw(key_, drawn, plan.draw_id, static_cast<std::uint32_t>(day), tag(0, Purpose::absence));
        }
        if (uniform(block[number % 4]) < group.absence) continue;
      }
      clerks_.push_back({number, group.speed, hours.shifts[g], g});
    }
  }
  day_.clerks = clerks_;
  day_.doors = hours.doors;
  day_.at_closing = plan.at_closing;
  day_.room = plan.rules->room == INT32_MAX ? UINT32_MAX : static_cast<std::uint32_t>(plan.rules->room);
  day_.balking = {plan.rules->balking.per_clerk, plan.rules->balking.points};
  day_.able = plan.able;
  day_.breadth = plan.breadth;
  day_.priorities = plan.priorities;
}

/// Nobody waits at a processor-sharing station: handling begins on arrival and takes the longer the more
/// are there.
void StationRunner::share_processor() {
  processor_sharing_departures(visits_.arrival_s, visits_.human_s, static_cast<std::uint32_t>(plan_->cores),
                               visits_.end_s);
  const double stop = day_.at_closing == AtClosing::stop ? day_.doors.back().to_s : kForever;
  for (std::size_t i = 0; i < visits_.size(); ++i) {
    visits_.leave_s[i] = visits_.arrival_s[i];
    visits_.outcome[i] = visits_.end_s[i] <= stop ? Outcome::served : Outcome::inside;
    visits_.clerk[i] = kNoClerk;
  }
}

/// Its clerk time is the work done by the cores.
VisitTally StationRunner::observe_processor(const ObservationRules& rules, StationObservation& into) {
  VisitTally tally;
  double work = 0;
  for (std::size_t i = 0; i < visits_.size(); ++i) {
    if (visits_.arrival_s[i] < rules.from_s) continue;
    tally_visit(visits_, i, false, rules.target_s, tally);
    work += visits_.human_s[i];
    if (visits_.outcome[i] == Outcome::served) into.waits.add(0);
  }
  for (const auto& door : day_.doors) {
    const double open = std::max(0.0, door.to_s - std::max(door.from_s, rules.from_s));
    into.tally.open_s += open;
    into.tally.staffed_s += open * plan_->cores;
    into.levels.add(0, open);
  }
  into.tally.busy_s += work;
  static_cast<VisitTally&>(into.tally) += tally;
  return tally;
}

void StationRunner::prepare(std::uint32_t station, DayNumber day, std::span<const Attempt> guests) {
  plan_ = &data_.stations[station];
  today_ = day;
  const std::size_t weekday_index = data_.unbroken ? 0 : static_cast<std::size_t>(weekday(day));
  hours_ = plan_->week[weekday_index].get();
  fill_visits(*plan_, *hours_, guests, weekday_index);
  prepare_clerks(*plan_, *hours_, day);
}

void StationRunner::simulate() {
  if (has_clerks())
    simulate_station(day_, visits_);
  else
    share_processor();
}

VisitTally StationRunner::observe(const ObservationRules& rules, StationObservation& into) {
  if (!has_clerks()) return observe_processor(rules, into);
  return observer_.observe(day_, hours_->frame, visits_, reworked_, rules, into);
}

}  // namespace pishkhan
