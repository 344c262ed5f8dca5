#include "models/trial/run_trial.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <tuple>

#include "models/plan/plan_data.hpp"
#include "models/province/calendar.hpp"
#include "models/trial/citizens.hpp"
#include "models/trial/day_arrivals.hpp"
#include "models/trial/follow_up.hpp"
#include "models/trial/joint_day.hpp"
#include "models/trial/service_totals.hpp"
#include "models/trial/station_runner.hpp"
#include "models/trial/trial_audit.hpp"
#include "models/trial/visit_writer.hpp"
#include "sim/random/poisson.hpp"

namespace pishkhan {
namespace {

/// Days of the province simulated together: enough to reuse what the cache holds, few enough to fit memory.
constexpr int kDaysTogether = 12;
/// The same where it may turn out that a day's stations were not apart: then all the days were in vain.
constexpr int kDaysApart = 4;

/// One replication on its way through the days.
class Trial {
 public:
  Trial(const Plan& plan, std::uint32_t replication, const TrialOptions& options)
      : scenario_(plan.scenario()),
        data_(plan.data()),
        options_(options),
        key_(draw_key(scenario_.run.seed, replication)),
        runner_(scenario_, data_, key_),
        audit_(scenario_, data_),
        writer_(scenario_, data_, key_, options.visits),
        observations_(data_.stations.size()),
        follow_up_(scenario_, data_, key_, result_.citizens),
        service_totals_(scenario_, data_, follow_up_, result_, kDaysApart) {
    const std::size_t cells = data_.services * kChannels;
    result_.services.resize(cells);
    result_.citizens.resize(cells);
    if (!data_.bare) source_.emplace(scenario_, data_, key_);
    moved_.resize(scenario_.migrations.size() * data_.services);
    if (options.coupled || is_coupled(scenario_)) joint_day_.emplace(scenario_, data_, key_, options);
  }

  TrialResult run() {
    if (!data_.unbroken) result_.days.resize(static_cast<std::size_t>(scenario_.run.days) * kChannels);
    if (data_.unbroken) {
      run_unbroken();
    } else if (data_.bare) {
      run_bare();
    } else {
      run_province();
    }
    return finish();
  }

 private:
  void pause() const {
    if (options_.stop && options_.stop()) throw Interrupted();
  }

  void run_unbroken() {
    const ObservationRules rules{scenario_.service_level_s, scenario_.run.warm_up_s};
    if (joint_day_) joint_day_->begin(0);
    for (std::uint32_t s = 0; s < data_.stations.size(); ++s) {
      pause();
      bare_guests(s, 0, 0);
      run_station(s, 0, guests_, rules);
    }
    if (joint_day_) run_together(0, rules);
  }

  /// Bare stations know nothing of each other: all days of one, then of the next, which keeps what a
  /// station needs in the cache.
  void run_bare() {
    const ObservationRules rules{scenario_.service_level_s};
    const std::size_t stations = data_.stations.size(), days = static_cast<std::size_t>(scenario_.run.days);
    for (std::uint32_t s = 0; s < stations; ++s) {
      pause();
      std::vector<Attempt> left;
      left.swap(pending_);
      for (int k = 0; k < scenario_.run.days; ++k) {
        const DayNumber day = scenario_.run.start + k;
        set_day(k);
        if (is_holiday(day) || !is_open(s, day)) continue;
        bare_guests(s, day, static_cast<std::size_t>(weekday(day)));
        guests_.insert(guests_.end(), pending_.begin(), pending_.end());
        pending_.clear();
        if (joint_day_) joint_day_->begin(day);
        run_station(s, day, guests_, rules);
        if (joint_day_) run_together(day, rules);
        if (!pending_.empty()) std::sort(pending_.begin(), pending_.end(), by_key);
      }
      uncounted_ = {};
      pending_.insert(pending_.end(), left.begin(), left.end());
      if (options_.progress) options_.progress(static_cast<int>((s + 1) * days / stations) - 1);
    }
  }

  [[nodiscard]] bool is_holiday(DayNumber day) const {
    return std::binary_search(scenario_.demand.holidays.begin(), scenario_.demand.holidays.end(), day);
  }
  [[nodiscard]] bool is_active(std::uint32_t station, DayNumber day) const {
    return data_.stations[station].from_day <= day && day < data_.stations[station].until_day;
  }
  [[nodiscard]] bool is_open(std::uint32_t station, DayNumber day) const {
    return is_active(station, day) &&
           data_.stations[station].week[static_cast<std::size_t>(weekday(day))]->open();
  }

