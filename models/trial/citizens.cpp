#include "models/trial/citizens.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "sim/base/simd.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kChunk = 4096;

/// Words below it have the given probability.
std::uint32_t word_below(double probability) {
  const double edge = std::floor(probability * 0x1p32);
  return edge >= 0x1p32 ? UINT32_MAX : static_cast<std::uint32_t>(std::max(edge, 0.0));
}

/// 1 + the class into whose share the word falls; 0 beyond them all.
PISHKHAN_VECTORISED
void find_classes(const std::uint32_t* __restrict words, std::size_t n,
                  const std::uint32_t* __restrict last_words, std::uint32_t classes,
                  std::uint32_t* __restrict found) {
  for (std::size_t i = 0; i < n; ++i) found[i] = 1;
  for (std::uint32_t k = 0; k < classes; ++k) {
    const std::uint32_t last = last_words[k];
    for (std::size_t i = 0; i < n; ++i) found[i] += words[i] >= last;
  }
  for (std::size_t i = 0; i < n; ++i) found[i] = found[i] > classes ? 0 : found[i];
}

}  // namespace

CitizenSource::CitizenSource(const Scenario& scenario, const Plan::Data& data, DrawKey key)
    : scenario_(scenario), data_(data), key_(key), channels_(scenario) {
  double cumulative = 0;
  for (const auto& c : scenario.classes) class_last_word_.push_back(word_below(cumulative += c.share));
  for (const auto& service : scenario.province->services) {
    rework_below_.push_back(word_below(service.rework));
    failure_below_.push_back(word_below(service.online_failure));
  }
  for (const auto& cell : data.cells) stream_.push_back(cell.zone << 16 | cell.service);
  for (const auto& cell : data.cells)
    counter_.push_back(data.counter[scenario.province->services[cell.service].agency.index()]
                                   [data.county_of_zone[cell.zone]]);
  for (auto* column : {&index_, &chunk_stream_, &day_, &tag_, &class_}) column->resize(kChunk);
  for (auto& column : words_) column.resize(std::max(kChunk, data.cells.size()));
  expected_.resize(data.cells.size());
  counts_.resize(data.cells.size());
  zeros_.assign(data.cells.size(), 0);
  count_tags_.assign(data.cells.size(), tag(0, Purpose::count));
}

std::uint32_t CitizenSource::station_for(Channel channel, std::uint32_t zone, std::uint32_t service,
                                         std::uint32_t word, DayNumber day) const {
  const std::uint32_t counter =
      data_.counter[scenario_.province->services[service].agency.index()][data_.county_of_zone[zone]];
  if (channel == Channel::traditional && counter != kNoStation) return counter;
  const OfficeTable& table = data_.chooser(day).table(zone, service);
  return table.empty() ? counter : table.pick(word);
}

std::uint32_t CitizenSource::office_word(const Attempt& guest) const {
  return draw(key_, guest.index, guest.stream, static_cast<std::uint32_t>(guest.origin),
              tag(0, Purpose::routing))[1];
}

/// Poisson counts by inversion: more demand adds citizens and replaces none.
void CitizenSource::count(DayNumber day) {
  const std::size_t n = data_.cells.size();
  const auto day_word = static_cast<std::uint32_t>(day);
  days_.assign(n, day_word);
  draw_batch(key_, zeros_.data(), stream_.data(), days_.data(), count_tags_.data(), n,
             {words_[0].data(), words_[1].data(), words_[2].data(), words_[3].data()});
  const auto busyness = [&](std::uint32_t index, double cv) {
    const Block block = draw(key_, index, 0, day_word, tag(0, Purpose::busyness));
    return busyness_quantile(cv, uniform(block[0], block[1]));
  };
  const double province = busyness(0, scenario_.demand.busyness_province_cv);
  std::vector<double> factor;
  for (std::size_t c = 0; c < scenario_.province->counties.size(); ++c)
    factor.push_back(province *
                     busyness(static_cast<std::uint32_t>(c + 1), scenario_.demand.busyness_county_cv));
  for (std::size_t k = 0; k < n; ++k) {
    const Cell& cell = data_.cells[k];
    expected_[k] =
        cell.visits_a_year * data_.share_of_year(cell.service, day) * factor[data_.county_of_zone[cell.zone]];
  }
  poisson_(expected_.data(), words_[0].data(), words_[1].data(), n, counts_.data());
}

void CitizenSource::route_chunk(DayNumber day, bool counted, bool keep_online,
                                std::vector<CitizenTally>& citizens, std::vector<VisitTally>& services,
                                std::vector<std::uint64_t>& moved, DayCitizens& out) {
  if (runs_.empty()) return;
  const std::size_t filled = runs_.back().end;
  draw_batch(key_, index_.data(), chunk_stream_.data(), day_.data(), tag_.data(), filled,
             {words_[0].data(), words_[1].data(), words_[2].data(), words_[3].data()});
  find_classes(words_[2].data(), filled, class_last_word_.data(),
               static_cast<std::uint32_t>(class_last_word_.size()), class_.data());
  for (const Run& run : runs_) route(run, day, counted, keep_online, citizens, services, moved, out);
  runs_.clear();
}

