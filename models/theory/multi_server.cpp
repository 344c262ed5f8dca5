#include "models/theory/multi_server.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/theory/birth_death.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan::theory {

double erlang_b(int servers, double load) {
  PISHKHAN_EXPECT(servers >= 0 && load >= 0);
  double blocked = 1;
  for (int c = 1; c <= servers; ++c) blocked = load * blocked / (c + load * blocked);
  return blocked;
}

double erlang_c(int servers, double load) {
  if (load >= servers) return 1;
  const double blocked = erlang_b(servers, load);
  return blocked / (1 - load / servers * (1 - blocked));
}

double MMc::p_wait() const { return erlang_c(servers, load()); }

double MMc::mean_wait() const {
  PISHKHAN_EXPECT(load() < servers);
  return p_wait() * mean_service / (servers - load());
}

double MMc::service_level(double target) const {
  PISHKHAN_EXPECT(load() < servers && target >= 0);
  return 1 - p_wait() * std::exp(-(servers - load()) * target / mean_service);
}

double MMc::wait_quantile(double p) const {
  PISHKHAN_EXPECT(load() < servers && p >= 0 && p < 1);
  return std::max(0.0, std::log(p_wait() / (1 - p)) * mean_service / (servers - load()));
}

double MMc::p_inside_at_least(int n) const {
  PISHKHAN_EXPECT(load() < servers && n >= 0);
  if (n >= servers) return p_wait() * std::pow(utilization(), n - servers);
  // From P(N >= c) downwards: p(c) = P(N >= c) (1 - utilization), p(k - 1) = p(k) k / load.
  double at_least = p_wait();
  double at = p_wait() * (1 - utilization());
  for (int k = servers; k > n; --k) {
    at *= k / load();
    at_least += at;
  }
  return at_least;
}

namespace {

std::vector<double> inside(const MMcK& queue) {
  return stationary(
      queue.servers + queue.waiting_room, [&](int) { return queue.arrival_rate; },
      [&](int n) { return std::min(n, queue.servers) / queue.mean_service; });
}

std::vector<double> inside(const ErlangA& queue) {
  const auto birth = [&](int) { return queue.arrival_rate; };
  const auto death = [&](int n) {
    return std::min(n, queue.servers) / queue.mean_service +
           std::max(0, n - queue.servers) / queue.mean_patience;
  };
  if (queue.waiting_room) return stationary(queue.servers + *queue.waiting_room, birth, death);
  return stationary_unbounded(birth, death);
}

/// How many states find a place.
std::size_t open_states(const ErlangA& queue, const std::vector<double>& inside) {
  return queue.waiting_room ? inside.size() - 1 : inside.size();
}

/// The probabilities of how many are inside are given.
double wait_of_served(const ErlangA& queue, const std::vector<double>& p) {
  const double served_rate = queue.servers / queue.mean_service;
  double stages = 0;  // mean time to the desk of a customer who gets there
  double wait = 0;
  double served = 0;
  for (std::size_t n = 0; n < open_states(queue, p); ++n) {
    if (n < static_cast<std::size_t>(queue.servers)) {
      served += p[n];
      continue;
    }
    const double ahead = static_cast<double>(n) - queue.servers;
    const double leave_rate = served_rate + (ahead + 1) / queue.mean_patience;
    stages += 1 / leave_rate;
    served += p[n] * served_rate / leave_rate;
    wait += p[n] * served_rate / leave_rate * stages;
  }
  return wait / served;
}

double utilization_of(const ErlangA& queue, const std::vector<double>& p) {
  return (mean_of(p) - mean_waiting(p, queue.servers)) / queue.servers;
}

std::vector<double> inside(const FiniteSource& queue) {
  return stationary(
      queue.customers, [&](int n) { return (queue.customers - n) * queue.failure_rate; },
      [&](int n) { return std::min(n, queue.servers) * queue.repair_rate; });
}

}  // namespace

double MMcK::p_blocked() const { return inside(*this).back(); }
double MMcK::mean_inside() const { return mean_of(inside(*this)); }
double MMcK::mean_queue() const { return mean_waiting(inside(*this), servers); }
double MMcK::mean_wait() const { return mean_queue() / (arrival_rate * (1 - p_blocked())); }
double MMcK::utilization() const { return arrival_rate * (1 - p_blocked()) * mean_service / servers; }

double ErlangA::p_wait() const {
  const std::vector<double> p = inside(*this);
  double waiting = 0;
  for (std::size_t n = static_cast<std::size_t>(servers); n < open_states(*this, p); ++n) waiting += p[n];
  return waiting;
}

double ErlangA::p_blocked() const { return waiting_room ? inside(*this).back() : 0; }

double ErlangA::p_abandon() const { return mean_queue() / mean_patience / arrival_rate; }
double ErlangA::mean_queue() const { return mean_waiting(inside(*this), servers); }

ErlangA::Means ErlangA::means() const {
  const std::vector<double> p = inside(*this);
  const double queue = mean_waiting(p, servers);
  return {wait_of_served(*this, p), queue, utilization_of(*this, p), queue / mean_patience / arrival_rate,
          waiting_room ? p.back() : 0};
}

double ErlangA::mean_wait_of_served() const { return wait_of_served(*this, inside(*this)); }
double ErlangA::utilization() const { return utilization_of(*this, inside(*this)); }

double FiniteSource::mean_inside() const { return mean_of(inside(*this)); }
double FiniteSource::mean_queue() const { return mean_waiting(inside(*this), servers); }
double FiniteSource::utilization() const { return (mean_inside() - mean_queue()) / servers; }

}  // namespace pishkhan::theory
