#pragma once
#include <limits>
#include <optional>
#include <string_view>

namespace pishkhan::theory {

/// A station as closed forms know it, in any one unit of time.
struct Queue {
  int servers = 1;
  bool unlimited_servers = false;
  bool room_for_all = false;      ///< `room` is that of the customers at servers too
  bool shares_processor = false;  ///< each of n inside is served at min(1, servers / n)
  double arrival_rate = 0;        ///< Poisson
  double mean_service = 0;
  double service_cv = 1;  ///< standard deviation / mean
  bool exponential_service = false;
  std::optional<double> mean_patience;  ///< none: nobody leaves
  bool exponential_patience = false;
  std::optional<int> room;  ///< most who wait; none: any number

  [[nodiscard]] double load() const { return arrival_rate * mean_service; }
};

/// What a formula says of a queue in the long run.
struct ClosedForm {
  std::string_view formula;     ///< as in Kendall's notation
  bool is_exact = false;        ///< for these distributions; else an approximation
  double wait = 0;              ///< mean, of the served
  double queue_length = 0;      ///< mean number waiting
  double utilization = 0;       ///< of the servers; NaN where they are unlimited
  double not_served_share = 0;  ///< of the customers: who leave or find no room
};

/// The formula for a queue: processor sharing (Kleinrock II, section 4.4), M/G/infinity, Erlang A (patience
/// of another distribution is taken as exponential with the same mean), M/M/c/K and Erlang's loss formula
/// (room), Pollaczek and Khinchine (one server), Erlang C, or Allen and Cunneen's approximation, Erlang C
/// times (1 + service_cv^2) / 2 (Allen, Probability, Statistics, and Queueing Theory, 1990, section 5.3.5),
/// by which waits of Erlang A and M/M/c/K are multiplied too where service is not exponential. Nothing where
/// the load reaches the servers and nobody leaves, and for both room and patience. Where the room is for all,
/// it is that beside the servers, and there are no more servers than it holds.
std::optional<ClosedForm> closed_form(const Queue& queue);

}  // namespace pishkhan::theory