  void set_day(int day_index) {
    day_index_ = static_cast<std::size_t>(day_index);
    counted_ = day_index >= scenario_.run.warm_up_days;
  }

  /// A few days at a time: all citizens of the days, then all of the days of each station in turn, which
  /// keeps what a station needs in the cache. Coupled stations do so too, as long as they turn out to have
  /// been apart; else they go day by day.
  void run_province() {
    int joined = -1;  // known to be a day on which stations are not apart
    for (int begin = 0; begin < scenario_.run.days;) {
      set_day(begin);
      int end = end_of_stretch(begin, joint_day_ ? kDaysApart : kDaysTogether);
      if (begin < joined) end = std::min(end, joined);
      apart_ = joint_day_ && !options_.visits && begin != joined &&
               joint_day_->begin_apart(scenario_.run.start + begin, end - begin, counted_);
      if (joint_day_ && !apart_) end = begin + 1;
      if (apart_) save();
      choose_again(scenario_.run.start + begin);
      for (int k = begin; k < end; ++k) {
        pause();
        set_day(k);
        citizens_of(scenario_.run.start + k, arrivals_[static_cast<std::size_t>(k - begin)]);
      }
      run_stations(begin, end);
      if (const auto met = apart_ ? joint_day_->end_apart(counted_) : std::nullopt) {
        go_back();
        joined = *met - scenario_.run.start;
        continue;
      }
      service_totals_.flush();
      for (int k = begin; joint_day_ && k < end; ++k)
        if (k >= scenario_.run.warm_up_days && is_holiday(scenario_.run.start + k))
          joint_day_->add_idle_day(scenario_.run.start + k);
      if (options_.progress) options_.progress(end - 1);
      begin = end;
    }
  }

  /// Nobody moves between stations but on a day when offices open or close, so such a day begins a new
  /// stretch.
  [[nodiscard]] int end_of_stretch(int begin, int days) const {
    const auto* chooser = &data_.chooser(scenario_.run.start + begin);
    // Calls are counted, or not, for all days at once.
    const int cut = joint_day_ ? scenario_.run.warm_up_days : 0;
    int end = begin + 1;
    while (end < scenario_.run.days && end < begin + days && end != cut &&
           &data_.chooser(scenario_.run.start + end) == chooser)
      ++end;
    return end;
  }

  void save() {
    saved_.result = result_;
    saved_.observations = observations_;
    saved_.pending = pending_;
    saved_.moved = moved_;
    saved_.audit = audit_.verdict();
  }
  void go_back() {
    result_ = saved_.result;
    observations_ = saved_.observations;
    pending_ = saved_.pending;
    moved_ = saved_.moved;
    audit_.go_back_to(saved_.audit);
    service_totals_.forget();
  }

  void run_stations(int begin, int end) {
    const ObservationRules rules{scenario_.service_level_s};
    first_day_ = scenario_.run.start + begin;
    const bool one_day = joint_day_ && !apart_ && !is_holiday(first_day_);
    if (one_day) joint_day_->begin(first_day_);
    group_(data_.stations.size(), std::span<const Attempt>(pending_), earlier_, first_pending_);
    pending_.clear();
    std::vector<Attempt> later;
    std::array<bool, kDaysTogether> holiday{};
    for (int k = begin; k < end; ++k)
      holiday[static_cast<std::size_t>(k - begin)] = is_holiday(scenario_.run.start + k);
    for (std::uint32_t s = 0; s < data_.stations.size(); ++s) {
      for (std::size_t i = first_pending_[s]; i < first_pending_[s + 1]; ++i) pending_.push_back(earlier_[i]);
      for (int k = begin; k < end; ++k) {
        const DayNumber day = scenario_.run.start + k;
        if (k + 1 < end)
          arrivals_[static_cast<std::size_t>(k + 1 - begin)].fetch(s);
        else if (s + 1 < data_.stations.size())
          arrivals_[0].fetch(s + 1);
        if (holiday[static_cast<std::size_t>(k - begin)]) continue;
        set_day(k);
        const auto fresh = arrivals_[static_cast<std::size_t>(k - begin)].of(s);
        if (!is_open(s, day)) {
          for (const FirstAttempt& who : fresh) pending_.push_back(who.guest(day));
          continue;
        }
        guests_.resize(fresh.size());
        for (std::size_t i = 0; i < fresh.size(); ++i) guests_[i] = fresh[i].guest(day);
        if (!pending_.empty()) take_returning(day);
        run_station(s, day, guests_, rules);
      }
      later.insert(later.end(), pending_.begin(), pending_.end());
      pending_.clear();
    }
    if (one_day) run_together(first_day_, rules, arrivals_[0].online);
    uncounted_ = {};
    pending_.insert(pending_.end(), later.begin(), later.end());
  }

