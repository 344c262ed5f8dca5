#include "sim/backbone/simgrid.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <csignal>
#include <simgrid/kernel/resource/Model.hpp>
#include <simgrid/s4u.hpp>
#include <string>
#include <utility>

// clang-format off: this header needs what the headers above define
#include <simgrid/version.h>
// clang-format on

#include "sim/base/contract.hpp"
#include "sim/queues/schedule.hpp"

// clang-format off: in 3.32 this header needs the others before it
#include <simgrid/version.h>
// clang-format on

namespace pishkhan {
namespace {

namespace sg = simgrid::s4u;

// What changed between SimGrid 3.32 and 4.x, in one place.
#if SIMGRID_VERSION >= 40000
sg::NetZone* make_star(sg::Engine& engine) { return engine.get_netzone_root()->add_netzone_star("province"); }
sg::Host* make_host(sg::NetZone& zone, const std::string& name, double speed) {
  return zone.add_host(name, speed);
}
sg::Link* make_link(sg::NetZone& zone, const std::string& name, double bytes_s) {
  return zone.add_link(name, bytes_s);
}
void add_way_in(sg::NetZone& zone, sg::Host* host, const std::vector<sg::LinkInRoute>& links) {
  zone.add_route(nullptr, host, links, false);
}
void add_way_out(sg::NetZone& zone, sg::Host* host, const std::vector<sg::LinkInRoute>& links) {
  zone.add_route(host, nullptr, links, false);
}
#else
sg::NetZone* make_star(sg::Engine&) { return sg::create_star_zone("province"); }
sg::Host* make_host(sg::NetZone& zone, const std::string& name, double speed) {
  return zone.create_host(name, speed);
}
sg::Link* make_link(sg::NetZone& zone, const std::string& name, double bytes_s) {
  return zone.create_link(name, bytes_s);
}
void add_way_in(sg::NetZone& zone, sg::Host* host, const std::vector<sg::LinkInRoute>& links) {
  zone.add_route(nullptr, host->get_netpoint(), nullptr, nullptr, links, false);
}
void add_way_out(sg::NetZone& zone, sg::Host* host, const std::vector<sg::LinkInRoute>& links) {
  zone.add_route(host->get_netpoint(), nullptr, nullptr, nullptr, links, false);
}
#endif

#if SIMGRID_VERSION >= 33400
template <class Function>
void on_completion(Function function) {
  sg::Comm::on_completion_cb([function](const sg::Comm& activity) { function(activity); });
  sg::Exec::on_completion_cb([function](const sg::Exec& activity) { function(activity); });
}
#else
template <class Function>
void on_completion(Function function) {
  sg::Activity::on_completion_cb([function](const sg::Activity& activity) { function(activity); });
}
#endif

/// From 3.36 on, an execution that was merely started stays with maestro for ever.
void launch(const sg::ExecPtr& exec) {
#if SIMGRID_VERSION >= 33600
  exec->detach();
#else
  exec->start();
#endif
}

std::string precision_option() {
#if SIMGRID_VERSION >= 33600
  return "precision/timing";
#else
  return "surf/precision";
#endif
}

/// SimGrid takes over interrupts and crashes for its own reports; they belong to the program.
class SignalKeeper {
 public:
  SignalKeeper() {
    for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], nullptr, &kept_[i]);
  }
  ~SignalKeeper() {
    for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &kept_[i], nullptr);
  }
  SignalKeeper(const SignalKeeper&) = delete;
  SignalKeeper& operator=(const SignalKeeper&) = delete;

 private:
  static constexpr std::array kSignals = {SIGINT, SIGSEGV, SIGBUS};
  std::array<struct sigaction, kSignals.size()> kept_;
};

struct Pair {
  sg::Link* up;
  sg::Link* down;
};

class SimgridBackbone final : public Backbone {
 public:
  explicit SimgridBackbone(Platform given) : Backbone(std::move(given)) {
    make_engine();
    build();
    engine_->seal_platform();
    on_completion([this](const sg::Activity& activity) { completed(const_cast<sg::Activity&>(activity)); });
  }

