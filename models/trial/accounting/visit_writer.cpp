#include "models/trial/accounting/visit_writer.hpp"

#include <limits>

#include "models/trial/citizen_draw.hpp"
#include "models/trial/purpose.hpp"

namespace pishkhan {

bool VisitWriter::sampled(const Attempt& attempt) const {
  if (scenario_.visits.share >= 1) return true;
  const Block block = draw_for(attempt, data_, key_, tag(0, Purpose::sample));
  return uniform(block[0]) < scenario_.visits.share;
}

VisitRecord VisitWriter::record_of(const Attempt& attempt, const Day& day) const {
  VisitRecord record{};
  record.day = day.date;
  record.origin_day = attempt.origin;
  record.place = PlaceId(data_.bare ? 0 : attempt.place());
  record.service =
      ServiceId(data_.bare ? data_.stations[attempt.station.index()].first_stream + attempt.service()
                           : attempt.service());
  record.index = attempt.index;
  record.attempt = attempt.number;
  record.start_s = record.arrival_s = record.end_s = std::numeric_limits<double>::quiet_NaN();
  record.clerk = kNoClerk;
  return record;
}

void VisitWriter::station_day(const Day& day, const DecidedStationDay& decided) {
  if (!sink_) return;
  const StationRunner& runner = decided.runner;
  const Visits& visits = runner.visits();
  records_.clear();
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const Attempt& attempt = decided.attempts[runner.attempt(i)];
    if (!sampled(attempt)) continue;
    const bool served = visits.outcome[i] == Outcome::served;
    VisitRecord record = record_of(attempt, day);
    record.channel = data_.stations[decided.station.index()].channel;
    record.station = decided.station;
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

void VisitWriter::online(const Day& day, std::span<const Attempt> attempts) {
  if (!sink_) return;
  records_.clear();
  for (const Attempt& attempt : attempts) {
    if (!sampled(attempt)) continue;
    VisitRecord record = record_of(attempt, day);
    record.channel = Channel::online;
    record.station = kNoStation;
    record.outcome = attempt.failed_online ? Outcome::failed : Outcome::served;
    records_.push_back(record);
  }
  if (!records_.empty()) sink_(records_);
}

}  // namespace pishkhan
