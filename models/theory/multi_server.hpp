#pragma once
#include <optional>

namespace pishkhan::theory {

/// Probability that all servers of M/G/c/c are busy (Erlang 1917), by the recursion over servers,
/// which neither overflows nor cancels. load = arrival rate x mean service, erlangs.
double erlang_b(int servers, double load);

/// Probability of waiting in M/M/c (Erlang 1917), from Erlang B (Cooper, Introduction to Queueing
/// Theory, 1981, section 3.5). 1 where load >= servers.
double erlang_c(int servers, double load);

/// M/M/c, first come first served, in the long run (Kleinrock, Queueing Systems I, 1975, section
/// 3.5). Needs load < servers.
struct MMc {
  int servers = 1;
  double arrival_rate = 0;
  double mean_service = 0;

  [[nodiscard]] double load() const { return arrival_rate * mean_service; }
  [[nodiscard]] double utilization() const { return load() / servers; }
  [[nodiscard]] double p_wait() const;
  [[nodiscard]] double mean_wait() const;
  [[nodiscard]] double mean_queue() const { return arrival_rate * mean_wait(); }
  [[nodiscard]] double mean_inside() const { return mean_queue() + load(); }
  /// P(wait <= target).
  [[nodiscard]] double service_level(double target) const;
  /// Smallest wait that a share p of the customers does not exceed.
  [[nodiscard]] double wait_quantile(double p) const;
  /// P(number inside >= n).
  [[nodiscard]] double p_inside_at_least(int n) const;
};

/// M/M/c/K: at most `waiting_room` customers wait, who come later are turned away (Kleinrock I,
/// section 3.6).
struct MMcK {
  int servers = 1;
  int waiting_room = 0;
  double arrival_rate = 0;
  double mean_service = 0;

  [[nodiscard]] double p_blocked() const;
  [[nodiscard]] double mean_inside() const;
  [[nodiscard]] double mean_queue() const;
  /// Of those who enter.
  [[nodiscard]] double mean_wait() const;
  [[nodiscard]] double utilization() const;
};

/// M/M/c+M, Erlang A: exponential patience (Palm 1957; Mandelbaum and Zeltyn 2007, Service
/// engineering in action: the Palm/Erlang-A queue). Stable at any load. With a waiting room, who comes
/// when it is full is turned away: M/M/c/K+M.
struct ErlangA {
  int servers = 1;
  double arrival_rate = 0;
  double mean_service = 0;
  double mean_patience = 0;
  std::optional<int> waiting_room = {};

  [[nodiscard]] double p_wait() const;
  /// Of all customers.
  [[nodiscard]] double p_abandon() const;
  /// 0 where there is no waiting room.
  [[nodiscard]] double p_blocked() const;
  [[nodiscard]] double mean_queue() const;
  /// Of all customers, abandoners included.
  [[nodiscard]] double mean_wait() const { return mean_queue() / arrival_rate; }
  /// Of the served. A customer with j ahead moves up at rate c mu + j theta and gives up at rate
  /// theta, and how long a stage takes does not depend on how it ends (Whitt 2005, Engineering
  /// solution of a basic call-center model, Management Science 51:221-235).
  [[nodiscard]] double mean_wait_of_served() const;
  [[nodiscard]] double utilization() const;

  struct Means {
    double wait_of_served, queue, utilization, p_abandon, p_blocked;
  };
  /// The functions of these names together, for the time of one.
  [[nodiscard]] Means means() const;
};

/// Finite source (machine repair): each of `customers` comes back at `failure_rate` while outside,
/// and `servers` serve at `repair_rate` each (Kleinrock I, section 3.8).
struct FiniteSource {
  int customers = 1;
  int servers = 1;
  double failure_rate = 0;
  double repair_rate = 0;

  [[nodiscard]] double mean_inside() const;
  [[nodiscard]] double mean_queue() const;
  [[nodiscard]] double utilization() const;
};

}  // namespace pishkhan::theory
