#include "models/trial/accounting/follow_up.hpp"

#include "models/trial/citizen_draw.hpp"
#include "models/trial/purpose.hpp"

namespace pishkhan {

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
  tally->trips += attempt.number + (attempt.channel == Channel::online ? 0U : 1U);
  if (!data_.unbroken) tally->days += static_cast<std::uint64_t>(date - attempt.origin);
}

void FollowUp::after_visit(const Attempt& attempt, DayNumber date, Outcome outcome, bool reworked,
                           StationIndex first_office, std::vector<Attempt>& pending) {
  if (outcome == Outcome::served && !reworked) return count_completed(attempt, date);
  if (outcome == Outcome::inside) return count_pending(attempt);
  Attempt next = attempt;
  ++next.number;
  next.redirects = 0;
  if (outcome == Outcome::served) {
    next.lacks_papers = false;  // comes again, to the station that asked for the papers, and brings them
  } else {
    next.station = first_office;
    // What a system or a link made fail is still needed, but not for ever.
    const bool again =
        outcome == Outcome::failed ? attempt.retries < scenario_.retry.at_most : retries(attempt);
    if (!again) return count_lost(attempt);
    ++next.retries;
  }
  pending.push_back(next);
}

void FollowUp::after_shut(const Attempt& attempt, StationIndex first_office, std::vector<Attempt>& pending) {
  Attempt next = attempt;
  ++next.number;
  next.redirects = 0;
  next.station = first_office;
  pending.push_back(next);
}

bool FollowUp::retries(const Attempt& attempt) const {
  if (attempt.retries >= scenario_.retry.at_most || scenario_.retry.probability <= 0) return false;
  const Block block = draw_for(attempt, data_, key_, tag(attempt.number, Purpose::retry));
  return uniform(block[0]) < scenario_.retry.probability;
}

}  // namespace pishkhan
