#include "sim/station/station_events.hpp"

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

template <class T>
void push(std::vector<T>& heap, T item) {
  heap.push_back(item);
  std::push_heap(heap.begin(), heap.end(), std::greater<>{});
}
template <class T>
T pop(std::vector<T>& heap) {
  std::pop_heap(heap.begin(), heap.end(), std::greater<>{});
  const T item = heap.back();
  heap.pop_back();
  return item;
}

template <class T>
void put_in_order(std::vector<T>& column, const std::vector<std::uint32_t>& from) {
  std::vector<T> ordered;
  ordered.reserve(from.size());
  for (const std::uint32_t i : from) ordered.push_back(column[i]);
  column.swap(ordered);
}

}  // namespace

StationEvents::StationEvents(const StationDay& station, Visits& visits, CallRule rule)
    : station_(station), visits_(visits), rule_(rule), own_(visits.size()) {
  make_teams();
  visits_.asides.clear();
  state_.assign(own_, State::outside);
  number_.resize(own_);
  doors_.resize(own_);
  line_of_.resize(own_);
  if (!rule_.calls.empty()) desk_of_.resize(own_);
}

void StationEvents::make_teams() {
  clerks_.resize(station_.clerks.size());
  for (std::size_t k = 0; k < clerks_.size(); ++k) {
    Team& team = team_of(station_.clerks[k]);
    clerks_[k].team = static_cast<std::uint32_t>(&team - teams_.data());
    ++team.size;
    const double free_s = station_.clerks[k].free_from_s;
    if (free_s == -kForever) {
      team.idle.push_back({free_s, static_cast<std::uint32_t>(k)});  // equal times, ascending: a heap
      ++idle_;
    } else {
      push(finishes_, Finish{free_s, k});
    }
  }
  for (std::size_t team = 0; team < teams_.size(); ++team) {
    const std::span<const Interval> shifts = teams_[team].clerk.shifts;
    of_each_team_.push_back(teams_[team].clerk);
    for (std::size_t j = 0; j < shifts.size(); ++j) {
      changes_.push_back({shifts[j].from_s, team, j, true});
      changes_.push_back({shifts[j].to_s, team, j, false});
    }
  }
  std::stable_sort(changes_.begin(), changes_.end(), [](const Change& a, const Change& b) {
    return a.time < b.time || (a.time == b.time && !a.begins && b.begins);
  });
}

/// The clerk's team; makes a new one if there is none. Most clerks are in the same team as the one before.
StationEvents::Team& StationEvents::team_of(const Clerk& clerk) {
  for (std::size_t k = teams_.size(); k > 0; --k) {
    const Clerk& other = teams_[k - 1].clerk;
    if (other.skill_set == clerk.skill_set && same_shifts(other, clerk)) return teams_[k - 1];
  }
  Team team;
  team.clerk = clerk;
  return teams_.emplace_back(std::move(team));
}

void StationEvents::step(double t) {
  balked_.clear();
  calling_.clear();
  late_.clear();
  finish(t);
  change_shifts(t);
  give_up(t);
  while (next_arrival_ < own_ && visits_.arrival_s[next_arrival_] == t) arrive(next_arrival_++, t);
  while (!newcomers_.empty() && newcomers_.front().time == t) arrive(pop(newcomers_).visit, t);
  recall_s_ = kForever;
  start(t);
}

void StationEvents::add(const Newcomer& who) {
  const std::size_t i = visits_.size();
  visits_.resize(i + 1);
  visits_.arrival_s[i] = who.arrival_s;
  visits_.human_s[i] = who.human_s;
  visits_.system_s[i] = who.system_s;
  visits_.patience_s[i] = who.patience_s;
  visits_.balk[i] = who.balk;
  visits_.priority[i] = who.priority;
  visits_.service[i] = who.service;
  if (!visits_.booked.empty()) visits_.booked.push_back(0);
  state_.push_back(State::outside);
  number_.push_back(0);
  doors_.push_back(0);
  line_of_.push_back(0);
  if (!rule_.calls.empty()) desk_of_.push_back(0);
  if (!aside_of_.empty()) aside_of_.push_back(0);
  push(newcomers_, Coming{who.arrival_s, i});
}

