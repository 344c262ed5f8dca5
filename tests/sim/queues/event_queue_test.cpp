#include "sim/queues/event_queue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

#include "sim/queues/schedule.hpp"

namespace pishkhan::event_queue_test {
namespace {

using Queue = EventQueue<std::uint32_t>;

std::tuple<double, std::uint32_t, std::uint64_t> order(const Queue::Entry& event) {
  return {event.time_s, event.phase, event.key};
}

/// The naive shadow: a sorted vector.
class Shadow {
 public:
  void push(const Queue::Entry& event) {
    const auto at = std::upper_bound(events_.begin(), events_.end(), event,
                                     [](const auto& a, const auto& b) { return order(a) < order(b); });
    events_.insert(at, event);
  }
  Queue::Entry pop() {
    const Queue::Entry first = events_.front();
    events_.erase(events_.begin());
    return first;
  }
  [[nodiscard]] std::size_t size() const { return events_.size(); }

 private:
  std::vector<Queue::Entry> events_;
};

TEST(EventQueue, OrdersByTimeThenPhaseThenKey) {
  Queue queue;
  EXPECT_EQ(queue.next_s(), Queue::kNever);
  queue.push({2.0, 0, 1, 0});
  queue.push({1.0, 3, 2, 0});
  queue.push({1.0, 1, 3, 9});
  queue.push({1.0, 1, 4, 7});
  queue.push({-0.0, 5, 5, 0});
  queue.push({0.0, 4, 6, 0});  // the same time as -0
  std::vector<std::uint32_t> payloads;
  while (!queue.empty()) payloads.push_back(queue.pop().payload);
  EXPECT_EQ(payloads, (std::vector<std::uint32_t>{6, 5, 4, 3, 2, 1}));
}

// Random pushes, pops and replacements with many ties in time and phase; keys are unique, so the
// order is total and the payload must match too.
TEST(EventQueue, AgreesWithASortedVector) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937_64 generator(seed);
    Queue queue;
    Shadow shadow;
    std::uint32_t made = 0;
    const auto event = [&] {
      const double time_s = seed % 2 == 0 ? static_cast<double>(generator() % 16)
                                          : static_cast<double>(generator() % 1000000) / 7;
      const std::uint64_t key = ++made * 0x9E3779B97F4A7C15u;  // odd factor: unique, in no order
      return Queue::Entry{time_s, static_cast<std::uint32_t>(generator() % 5), made, key};
    };
    const auto same = [&](const Queue::Entry& a, const Queue::Entry& b) {
      ASSERT_EQ(order(a), order(b));
      ASSERT_EQ(a.payload, b.payload);
    };
    const std::uint64_t growth = 3 + seed % 5;  // some runs grow, some hover near empty
    for (int step = 0; step < 4000; ++step) {
      const std::uint64_t what = generator() % 10;
      if (queue.empty() || what < growth) {
        const auto e = event();
        queue.push(e), shadow.push(e);
      } else if (what == 9) {
        const auto e = event();
        same(queue.replace_first(e), shadow.pop());
        shadow.push(e);
      } else {
        ASSERT_EQ(queue.next_s(), queue.first().time_s);
        const auto a = queue.pop(), b = shadow.pop();
        same(a, b);
      }
      ASSERT_EQ(queue.size(), shadow.size());
    }
    while (!queue.empty()) same(queue.pop(), shadow.pop());
  }
}

TEST(Schedule, AgreesWithASearchOfAllMembers) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    std::mt19937_64 generator(seed);
    const std::uint32_t members = 1 + seed * 5;
    Schedule schedule;
    std::vector<double> dates(members, Schedule::kNever);
    for (int step = 0; step < 5000; ++step) {
      const auto member = static_cast<std::uint32_t>(generator() % members);
      switch (generator() % 4) {
        case 0:
          schedule.erase(member), dates[member] = Schedule::kNever;
          break;
        case 1:
          if (!schedule.empty()) {
            const std::uint32_t first = schedule.first();
            schedule.erase(first), dates[first] = Schedule::kNever;
          }
          break;
        default: {
          const double date_s = static_cast<double>(generator() % 50);
          schedule.set(member, date_s), dates[member] = date_s;
        }
      }
      const auto least = std::min_element(dates.begin(), dates.end());
      ASSERT_EQ(schedule.first_s(), *least);
      if (*least < Schedule::kNever) ASSERT_EQ(schedule.first(), least - dates.begin());
      ASSERT_EQ(schedule.contains(member), dates[member] < Schedule::kNever);
      ASSERT_EQ(schedule.size(),
                members - static_cast<std::size_t>(std::count(dates.begin(), dates.end(), Schedule::kNever)));
    }
    schedule.clear();
    EXPECT_TRUE(schedule.empty());
    EXPECT_FALSE(schedule.contains(0));
  }
}

}  // namespace
}  // namespace pishkhan::event_queue_test
