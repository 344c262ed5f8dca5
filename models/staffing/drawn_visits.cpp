#include "models/staffing/drawn_visits.hpp"

#include <algorithm>

namespace pishkhan {
namespace {

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

template <class T>
void copy_column(const std::vector<T>& from, std::size_t begin, std::size_t end, std::vector<T>& to,
                 std::size_t at) {
  std::copy(from.data() + begin, from.data() + end, to.data() + at);
}

}  // namespace

void DrawnVisits::clear() {
  for (auto* column : {&arrival_s_, &human_s_, &system_s_, &patience_s_, &balk_}) column->clear();
  priority_.clear();
  service_.clear();
  attempts_.clear();
}

void DrawnVisits::add(const StationRunner& runner, std::span<const Attempt> attempts) {
  const Visits& visits = runner.visits();
  append(arrival_s_, visits.arrival_s);
  append(human_s_, visits.human_s);
  append(system_s_, visits.system_s);
  append(patience_s_, visits.patience_s);
  append(balk_, visits.balk);
  append(priority_, visits.priority);
  append(service_, visits.service);
  for (std::size_t i = 0; i < visits.size(); ++i) attempts_.push_back(attempts[runner.attempt(i)]);
}

void DrawnVisits::copy(std::size_t begin, std::size_t end, Visits& visits, std::size_t to) const {
  copy_column(arrival_s_, begin, end, visits.arrival_s, to);
  copy_column(human_s_, begin, end, visits.human_s, to);
  copy_column(system_s_, begin, end, visits.system_s, to);
  copy_column(patience_s_, begin, end, visits.patience_s, to);
  copy_column(balk_, begin, end, visits.balk, to);
  copy_column(priority_, begin, end, visits.priority, to);
  copy_column(service_, begin, end, visits.service, to);
}

std::size_t DrawnVisits::arrived_by(double time_s, std::size_t begin, std::size_t end) const {
  const double* const first = arrival_s_.data();
  return static_cast<std::size_t>(std::upper_bound(first + begin, first + end, time_s) - first);
}

}  // namespace pishkhan
