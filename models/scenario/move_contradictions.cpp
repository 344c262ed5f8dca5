#include "models/scenario/move_contradictions.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "models/scenario/text/mistakes.hpp"

namespace pishkhan {
namespace {

bool has(const std::vector<ServiceId>& services, ServiceId service) {
  return std::find(services.begin(), services.end(), service) != services.end();
}

/// Services that move together are one item. To stay counts as the wave after the last: then every order says
/// that one wave is not after another.
class Contradictions {
 public:
  Contradictions(const MoveRules& rules, const std::vector<std::size_t>& together_at,
                 const Written<MoveKeys>& written, const Province& province, Diagnostics& mistakes)
      : rules_(rules),
        together_at_(together_at),
        written_(written),
        province_(province),
        mistakes_(mistakes),
        item_(province.services.size()),
        fixed_(item_.size()),
        least_(item_.size(), 0),
        from_(item_.size()) {
    std::iota(item_.begin(), item_.end(), 0);
    for (const std::vector<ServiceId>& group : rules.together) {
      const std::size_t into = item_of(group.front());
      for (const ServiceId service : group) std::replace(item_.begin(), item_.end(), item_of(service), into);
    }
  }

  void run() {
    for (std::size_t list = 0; list < rules_.in_order.size(); ++list) add_order(list);
    expect_fixed_alike();
    find_least_waves();
    for (const auto& fixed : fixed_)
      if (fixed && fixed->second < least_[item_of(fixed->first)]) refuse_early(fixed->first);
  }

 private:
  /// Two neighbours of a list of `in_order`.
  struct Order {
    std::size_t list;
    ServiceId first, second;
  };
  using Steps = std::vector<std::string>;

  [[nodiscard]] std::size_t item_of(ServiceId service) const { return item_[service.index()]; }
  [[nodiscard]] const std::string& id(ServiceId service) const {
    return province_.services[service.index()].id;
  }
  [[nodiscard]] std::string wave_name(std::size_t wave) const { return in_backticks(rules_.waves[wave].id); }

  [[nodiscard]] std::string text_of(const Order& order) const {
    return in_backticks(id(order.first)) + " before " + in_backticks(id(order.second)) + " (" +
           in_backticks(path_of("in_order", order.list)) + ')';
  }
  static std::string text_of(const Steps& steps) {
    std::string text;
    for (const std::string& step : steps) text += (text.empty() ? "" : ", ") + step;
    return text;
  }

  /// Why two services of an item move together: the shortest way from one to the other.
  void add_tie(ServiceId from, ServiceId to, Steps& steps) const {
    if (from == to) return;
    std::vector<std::size_t> found, before(rules_.together.size(), SIZE_MAX);
    std::vector<bool> seen(rules_.together.size(), false);
    const auto add_neighbours = [&](const std::vector<ServiceId>& of, std::size_t group) {
      for (std::size_t g = 0; g < rules_.together.size(); ++g) {
        const auto in_other = [&](ServiceId service) { return has(rules_.together[g], service); };
        if (seen[g] || std::none_of(of.begin(), of.end(), in_other)) continue;
        seen[g] = true;
        before[g] = group;
        found.push_back(g);
      }
    };
    add_neighbours({from}, SIZE_MAX);
    std::size_t next = 0;
    while (!has(rules_.together[found[next]], to)) {
      add_neighbours(rules_.together[found[next]], found[next]);
      ++next;
    }
    std::string lists;
    for (std::size_t g = found[next]; g != SIZE_MAX; g = before[g])
      lists = in_backticks(path_of("together", together_at_[g])) + (lists.empty() ? "" : ", ") + lists;
    steps.push_back(in_backticks(id(from)) + " together with " + in_backticks(id(to)) + " (" + lists + ')');
  }

  /// The orders that lead from one item to another, by their places; none: they do not.
  [[nodiscard]] std::optional<std::vector<std::size_t>> way(std::size_t from, std::size_t to) const {
    std::vector<std::size_t> reached{from}, by(item_.size(), SIZE_MAX);
    for (std::size_t next = 0; next < reached.size() && reached[next] != to; ++next) {
      for (std::size_t o = 0; o < orders_.size(); ++o) {
        const std::size_t item = item_of(orders_[o].second);
        if (item_of(orders_[o].first) != reached[next] || item == from || by[item] != SIZE_MAX) continue;
        by[item] = o;
        reached.push_back(item);
      }
    }
    if (by[to] == SIZE_MAX) return std::nullopt;
    std::vector<std::size_t> orders;
    for (std::size_t item = to; item != from; item = item_of(orders_[by[item]].first))
      orders.insert(orders.begin(), by[item]);
    return orders;
  }

  void add_order(std::size_t list) {
    const std::vector<ServiceId>& services = rules_.in_order[list];
    const Location& lists = written_.at(&MoveKeys::in_order);
    const Location here{&lists.node->items[list], path_of(lists.path, list)};
    std::vector<ServiceId> sorted = services;
    std::sort(sorted.begin(), sorted.end());
    if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end()) {
      add_mistake(mistakes_, here, in_backticks(id(*twice)) + " stands twice in one order",
                  "name each service once");
      return;
    }
    for (std::size_t i = 1; i < services.size(); ++i) {
      const Order order{list, services[i - 1], services[i]};
      if (item_of(order.first) == item_of(order.second)) continue;
      if (const auto back = way(item_of(order.second), item_of(order.first))) {
        refuse_circle(order, *back, here);
        return;
      }
      orders_.push_back(order);
    }
  }

