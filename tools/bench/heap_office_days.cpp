// office-days on one binary heap of events for all offices together: what a textbook event-scheduling
// simulator does, and no more. With --by-office the heap holds one office after the other, which is faster,
// since offices do not influence each other.
#include <cstring>
#include <deque>
#include <queue>
#include <vector>

#include "tools/bench/office_days.hpp"

using namespace pishkhan::bench;

namespace {

struct Citizen {
  double arrival_min, patience_min;
};

struct Office {
  std::deque<Citizen> waiting;
  int idle = OfficeDays::clerks;
};

struct Event {
  double at_min;
  int office;
  bool arrival;  ///< otherwise a clerk finishes
};
struct Later {
  bool operator()(const Event& a, const Event& b) const { return a.at_min > b.at_min; }
};

class Day {
 public:
  Day(OfficeDraws& draws, OfficeTotals& totals, int offices)
      : draws_(draws), totals_(totals), offices_(static_cast<std::size_t>(offices)) {
    for (int office = 0; office < offices; ++office) schedule_arrival(office, 0);
  }

  void run() {
    while (!events_.empty()) {
      const Event event = events_.top();
      events_.pop();
      Office& office = offices_[static_cast<std::size_t>(event.office)];
      if (event.arrival) {
        schedule_arrival(event.office, event.at_min);
        office.waiting.push_back({event.at_min, draws_.patience_min()});
      } else {
        ++office.idle;
      }
      serve(office, event);
    }
  }

 private:
  void schedule_arrival(int office, double now_min) {
    const double next_min = draws_.next_arrival_min(now_min);
    if (next_min < OfficeDays::open_min) events_.push({next_min, office, true});
  }

  // Who has lost patience is found out when a clerk calls: under first come, first served that changes
  // nobody else's wait, and the time in the queue is the patience.
  void serve(Office& office, const Event& now) {
    while (office.idle > 0 && !office.waiting.empty()) {
      const Citizen citizen = office.waiting.front();
      office.waiting.pop_front();
      const double wait_min = now.at_min - citizen.arrival_min;
      if (wait_min > citizen.patience_min) {
        totals_.abandon(citizen.patience_min);
        continue;
      }
      --office.idle;
      const double handling_min = draws_.handling_min();
      totals_.serve(wait_min, handling_min);
      events_.push({now.at_min + handling_min, now.office, false});
    }
  }

  OfficeDraws& draws_;
  OfficeTotals& totals_;
  std::vector<Office> offices_;
  std::priority_queue<Event, std::vector<Event>, Later> events_;
};

}  // namespace

int main(int argc, char** argv) {
  const bool by_office = argc > 1 && std::strcmp(argv[1], "--by-office") == 0;
  const int number = by_office ? 2 : 1, days = number_of(argc, argv, number, 10);
  OfficeDraws draws(1395);
  OfficeTotals totals;
  const double start_s = processor_s();
  const int together = by_office ? 1 : OfficeDays::offices;
  for (int k = 0; k < days * OfficeDays::offices; k += together) Day(draws, totals, together).run();
  print_figures(by_office ? "heap-by-office" : "heap", totals, days, processor_s() - start_s);
}
