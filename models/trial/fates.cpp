#include "models/trial/fates.hpp"

namespace pishkhan {

CitizenTally* Fates::cell(const Guest& guest) {
  if (!data_.unbroken && guest.origin < scenario_.run.start + scenario_.run.warm_up_days) return nullptr;
  const std::size_t service =
      data_.bare ? data_.stations[guest.station].first_stream + guest.service() : guest.service();
  return &citizens_[service * kChannels + guest.channel];
}

void Fates::after_visit(const Guest& guest, Outcome outcome, bool reworked, std::uint32_t first_office,
                        std::vector<Guest>& pending) {
  if (outcome == Outcome::served && !reworked) {
    if (auto* tally = cell(guest)) ++tally->completed;
    return;
  }
  if (outcome == Outcome::inside) {
    if (auto* tally = cell(guest)) ++tally->pending;
    return;
  }
  Guest next = guest;
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

bool Fates::returns(const Guest& guest) const {
  if (guest.returns >= scenario_.retry.at_most || scenario_.retry.probability <= 0) return false;
  const Block block = draw(key_, guest.index, guest.stream, static_cast<std::uint32_t>(guest.origin),
                           tag(guest.attempt, Purpose::comeback));
  return uniform(block[0]) < scenario_.retry.probability;
}

}  // namespace pishkhan