std::vector<std::uint32_t> StationEvents::close() {
  PISHKHAN_EXPECT(!unsettled());
  mark_inside(station_, visits_);
  if (visits_.size() == own_) return {};
  std::vector<std::uint32_t> from(visits_.size());
  for (std::uint32_t i = 0; i < from.size(); ++i) from[number_[i]] = i;
  for (auto* column : {&visits_.arrival_s, &visits_.human_s, &visits_.system_s, &visits_.patience_s,
                       &visits_.balk, &visits_.leave_s, &visits_.end_s})
    put_in_order(*column, from);
  put_in_order(visits_.priority, from);
  put_in_order(visits_.service, from);
  if (!visits_.booked.empty()) put_in_order(visits_.booked, from);
  put_in_order(visits_.outcome, from);
  put_in_order(visits_.clerk, from);
  for (Aside& aside : visits_.asides) aside.visit = number_[aside.visit];
  return from;
}

double StationEvents::next_time() {
  while (!give_ups_.empty() && state_[give_ups_.front().visit] != State::waiting) pop(give_ups_);
  double t = recall_s_;
  if (next_arrival_ < own_) t = std::min(t, visits_.arrival_s[next_arrival_]);
  if (!newcomers_.empty()) t = std::min(t, newcomers_.front().time);
  if (!finishes_.empty()) t = std::min(t, finishes_.front().time);
  if (next_change_ < changes_.size()) t = std::min(t, changes_[next_change_].time);
  if (!give_ups_.empty()) t = std::min(t, give_ups_.front().time);
  return t;
}

void StationEvents::finish(double t) {
  while (!finishes_.empty() && finishes_.front().time == t) {
    const Finish what = pop(finishes_);
    ClerkState& clerk = clerks_[what.clerk];
    if (what.calls) {
      clerk.called_s = t;
      calling_.push_back(clerk.visit);
      continue;
    }
    push(teams_[clerk.team].idle, IdleClerk{t, static_cast<std::uint32_t>(what.clerk)});
    ++idle_;
  }
}

void StationEvents::answer(std::uint32_t visit, double t, bool uncontended) {
  const std::size_t clerk = desk_of_[visit];
  PISHKHAN_EXPECT(unanswered_ > 0 && t >= clerks_[clerk].called_s);
  --unanswered_;
  if (uncontended) {
    // Added in the same order as where no call is simulated, so the end is the same to the last bit.
    visits_.end_s[visit] =
        std::max(t, visits_.leave_s[visit] + handling_time(visits_, visit, station_.clerks[clerk]));
  } else {
    visits_.system_s[visit] = t - clerks_[clerk].called_s;
    visits_.end_s[visit] =
        t + (1 - rule_.share_before) * (visits_.human_s[visit] / station_.clerks[clerk].speed);
  }
  push(finishes_, Finish{visits_.end_s[visit], clerk});
}

void StationEvents::fail(std::uint32_t visit, double t) {
  const std::size_t clerk = desk_of_[visit];
  PISHKHAN_EXPECT(unanswered_ > 0 && t >= clerks_[clerk].called_s);
  --unanswered_;
  visits_.system_s[visit] = t - clerks_[clerk].called_s;
  visits_.end_s[visit] = t;
  visits_.outcome[visit] = Outcome::failed;
  push(finishes_, Finish{t, clerk});
}

void StationEvents::park(std::uint32_t visit, double t) {
  const std::size_t clerk = desk_of_[visit];
  PISHKHAN_EXPECT(unanswered_ > 0 && t >= clerks_[clerk].called_s);
  visits_.system_s[visit] = t - clerks_[clerk].called_s;
  if (aside_of_.empty()) aside_of_.resize(visits_.size());
  visits_.asides.push_back({visit, t});
  aside_of_[visit] = static_cast<std::uint32_t>(visits_.asides.size());
  push(finishes_, Finish{t, clerk});
}

bool StationEvents::recall(std::uint32_t visit, double t) {
  Line& line = lines_[line_for(0, able(visit), true)];
  if (t >= limit_of(line, visit)) {
    fail_parked(visit, t);
    return false;
  }
  PISHKHAN_EXPECT(unanswered_ > 0);
  --unanswered_;
  aside(visit)->recalled_s = t;
  line_of_[visit] = static_cast<std::size_t>(&line - lines_.data());
  ++recalled_;
  join_line(line, visit, kForever);
  // Visits recalled at the same instant stand in order of arrival, whichever answer was handled first.
  for (std::size_t k = line.queue.size() - 1; k > 0 && before(line.queue[k], line.queue[k - 1]); --k)
    std::swap(line.queue[k], line.queue[k - 1]);
  recall_s_ = t;
  return true;
}

