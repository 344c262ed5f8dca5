#include "models/trial/citizens/citizen_source.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "models/trial/citizen_draw.hpp"
#include "models/trial/purpose.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/simd.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kChunk = 4096;
/// Most runs of citizens are short: they are filled in by vectors of this many.
constexpr std::uint32_t kVector = 4;
/// Citizens are numbered by 32 bits.
constexpr double kMostExpected = 1e9;

/// A uniform word is below this word with the given probability.
std::uint32_t word_below(double probability) {
  const double edge = std::floor(probability * 0x1p32);
  return edge >= 0x1p32 ? UINT32_MAX : static_cast<std::uint32_t>(std::max(edge, 0.0));
}

/// found[i] = 1 + the class whose share words[i] falls into, or 0 if it is beyond the shares of all classes.
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

/// Of one place, by service, on a day. Returns the most.
PISHKHAN_VECTORISED
double expect_visits(const double* __restrict a_year, const double* __restrict share_of_day, double busyness,
                     std::size_t n, double* __restrict expected) {
  double most = 0;
  for (std::size_t s = 0; s < n; ++s) expected[s] = a_year[s] * share_of_day[s] * busyness;
  for (std::size_t s = 0; s < n; ++s) most = expected[s] > most ? expected[s] : most;
  return most;
}

}  // namespace

CitizenSource::CitizenSource(const Scenario& scenario, const Plan::Data& data, DrawKey key, StopCheck stop)
    : scenario_(scenario), data_(data), key_(key), stop_(stop), channels_(scenario) {
  double cumulative = 0;
  for (const auto& c : scenario.classes) class_last_word_.push_back(word_below(cumulative += c.share));
  for (const auto& service : scenario.province->services) {
    rework_below_.push_back(word_below(service.rework));
    failure_below_.push_back(word_below(service.online_failure));
  }
  for (const auto& cell : data.cells) stream_.push_back(cell.place.value << 16 | cell.service.value);
  for (const IdKey ids : data.citizen_keys) ids_.push_back(ids.low);
  for (const auto& county : scenario.province->counties) county_keys_.push_back(key_of("county", county.id));
  for (const auto& cell : data.cells) {
    counter_.push_back(
        data.counter[scenario.province->services[cell.service.index()].agency.index()][cell.place.index()]);
  }
  for (auto* column : {&index_, &chunk_ids_, &day_, &tag_, &class_}) column->resize(kChunk + kVector);
  for (auto& column : words_) column.resize(std::max(kChunk, data.cells.size()));
  expected_.resize(data.cells.size());
  share_of_day_.resize(data.services);
  counts_.resize(data.cells.size());
  days_.resize(data.cells.size());
  zeros_.assign(data.cells.size(), 0);
  count_tags_.assign(data.cells.size(), tag(0, Purpose::count));
}

void CitizenSource::only_for(std::span<const std::uint8_t> wanted) {
  const bool all = std::all_of(wanted.begin(), wanted.end(), [](std::uint8_t mark) { return mark != 0; });
  wanted_.assign(wanted.begin(), all ? wanted.begin() : wanted.end());
}

StationIndex CitizenSource::office_by_word(const Attempt& attempt, std::uint32_t office_word,
                                           DayNumber date) const {
  const OfficeChoices& among = data_.chooser(date).choices(attempt.place(), attempt.service());
  if (among.empty()) return counter_[attempt.place() * data_.services + attempt.service()];
  return choose_office(among, chooser_of(attempt, office_word));
}

ChoosingCitizen CitizenSource::chooser_of(const Attempt& attempt, std::uint32_t office_word) const {
  return {key_, attempt.index, data_.citizen_key(attempt.stream), attempt.origin, office_word};
}

StationIndex CitizenSource::office_for(const Attempt& attempt, DayNumber date) const {
  const Block words = draw_for(attempt, data_, key_, tag(0, Purpose::routing));
  return office_by_word(attempt, words[1], date);
}

AfterOnline CitizenSource::after_online(const Attempt& attempt, const Day& day, Totals& totals) const {
  const Block words = draw_for(attempt, data_, key_, tag(0, Purpose::routing));
  return after_online(attempt, words[1], day, totals);
}

