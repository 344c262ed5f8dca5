#include "models/trial/visit_writer.hpp"

#include <limits>

namespace pishkhan {

bool VisitWriter::sampled(const Attempt& guest) const {
  if (scenario_.visits.share >= 1) return true;
  const Block block = draw(key_, guest.index, guest.stream, static_cast<std::uint32_t>(guest.origin),
                           tag(0, Purpose::sample));
  return uniform(block[0]) < scenario_.visits.share;
}

VisitRecord VisitWriter::record_of(const Attempt& guest, DayNumber day) const {
  VisitRecord record{};
  record.day = day;
  record.origin_day = guest.origin;
  record.zone = data_.bare ? 0 : guest.zone();
  record.service =
      data_.bare ? data_.stations[guest.station].first_stream + guest.service() : guest.service();
  record.index = guest.index;
  record.attempt = guest.attempt;
  record.start_s = record.arrival_s = record.end_s = std::numeric_limits<double>::quiet_NaN();
  record.clerk = kNoClerk;
  return record;
}

void VisitWriter::station_day(std::uint32_t station, DayNumber day, std::span<const Attempt> guests,
                              const StationRunner& runner) {
  if (!sink_) return;
  const Visits& visits = runner.visits();
  records_.clear();
  for (std::size_t i = 0; i < guests.size(); ++i) {
    const Attempt& guest = guests[runner.guest(i)];
    if (!sampled(guest)) continue;
    const bool served = visits.outcome[i] == Outcome::served;
    VisitRecord record = record_of(guest, day);
    record.channel = data_.stations[station].channel;
    record.station = station;
    record.outcome = visits.outcome[i];
    record.reworked = runner.reworked()[i] != 0 && served;
    record.arrival_s = visits.arrival_s[i];
    const bool begun = served || visits.outcome[i] == Outcome::failed;
    if (begun) record.start_s = visits.leave_s[i];
    record.end_s = visits.end_s[i];
    record.clerk = begun ? visits.clerk[i] : kNoClerk;
    records_.push_back(record);
  }
  if (!records_.empty()) sink_(records_);
}

void VisitWriter::online(DayNumber day, std::span<const Attempt> guests) {
  if (!sink_) return;
  records_.clear();
  for (const Attempt& guest : guests) {
    if (!sampled(guest)) continue;
    VisitRecord record = record_of(guest, day);
    record.channel = Channel::online;
    record.station = UINT32_MAX;
    record.outcome = guest.lacks_papers ? Outcome::failed : Outcome::served;
    records_.push_back(record);
  }
  if (!records_.empty()) sink_(records_);
}

}  // namespace pishkhan