 private:
  void make_engine() {
    const SignalKeeper keeper;
    std::vector<std::string> words = {"pishkhan",
                                      "--log=root.thresh:critical",
                                      "--cfg=network/model:CM02",
                                      "--cfg=network/crosstraffic:0",
                                      "--cfg=network/TCP-gamma:0",
                                      "--cfg=" + precision_option() + ":1e-9"};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    int count = static_cast<int>(arguments.size());
    arguments.push_back(nullptr);
    engine_ = std::make_unique<sg::Engine>(&count, arguments.data());
  }

  Pair make_pair(sg::NetZone& zone, const std::string& name, const Link& link, bool dedicated = false) {
    // A fat pipe holds each transfer to its bandwidth, however many there are.
    const auto policy = dedicated ? sg::Link::SharingPolicy::FATPIPE : sg::Link::SharingPolicy::SHARED;
    const auto one_way = [&](const char* direction, double bytes_s) {
      sg::Link* made = make_link(zone, name + direction, bytes_s);
      return made->set_latency(link.latency_s)->set_sharing_policy(policy)->seal();
    };
    return {one_way("-up", link.up_bytes_s), one_way("-down", link.down_bytes_s)};
  }

  // SimGrid shares out together, whenever a transfer comes or goes, all that have links in common with it,
  // directly or through others. So county and province links that cannot fill give their latency to the
  // access links and are left out of the ways: no date changes, and whom their outages hit is dropped here.
  void build() {
    sg::NetZone& zone = *make_star(*engine_);
    const NarrowLinks narrow = narrow_links(platform());
    const auto fills = [&](CountyLinkId county) {
      return std::ranges::find(narrow.counties, county) != narrow.counties.end();
    };
    for (std::size_t i = 0; i < platform().county_links.size(); ++i)
      counties_.push_back(make_pair(zone, "county-" + std::to_string(i), platform().county_links[i]));
    province_ = make_pair(zone, "province-link", platform().province_link);
    for (std::size_t i = 0; i < platform().access_links.size(); ++i) {
      AccessLink link = platform().access_links[i];
      const Pair county = counties_[link.county.index()];
      const bool county_fills = fills(link.county);
      if (!county_fills) link.latency_s += platform().county_links[link.county.index()].latency_s;
      if (!narrow.province) link.latency_s += platform().province_link.latency_s;
      const std::string name = "access-" + std::to_string(i);
      const Pair access = make_pair(zone, name, link, link.dedicated);
      accesses_.push_back(access);
      sg::Host* host = make_host(zone, name, 1.0);
      host->seal();
      desks_.push_back(host);
      std::vector<sg::LinkInRoute> out{sg::LinkInRoute(access.up)}, in{sg::LinkInRoute(access.down)};
      const auto pass = [&](const Pair& trunk) {
        out.emplace_back(trunk.up);
        in.emplace(in.begin(), trunk.down);
      };
      if (county_fills) pass(county);
      if (narrow.province) pass(province_);
      add_way_out(zone, host, out);
      add_way_in(zone, host, in);
    }
    for (std::size_t i = 0; i < platform().systems.size(); ++i) build_system(zone, i);
    zone.seal();
  }

  void build_system(sg::NetZone& zone, std::size_t i) {
    const System& system = platform().systems[i];
    const std::string name = "system-" + std::to_string(i);
    sg::Host* host = make_host(zone, name, system.speed);
    host->set_core_count(static_cast<int>(system.cores));
    // A sealed host keeps its cores; the capacity they share may still be told by a function. Each
    // task is bounded by the speed of one core all the same.
    host->set_sharing_policy(sg::Host::SharingPolicy::NONLINEAR, [this, i](double, int) {
      return platform().systems[i].speed * cores(SystemId(i));
    });
    host->seal();
    systems_.push_back(host);
    const Pair link = make_pair(zone, name + "-link", system.data_centre);
    data_centres_.push_back(link);
    add_way_in(zone, host, {sg::LinkInRoute(link.up)});
    add_way_out(zone, host, {sg::LinkInRoute(link.down)});
  }

  [[nodiscard]] double now_s() const { return sg::Engine::get_clock() - origin_s_; }