AfterOnline CitizenSource::after_online(const Attempt& attempt, std::uint32_t office_word, const Day& day,
                                        Totals& totals) const {
  AfterOnline next{step_after_online(attempt, day.date), attempt};
  Attempt& then = next.attempt;
  then.failed_online = false;
  const int more = attempt.number == 0 ? 0 : attempt.more_online_tries + 1;
  then.more_online_tries = static_cast<std::uint8_t>(more);
  ++then.number;
  const StationIndex counter = counter_[attempt.place() * data_.services + attempt.service()];
  if (next.step == NextStep::counter && counter != kNoStation) {
    then.station = counter;
  } else if (next.step == NextStep::office || next.step == NextStep::counter) {
    then.station = office_by_word(attempt, office_word, day.date);
    if (is_counted(attempt)) find_diversion(then, office_word, day.date, totals);
  } else if (next.step == NextStep::online) {
    ++then.retries;
  }
  return next;
}

NextStep CitizenSource::step_after_online(const Attempt& attempt, DayNumber date) const {
  if (scenario_.unserved.empty()) return NextStep::office;
  const UnservedRule* rule = rule_after_online(scenario_.unserved, ServiceId(attempt.service()),
                                               data_.zone_of_place[attempt.place()], date);
  if (rule == nullptr) return NextStep::office;
  const Block words = draw_for(attempt, data_, key_, tag(attempt.number, Purpose::after_online));
  const NextStep step = rule->step_of(uniform(words[0]));
  return step == NextStep::online && attempt.retries >= rule->at_most ? NextStep::lost : step;
}

void CitizenSource::try_again(std::span<const Attempt> attempts, const Day& day, bool keep_online,
                              Totals& totals, DayCitizens& out) {
  for (const Attempt& attempt : attempts) {
    const DemandCell& cell = data_.cells[attempt.place() * data_.services + attempt.service()];
    const Block routing = draw_for(attempt, data_, key_, tag(0, Purpose::routing));
    const Block words = draw_for(attempt, data_, key_, tag(attempt.number, Purpose::online_again));
    go_online(attempt, routing[1], words[0] < failure_word(cell), day, keep_online, totals, out);
  }
}

/// Whether the citizen first came on a counted day.
bool CitizenSource::is_counted(const Attempt& attempt) const {
  return attempt.origin >= scenario_.run.start + scenario_.run.warm_up_days;
}

/// Those of the run's citizens who are new in `out`.
void CitizenSource::find_diversions(const Run& run, std::size_t first_attempt, std::size_t first_unservable,
                                    DayNumber date, const DayCitizens& out, Totals& totals) const {
  const bool has_counter = counter_[run.cell] != kNoStation;
  const auto find = [&](const Attempt& attempt) {
    if (attempt.channel == Channel::traditional && has_counter) return;
    find_diversion(attempt, words_[1][run.begin + attempt.index - index_[run.begin]], date, totals);
  };
  for (std::size_t i = first_attempt; i < out.first_attempt_count; ++i) find(out.memory[i].attempt(date));
  for (std::size_t i = first_unservable; i < out.unservable.size(); ++i)
    if (out.unservable[i].channel != Channel::online) find(out.unservable[i]);
}

/// Of a citizen who has chosen an office on a date: without closings the race would have had the same winner,
/// or an office that is closed.
void CitizenSource::find_diversion(const Attempt& attempt, std::uint32_t office_word, DayNumber date,
                                   Totals& totals) const {
  const OfficeChoices& among = data_.chooser(date).choices(attempt.place(), attempt.service());
  if (among.if_none_closed == nullptr) return;
  const StationIndex office = choose_office(*among.if_none_closed, chooser_of(attempt, office_word));
  if (office == attempt.station) return;
  PISHKHAN_EXPECT(among.may_serve[office.index()] == 0);
  totals.add_diversion(data_, attempt.place(), office, attempt.station);
}

