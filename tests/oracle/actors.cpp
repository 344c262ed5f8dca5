#include "tests/oracle/actors.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <set>
#include <simgrid/s4u.hpp>
#include <string>

#include "sim/base/contract.hpp"

namespace pishkhan::oracle {
namespace {

namespace sg = simgrid::s4u;

double now_s() { return sg::Engine::get_clock(); }

/// Offices, systems and the lines between them as SimGrid's hosts and links.
class Network {
 public:
  Network(std::size_t stations, const Wires& wires) : wires_(wires) {
    sg::NetZone* zone = sg::create_star_zone("province");
    const std::size_t lines = wires.platform ? wires.platform->access_links.size() : stations;
    if (wires.platform) lay_trunks(*zone);
    for (std::size_t k = 0; k < lines; ++k) {
      offices_.push_back(zone->create_host("office-" + std::to_string(k), 1.0));
      offices_.back()->seal();
      if (wires.platform) connect_office(*zone, k);
    }
    if (wires.platform)
      for (std::size_t k = 0; k < wires.platform->systems.size(); ++k) connect_system(*zone, k);
    zone->seal();
  }

  [[nodiscard]] sg::Host* office(AccessLinkId link) const { return offices_[link.index()]; }

  /// The calling actor sends the request, has the system work, and receives the response.
  void call(AccessLinkId from, const Transaction& what) const {
    sg::Host* system = systems_[what.to.index()];
    sg::Comm::sendto(office(from), system, what.request_bytes);
    sg::Exec::init()->set_flops_amount(what.work_s)->set_host(system)->start()->wait();
    sg::Comm::sendto(system, office(from), what.response_bytes);
  }

 private:
  struct Pair {
    sg::Link* up;
    sg::Link* down;
  };
  static Pair lay(sg::NetZone& zone, const std::string& name, const Link& link) {
    return {zone.create_link(name + "-up", link.up_bytes_s)->set_latency(link.latency_s)->seal(),
            zone.create_link(name + "-down", link.down_bytes_s)->set_latency(link.latency_s)->seal()};
  }
  static void route(sg::NetZone& zone, const sg::Host* host, const std::vector<sg::LinkInRoute>& out,
                    const std::vector<sg::LinkInRoute>& in) {
    zone.add_route(host->get_netpoint(), nullptr, nullptr, nullptr, out, false);
    zone.add_route(nullptr, host->get_netpoint(), nullptr, nullptr, in, false);
  }
  void lay_trunks(sg::NetZone& zone) {
    province_ = lay(zone, "province", wires_.platform->province_link);
    for (std::size_t k = 0; k < wires_.platform->county_links.size(); ++k)
      counties_.push_back(lay(zone, "county-" + std::to_string(k), wires_.platform->county_links[k]));
  }
  void connect_office(sg::NetZone& zone, std::size_t k) {
    const AccessLink& access = wires_.platform->access_links[k];
    const Pair line = lay(zone, "line-" + std::to_string(k), access),
               county = counties_[access.county.index()];
    using Hop = sg::LinkInRoute;
    route(zone, offices_[k], {Hop(line.up), Hop(county.up), Hop(province_.up)},
          {Hop(province_.down), Hop(county.down), Hop(line.down)});
  }
  void connect_system(sg::NetZone& zone, std::size_t k) {
    const System& system = wires_.platform->systems[k];
    const std::string name = "system-" + std::to_string(k);
    sg::Host* host = zone.create_host(name, system.speed);
    host->set_core_count(static_cast<int>(system.cores))->seal();
    const Pair line = lay(zone, name + "-line", system.data_centre);
    route(zone, host, {sg::LinkInRoute(line.down)}, {sg::LinkInRoute(line.up)});
    systems_.push_back(host);
  }