  void refuse_circle(const Order& order, const std::vector<std::size_t>& back, const Location& here) {
    Steps steps{text_of(order)};
    ServiceId last = order.second;
    for (const std::size_t o : back) {
      add_tie(last, orders_[o].first, steps);
      steps.push_back(text_of(orders_[o]));
      last = orders_[o].second;
    }
    add_tie(last, order.first, steps);
    add_mistake(mistakes_, here, "makes a circle: " + text_of(steps),
                "take out one of them, or write services that have to wait for each other into `together`");
  }

  void refuse_fixed(ServiceId service, std::string problem, std::string hint) {
    const Location& table = written_.at(&MoveKeys::fixed);
    add_mistake(mistakes_, {table.node->find(id(service)), path_of(table.path, id(service))},
                std::move(problem), std::move(hint));
  }

  /// What is fixed may not be forbidden, nor differ within an item.
  void expect_fixed_alike() {
    for (const auto& [service, fixed] : rules_.fixed) {
      const std::size_t wave = fixed.value_or(rules_.waves.size());
      auto& of_item = fixed_[item_of(service)];
      const bool is_first = !of_item;
      if (is_first) of_item = {service, wave};
      if (of_item->second != wave) {
        Steps steps;
        add_tie(of_item->first, service, steps);
        refuse_fixed(
            service,
            "contradicts " + in_backticks("plan.fixed." + id(of_item->first)) + ": " + text_of(steps),
            "change one of the two waves");
      }
      for (const auto& [other, forbidden] : rules_.forbidden) {
        if (forbidden != wave || item_of(other) != item_of(service)) continue;
        Steps steps;
        add_tie(service, other, steps);
        if (other == service) {
          refuse_fixed(service, "is forbidden in `plan.forbidden`", "take out one of the two");
        } else if (is_first) {
          refuse_fixed(service,
                       "contradicts " + in_backticks("plan.forbidden." + id(other)) + ": " + text_of(steps),
                       "take out one of the two");
        }
      }
    }
  }

  [[nodiscard]] bool is_forbidden(std::size_t item, std::size_t wave) const {
    return std::any_of(rules_.forbidden.begin(), rules_.forbidden.end(),
                       [&](const auto& one) { return item_of(one.first) == item && one.second == wave; });
  }
  /// The first wave in which an item may move, as orders and its own rules say; where these contradict, as
  /// orders say.
  [[nodiscard]] std::size_t first_wave(std::size_t item) const {
    std::size_t wave = least_[item];
    if (fixed_[item]) return std::max(wave, fixed_[item]->second);
    while (wave < rules_.waves.size() && is_forbidden(item, wave)) ++wave;
    return wave;
  }
  void find_least_waves() {
    for (bool again = true; again;) {
      again = false;
      for (std::size_t o = 0; o < orders_.size(); ++o) {
        const std::size_t wave = first_wave(item_of(orders_[o].first));
        const std::size_t item = item_of(orders_[o].second);
        if (wave <= least_[item]) continue;
        least_[item] = wave;
        from_[item] = o;
        again = true;
      }
    }
  }

  /// Why an item of the service moves no earlier than its own rules alone ask.
  void add_own_reasons(ServiceId service, Steps& steps) const {
    const std::size_t item = item_of(service), waves = rules_.waves.size();
    if (const auto& fixed = fixed_[item]; fixed && fixed->second >= least_[item]) {
      add_tie(fixed->first, service, steps);
      steps.push_back(in_backticks(id(fixed->first)) +
                      (fixed->second == waves ? " stays" : " in " + wave_name(fixed->second)) + " (`fixed`)");
      return;
    }
    // The steps are told from the last to the first.
    for (auto one = rules_.forbidden.rbegin(); one != rules_.forbidden.rend(); ++one) {
      const auto& [other, wave] = *one;
      if (item_of(other) != item || wave < least_[item] || wave >= first_wave(item)) continue;
      add_tie(other, service, steps);
      steps.push_back(in_backticks(id(other)) + " not in " + wave_name(wave) + " (`forbidden`)");
    }
  }

  /// Refuses a service that is fixed earlier than the orders allow, for what stands before it.
  void refuse_early(ServiceId service) {
    const std::size_t least = least_[item_of(service)];
    Steps steps;
    ServiceId at = service;
    while (least_[item_of(at)] > 0) {
      const Order& order = orders_[from_[item_of(at)]];
      add_tie(order.second, at, steps);
      steps.push_back(text_of(order));
      at = order.first;
      add_own_reasons(at, steps);
      if (const auto& fixed = fixed_[item_of(at)]; fixed && fixed->second >= least_[item_of(at)]) break;
    }
    std::reverse(steps.begin(), steps.end());
    const std::string rest = least == rules_.waves.size()
                                 ? "it has to stay: "
                                 : "it may not move before " + wave_name(least) + ": ";
    refuse_fixed(service, "contradicts other rules, by which " + rest + text_of(steps),
                 "change one of these rules");
  }

  const MoveRules& rules_;
  const std::vector<std::size_t>& together_at_;
  const Written<MoveKeys>& written_;
  const Province& province_;
  Diagnostics& mistakes_;
  std::vector<std::size_t> item_;  ///< by service: the number of one of its item's services
  std::vector<Order> orders_;      ///< between items, without circles
  // By item.
  std::vector<std::optional<std::pair<ServiceId, std::size_t>>> fixed_;  ///< the first, with its wave
  std::vector<std::size_t> least_;  ///< before which the orders do not let it move
  std::vector<std::size_t> from_;   ///< the order that says so
};

}  // namespace

void expect_no_contradiction(const MoveRules& rules, const std::vector<std::size_t>& together_at,
                             const Written<MoveKeys>& written, const Province& province,
                             Diagnostics& mistakes) {
  Contradictions(rules, together_at, written, province, mistakes).run();
}

}  // namespace pishkhan