/// Poisson counts by inversion: with more demand all citizens stay, and others are added.
void CitizenSource::draw_counts(const Day& day) {
  const DayNumber date = day.date;
  const std::size_t n = data_.cells.size();
  for (std::size_t k = 0; k < n; ++k) days_[k] = day_word(data_.citizen_keys[k], date);
  draw_batch(key_, zeros_.data(), ids_.data(), days_.data(), count_tags_.data(), n,
             {words_[0].data(), words_[1].data(), words_[2].data(), words_[3].data()});
  const auto busyness = [&](IdKey id, double cv) {
    const Block block = draw(key_, 0, id, date, tag(0, Purpose::busyness));
    return busyness_quantile(cv, uniform(block[0], block[1]));
  };
  const double province = busyness({}, scenario_.demand.busyness_province_cv);
  std::vector<double> factor;
  for (const IdKey county : county_keys_)
    factor.push_back(province * busyness(county, scenario_.demand.busyness_county_cv));
  for (std::size_t s = 0; s < data_.services; ++s) share_of_day_[s] = data_.share_of_year(s, date);
  const double* const visits_a_year = data_.visits_a_year(date).data();
  const auto draw_with = [&](std::vector<std::uint32_t>& counts) {
    double most = 0;
    for (std::size_t begin = 0, place = 0; begin < n; begin += data_.services, ++place) {
      const double busy = factor[data_.county_of_place[place].index()];
      most = std::max(most, expect_visits(&visits_a_year[begin], share_of_day_.data(), busy, data_.services,
                                          &expected_[begin]));
    }
    if (most > kMostExpected) {
      throw EnvironmentError("out of memory: one day would have " + std::to_string(most) +
                             " citizens of one place for one service");
    }
    poisson_(expected_.data(), words_[0].data(), words_[1].data(), n, counts.data());
  };
  draw_with(counts_);
  find_brought(day);
  if (most_brought_ <= 0) return;
  for (std::size_t s = 0; s < data_.services; ++s) {
    const auto& ordinary = data_.ordinary_share[data_.group_of_service[s]];
    share_of_day_[s] += most_brought_ * ordinary[static_cast<std::size_t>(date - data_.first_day)];
  }
  with_brought_.resize(n);
  draw_with(with_brought_);
}

/// What the doors of each station bring on the day.
void CitizenSource::find_brought(const Day& day) {
  most_brought_ = 0;
  if (!data_.has_brought() || is_holiday(scenario_, day)) return;
  brought_.clear();
  for (const StationPlan& station : data_.stations) {
    brought_.push_back(data_.brought(station, day.date, day.weekday));
    most_brought_ = std::max(most_brought_, brought_.back());
  }
  for (double& brought : brought_) brought /= std::max(most_brought_, 1e-300);
}

/// So many are drawn as would come if the doors of all stations brought as many as those that bring the most.
/// Who has chosen another station, or the web, does not come at all; the ledger of migrations does not count
/// them.
void CitizenSource::route_brought(const Run& run, const Day& day, Totals& totals, DayCitizens& out) const {
  const DemandCell& cell = data_.cells[run.cell];
  const std::size_t service = cell.service.index();
  const ChannelSegment* const segments =
      channels_.segments(data_.zone_of_place[cell.place.index()].index() * data_.services + service);
  for (std::size_t i = run.begin; i < run.end; ++i) {
    const ChannelSegment* segment = segments;
    while (segment->last < words_[0][i]) ++segment;
    if (segment->channel == Channel::online) continue;
    FirstAttempt first;
    first.stream = stream_[run.cell];
    first.index = index_[i];
    first.citizen_class = static_cast<std::uint8_t>(class_[i]);
    first.channel = segment->channel;
    first.lacks_papers = words_[3][i] < rework_below_[service];
    const Attempt attempt = first.attempt(day.date);
    const bool to_counter = first.channel == Channel::traditional && counter_[run.cell] != kNoStation;
    first.station = to_counter ? counter_[run.cell] : office_by_word(attempt, words_[1][i], day.date);
    if (first.station == kNoStation) continue;
    const Block words = draw_for(attempt, data_, key_, tag(0, Purpose::brought));
    if (uniform(words[0]) >= brought_[first.station.index()]) continue;
    if (day.counted)
      ++totals.result.citizens[service * kChannels + static_cast<std::size_t>(first.channel)].created;
    if (wanted_.empty() || wanted_[first.station.index()] != 0) out.memory[out.first_attempt_count++] = first;
  }
}

void CitizenSource::route_chunk(const Day& day, bool keep_online, Totals& totals, DayCitizens& out) {
  if (runs_.empty()) return;
  const std::size_t filled = runs_.back().end;
  stop_.after(filled);
  draw_batch(key_, index_.data(), chunk_ids_.data(), day_.data(), tag_.data(), filled,
             {words_[0].data(), words_[1].data(), words_[2].data(), words_[3].data()});
  find_classes(words_[2].data(), filled, class_last_word_.data(),
               static_cast<std::uint32_t>(class_last_word_.size()), class_.data());
  const bool diverts = day.counted && chooser_->is_changed_by_closings();
  for (const Run& run : runs_) {
    const std::size_t first_attempt = out.first_attempt_count, first_unservable = out.unservable.size();
    if (run.brought)
      route_brought(run, day, totals, out);
    else
      route(run, day, keep_online, totals, out);
    if (diverts) find_diversions(run, first_attempt, first_unservable, day.date, out, totals);
  }
  runs_.clear();
}

