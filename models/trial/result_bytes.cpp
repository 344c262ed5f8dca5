#include "models/trial/result_bytes.hpp"

#include <cstring>
#include <type_traits>

namespace pishkhan {
namespace {

/// Types whose bytes in memory are the value.
template <class T>
constexpr bool kPlain = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>;

class Packer {
 public:
  template <class T>
  requires kPlain<T>
  void plain(const T& value) { append(&value, 1); }
  template <class List, class Each>
  void list(const List& values, Each each) {
    plain(values.size());
    for (const auto& value : values) each(value);
  }
  template <class T>
  requires kPlain<T>
  void list(const std::vector<T>& values) {
    plain(values.size());
    append(values.data(), values.size());
  }
  void text(const std::string& value) {
    plain(value.size());
    append(value.data(), value.size());
  }
  void histogram(const WaitHistogram& value) { list(value.counts()); }
  void histogram(const CompactHistogram& value) { text(value.bytes()); }
  void histogram(const LevelHistogram& value) {
    plain(value.seconds().size());
    append(value.seconds().data(), value.seconds().size());
  }
  std::string take() { return std::move(bytes_); }

 private:
  template <class T>
  void append(const T* values, std::size_t count) {
    if (count > 0) bytes_.append(reinterpret_cast<const char*>(values), count * sizeof(T));
  }
  std::string bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}
  template <class T>
  requires kPlain<T>
  void plain(T& value) { copy(&value, 1); }
  template <class List, class Each>
  void list(List& values, Each each) {
    values.resize(length(1));
    for (auto& value : values) each(value);
  }
  template <class T>
  requires kPlain<T>
  void list(std::vector<T>& values) {
    values.resize(length(sizeof(T)));
    copy(values.data(), values.size());
  }
  void text(std::string& value) {
    value.resize(length(1));
    copy(value.data(), value.size());
  }
  void histogram(WaitHistogram& value) {
    std::vector<std::uint32_t> counts;
    list(counts);
    value = WaitHistogram(std::move(counts));
  }
  void histogram(CompactHistogram& value) {
    std::string bytes;
    text(bytes);
    value = CompactHistogram(std::move(bytes));
  }
  void histogram(LevelHistogram& value) {
    std::vector<double> seconds;
    list(seconds);
    value = LevelHistogram(std::move(seconds));
  }
  void expect_end() const {
    if (!bytes_.empty()) torn();
  }

 private:
  [[noreturn]] static void torn() { throw std::runtime_error("the bytes of a result are torn"); }
  /// Reads the length of a list, and checks that the rest can hold so many elements of at least
  /// element_bytes.
  std::size_t length(std::size_t element_bytes) {
    std::size_t count = 0;
    plain(count);
    if (count > bytes_.size() / element_bytes) torn();
    return count;
  }
  template <class T>
  void copy(T* values, std::size_t count) {
    const std::size_t size = count * sizeof(T);
    if (size > bytes_.size()) torn();
    if (size > 0) std::memcpy(values, bytes_.data(), size);
    bytes_.remove_prefix(size);
  }
  std::string_view bytes_;
};

// One description serves both ways. It uses structured bindings, so a new member does not compile before it
// is added here.

template <class Way, class Station>
void pass_station(Way& way, Station& station) {
  auto& tally =
      static_cast<std::conditional_t<std::is_const_v<Station>, const StationTally, StationTally>&>(station);
  way.plain(tally);
  way.histogram(station.waits);
  way.histogram(station.levels);
}

template <class Way, class Class>
void pass_class(Way& way, Class& one) {
  auto& tally = static_cast<std::conditional_t<std::is_const_v<Class>, const VisitTally, VisitTally>&>(one);
  way.plain(tally);
  way.histogram(one.waits);
}

template <class Way, class Travel>
void pass_travel(Way& way, Travel& travel) {
  auto& [metres, out_of_county, km] = travel;
  way.plain(metres);
  way.plain(out_of_county);
  way.histogram(km);
}

template <class Way, class System>
void pass_system(Way& way, System& system) {
  auto& [concurrency_area_s, busy_core_s, core_s, down_s, concurrency_max, response, transaction,
         transaction_s, failed, cancelled, refused] = system;
  way.plain(concurrency_area_s);
  way.plain(busy_core_s);
  way.plain(core_s);
  way.plain(down_s);
  way.plain(concurrency_max);
  way.plain(response);
  way.plain(transaction);
  way.histogram(transaction_s);
  way.plain(failed);
  way.plain(cancelled);
  way.plain(refused);
}

template <class Way, class Cell>
void pass_queue(Way& way, Cell& cell) {
  auto& [counts, waits, open_ticks] = cell;
  way.plain(counts);
  way.histogram(waits);
  way.list(open_ticks);
}

template <class Way, class Target>
void pass_target(Way& way, Target& target) {
  auto& [days, slots, counts, parts] = target;
  way.plain(days);
  way.plain(slots);
  way.list(counts);
  way.list(parts);
}

template <class Way, class Calls>
void pass_calls(Way& way, Calls& calls) {
  auto& [backbone, retried, parked, web_failed, lost_clerk_s, unloaded_s, days_apart, days_together] = calls;
  auto& [counts, systems, link_kinds] = backbone;
  way.plain(counts);
  way.list(systems, [&](auto& system) { pass_system(way, system); });
  way.list(link_kinds);
  way.plain(retried);
  way.plain(parked);
  way.plain(web_failed);
  way.list(lost_clerk_s);
  way.plain(unloaded_s);
  way.plain(days_apart);
  way.plain(days_together);
}

template <class Way, class Result>
void pass(Way& way, Result& result) {
  auto& [stations, station_hours, week_hours, periods, service_waits, classes, appointments, trips, given,
         service_travel, diversions, services, citizens, days, ledger, targets, observed, queues, calls,
         visits, audit] = result;
  way.list(stations, [&](auto& station) { pass_station(way, station); });
  way.list(station_hours);
  way.list(week_hours);
  way.list(periods);
  way.list(service_waits, [&](auto& waits) { way.histogram(waits); });
  way.list(classes, [&](auto& one) { pass_class(way, one); });
  way.list(appointments, [&](auto& one) {
    way.plain(one.counts);
    pass_class(way, one.booked);
    pass_class(way, one.walk_ins);
  });
  way.list(trips);
  way.list(given);
  way.list(service_travel, [&](auto& travel) { pass_travel(way, travel); });
  way.list(diversions);
  way.list(services);
  way.list(citizens);
  way.list(days);
  way.list(ledger);
  way.list(targets, [&](auto& target) { pass_target(way, target); });
  way.list(observed);
  way.list(queues, [&](auto& cell) { pass_queue(way, cell); });
  pass_calls(way, calls);
  way.plain(visits);
  auto& [checks, failures] = audit;
  way.plain(checks);
  way.list(failures, [&](auto& failure) { way.text(failure); });
}

}  // namespace

std::string to_bytes(const TrialResult& result) {
  Packer packer;
  pass(packer, result);
  return packer.take();
}

TrialResult from_bytes(std::string_view bytes) {
  Unpacker unpacker(bytes);
  TrialResult result;
  pass(unpacker, result);
  unpacker.expect_end();
  return result;
}

}  // namespace pishkhan