  const Wires& wires_;
  std::vector<sg::Host*> offices_, systems_;
  std::vector<Pair> counties_;
  Pair province_{};
};

/// A station's day. Actors: a doorman, who lets citizens in; every citizen; every clerk; a caretaker,
/// who sends home for whom nobody is left.
class ActingOffice {
 public:
  ActingOffice(const Scene& scene, const Network& network, const Wires& wires)
      : day_(*scene.day),
        visits_(*scene.visits),
        link_(scene.link),
        network_(network),
        wires_(wires),
        citizens_(visits_.size()) {
    PISHKHAN_EXPECT(day_.at_closing != AtClosing::stop);
    for (const Clerk& clerk : day_.clerks)
      desks_.push_back({.clerk = &clerk, .bell = sg::Semaphore::create(0)});
  }

  void open() {
    sg::Host* host = network_.office(link_);
    sg::Actor::create("doorman", host, [this] { doorman(); });
    sg::Actor::create("caretaker", host, [this] { caretaker(); });
    for (Desk& desk : desks_) sg::Actor::create("clerk", host, [this, &desk] { clerk(desk); });
  }

  [[nodiscard]] std::vector<Fate> follow_up() const {
    std::vector<Fate> follow_up;
    for (const Citizen& citizen : citizens_) follow_up.push_back(citizen.fate);
    return follow_up;
  }

 private:
  struct Citizen {
    std::size_t door = 0;     ///< through which interval of the doors
    sg::SemaphorePtr notice;  ///< called to a desk, or told to leave
    Fate fate;
  };
  struct Desk {
    const Clerk* clerk = nullptr;
    sg::SemaphorePtr bell;  ///< rings when a citizen comes
    bool free = false;
    std::size_t doors_to_serve = SIZE_MAX;  ///< in overtime: citizens of so many first intervals of the doors
    double free_since_s = 0;
    std::optional<std::size_t> visitor = {};
  };

  void doorman() {
    std::size_t door = 0;
    for (std::size_t i = 0; i < citizens_.size(); ++i) {
      sg::this_actor::sleep_until(visits_.arrival_s[i]);
      while (visits_.arrival_s[i] >= day_.doors[door].to_s) ++door;
      citizens_[i].door = door;
      sg::Actor::create("citizen", network_.office(link_), [this, i] { citizen(i); });
    }
  }

  void citizen(std::size_t i) {
    Citizen& me = citizens_[i];
    if (best_desk(i) == nullptr && is_put_off(i)) {
      me.fate = {now_s(), now_s(), visits_.system_s[i], Outcome::balked, kNoClerk};
      return;
    }
    me.notice = sg::Semaphore::create(0);
    room_.insert(
        std::find_if(room_.begin(), room_.end(),
                     [&](std::size_t other) { return visits_.priority[other] < visits_.priority[i]; }),
        i);
    call();
    if (visits_.patience_s[i] == kForever)
      me.notice->acquire();
    else if (me.notice->acquire_timeout(visits_.patience_s[i]))
      leave_unserved(i, Outcome::abandoned);
  }

  /// By the room, which is full, or by those in it.
  [[nodiscard]] bool is_put_off(std::size_t i) const {
    if (room_.size() >= day_.room) return true;
    const auto& points = day_.balking.points;
    if (points.empty()) return false;
    auto crowd = static_cast<double>(room_.size());
    if (day_.balking.per_clerk && crowd > 0) crowd /= static_cast<double>(clerks_to_share_the_room());
    double probability = points.front().second;
    for (std::size_t k = 1; k < points.size(); ++k) {
      if (crowd <= points[k - 1].first) break;
      const double along =
          std::min(1.0, (crowd - points[k - 1].first) / (points[k].first - points[k - 1].first));
      probability = points[k - 1].second + along * (points[k].second - points[k - 1].second);
    }
    return visits_.balk[i] < probability;
  }