/// Of one citizen: bit m of `moved_by` stands for migration m.
void CitizenSource::count_moves(std::uint64_t moved_by, std::size_t service, Totals& totals) const {
  for (std::uint64_t moves = moved_by; moves != 0; moves &= moves - 1)
    ++totals.moved[static_cast<std::size_t>(std::countr_zero(moves)) * data_.services + service];
}

std::uint32_t CitizenSource::failure_word(const DemandCell& cell) const {
  const std::size_t service = cell.service.index();
  if (scenario_.online_failures.empty()) return failure_below_[service];
  return word_below(
      channels_.online_failure(data_.zone_of_place[cell.place.index()].index() * data_.services + service));
}

bool CitizenSource::goes_online_same_day(const Attempt& attempt, double share) const {
  return share >= 1 || uniform(draw_for(attempt, data_, key_, tag(0, Purpose::web_day))[0]) < share;
}

void CitizenSource::route(const Run& run, const Day& day, bool keep_online, Totals& totals,
                          DayCitizens& out) {
  const DemandCell& cell = data_.cells[run.cell];
  const std::size_t service = cell.service.index();
  const ChannelSegment* const segments =
      channels_.segments(data_.zone_of_place[cell.place.index()].index() * data_.services + service);
  const OfficeChoices& among = chooser_->choices(cell.place.index(), service);
  const StationIndex counter = counter_[run.cell];
  const StationIndex without_choice = among.empty() ? counter : among.nearest;
  const OfficeTable* const own = among.own() ? &among.reach->own : nullptr;
  const bool has_choice = among.in_reach(), one_pick_may_do = !among.opened;
  const std::uint8_t* const may_serve = among.may_serve;
  const std::uint32_t stream = stream_[run.cell];
  const std::uint32_t rework_below = rework_below_[service];
  const std::uint32_t failure_below = failure_word(cell);
  const bool counted = day.counted, all_wanted = wanted_.empty(), web_only = data_.web_only(day.date);
  const double same_day_online = data_.online_same_day(data_.group_of_service[service], day.date);
  const std::uint32_t *const channel_word = words_[0].data(), *const office_word = words_[1].data(),
                             *const paper_word = words_[3].data();
  const std::uint32_t *const index = index_.data(), *const citizen_class = class_.data();
  std::array<std::uint32_t, kChannels> created{};
  FirstAttempt* next = &out.memory[out.first_attempt_count];
  for (std::size_t i = run.begin; i < run.end; ++i) {
    // Most cells have two or three segments, and which one a word is in is hard to predict: the first two
    // steps have no branch.
    const ChannelSegment* segment = segments;
    segment += segment->last < channel_word[i];
    segment += segment->last < channel_word[i];
    while (segment->last < channel_word[i]) ++segment;
    if (web_only && segment->channel != Channel::online) continue;
    // Who moves to the web is counted on the day that the visit had, though some go online on another.
    if (segment->moved_by != 0 && counted && !web_only) count_moves(segment->moved_by, service, totals);
    FirstAttempt first;
    first.stream = stream;
    first.index = index[i];
    first.citizen_class = static_cast<std::uint8_t>(citizen_class[i]);
    first.channel = segment->channel;
    first.lacks_papers = paper_word[i] < rework_below;
    if (segment->channel == Channel::online &&
        !goes_online_same_day(first.attempt(day.date), same_day_online))
      continue;
    ++created[static_cast<std::size_t>(segment->channel)];
    if (segment->channel == Channel::online) {
      first.lacks_papers = false;
      first.station = kNoStation;
      go_online(first.attempt(day.date), office_word[i], paper_word[i] < failure_below, day, keep_online,
                totals, out);
      continue;
    }
    // Counter or office is hard to predict, so both are looked up, without a branch. Where a choice can do
    // with one pick from the table, it is made here, as Race::best_of_own of choose_office.cpp would make it.
    const StationIndex office = own ? own->pick(office_word[i]) : without_choice;
    const bool to_counter = (segment->channel == Channel::traditional) & (counter != kNoStation);
    first.station = to_counter ? counter : office;
    if (has_choice) {
      const bool decided = one_pick_may_do && may_serve[office.index()] != 0;
      if (!(to_counter | decided)) {
        first.station =
            choose_office(among, {key_, index[i], data_.citizen_keys[run.cell], day.date, office_word[i]});
      }
    }
    *next = first;
    if (first.station == kNoStation) out.unservable.push_back(first.attempt(day.date));
    next += first.station != kNoStation && (all_wanted || wanted_[first.station.index()] != 0);
  }
  out.first_attempt_count = static_cast<std::size_t>(next - out.memory.data());
  for (std::size_t channel = 0; counted && channel < kChannels; ++channel)
    totals.result.citizens[service * kChannels + channel].created += created[channel];
}

