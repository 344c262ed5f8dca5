// office-days with plain SimGrid actors: an actor for every clerk and every door, a deque and a
// semaphore between them, all offices in one engine.
#include <deque>
#include <simgrid/s4u.hpp>

#include "tools/bench/office_days.hpp"

using namespace pishkhan::bench;
namespace sg4 = simgrid::s4u;

namespace {

struct Citizen {
  double arrival_min, patience_min;
};

struct Office {
  std::deque<Citizen> waiting;
  sg4::SemaphorePtr called = sg4::Semaphore::create(0);  ///< one token a citizen, and one a clerk at closing
};

void door(Office& office, OfficeDraws& draws) {
  double now_min = 0;
  for (;;) {
    const double next_min = draws.next_arrival_min(now_min);
    if (next_min >= OfficeDays::open_min) break;
    sg4::this_actor::sleep_for(next_min - now_min);
    now_min = next_min;
    office.waiting.push_back({now_min, draws.patience_min()});
    office.called->release();
  }
  for (int clerk = 0; clerk < OfficeDays::clerks; ++clerk) office.called->release();
}

void clerk(Office& office, OfficeDraws& draws, OfficeTotals& totals, double opening_min) {
  for (;;) {
    office.called->acquire();
    if (office.waiting.empty()) return;  // a closing token: nobody is left, nobody comes any more
    const Citizen citizen = office.waiting.front();
    office.waiting.pop_front();
    const double wait_min = sg4::Engine::get_clock() - opening_min - citizen.arrival_min;
    if (wait_min > citizen.patience_min) {
      totals.abandon(citizen.patience_min);
      continue;
    }
    const double handling_min = draws.handling_min();
    totals.serve(wait_min, handling_min);
    sg4::this_actor::sleep_for(handling_min);
  }
}

}  // namespace

int main(int argc, char** argv) {
  sg4::Engine engine(&argc, argv);
  const int days = number_of(argc, argv, 1, 1);
  sg4::NetZone* zone = sg4::create_full_zone("province");
  sg4::Host* host = zone->create_host("counter hall", 1e9);
  zone->seal();

  OfficeDraws draws(1395);
  OfficeTotals totals;
  const double start_s = processor_s();
  for (int day = 0; day < days; ++day) {
    // SimGrid's second is our minute.
    const double opening_min = sg4::Engine::get_clock();
    std::vector<Office> offices(OfficeDays::offices);
    for (Office& office : offices) {
      sg4::Actor::create("door", host, [&] { door(office, draws); });
      for (int i = 0; i < OfficeDays::clerks; ++i)
        sg4::Actor::create("clerk", host, [&, opening_min] { clerk(office, draws, totals, opening_min); });
    }
    engine.run();
  }
  print_figures("simgrid-actors", totals, days, processor_s() - start_s);
}
