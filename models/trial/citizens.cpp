#include "models/trial/citizens.hpp"

#include <algorithm>
#include <bit>
#include <cmath>


namespace pishkhan {
namespace {

constexpr std::size_t kChunk = 4096;

/// Words below it have the given probability.
std::uint32_t word_below(double probability) {
  const double edge = std::floor(probability * 0x1p32);
  return edge >= 0x1p32 ? UINT32_MAX : static_cast<std::uint32_t>(std::max(edge, 0.0));
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
  for (auto* column : {&cell_, &index_, &chunk_stream_, &day_, &tag_}) column->resize(kChunk);
  for (auto& column : words_) column.resize(std::max(kChunk, data.cells.size()));
  counts_.resize(data.cells.size());
}

std::uint8_t CitizenSource::class_of(std::uint32_t word) const {
  for (std::size_t k = 0; k < class_last_word_.size(); ++k)
    if (word < class_last_word_[k]) return static_cast<std::uint8_t>(k + 1);
  return 0;
}

std::uint32_t CitizenSource::station_for(Channel channel, std::uint32_t zone, std::uint32_t service,
                                         std::uint32_t word, DayNumber day) const {
  const std::uint32_t counter =
      data_.counter[scenario_.province->services[service].agency.index()][data_.county_of_zone[zone]];
  if (channel == Channel::traditional && counter != kNowhere) return counter;
  const OfficeTable& table = data_.chooser(day).table(zone, service);
  return table.empty() ? counter : table.pick(word);
}

std::uint32_t CitizenSource::office_word(const Guest& guest) const {
  return draw(key_, guest.index, guest.stream(), static_cast<std::uint32_t>(guest.origin),
              tag(0, Purpose::whereabouts))[1];
}

/// Poisson counts by inversion: more demand adds citizens and replaces none.
void CitizenSource::count(DayNumber day) {
  const std::size_t n = data_.cells.size();
  const auto day_word = static_cast<std::uint32_t>(day);
  const std::vector<std::uint32_t> zeros(n, 0), days(n, day_word), tags(n, tag(0, Purpose::count));
  draw_batch(key_, zeros.data(), stream_.data(), days.data(), tags.data(), n,
             {words_[0].data(), words_[1].data(), words_[2].data(), words_[3].data()});
  const auto busyness = [&](std::uint32_t index, double cv) {
    const Block block = draw(key_, index, 0, day_word, tag(0, Purpose::busyness));
    return busyness_quantile(cv, uniform(block[0], block[1]));
  };
  const double province = busyness(0, scenario_.demand.busyness_province_cv);
  std::vector<double> factor;
  for (std::size_t c = 0; c < scenario_.province->counties.size(); ++c)
    factor.push_back(province * busyness(static_cast<std::uint32_t>(c + 1), scenario_.demand.busyness_county_cv));
  for (std::size_t k = 0; k < n; ++k) {
    const Cell& cell = data_.cells[k];
    const double expected =
        cell.visits_a_year * data_.share_of_year(cell.service, day) * factor[data_.county_of_zone[cell.zone]];
    counts_[k] = static_cast<std::uint32_t>(poisson_(expected, uniform(words_[0][k], words_[1][k])));
  }
}

void CitizenSource::route(DayNumber day, std::size_t begin, std::size_t end, bool counted, bool keep_online,
                          std::vector<CitizenTally>& citizens, std::vector<VisitTally>& services,
                          std::vector<std::uint64_t>& moved, DayCitizens& out) {
  const OfficeChooser& chooser = data_.chooser(day);
  // Guests are written where they will stay: whole copies right after single fields stall the processor.
  std::size_t count = out.guests.size();
  out.guests.resize(count + (end - begin));
  for (std::size_t i = begin; i < end; ++i) {
    const Cell& cell = data_.cells[cell_[i]];
    const ChannelSegment* segment = channels_.segments(cell_[i]);
    while (segment->last < words_[0][i]) ++segment;
    const auto channel = static_cast<std::size_t>(segment->channel);
    if (counted) {
      ++citizens[cell.service * kChannels + channel].created;
      for (std::uint64_t moves = segment->moved_by; moves != 0; moves &= moves - 1)
        ++moved[static_cast<std::size_t>(std::countr_zero(moves)) * data_.services + cell.service];
    }
    Guest& guest = out.guests[count];
    guest.zone = cell.zone;
    guest.service = cell.service;
    guest.index = index_[i];
    guest.origin = day;
    guest.attempt = 0;
    guest.returns = 0;
    guest.citizen_class = class_of(words_[2][i]);
    guest.channel = static_cast<std::uint8_t>(channel);
    guest.lacks_papers = words_[3][i] < rework_below_[cell.service];
    if (segment->channel == Channel::online) {
      guest.lacks_papers = false;
      go_online(guest, words_[1][i], words_[3][i] < failure_below_[cell.service], counted, keep_online, citizens,
                services, out);
      continue;
    }
    if (segment->channel == Channel::office) {
      const OfficeTable& table = chooser.table(cell.zone, cell.service);
      guest.station = table.empty() ? station_for(Channel::traditional, cell.zone, cell.service, 0, day)
                                    : table.pick(words_[1][i]);
    } else {
      guest.station = station_for(Channel::traditional, cell.zone, cell.service, words_[1][i], day);
    }
    if (guest.station == kNowhere) out.nowhere.push_back(guest);
    count += guest.station != kNowhere;
  }
  out.guests.resize(count);
}

void CitizenSource::go_online(Guest guest, std::uint32_t office_word, bool fails, bool counted, bool keep_online,
                              std::vector<CitizenTally>& citizens, std::vector<VisitTally>& services,
                              DayCitizens& out) {
  const std::size_t at = guest.service * kChannels + guest.channel;
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
  guest.station = station_for(Channel::office, guest.zone, guest.service, office_word, guest.origin);
  (guest.station == kNowhere ? out.nowhere : out.online_failed).push_back(guest);
}

void CitizenSource::create(DayNumber day, bool counted, bool keep_online, std::vector<CitizenTally>& citizens,
                           std::vector<VisitTally>& services, std::vector<std::uint64_t>& moved, DayCitizens& out) {
  for (auto* list : {&out.guests, &out.online_failed, &out.online, &out.nowhere}) list->clear();
  online_ = {};
  count(day);
  channels_.move_to(day);
  std::fill(day_.begin(), day_.end(), static_cast<std::uint32_t>(day));
  std::fill(tag_.begin(), tag_.end(), tag(0, Purpose::whereabouts));
  std::size_t filled = 0;
  const auto flush = [&] {
    draw_batch(key_, index_.data(), chunk_stream_.data(), day_.data(), tag_.data(), filled,
               {words_[0].data(), words_[1].data(), words_[2].data(), words_[3].data()});
    route(day, 0, filled, counted, keep_online, citizens, services, moved, out);
    filled = 0;
  };
  for (std::size_t k = 0; k < data_.cells.size(); ++k)
    for (std::uint32_t index = 0; index < counts_[k]; ++index) {
      cell_[filled] = static_cast<std::uint32_t>(k);
      index_[filled] = index;
      chunk_stream_[filled] = stream_[k];
      if (++filled == kChunk) flush();
    }
  flush();
}

}  // namespace pishkhan
