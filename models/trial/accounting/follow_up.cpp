#include "models/trial/accounting/follow_up.hpp"

#include "models/trial/citizen_draw.hpp"
#include "models/trial/purpose.hpp"

namespace pishkhan {

void FollowUp::count(const Attempt& attempt, std::uint64_t CitizenTally::*member) {
  if (!data_.unbroken && attempt.origin < scenario_.run.start + scenario_.run.warm_up_days) return;
  const std::size_t service = data_.bare
                                  ? data_.stations[attempt.station.index()].first_stream + attempt.service()
                                  : attempt.service();
  ++(totals_.result.citizens[service * kChannels + static_cast<std::size_t>(attempt.channel)].*member);
}

void FollowUp::after_visit(const Attempt& attempt, Outcome outcome, bool reworked, StationIndex first_office,
                           std::vector<Attempt>& pending) {
  if (outcome == Outcome::served && !reworked) return count(attempt, &CitizenTally::completed);
  if (outcome == Outcome::inside) return count_pending(attempt);
  Attempt next = attempt;
  ++next.number;
  next.redirects = 0;
  if (outcome == Outcome::served) {
    next.lacks_papers = false;  // comes again, to the station that asked for the papers, and brings them
  } else {
    next.station = first_office;
    if (outcome != Outcome::failed) {
      if (!retries(attempt)) return count_lost(attempt);
      ++next.retries;
    }
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
