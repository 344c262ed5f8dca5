#include "models/trial/follow_up.hpp"

namespace pishkhan {

CitizenTally* FollowUp::cell(const Attempt& guest) {
  if (!data_.unbroken && guest.origin < scenario_.run.start + scenario_.run.warm_up_days) return nullptr;
  const std::size_t service =
      data_.bare ? data_.stations[guest.station].first_stream + guest.service() : guest.service();
  return &citizens_[service * kChannels + guest.channel];
}

void FollowUp::after_visit(const Attempt& guest, Outcome outcome, bool reworked, std::uint32_t first_office,
                           std::vector<Attempt>& pending) {
  if (outcome == Outcome::served && !reworked) {
    if (auto* tally = cell(guest)) ++tally->completed;
    return;
  }
  if (outcome == Outcome::inside) {
    if (auto* tally = cell(guest)) ++tally->pending;
    return;
  }
  Attempt next = guest;
  ++next.attempt;
  next.redirects = 0;
  if (outcome == Outcome::served) {
    next.lacks_papers = false;
    pending.push_back(next);
    return;
  }
  if (outcome == Outcome::failed) {
    // Sent home to come back.
    next.station = first_office;
    pending.push_back(next);
    return;
  }
  if (!returns(guest)) {
    lose(guest);
    return;
  }
  ++next.returns;
  next.station = first_office;
  pending.push_back(next);
}

bool FollowUp::returns(const Attempt& guest) const {
  if (guest.returns >= scenario_.retry.at_most || scenario_.retry.probability <= 0) return false;
  const Block block = draw(key_, guest.index, guest.stream, static_cast<std::uint32_t>(guest.origin),
                           tag(guest.attempt, Purpose::retry));
  return uniform(block[0]) < scenario_.retry.probability;
}

}  // namespace pishkhan
