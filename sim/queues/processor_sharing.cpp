#include "sim/queues/processor_sharing.hpp"

#include "sim/base/contract.hpp"

namespace pishkhan {

void SharedProcessor::serve(std::span<const double> arrival_s, std::span<const double> work_s, double until_s,
                            std::span<double> departure_s, StopCheck stop) {
  const std::size_t customers = arrival_s.size();
  PISHKHAN_EXPECT(work_s.size() == customers && departure_s.size() == customers);
  PISHKHAN_EXPECT(cores_ >= 1 && customers < UINT32_MAX && clock_.size() <= customers);

  std::fill(departure_s.begin(), departure_s.end(), SharingClock::kNever);
  const auto leave_first = [&](double next_s) {
    departure_s[clock_.depart(next_s)] = next_s;
    clock_.set_rate(core_share(1.0, cores_, clock_.size()));
  };
  double last_s = -SharingClock::kNever;
  for (std::size_t i = clock_.size(); i < customers; ++i) {
    PISHKHAN_EXPECT(arrival_s[i] >= last_s && work_s[i] >= 0);
    stop.after(1);
    last_s = arrival_s[i];
    while (clock_.next_s() <= last_s) leave_first(clock_.next_s());
    clock_.advance(last_s);
    clock_.add(work_s[i], static_cast<std::uint32_t>(i), arrived_++);
    clock_.set_rate(core_share(1.0, cores_, clock_.size()));
  }
  while (clock_.next_s() < until_s) leave_first(clock_.next_s());
}

void processor_sharing_departures(std::span<const double> arrival_s, std::span<const double> work_s,
                                  std::uint32_t cores, std::span<double> departure_s, StopCheck stop) {
  SharedProcessor(cores).serve(arrival_s, work_s, SharingClock::kNever, departure_s, stop);
}

}  // namespace pishkhan
