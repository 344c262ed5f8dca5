#include "models/trial/accounting/follow_up.hpp"

#include "models/trial/citizen_draw.hpp"
#include "models/trial/purpose.hpp"
#include "models/trial/station_day/clerks_on_duty.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

InVain in_vain(Outcome outcome) {
  switch (outcome) {
    case Outcome::balked:
      return InVain::balked;
    case Outcome::abandoned:
      return InVain::abandoned;
    case Outcome::sent_away:
      return InVain::sent_away;
    default:
      PISHKHAN_EXPECT(outcome == Outcome::failed);
      return InVain::failed;
  }
}

}  // namespace

CitizenTally* FollowUp::tally_of(const Attempt& attempt) const {
  if (!data_.unbroken && attempt.origin < scenario_.run.start + scenario_.run.warm_up_days) return nullptr;
  const std::size_t service = data_.bare
                                  ? data_.stations[attempt.station.index()].first_stream + attempt.service()
                                  : attempt.service();
  return &totals_.result.citizens[service * kChannels + static_cast<std::size_t>(attempt.channel)];
}

void FollowUp::count(const Attempt& attempt, std::uint64_t CitizenTally::*member) {
  if (CitizenTally* tally = tally_of(attempt)) ++(tally->*member);
}

void FollowUp::count_completed(const Attempt& attempt, DayNumber date) {
  CitizenTally* tally = tally_of(attempt);
  if (tally == nullptr) return;
  ++tally->completed;
  tally->trips += attempt.visits_before() + 1;
  if (!data_.unbroken) tally->days += static_cast<std::uint64_t>(date - attempt.origin);
}

void FollowUp::after_visit(const DecidedVisit& visit, std::vector<Attempt>& pending) {
  const Attempt& attempt = visit.attempt;
  if (visit.outcome == Outcome::served && !visit.reworked) return count_completed(attempt, visit.day.date);
  if (visit.outcome == Outcome::inside) return count_pending(attempt);
  if (visit.outcome != Outcome::served) {
    const std::optional<Next> next = after_unserved(visit);
    if (!next) return count_lost(attempt);
    if (!next->today) pending.push_back(next->attempt);
    return;
  }
  Attempt next = attempt;
  ++next.number;
  next.redirects = next.opening = 0;
  next.appointment = next.slot_minute = 0;
  next.lacks_papers = false;  // comes again, to the station that asked for the papers, and brings them
  pending.push_back(next);
}

std::optional<Attempt> FollowUp::later_today(const DecidedVisit& visit) const {
  if (visit.outcome == Outcome::served || visit.outcome == Outcome::inside) return std::nullopt;
  const std::optional<Next> next = after_unserved(visit);
  return next && next->today ? std::optional(next->attempt) : std::nullopt;
}

std::optional<FollowUp::Next> FollowUp::after_unserved(const DecidedVisit& visit) const {
  const NextStep step = step_after(visit);
  if (step == NextStep::lost) return std::nullopt;
  Next next{visit.attempt};
  Attempt& attempt = next.attempt;
  ++attempt.number;
  ++attempt.retries;
  attempt.redirects = attempt.opening = 0;
  attempt.appointment = attempt.slot_minute = 0;
  const bool other = step == NextStep::other_today || step == NextStep::other_later;
  attempt.station = other ? other_office(visit) : visit.first_office;
  if (step != NextStep::same_today && step != NextStep::other_today) return next;
  const std::optional<std::uint8_t> opening = next_opening(attempt.station, visit);
  next.today = opening.has_value();
  attempt.opening = opening.value_or(0);
  return next;
}

NextStep FollowUp::step_after(const DecidedVisit& visit) const {
  const Attempt& attempt = visit.attempt;
  if (!scenario_.unserved.empty()) {
    const UnservedRule* rule =
        rule_after_visit(scenario_.unserved, in_vain(visit.outcome), ServiceId(attempt.service()),
                         data_.zone_of_place[attempt.place()], attempt.station.value, visit.day.date);
    if (rule != nullptr) {
      if (attempt.retries >= rule->at_most) return NextStep::lost;
      const Block block = draw_for(attempt, data_, key_, tag(attempt.number, Purpose::retry));
      return rule->step_of(uniform(block[0]));
    }
  }
  // What a system or a link made fail is still needed, but not for ever.
  const bool again =
      visit.outcome == Outcome::failed ? attempt.retries < scenario_.retry.at_most : retries(attempt);
  return again ? NextStep::same_later : NextStep::lost;
}

/// The most attractive office other than the first and those to which the citizen was redirected since; the
/// first where there is none.
StationIndex FollowUp::other_office(const DecidedVisit& visit) const {
  const Attempt& attempt = visit.attempt;
  const StationIndex other =
      data_.chooser(visit.day.date)
          .alternative(attempt.place(), attempt.service(), visit.first_office, attempt.redirects);
  return other == kNoStation ? visit.first_office : other;
}

/// The first opening of the day's doors that begins when the citizen has left, or later; nothing if there is
/// none, or nobody is on duty that day.
std::optional<std::uint8_t> FollowUp::next_opening(StationIndex station, const DecidedVisit& visit) const {
  const StationPlan& plan = data_.stations[station.index()];
  const Day& day = visit.day;
  if (!plan.is_open(day.date, day.weekday)) return std::nullopt;
  const StationHours& hours = plan.hours(day.date, day.weekday);
  if (!is_staffed(plan, hours, day, key_)) return std::nullopt;
  for (std::size_t k = 0; k < hours.doors.size() && k <= kLastOpening; ++k) {
    const double from_s = hours.doors[k].from_s;
    if (from_s < visit.left_s) continue;
    if (data_.curves[hours.curve].share(from_s, kForever) <= 0) return std::nullopt;
    return static_cast<std::uint8_t>(k);
  }
  return std::nullopt;
}

void FollowUp::after_shut(const Attempt& attempt, StationIndex first_office, std::vector<Attempt>& pending) {
  Attempt next = attempt;
  ++next.number;
  next.redirects = next.opening = 0;
  next.appointment = next.slot_minute = 0;
  next.station = first_office;
  pending.push_back(next);
}

bool FollowUp::retries(const Attempt& attempt) const {
  if (attempt.retries >= scenario_.retry.at_most || scenario_.retry.probability <= 0) return false;
  const Block block = draw_for(attempt, data_, key_, tag(attempt.number, Purpose::retry));
  return uniform(block[0]) < scenario_.retry.probability;
}

}  // namespace pishkhan