  void run_engine(double clock_s) {
    engine_->run_until(clock_s);
    finished_.clear();
    now_stale();
    PISHKHAN_ENSURE(!lost_);
  }
  /// An empty step: SimGrid hands out what failed or was cancelled, and shares anew.
  void flush() { run_engine(sg::Engine::get_clock()); }

  void synchronise(double time_s) override {
    // run_until may stop a little early.
    while (sg::Engine::get_clock() < origin_s_ + time_s) run_engine(origin_s_ + time_s);
  }

  void begin(std::uint32_t slot, double time_s) override {
    if (slot >= activities_.size()) activities_.resize(slot + 1);
    synchronise(time_s);
    const Call& call = calls()[slot];
    transfer(slot, desks_[call.what.from.index()], systems_[call.what.to.index()], call.what.request_bytes);
  }

  void forget_transfer(std::uint32_t slot) {
    if (calls()[slot].phase == TransactionPhase::work) return;
    joins_.erase(slot);
    note_change(slot, sg::Engine::get_clock());
  }
  void remember(std::uint32_t slot, const sg::ActivityPtr& activity) {
    activity->set_data(reinterpret_cast<void*>(std::uintptr_t(slot) + 1));
    activities_[slot] = activity;
  }
  void transfer(std::uint32_t slot, sg::Host* from, sg::Host* to, std::uint64_t bytes) {
    const sg::CommPtr comm = sg::Comm::sendto_init(from, to)->set_payload_size(bytes);
    comm->start();
    // A transfer over a link that is off would be lost without a word.
    PISHKHAN_ENSURE(comm->get_remaining() > 0);
    remember(slot, comm);
    const Transaction& what = calls()[slot].what;
    joins_.set(slot, sg::Engine::get_clock() + latency_s(platform(), what.from, what.to));
  }

  // SimGrid (3.32) shares anew only the links it takes for changed. When two transfers join or leave
  // at one instant and their ways begin with the same link, it overlooks the other links of the
  // second way, and that transfer may then run faster than its line. So whenever more than one
  // joined or left just now, their links are said to have changed, by setting the bandwidth they have.
  struct Change {
    double clock_s;
    Pair access, data_centre;
  };
  void note_change(std::uint32_t slot, double clock_s) {
    const Transaction& what = calls()[slot].what;
    changes_.push_back({clock_s, accesses_[what.from.index()], data_centres_[what.to.index()]});
  }
  void mention_changes() {
    constexpr double kOneInstant_s = 1e-8;  // SimGrid's precision, and room for rounding
    const double clock_s = sg::Engine::get_clock();
    std::erase_if(changes_, [&](const Change& change) { return change.clock_s < clock_s - kOneInstant_s; });
    while (joins_.first_s() <= clock_s + kOneInstant_s) {
      note_change(joins_.first(), joins_.first_s());
      joins_.erase(joins_.first());
    }
    if (changes_.size() > 1) {
      const auto mention = [](sg::Link* link) { link->set_bandwidth(link->get_bandwidth()); };
      for (const Change& change : changes_) {
        mention(change.access.up), mention(change.access.down);
        mention(change.data_centre.up), mention(change.data_centre.down);
      }
    }
  }

  /// SimGrid's clock stands at the date of the completion.
  void completed(sg::Activity& activity) {
    const auto tag = reinterpret_cast<std::uintptr_t>(activity.get_data<void>());
    if (tag == 0) return;  // told twice about a cancellation
    const auto slot = static_cast<std::uint32_t>(tag - 1);
    activity.set_data(nullptr);
    // The last reference must outlive the callback (3.32).
    finished_.push_back(std::move(activities_[slot]));
    activities_[slot] = nullptr;
    const Call& call = calls()[slot];
    forget_transfer(slot);
    const bool open = reachable(call.what.from, call.what.to);
    if (activity.get_state() != sg::Activity::State::FINISHED ||
        (!open && call.phase != TransactionPhase::response)) {
      lost_ = lost_ || open;  // nothing fails but by an outage, which the caller of switched() settles
      return;
    }
    switch (call.phase) {
      case TransactionPhase::request: {
        request_arrived(slot, now_s());
        const sg::ExecPtr exec = sg::Exec::init();
        exec->set_flops_amount(call.what.work_s)->set_host(systems_[call.what.to.index()]);
        remember(slot, exec);
        launch(exec);
        break;
      }
      case TransactionPhase::work:
        work_finished(slot, now_s());
        transfer(slot, systems_[call.what.to.index()], desks_[call.what.from.index()],
                 call.what.response_bytes);
        break;
      case TransactionPhase::response: {
        // SimGrid does not say which transactions shared something, but one that did not took its unloaded
        // time.
        constexpr double kAlone_s = 1e-7;
        if (std::fabs(now_s() - call.start_s - unloaded(platform(), call.what).total_s()) > kAlone_s)
          mark_contended(slot);
        response_arrived(slot, now_s());
        break;
      }
    }
  }