  static bool by_key(const Attempt& a, const Attempt& b) {
    return std::tuple(a.origin, a.stream, a.index) < std::tuple(b.origin, b.stream, b.index);
  }

  /// Adds those who come back to this station today, in the order of their keys, behind the new guests.
  void take_returning(DayNumber day) {
    const auto today =
        std::partition(pending_.begin(), pending_.end(), [day](const Attempt& g) { return g.origin >= day; });
    std::sort(today, pending_.end(), by_key);
    guests_.insert(guests_.end(), today, pending_.end());
    pending_.erase(today, pending_.end());
  }

  /// Whose office has closed for good chooses another.
  void choose_again(DayNumber day) {
    std::erase_if(pending_, [&](Attempt& guest) {
      if (is_active(guest.station, day)) return false;
      guest.station = source_->station_for(Channel::office, guest.zone(), guest.service(),
                                           source_->office_word(guest), day);
      if (guest.station == kNoStation) follow_up_.lose(guest);
      return guest.station == kNoStation;
    });
  }

  /// The new guests of a bare station.
  void bare_guests(std::uint32_t station, DayNumber day, std::size_t weekday_index) {
    const StationPlan& plan = data_.stations[station];
    std::size_t begin = 0;
    for (std::uint32_t k = 0; k < plan.streams; ++k) {
      const std::uint32_t stream = plan.first_stream + k;
      const Block block =
          draw(key_, 0, station << 16 | k, static_cast<std::uint32_t>(day), tag(0, Purpose::count));
      const auto count = static_cast<std::uint32_t>(
          poisson_(data_.stream_curves[stream][weekday_index].total(), uniform(block[0], block[1])));
      const auto office = static_cast<std::uint8_t>(Channel::office);
      guests_.resize(begin + count);
      for (std::uint32_t index = 0; index < count; ++index)
        guests_[begin + index] = {station << 16 | k, index, day, station, 0, 0, 0, false, office, 0};
      begin += count;
      if (counted_) result_.citizens[stream * kChannels + office].created += count;
    }
    guests_.resize(begin);
  }

  /// Creates a day's citizens and groups them by station.
  void citizens_of(DayNumber day, DayArrivals& arrivals) {
    arrivals.first.assign(data_.stations.size() + 1, 0);
    arrivals.online.clear();
    if (is_holiday(day)) return;
    const bool keep_online = options_.visits || (joint_day_ && joint_day_->web_uses_backbone());
    source_->create(day, counted_, keep_online, result_.citizens, result_.services, moved_, citizens_);
    day_cell(Channel::online) += source_->online_today();
    result_.visits += source_->online_today().arrived;
    for (const Attempt& guest : citizens_.nowhere) follow_up_.lose(guest);
    pending_.insert(pending_.end(), citizens_.online_failed.begin(), citizens_.online_failed.end());
    if (!joint_day_) writer_.online(day, citizens_.online);
    if (apart_) joint_day_->add_online(day, citizens_.online);
    arrivals.online.swap(citizens_.online);
    group_(data_.stations.size(), citizens_.fresh(), arrivals.fresh, arrivals.first);
  }

  /// Simulates and observes the station's day, or leaves it to run_together.
  void run_station(std::uint32_t station, DayNumber day, std::span<const Attempt> guests,
                   const ObservationRules& rules) {
    if (joint_day_ && !apart_) {
      joint_day_->add(station, guests);
      return;
    }
    runner_.prepare(station, day, guests);
    if (apart_)
      joint_day_->simulate_apart(station, day, runner_);
    else
      runner_.simulate();
    observe(station, day, guests, runner_, rules);
  }

  void run_together(DayNumber day, const ObservationRules& rules, std::span<Attempt> online = {}) {
    joint_day_->simulate(online, counted_);
    for (std::size_t k = 0; k < online.size(); ++k)
      if (joint_day_->online_fails(k) && !online[k].lacks_papers) fail_online(online[k]);
    if (!data_.bare) writer_.online(day, online);
    for (const std::uint32_t s : joint_day_->stations())
      observe(s, day, joint_day_->guests(s), joint_day_->runner(s), rules);
  }

  [[nodiscard]] VisitTally& day_cell(Channel channel) {
    return result_.days[day_index_ * kChannels + static_cast<std::size_t>(channel)];
  }

