#include "models/theory/closed_form.hpp"

#include <algorithm>

#include "models/theory/multi_server.hpp"
#include "models/theory/single_server.hpp"

namespace pishkhan::theory {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr int kMostSolved = 10'000;  ///< of a chain that is solved within milliseconds

/// What variable service makes of the wait in M/M/c (Allen and Cunneen).
double variability(const Queue& queue) {
  return queue.exponential_service ? 1 : (1 + queue.service_cv * queue.service_cv) / 2;
}

ClosedForm with_patience(const Queue& queue) {
  const ErlangA erlang{queue.servers, queue.arrival_rate, queue.mean_service, *queue.mean_patience,
                       queue.room};
  const ErlangA::Means means = erlang.means();
  const double factor = variability(queue);
  const bool exact = queue.exponential_service && queue.exponential_patience;
  return {queue.room ? (exact ? "M/M/c/K+M" : "M/G/c/K+G") : (exact ? "M/M/c+M" : "M/G/c+G"),
          exact,
          factor * means.wait_of_served,
          factor * means.queue,
          means.utilization,
          means.p_abandon + means.p_blocked};
}

ClosedForm with_room(const Queue& queue) {
  if (*queue.room == 0) {
    const double blocked = erlang_b(queue.servers, queue.load());
    return {"M/G/c/c", true, 0, 0, queue.load() * (1 - blocked) / queue.servers, blocked};
  }
  const MMcK inside{queue.servers, *queue.room, queue.arrival_rate, queue.mean_service};
  const double factor = variability(queue);
  return {queue.exponential_service ? "M/M/c/K" : "M/G/c/K",
          queue.exponential_service,
          factor * inside.mean_wait(),
          factor * inside.mean_queue(),
          inside.utilization(),
          inside.p_blocked()};
}

ClosedForm without_loss(const Queue& queue) {
  if (queue.servers == 1) {
    const MG1 one{queue.arrival_rate, queue.mean_service, queue.service_cv};
    return {queue.exponential_service ? "M/M/1" : "M/G/1",
            true,
            one.mean_wait(),
            one.mean_queue(),
            one.load(),
            0};
  }
  const MMc many{queue.servers, queue.arrival_rate, queue.mean_service};
  const double factor = variability(queue);
  return {queue.exponential_service ? "M/M/c" : "M/G/c",
          queue.exponential_service,
          factor * many.mean_wait(),
          factor * many.mean_queue(),
          many.utilization(),
          0};
}

/// More servers than there is room for are never busy all at once.
std::optional<ClosedForm> with_room_for_all(Queue queue) {
  const int servers = queue.servers;
  if (*queue.room < 1 || servers < 1) return std::nullopt;
  queue.room_for_all = false;
  queue.servers = std::min(servers, *queue.room);
  *queue.room -= queue.servers;
  std::optional<ClosedForm> form = closed_form(queue);
  if (form) form->utilization *= static_cast<double>(queue.servers) / servers;
  return form;
}

}  // namespace

std::optional<ClosedForm> closed_form(const Queue& asked) {
  if (asked.room && asked.room_for_all) return with_room_for_all(asked);
  Queue queue = asked;
  if (!(queue.arrival_rate > 0) || !(queue.mean_service > 0) || !(queue.load() > 0)) return std::nullopt;
  if (queue.unlimited_servers) return ClosedForm{"M/G/infinity", true, 0, 0, kNone, 0};
  if (queue.servers < 1 || queue.servers > kMostSolved || queue.load() > kMostSolved) return std::nullopt;
  if (queue.shares_processor) {
    if (queue.load() >= queue.servers) return std::nullopt;
    return ClosedForm{
        queue.servers == 1 ? "M/G/1 PS" : "M/G/c PS", true, 0, 0, queue.load() / queue.servers, 0};
  }
  if (queue.room && *queue.room > kMostSolved) queue.room.reset();
  if (queue.mean_patience) {
    const bool nearly_full = !queue.room && queue.load() >= 0.999 * queue.servers;
    if (!(*queue.mean_patience > 0)) return std::nullopt;
    if (nearly_full && queue.arrival_rate * *queue.mean_patience > kMostSolved) return std::nullopt;
    return with_patience(queue);
  }
  if (queue.room) return with_room(queue);
  if (queue.load() >= queue.servers) return std::nullopt;
  return without_loss(queue);
}

}  // namespace pishkhan::theory