  double find_next_s() override {
    mention_changes();
    const double clock_s = sg::Engine::get_clock();
    double soonest_s = -1;
    for (auto* model : engine_->get_all_models()) {
      const double in_s = model->next_occurring_event(clock_s);
      if (in_s >= 0 && (soonest_s < 0 || in_s < soonest_s)) soonest_s = in_s;
    }
    return soonest_s < 0 ? kNever : clock_s + soonest_s - origin_s_;
  }

  void run(double until_s) override {
    for (;;) {
      const double next_s = find_next_s();
      if (next_s > until_s || next_s == kNever || (anything_ready() && next_s > ready_s())) return;
      const double clock_s = sg::Engine::get_clock(), target_s = origin_s_ + next_s;
      run_engine(target_s > clock_s ? target_s : std::nextafter(clock_s, kNever));
    }
  }

  void switched(Element element, std::size_t index, bool up, double /*time_s*/) override {
    const auto turn = [up](auto* what) { up ? what->turn_on() : what->turn_off(); };
    const auto turn_both = [&](const Pair& pair) { turn(pair.up), turn(pair.down); };
    switch (element) {
      case Element::access_link:
        turn_both(accesses_[index]);
        break;
      case Element::county_link:
        turn_both(counties_[index]);
        break;
      case Element::province_link:
        turn_both(province_);
        break;
      case Element::system:
        turn(systems_[index]);
        break;
    }
    flush();
  }

  void drop(std::span<const std::uint32_t> slots, double /*time_s*/) override {
    for (const std::uint32_t slot : slots) {
      if (!activities_[slot]) continue;  // SimGrid itself failed it
      forget_transfer(slot);
      activities_[slot]->set_data(nullptr);
      finished_.push_back(std::move(activities_[slot]));
      activities_[slot] = nullptr;
      finished_.back()->cancel();
    }
    flush();
  }

  void cores_changed(SystemId system, double /*time_s*/) override {
    // Setting the only speed again has SimGrid share the processor anew.
    systems_[system.index()]->set_pstate(0);
  }

  void restarted(double time_s) override { origin_s_ += time_s; }

  std::unique_ptr<sg::Engine> engine_;
  std::vector<Pair> accesses_, counties_, data_centres_;
  Pair province_{};
  std::vector<sg::Host*> desks_, systems_;
  std::vector<sg::ActivityPtr> activities_;  ///< by slot
  std::vector<sg::ActivityPtr> finished_;    ///< kept until the engine's step is over
  Schedule joins_;                           ///< by slot: when its transfer will have waited out the latency
  std::vector<Change> changes_;              ///< of this very instant
  double origin_s_ = 0;                      ///< SimGrid's clock cannot be set back
  bool lost_ = false;
};

}  // namespace

std::unique_ptr<Backbone> make_simgrid_backbone(Platform platform) {
  static std::atomic<bool> made{false};
  PISHKHAN_EXPECT(!made.exchange(true));
  return std::make_unique<SimgridBackbone>(std::move(platform));
}

extern "C" Backbone* pishkhan_make_simgrid_backbone(const Platform& platform);
extern "C" Backbone* pishkhan_make_simgrid_backbone(const Platform& platform) {
  return make_simgrid_backbone(platform).release();
}

}  // namespace pishkhan
