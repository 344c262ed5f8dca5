// province-day with plain SimGrid actors: an actor for every clerk and every door, a deque and a semaphore
// between them, and calls that the clerk's actor makes itself, by Comm, Exec and Comm.
#include <cstdlib>
#include <deque>
#include <simgrid/s4u.hpp>
#include <string>

#include "tools/bench/province_day.hpp"

using namespace pishkhan::bench;
namespace sg4 = simgrid::s4u;

namespace {

struct Line {
  sg4::Link* up;
  sg4::Link* down;
};

/// Offices and systems under one star, lines in both directions apart.
class Network {
 public:
  Network() : zone_(sg4::create_star_zone("province")) {
    province_ = line("province", ProvinceDay::province_bytes_s, ProvinceDay::province_latency_s);
    for (int k = 0; k < ProvinceDay::counties; ++k) {
      counties_.push_back(
          line("county-" + std::to_string(k), ProvinceDay::county_bytes_s, ProvinceDay::county_latency_s));
    }
    for (int k = 0; k < OfficeDays::offices; ++k) {
      const std::string name = "office-" + std::to_string(k);
      const Line access = line(name + "-line", ProvinceDay::office_bytes_s, ProvinceDay::office_latency_s);
      const Line county = counties_[static_cast<std::size_t>(k % ProvinceDay::counties)];
      using Hop = sg4::LinkInRoute;
      offices.push_back(host(name, 1, {Hop(access.up), Hop(county.up), Hop(province_.up)},
                             {Hop(province_.down), Hop(county.down), Hop(access.down)}));
    }
    for (int k = 0; k < ProvinceDay::systems; ++k) {
      const std::string name = "system-" + std::to_string(k);
      const Line access =
          line(name + "-line", ProvinceDay::data_centre_bytes_s, ProvinceDay::data_centre_latency_s);
      systems.push_back(
          host(name, ProvinceDay::cores, {sg4::LinkInRoute(access.down)}, {sg4::LinkInRoute(access.up)}));
    }
    zone_->seal();
  }

  std::vector<sg4::Host*> offices, systems;

 private:
  Line line(const std::string& name, double bytes_s, double latency_s) {
    const auto one_way = [&](const char* end) {
      return zone_->create_link(name + end, bytes_s)->set_latency(latency_s)->seal();
    };
    return {one_way("-up"), one_way("-down")};
  }
  sg4::Host* host(const std::string& name, int cores, const std::vector<sg4::LinkInRoute>& out,
                  const std::vector<sg4::LinkInRoute>& in) {
    sg4::Host* made = zone_->create_host(name, 1.0);
    made->set_core_count(cores)->seal();
    zone_->add_route(made->get_netpoint(), nullptr, nullptr, nullptr, out, false);
    zone_->add_route(nullptr, made->get_netpoint(), nullptr, nullptr, in, false);
    return made;
  }

  sg4::NetZone* zone_;
  std::vector<Line> counties_;
  Line province_{};
};

struct Office {
  const std::vector<BenchCitizen>* citizens;
  sg4::Host* host;
  double midnight_s;
  std::deque<const BenchCitizen*> waiting;
  sg4::SemaphorePtr called = sg4::Semaphore::create(0);  ///< one token a citizen, and one a clerk at closing
};

void door(Office& office) {
  for (const BenchCitizen& citizen : *office.citizens) {
    sg4::this_actor::sleep_until(office.midnight_s + citizen.arrival_s);
    office.waiting.push_back(&citizen);
    office.called->release();
  }
  for (int clerk = 0; clerk < OfficeDays::clerks; ++clerk) office.called->release();
}

void handle(const Office& office, const BenchCitizen& citizen, const Network& network,
            ProvinceTotals& totals) {
  const double start_s = sg4::Engine::get_clock();
  sg4::this_actor::sleep_for(ProvinceDay::share_before * citizen.human_s);
  const double call_s = sg4::Engine::get_clock();
  sg4::Host* system = network.systems[citizen.system];
  sg4::Comm::sendto(office.host, system, ProvinceDay::request_bytes);
  sg4::Exec::init()->set_flops_amount(ProvinceDay::work_s)->set_host(system)->start()->wait();
  sg4::Comm::sendto(system, office.host, ProvinceDay::response_bytes);
  totals.transaction_s += sg4::Engine::get_clock() - call_s;
  sg4::this_actor::sleep_for((1 - ProvinceDay::share_before) * citizen.human_s);
  totals.busy_s += sg4::Engine::get_clock() - start_s;
}

void clerk(Office& office, const Network& network, ProvinceTotals& totals) {
  for (;;) {
    office.called->acquire();
    if (office.waiting.empty()) return;  // a closing token: nobody is left, nobody comes any more
    const BenchCitizen& citizen = *office.waiting.front();
    office.waiting.pop_front();
    const double wait_s = sg4::Engine::get_clock() - office.midnight_s - citizen.arrival_s;
    ++totals.visits;
    if (wait_s > citizen.patience_s) {
      ++totals.abandoned;
      continue;
    }
    ++totals.served;
    totals.wait_s += wait_s;
    handle(office, citizen, network, totals);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int days = number_of(argc, argv, 1, 1);
  std::vector<std::string> words = {argv[0],
                                    "--log=root.thresh:error",
                                    "--cfg=network/model:CM02",
                                    "--cfg=network/crosstraffic:0",
                                    "--cfg=network/TCP-gamma:0",
                                    "--cfg=surf/precision:1e-9"};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  int count = static_cast<int>(arguments.size());
  arguments.push_back(nullptr);
  sg4::Engine engine(&count, arguments.data());
  const Network network;
  ProvinceTotals totals;
  double seconds = 0;
  for (int day = 0; day < days; ++day) {
    const auto citizens = citizens_of_day(day);
    const double start_s = processor_s(), midnight_s = sg4::Engine::get_clock();
    std::deque<Office> offices;
    for (std::size_t k = 0; k < citizens.size(); ++k) {
      Office& office = offices.emplace_back(Office{&citizens[k], network.offices[k], midnight_s, {}});
      sg4::Actor::create("door", office.host, [&office] { door(office); });
      for (int i = 0; i < OfficeDays::clerks; ++i)
        sg4::Actor::create("clerk", office.host, [&] { clerk(office, network, totals); });
    }
    engine.run();
    seconds += processor_s() - start_s;
  }
  print_figures("simgrid-actors", totals, days, seconds);
}
