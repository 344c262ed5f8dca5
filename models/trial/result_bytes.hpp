#pragma once
#include <string>
#include <string_view>

#include "models/trial/totals/trial_result.hpp"

namespace pishkhan {

/// Version of the bytes below and of the file around them. It counts up whenever a member of a TrialResult is
/// added, removed or moved, so that a file of another layout is refused and not misread.
inline constexpr int kResultLayout = 5;

/// A result as bytes and back, every bit the same. A replication in a process of its own sends its result so,
/// and files of replications hold them (tools/report/replication_store.hpp).
///
/// The members of TrialResult follow each other in the order of their declaration. A list and a text are
/// their length (8 bytes) and their elements; a number is as in memory, little endian: counts have 8 bytes,
/// those of a PeriodTally and numbers of stations, places and services 4, times in seconds are doubles; a
/// structure of numbers is its members in their order. A StationResult is its StationTally, its waits (a
/// text: CompactHistogram::bytes) and its levels (a list of doubles); a ClassResult its VisitTally and its
/// waits; a QueueCell its six counts, its waits and its times by number waiting (a list of counts of 2^-16
/// s); a TripCount is four numbers of 4 bytes, a GivenCount three. `result_bytes.cpp` is the whole of it.
std::string to_bytes(const TrialResult& result);
/// Throws std::runtime_error when there are more or fewer bytes than a result has.
TrialResult from_bytes(std::string_view bytes);

}  // namespace pishkhan