void CitizenSource::route(const Run& run, DayNumber day, bool counted, bool keep_online,
                          std::vector<CitizenTally>& citizens, std::vector<VisitTally>& services,
                          std::vector<std::uint64_t>& moved, DayCitizens& out) {
  const Cell& cell = data_.cells[run.cell];
  const ChannelSegment* const segments = channels_.segments(run.cell);
  const OfficeTable& table = data_.chooser(day).table(cell.zone, cell.service);
  const std::uint32_t counter = counter_[run.cell], stream = stream_[run.cell];
  const std::uint32_t rework_below = rework_below_[cell.service],
                      failure_below = failure_below_[cell.service];
  const std::uint32_t *const channel_word = words_[0].data(), *const office_word = words_[1].data(),
                             *const paper_word = words_[3].data();
  const std::uint32_t *const index = index_.data(), *const citizen_class = class_.data();
  std::array<std::uint32_t, kChannels> created{};
  FirstAttempt* fresh = &out.room[out.fresh_count];
  for (std::size_t i = run.begin; i < run.end; ++i) {
    // Most have two or three stretches, and which one is a coin toss.
    const ChannelSegment* segment = segments;
    segment += segment->last < channel_word[i];
    segment += segment->last < channel_word[i];
    while (segment->last < channel_word[i]) ++segment;
    ++created[static_cast<std::size_t>(segment->channel)];
    for (std::uint64_t moves = counted ? segment->moved_by : 0; moves != 0; moves &= moves - 1)
      ++moved[static_cast<std::size_t>(std::countr_zero(moves)) * data_.services + cell.service];
    FirstAttempt who;
    who.stream = stream;
    who.index = index[i];
    who.citizen_class = static_cast<std::uint8_t>(citizen_class[i]);
    who.channel = static_cast<std::uint8_t>(segment->channel);
    who.lacks_papers = paper_word[i] < rework_below;
    if (segment->channel == Channel::online) {
      who.lacks_papers = false;
      who.station = kNoStation;
      go_online(who.guest(day), office_word[i], paper_word[i] < failure_below, counted, keep_online, citizens,
                services, out);
      continue;
    }
    // As station_for, but counter or office is a coin toss: both are looked up.
    const std::uint32_t office = table.empty() ? counter : table.pick(office_word[i]);
    who.station = segment->channel == Channel::traditional && counter != kNoStation ? counter : office;
    *fresh = who;
    if (who.station == kNoStation) out.nowhere.push_back(who.guest(day));
    fresh += who.station != kNoStation;
  }
  out.fresh_count = static_cast<std::size_t>(fresh - out.room.data());
  for (std::size_t channel = 0; counted && channel < kChannels; ++channel)
    citizens[cell.service * kChannels + channel].created += created[channel];
}

void CitizenSource::go_online(Attempt guest, std::uint32_t office_word, bool fails, bool counted,
                              bool keep_online, std::vector<CitizenTally>& citizens,
                              std::vector<VisitTally>& services, DayCitizens& out) {
  const std::size_t at = guest.service() * kChannels + guest.channel;
  ++online_.arrived;
  ++(fails ? online_.failed : online_.served);
  if (counted) {
    ++services[at].arrived;
    ++(fails ? services[at].failed : services[at].served);
    citizens[at].completed += !fails;
  }
  if (keep_online) {
    out.online.push_back(guest);
    out.online.back().lacks_papers = fails;
  }
  if (!fails) return;
  guest.attempt = 1;
  guest.station = station_for(Channel::office, guest.zone(), guest.service(), office_word, guest.origin);
  (guest.station == kNoStation ? out.nowhere : out.online_failed).push_back(guest);
}

void CitizenSource::create(DayNumber day, bool counted, bool keep_online, std::vector<CitizenTally>& citizens,
                           std::vector<VisitTally>& services, std::vector<std::uint64_t>& moved,
                           DayCitizens& out) {
  for (auto* list : {&out.online_failed, &out.online, &out.nowhere}) list->clear();
  online_ = {};
  out.fresh_count = 0;
  count(day);
  make_room(out.room, std::accumulate(counts_.begin(), counts_.end(), std::size_t{1}));
  channels_.move_to(day);
  std::fill(day_.begin(), day_.end(), static_cast<std::uint32_t>(day));
  std::fill(tag_.begin(), tag_.end(), tag(0, Purpose::routing));
  std::size_t filled = 0;
  for (std::uint32_t k = 0; k < data_.cells.size(); ++k)
    for (std::uint32_t index = 0; index < counts_[k];) {
      const std::size_t begin = filled;
      filled += std::min<std::size_t>(kChunk - begin, counts_[k] - index);
      runs_.push_back({k, begin, filled});
      for (std::size_t i = begin; i < filled; ++i) {
        index_[i] = index++;
        chunk_stream_[i] = stream_[k];
      }
      if (filled < kChunk) continue;
      route_chunk(day, counted, keep_online, citizens, services, moved, out);
      filled = 0;
    }
  route_chunk(day, counted, keep_online, citizens, services, moved, out);
}

}  // namespace pishkhan