  /// Those at work now; if nobody is, those who begin next.
  [[nodiscard]] std::ptrdiff_t clerks_to_share_the_room() const {
    const auto at_work = [this](double when_s) {
      return std::ranges::count_if(desks_, [when_s](const Desk& desk) {
        return std::ranges::any_of(desk.clerk->shifts, [when_s](const Interval& shift) {
          return shift.from_s <= when_s && when_s < shift.to_s;
        });
      });
    };
    if (const auto now = at_work(now_s()); now > 0) return now;
    double next_s = kForever;
    for (const Desk& desk : desks_) {
      for (const Interval& shift : desk.clerk->shifts)
        if (shift.from_s > now_s()) next_s = std::min(next_s, shift.from_s);
    }
    return at_work(next_s);
  }

  [[nodiscard]] bool is_able(const Desk& desk, std::size_t i) const {
    return day_.able.empty() || (day_.able[visits_.service[i]] >> desk.clerk->skill_set & 1) != 0;
  }

  /// Of the free ones who can serve the citizen: fewest skills, then longest free, then first in the row.
  [[nodiscard]] Desk* best_desk(std::size_t i) {
    Desk* best = nullptr;
    const auto rank = [&](const Desk& desk) {
      return std::pair(day_.breadth.empty() ? 0 : day_.breadth[desk.clerk->skill_set], desk.free_since_s);
    };
    for (Desk& desk : desks_) {
      if (desk.free && is_able(desk, i) && citizens_[i].door < desk.doors_to_serve &&
          (best == nullptr || rank(desk) < rank(*best)))
        best = &desk;
    }
    return best;
  }

  /// Sends whoever can go to a desk there, the room's first before others. Everybody else is told
  /// afterwards: whoever rings a bell lets other actors run.
  void call() {
    std::vector<sg::SemaphorePtr> bells;
    for (auto next = room_.begin(); next != room_.end();) {
      Desk* desk = best_desk(*next);
      if (desk == nullptr) {
        ++next;
        continue;
      }
      desk->free = false;
      desk->visitor = *next;
      bells.insert(bells.end(), {desk->bell, citizens_[*next].notice});
      next = room_.erase(next);
    }
    for (const auto& bell : bells) bell->release();
  }

  void leave_unserved(std::size_t i, Outcome outcome) {
    room_.remove(i);
    citizens_[i].fate = {now_s(), now_s(), visits_.system_s[i], outcome, kNoClerk};
  }

  void clerk(Desk& desk) {
    const auto shifts = desk.clerk->shifts;
    for (std::size_t k = 0; k < shifts.size(); ++k) {
      sg::this_actor::sleep_until(shifts[k].from_s);
      desk.doors_to_serve = SIZE_MAX;
      bool over = now_s() >= shifts[k].to_s;
      while (!over) {
        desk.free = true;
        desk.free_since_s = now_s();
        sg::this_actor::yield();  // all who begin now are there before the first citizen is called
        call();
        over = desk.bell->acquire_timeout(shifts[k].to_s - now_s());
        desk.free = false;
        if (over) break;
        handle(desk);
        over = now_s() >= shifts[k].to_s;
      }
      stay_on(desk, k);
    }
  }

  /// Past the end of the shift, for those who were let in before a closing that the clerk has met.
  void stay_on(Desk& desk, std::size_t shift) {
    const auto shifts = desk.clerk->shifts;
    const double back_s = shift + 1 < shifts.size() ? shifts[shift + 1].from_s : kForever;
    desk.doors_to_serve = doors_to_serve(*desk.clerk, shift + 1);
    while (now_s() < back_s) {
      desk.free = true;
      call();
      desk.free = false;
      if (!desk.visitor) return;
      desk.bell->acquire();
      handle(desk);
    }
  }

  /// How many first intervals of the doors end, the last of them in one of the clerk's first shifts,
  /// where the queue is served out.
  [[nodiscard]] std::size_t doors_to_serve(const Clerk& clerk, std::size_t shifts) const {
    if (day_.at_closing != AtClosing::serve_out) return 0;
    std::size_t doors = 0;
    for (std::size_t door = 0; door < day_.doors.size(); ++door) {
      for (const Interval& shift : clerk.shifts.first(shifts))
        if (shift.from_s < day_.doors[door].to_s && day_.doors[door].to_s <= shift.to_s) doors = door + 1;
    }
    return doors;
  }