void CitizenSource::go_online(Attempt attempt, std::uint32_t office_word, bool fails, const Day& day,
                              bool keep_online, Totals& totals, DayCitizens& out) {
  ++out.online_tally.arrived;
  ++(fails ? out.online_tally.failed : out.online_tally.served);
  if (day.counted) {
    const std::size_t cell = attempt.service() * kChannels + static_cast<std::size_t>(attempt.channel);
    VisitTally& tally = totals.result.services[cell];
    ++tally.arrived;
    ++(fails ? tally.failed : tally.served);
    if (!fails && is_counted(attempt)) {
      ++totals.result.citizens[cell].completed;
      totals.result.citizens[cell].days += static_cast<std::uint64_t>(day.date - attempt.origin);
    }
  }
  if (keep_online) {
    out.online.push_back(attempt);
    out.online.back().failed_online = fails;
  }
  if (!fails) return;
  const AfterOnline next = after_online(attempt, office_word, day, totals);
  if (next.step == NextStep::lost)
    out.gave_up.push_back(attempt);
  else if (next.step == NextStep::online)
    out.online_again.push_back(next.attempt);
  else if (!next.makes_visit())
    out.unservable.push_back(next.attempt);
  else if (wanted_.empty() || wanted_[next.attempt.station.index()] != 0)
    out.online_failed.push_back(next.attempt);
}

/// Words of the counters of citizens numbered from `index` on; some beyond the end are overwritten later.
void CitizenSource::fill_counters(IdKey ids, DayNumber date, std::uint32_t index, std::size_t begin,
                                  std::size_t end) {
  const std::uint32_t day = day_word(ids, date);
  for (std::size_t i = begin; i < end; i += kVector, index += kVector) {
    for (std::uint32_t lane = 0; lane < kVector; ++lane) index_[i + lane] = index + lane;
    std::fill_n(&chunk_ids_[i], kVector, ids.low);
    std::fill_n(&day_[i], kVector, day);
  }
}

void CitizenSource::create(const Day& day, bool keep_online, Totals& totals, DayCitizens& out) {
  for (auto* list : {&out.online_failed, &out.online, &out.online_again, &out.unservable, &out.gave_up})
    list->clear();
  out.online_tally = {};
  out.first_attempt_count = 0;
  draw_counts(day);
  const std::vector<std::uint32_t>& all = most_brought_ > 0 ? with_brought_ : counts_;
  make_room(out.memory, std::accumulate(all.begin(), all.end(), std::size_t{1}));
  channels_.move_to(day.date);
  chooser_ = &data_.chooser(day.date);
  std::fill(tag_.begin(), tag_.end(), tag(0, Purpose::routing));
  std::size_t filled = 0;
  const auto cells = static_cast<std::uint32_t>(data_.cells.size());
  for (std::uint32_t k = 0; k < cells; ++k) {
    for (std::uint32_t index = 0; index < all[k];) {
      const bool brought = index >= counts_[k];
      const std::uint32_t count = brought ? all[k] : counts_[k];
      const std::size_t begin = filled;
      filled += std::min<std::size_t>(kChunk - begin, count - index);
      runs_.push_back({k, begin, filled, brought});
      fill_counters(data_.citizen_keys[k], day.date, index, begin, filled);
      index += static_cast<std::uint32_t>(filled - begin);
      if (filled < kChunk) continue;
      route_chunk(day, keep_online, totals, out);
      filled = 0;
    }
  }
  route_chunk(day, keep_online, totals, out);
}

}  // namespace pishkhan