  /// No answer came to an online attempt that would have succeeded: it turns into a visit, like others that
  /// fail.
  void fail_online(Attempt& guest) {
    const auto turn = [](VisitTally& tally) {
      --tally.served;
      ++tally.failed;
    };
    turn(day_cell(Channel::online));
    if (counted_) {
      const std::size_t cell = guest.service() * kChannels + guest.channel;
      turn(result_.services[cell]);
      --result_.citizens[cell].completed;
    }
    guest.lacks_papers = true;
    Attempt next = guest;
    next.lacks_papers = false;
    next.attempt = 1;
    next.station = source_->station_for(Channel::office, guest.zone(), guest.service(),
                                        source_->office_word(guest), guest.origin);
    if (next.station == kNoStation) {
      follow_up_.lose(next);
    } else {
      pending_.push_back(next);
    }
  }

  void observe(std::uint32_t station, DayNumber day, std::span<const Attempt> guests, StationRunner& runner,
               const ObservationRules& rules) {
    const bool counted = counted_;
    const VisitTally tally = runner.observe(rules, counted ? observations_[station] : uncounted_);
    result_.visits += guests.size();
    audit_.station_day(station, day, runner, tally, rules);
    if (!result_.days.empty())
      result_.days[day_index_ * kChannels + static_cast<std::size_t>(data_.stations[station].channel)] +=
          tally;
    if (data_.bare)
      service_totals_.bare_station_day(station, guests, runner, counted_, tally, rules, pending_);
    else
      service_totals_.station_day(station, apart_ ? static_cast<std::size_t>(day - first_day_) : 0, guests,
                                  runner, counted_, joint_day_ && !apart_ ? &*joint_day_ : nullptr, pending_);
    writer_.station_day(station, day, guests, runner);
  }

  TrialResult finish() {
    for (const Attempt& guest : pending_)
      if (auto* tally = follow_up_.cell(guest)) ++tally->pending;
    for (auto& observation : observations_) {
      StationTally& tally = observation.tally;
      tally.queue_max = static_cast<double>(observation.levels.max());
      tally.queue_p95 = observation.levels.quantile(0.95);
      tally.wait_p50_s = observation.waits.quantile(0.5);
      tally.wait_p90_s = observation.waits.quantile(0.9);
      tally.wait_p95_s = observation.waits.quantile(0.95);
      result_.stations.push_back(tally);
      if (!data_.unbroken)
        result_.station_hours.insert(result_.station_hours.end(), observation.hours.begin(),
                                     observation.hours.end());
    }
    for (std::uint32_t m = 0; m < scenario_.migrations.size(); ++m)
      for (std::size_t s = 0; s < data_.services; ++s)
        if (const std::uint64_t citizens = moved_[m * data_.services + s]; citizens > 0)
          result_.ledger.push_back({m, ServiceId(s), citizens});
    audit_.citizens(result_);
    if (is_coupled(scenario_)) {
      audit_.redirects(joint_day_->redirected(), service_totals_.redirected_arrivals());
      audit_.calls(joint_day_->call_counts());
      result_.calls = std::move(joint_day_->tally());
    }
    result_.audit = audit_.verdict();
    return std::move(result_);
  }

  const Scenario& scenario_;
  const Plan::Data& data_;
  const TrialOptions& options_;
  DrawKey key_;
  PoissonQuantile poisson_;
  StationRunner runner_;
  TrialAudit audit_;
  VisitWriter writer_;
  std::optional<JointDay> joint_day_;
  bool apart_ = false;       ///< its stations are simulated apart, several days at once
  DayNumber first_day_ = 0;  ///< of those simulated at once
  std::optional<CitizenSource> source_;
  DayCitizens citizens_;
  std::vector<StationObservation> observations_;
  StationObservation uncounted_;
  std::vector<Attempt> guests_, pending_, earlier_;
  std::vector<std::size_t> first_pending_;  ///< by station
  StationGrouper group_;
  std::array<DayArrivals, kDaysTogether> arrivals_;
  std::vector<std::uint64_t> moved_;
  std::size_t day_index_ = 0;
  bool counted_ = true;
  TrialResult result_;
  FollowUp follow_up_;
  ServiceTotals service_totals_;  ///< where stations are apart, of each day by itself; else of all days
                                  ///< simulated at once
  struct {
    TrialResult result;
    std::vector<StationObservation> observations;
    std::vector<Attempt> pending;
    std::vector<std::uint64_t> moved;
    Audit audit;
  } saved_;
};

}  // namespace

TrialResult run_trial(const Plan& plan, std::uint32_t replication, const TrialOptions& options) {
  return Trial(plan, replication, options).run();
}

}  // namespace pishkhan
