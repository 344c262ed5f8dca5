#include "models/trial/coupling/apart_day.hpp"

#include <algorithm>
#include <utility>

namespace pishkhan {
ApartDay::ApartDay(const Scenario& scenario, const Plan::Data& data, DrawKey key, StopCheck stop)
    : scenario_(scenario), data_(data), key_(key), stop_(stop), meeting_(data) {}

StationRunner& ApartDay::kept_runner(std::size_t number) {
  if (number == runners_.size())
    runners_.push_back(std::make_unique<StationRunner>(scenario_, data_, key_, stop_));
  return *runners_[number];
}

StationRunner& ApartDay::prepare(std::size_t place, std::size_t runner) {
  StationRunner& prepared = kept_runner(runner);
  prepared.prepare(day_, stations_[place].station, stations_[place].attempts);
  return prepared;
}

StationRunner& ApartDay::decided(std::size_t place) {
  if (runner_of_[place] != kNone) return *runners_[runner_of_[place]];
  StationRunner& runner = prepare(place, kept_);
  runner.simulate();
  return runner;
}

const LongestDurations& ApartDay::longest(std::uint32_t owner) const {
  if (owner == kOnlineCalls) return longest_online_;
  return owner == kMeetingCalls ? longest_meeting_ : longest_[place_of_[owner]];
}

bool ApartDay::simulate(const Day& day, std::span<const StationToday> stations,
                        std::span<const OwnedStays> others, const CallsOverBackbone& calls,
                        IndependentStations& independents) {
  day_ = day;
  stations_ = stations;
  independents_ = &independents;
  meeting_.begin();
  own_ = calls;
  own_.web = {};
  if (!independents.begin(own_)) return false;
  simulate_stations();
  simulate_online(calls);
  if (others.empty()) {
    if (auto found = independents.finish()) {
      outcome_ = std::move(*found);
      tallies_ = independents.tallies();
      outcome_.web_fails = std::move(online_fails_);
      return true;
    }
  }
  if (!find_meeting(others, calls)) return false;
  outcome_ = independents.finish_together();
  tallies_ = independents.tallies();
  if (meeting_.count() > 0) exchange_tallies();
  outcome_.web_fails = std::move(online_fails_);
  return true;
}

/// All of them by themselves.
void ApartDay::simulate_stations() {
  kept_ = 0;
  runner_of_.assign(stations_.size(), kNone);
  longest_.resize(std::max(longest_.size(), stations_.size()));
  past_midnight_s_.assign(stations_.size(), 0);
  place_of_.assign(data_.stations.size(), kNone);
  for (std::size_t place = 0; place < stations_.size(); ++place) {
    const StationIndex station = stations_[place].station;
    place_of_[station.index()] = static_cast<std::uint32_t>(place);
    StationRunner& runner = prepare(place, kept_);
    JointStation alone{&runner.station_day(), &runner.visits(), AccessLinkId(station.index()), {}};
    if (independents_->simulate(alone)) runner_of_[place] = static_cast<std::uint32_t>(kept_++);
    longest_[place] = independents_->longest_of_last();
    past_midnight_s_[place] = independents_->past_midnight_of_last_s();
    meeting_.note(*independents_, static_cast<std::uint32_t>(station.index()));
  }
}

void ApartDay::simulate_online(const CallsOverBackbone& calls) {
  online_fails_ = independents_->add_web_calls(calls.web, 0);
  online_fails_.resize(calls.web.size());
  longest_online_ = independents_->longest_of_last();
  meeting_.note(*independents_, kOnlineCalls);
}

/// Finds who meets, and decides their visits. False if too many do.
bool ApartDay::find_meeting(std::span<const OwnedStays> others, const CallsOverBackbone& calls) {
  constexpr int kRounds = 4;
  for (int round = 1; !meeting_.find(*independents_, loop_ ? &loop_->calls : nullptr, others); ++round) {
    if (round == kRounds || 4 * meeting_.count() > data_.stations.size()) return false;
    simulate_together(calls);
  }
  return true;
}

void ApartDay::split_online(std::span<const WebCall> web) {
  online_apart_.clear();
  online_together_.clear();
  for (const WebCall& call : web) {
    const bool meets = meeting_.meets_online(data_.transactions[call.service].to);
    (meets ? online_together_ : online_apart_).push_back(call);
  }
}

/// Decides the visits of those who meet in one event loop.
void ApartDay::simulate_together(const CallsOverBackbone& calls) {
  if (!loop_) loop_.emplace(data_.platform, stop_);
  own_.backbone = &loop_->backbone;
  loop_->calls.begin(own_);
  together_.clear();
  for (std::size_t place = 0; place < stations_.size(); ++place) {
    const StationIndex station = stations_[place].station;
    if (!meeting_.meets(station)) continue;
    if (runner_of_[place] == kNone) runner_of_[place] = static_cast<std::uint32_t>(kept_++);
    StationRunner& runner = prepare(place, runner_of_[place]);
    together_.push_back({&runner.station_day(), &runner.visits(), AccessLinkId(station.index()), {}});
  }
  split_online(calls.web);
  const std::vector<std::uint8_t> fails = loop_->calls.simulate_together(together_, online_together_);
  longest_meeting_ = loop_->calls.longest_of_last();
  std::size_t next = 0;
  for (std::size_t k = 0; k < calls.web.size(); ++k)
    if (meeting_.meets_online(data_.transactions[calls.web[k].service].to)) online_fails_[k] = fails[next++];
}

/// Puts the calls of the loop in the place of what those who meet did by themselves.
void ApartDay::exchange_tallies() {
  const CallsOutcome of_loop = loop_->calls.finish_together();
  double past_midnight_s = of_loop.past_midnight_s;

  if (!again_) again_.emplace(data_.platform, stop_);
  own_.backbone = &again_->backbone;
  again_->calls.begin(own_);
  for (std::size_t place = 0; place < stations_.size(); ++place) {
    const StationIndex station = stations_[place].station;
    if (!meeting_.meets(station)) {
      past_midnight_s = std::max(past_midnight_s, past_midnight_s_[place]);
      continue;
    }
    StationRunner& runner = prepare(place, kept_);
    JointStation alone{&runner.station_day(), &runner.visits(), AccessLinkId(station.index()), {}};
    again_->calls.simulate(alone);
  }
  again_->calls.add_web_calls(online_together_, 0);
  outcome_ -= again_->calls.finish_together();
  tallies_ -= again_->calls.tallies();
  outcome_ += of_loop;
  tallies_ += loop_->calls.tallies();

  again_->calls.begin(own_);
  again_->calls.add_web_calls(online_apart_, 0);
  longest_online_ = again_->calls.longest_of_last();
  past_midnight_s = std::max(past_midnight_s, again_->calls.past_midnight_of_last_s());
  again_->calls.finish_together();
  outcome_.past_midnight_s = in_whole_ticks(past_midnight_s);

  tallies_.forget_greatest();
  for (std::size_t i = 0; i < tallies_.systems.size(); ++i) {
    tallies_.systems[i].concurrency_max = meeting_.peaks()[i];
    tallies_.systems[i].transaction_s.trim();
  }
  longest_online_.merge_into(tallies_);
  longest_meeting_.merge_into(tallies_);
  for (std::size_t place = 0; place < stations_.size(); ++place)
    if (!meeting_.meets(stations_[place].station)) longest_[place].merge_into(tallies_);
}

}  // namespace pishkhan