void StationEvents::fail_parked(std::uint32_t visit, double t) {
  PISHKHAN_EXPECT(unanswered_ > 0);
  --unanswered_;
  visits_.end_s[visit] = t;
  visits_.outcome[visit] = Outcome::failed;
}

void StationEvents::change_shifts(double t) {
  for (; next_change_ < changes_.size() && changes_[next_change_].time == t; ++next_change_) {
    const Change& change = changes_[next_change_];
    Team& team = teams_[change.team];
    team.shift = change.shift;
    if (change.begins) {
      set_presence(team, Presence::on);
      on_shift_ += team.size;
      // Clerks count as idle from now on, all of them equally long.
      for (IdleClerk& idle : team.idle) idle.since = t;
      std::make_heap(team.idle.begin(), team.idle.end(), std::greater<>{});
    } else {
      set_presence(team, stays(station_, team.clerk, change.shift, 0) ? Presence::overtime : Presence::off);
      on_shift_ -= team.size;
    }
  }
}

void StationEvents::set_presence(Team& team, Presence presence) {
  if (team.presence == Presence::off) on_duty_ += team.size;
  if (presence == Presence::off) on_duty_ -= team.size;
  team.presence = presence;
}

void StationEvents::give_up(double t) {
  while (!give_ups_.empty() && give_ups_.front().time == t) {
    const GiveUp who = pop(give_ups_);
    if (state_[who.visit] != State::waiting) continue;
    if (aside(who.visit)) {
      visits_.end_s[who.visit] = t;
      visits_.outcome[who.visit] = Outcome::failed;
      leave_line(who.visit);
      late_.push_back(static_cast<std::uint32_t>(who.visit));
      continue;
    }
    const Outcome at_close = station_.at_closing == AtClosing::stop ? Outcome::inside : Outcome::sent_away;
    record_unserved(visits_, who.visit, who.abandons ? Outcome::abandoned : at_close, t);
    leave_line(who.visit);
  }
}

/// Clerks on shift or, where there are none, those whom the next shift brings.
std::size_t StationEvents::clerks_to_serve() const {
  std::size_t clerks = on_shift_;
  for (std::size_t k = next_change_; on_shift_ == 0 && k < changes_.size(); ++k) {
    if (changes_[k].time > changes_[next_change_].time) break;
    clerks += teams_[changes_[k].team].size;
  }
  return clerks;
}

void StationEvents::leave_line(std::size_t i) {
  state_[i] = State::gone;
  Line& line = lines_[line_of_[i]];
  --line.waiting;
  --(line.recalled ? recalled_ : waiting_);
}

void StationEvents::arrive(std::size_t i, double t) {
  number_[i] = arrived_++;
  while (t >= station_.doors[door_].to_s) ++door_;
  doors_[i] = door_;
  const std::size_t k = line_for(visits_.priority[i], able(i));
  const std::size_t inside = waiting_ + clerks_.size() - idle_;
  const bool is_full = station_.room_for_all && inside >= station_.room;
  if (is_full || (!finds_free_clerk(lines_[k].able, i) &&
                  wants_to_balk(station_, visits_, i, waiting_, clerks_to_serve()))) {
    record_unserved(visits_, i, Outcome::balked, t);
    state_[i] = State::gone;
    balked_.push_back(static_cast<std::uint32_t>(i));
    return;
  }
  line_of_[i] = k;
  ++waiting_;
  join_line(lines_[k], i, t + visits_.patience_s[i]);
}

void StationEvents::join_line(Line& line, std::size_t i, double deadline) {
  line.queue.push_back(i);
  ++line.waiting;
  state_[i] = State::waiting;
  const double limit = limit_of(line, i);
  const double when = std::min(deadline, limit);
  // A customer whose patience is 0 may still be served at once: at one instant abandonments come before
  // arrivals, so this one can only abandon later.
  if (when < kForever) push(give_ups_, GiveUp{when, deadline < limit, i});
}

/// When those who came in during the same doors as customer i have to leave unserved.
double StationEvents::limit_of(Line& line, std::size_t i) {
  while (line.limit.size() <= doors_[i])
    line.limit.push_back(leave_limit(station_, of_each_team_, line.limit.size(), line.able));
  return line.limit[doors_[i]];
}

SkillMask StationEvents::able(std::size_t i) const {
  if (station_.able.empty()) return ~SkillMask{0};
  const bool booked = !visits_.booked.empty() && visits_.booked[i] != 0;
  return station_.able[visits_.service[i]] & (booked ? ~SkillMask{0} : ~station_.kept);
}