  void handle(Desk& desk) {
    const std::size_t i = *desk.visitor;
    Fate& fate = citizens_[i].fate;
    fate.leave_s = now_s();
    fate.outcome = Outcome::served;
    fate.clerk = desk.clerk->number;
    const double human_s = visits_.human_s[i] / desk.clerk->speed;
    sg::this_actor::sleep_for(wires_.share_before * human_s);
    const double call_s = now_s();
    if (wires_.platform != nullptr && wires_.transactions[visits_.service[i]].work_s > 0)
      network_.call(link_, wires_.transactions[visits_.service[i]]);
    else
      sg::this_actor::sleep_for(visits_.system_s[i]);
    fate.system_s = now_s() - call_s;
    sg::this_actor::sleep_for((1 - wires_.share_before) * human_s);
    fate.end_s = now_s();
    desk.visitor.reset();
  }

  /// Looks round at every closing and when a clerk has gone home.
  void caretaker() {
    std::set<double> rounds;
    for (const Interval& door : day_.doors) rounds.insert(door.to_s);
    for (const Desk& desk : desks_)
      if (!desk.clerk->shifts.empty()) rounds.insert(desk.clerk->shifts.back().to_s);
    for (const double round_s : rounds) {
      sg::this_actor::sleep_until(round_s);
      std::vector<std::size_t> hopeless;
      for (const std::size_t i : room_)
        if (day_.doors[citizens_[i].door].to_s <= round_s && !has_hope(i, round_s)) hopeless.push_back(i);
      for (const std::size_t i : hopeless) leave_unserved(i, Outcome::sent_away);
      for (const std::size_t i : hopeless) citizens_[i].notice->release();
    }
  }

  /// Whether a clerk who can serve the citizen is still to work, or stays on for the citizen.
  [[nodiscard]] bool has_hope(std::size_t i, double round_s) const {
    if (day_.at_closing != AtClosing::serve_out) return false;
    return std::ranges::any_of(desks_, [&](const Desk& desk) {
      const auto shifts = desk.clerk->shifts;
      if (shifts.empty() || !is_able(desk, i)) return false;
      return round_s < shifts.back().to_s || citizens_[i].door < doors_to_serve(*desk.clerk, shifts.size());
    });
  }

  const StationDay& day_;
  const Visits& visits_;
  AccessLinkId link_;
  const Network& network_;
  const Wires& wires_;
  std::vector<Citizen> citizens_;
  std::deque<Desk> desks_;
  std::list<std::size_t> room_;  ///< who waits, in the order of being called
};

}  // namespace

std::vector<std::vector<Fate>> act_out(std::span<const Scene> scenes, const Wires& wires) {
  std::vector<std::string> words = {"oracle",
                                    "--log=root.thresh:critical",
                                    "--cfg=network/model:CM02",
                                    "--cfg=network/crosstraffic:0",
                                    "--cfg=network/TCP-gamma:0",
                                    "--cfg=surf/precision:1e-9"};
#ifdef PISHKHAN_SANITIZED
  words.push_back("--cfg=contexts/factory:thread");  // sanitizers know threads' stacks, not SimGrid's own
#endif
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  int count = static_cast<int>(arguments.size());
  arguments.push_back(nullptr);
  sg::Engine engine(&count, arguments.data());
  const Network network(scenes.size(), wires);
  std::deque<ActingOffice> offices;
  for (const Scene& scene : scenes) offices.emplace_back(scene, network, wires).open();
  engine.run();
  std::vector<std::vector<Fate>> follow_up;
  for (const ActingOffice& office : offices) follow_up.push_back(office.follow_up());
  return follow_up;
}

}  // namespace pishkhan::oracle
