#include "sim/queues/processor_sharing.hpp"

#include "sim/base/contract.hpp"

namespace pishkhan {

void processor_sharing_departures(std::span<const double> arrival_s, std::span<const double> work_s,
                                  std::uint32_t cores, std::span<double> departure_s, StopCheck stop) {
  const std::size_t customers = arrival_s.size();
  PISHKHAN_EXPECT(work_s.size() == customers && departure_s.size() == customers);
  PISHKHAN_EXPECT(cores >= 1 && customers < UINT32_MAX);

  SharingClock clock;
  const auto leave_until = [&](double time_s) {
    for (double next_s = clock.next_s(); next_s <= time_s; next_s = clock.next_s()) {
      if (next_s == SharingClock::kNever) return;
      departure_s[clock.depart(next_s)] = next_s;
      clock.set_rate(core_share(1.0, cores, clock.size()));
    }
  };
  double last_s = -SharingClock::kNever;
  for (std::size_t i = 0; i < customers; ++i) {
    PISHKHAN_EXPECT(arrival_s[i] >= last_s && work_s[i] >= 0);
    stop.after(1);
    last_s = arrival_s[i];
    leave_until(last_s);
    clock.advance(last_s);
    clock.add(work_s[i], static_cast<std::uint32_t>(i), i);
    clock.set_rate(core_share(1.0, cores, clock.size()));
  }
  leave_until(SharingClock::kNever);
}

}  // namespace pishkhan