std::size_t StationEvents::line_for(std::int16_t priority, SkillMask mask, bool recalled) {
  for (std::size_t k = 0; k < lines_.size(); ++k)
    if (lines_[k].priority == priority && lines_[k].able == mask && lines_[k].recalled == recalled) return k;
  lines_.push_back({priority, mask, recalled, {}, 0, {}});
  return lines_.size() - 1;
}

bool StationEvents::may_serve(const Team& team, std::size_t i, SkillMask mask) const {
  if (team.idle.empty() || team.presence == Presence::off || !has_desk()) return false;
  if (!(mask >> team.clerk.skill_set & 1)) return false;
  return team.presence == Presence::on || stays(station_, team.clerk, team.shift, doors_[i]);
}

/// Whether there is an idle clerk who may serve customer i and for whom no other waits.
bool StationEvents::finds_free_clerk(SkillMask mask, std::size_t i) const {
  for (const Team& team : teams_) {
    if (!may_serve(team, i, mask)) continue;
    bool wanted = false;
    for (const auto& line : lines_) wanted |= line.waiting > 0 && (line.able >> team.clerk.skill_set & 1);
    if (!wanted) return true;
  }
  return false;
}

/// The team whose longest idle clerk customer i takes, by the rules of simulate_station. Null if there is
/// none.
StationEvents::Team* StationEvents::choose_team(std::size_t i, SkillMask mask) {
  Team* best = nullptr;
  for (Team& team : teams_)
    if (may_serve(team, i, mask) && (best == nullptr || better(team, *best))) best = &team;
  return best;
}

bool StationEvents::better(const Team& a, const Team& b) const {
  const auto breadth = [this](const Team& team) {
    return station_.breadth.empty() ? 0 : station_.breadth[team.clerk.skill_set];
  };
  if (breadth(a) != breadth(b)) return breadth(a) < breadth(b);
  return b.idle.front() > a.idle.front();
}

void StationEvents::start(double t) {
  while (waiting_ + recalled_ > 0) {
    std::size_t best_visit = visits_.size();
    Team* best_team = nullptr;
    for (auto& line : lines_) {
      while (!line.queue.empty() && state_[line.queue.front()] != State::waiting) line.queue.pop_front();
      if (line.queue.empty()) continue;
      const std::size_t i = line.queue.front();
      if (best_visit < visits_.size() && !before(i, best_visit)) continue;
      Team* const team = choose_team(i, line.able);
      if (team == nullptr) continue;
      best_visit = i;
      best_team = team;
    }
    if (best_visit == visits_.size()) return;
    const std::size_t best_clerk = pop(best_team->idle).clerk;
    --idle_;
    if (aside(best_visit)) {
      resume(best_visit, best_clerk, t);
      continue;
    }
    record_served(visits_, best_visit, station_.clerks[best_clerk], t);
    leave_line(best_visit);
    ClerkState& clerk = clerks_[best_clerk];
    if (!calls(best_visit)) {
      push(finishes_, Finish{visits_.end_s[best_visit], best_clerk});
      continue;
    }
    clerk.visit = static_cast<std::uint32_t>(best_visit);
    desk_of_[best_visit] = static_cast<std::uint32_t>(best_clerk);
    ++unanswered_;
    const double human_s = visits_.human_s[best_visit] / station_.clerks[best_clerk].speed;
    push(finishes_, Finish{t + rule_.share_before * human_s, best_clerk, true});
  }
}

/// A clerk continues a recalled visit.
void StationEvents::resume(std::size_t i, std::size_t clerk, double t) {
  leave_line(i);
  Aside& back = *aside(i);
  back.resumed_s = t;
  back.clerk = station_.clerks[clerk].number;
  visits_.end_s[i] = t + (1 - rule_.share_before) * (visits_.human_s[i] / station_.clerks[clerk].speed);
  push(finishes_, Finish{visits_.end_s[i], clerk});
}

bool StationEvents::before(std::size_t a, std::size_t b) const {
  const Aside *first = aside(a), *second = aside(b);
  if ((first != nullptr) != (second != nullptr)) return first != nullptr;
  if (first != nullptr)
    return std::pair(first->recalled_s, number_[a]) < std::pair(second->recalled_s, number_[b]);
  if (visits_.priority[a] != visits_.priority[b]) return visits_.priority[a] > visits_.priority[b];
  return number_[a] < number_[b];
}

}  // namespace pishkhan
