#include "models/scenario/builder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/province/csv.hpp"
#include "models/scenario/units.hpp"

namespace pishkhan {

namespace {

/// A hint for a name that is near to none: those that begin like it, or all if they are few.
std::string alike(std::string_view name, const std::vector<std::string_view>& known) {
  constexpr std::size_t few = 5, least_in_common = 3;
  const auto in_common = [name](std::string_view other) {
    const auto shorter = std::min(name.size(), other.size());
    return static_cast<std::size_t>(
        std::mismatch(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(shorter), other.begin())
            .first -
        name.begin());
  };
  std::size_t longest = 0;
  for (const auto& one : known) longest = std::max(longest, in_common(one));
  const bool all = known.size() <= few;
  if (!all && longest < least_in_common) return {};
  std::string names;
  std::size_t shown = 0;
  for (const auto& one : known) {
    if ((!all && in_common(one) < longest) || shown == few) continue;
    names += (shown++ > 0 ? ", " : "") + in_ticks(one);
  }
  return (all ? "known here: " : "alike are: ") + names;
}

}  // namespace

std::string path_of(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + '.' + std::string(key);
}

std::string path_of(const std::string& path, std::size_t index) {
  return path + '[' + std::to_string(index) + ']';
}

void Builder::unknown(const Node& node, std::string path, std::string_view what, std::string_view name,
                      const std::vector<std::string_view>& known) {
  const auto near = nearest_name(name, known);
  mistake(node, std::move(path), "unknown " + std::string(what) + ' ' + in_ticks(name),
          near.empty() ? alike(name, known) : "did you mean " + in_ticks(near) + '?');
}

const Node* Builder::sound(const Node& map, std::string_view key) {
  const Node* value = map.find(key);
  return value != nullptr && value->sound ? value : nullptr;
}

double Builder::number(const Node& map, std::string_view key, double otherwise) {
  const Node* value = sound(map, key);
  return value == nullptr || std::isnan(value->number) ? otherwise : value->number;
}

std::string Builder::text(const Node& map, std::string_view key, std::string otherwise) {
  const Node* value = sound(map, key);
  return value == nullptr || value->kind != Node::Kind::scalar ? otherwise : value->text;
}

std::vector<const Node*> Builder::one_or_many(const Node& node) {
  if (node.kind == Node::Kind::scalar) return {&node};
  std::vector<const Node*> items;
  for (const Node& item : node.items) items.push_back(&item);
  return items;
}

Distribution Builder::distribution(const Node& node, const std::string& path) {
  if (node.kind == Node::Kind::scalar) return Never{};
  const auto& [name, mark, of] = node.entries.front();
  const std::string here = path_of(path, name);
  const double mean = number(of, "mean", 0), cv = number(of, "cv", 1);
  if (name == "constant") return Constant{of.number};
  if (name == "exponential") return Exponential{mean};
  if (name == "erlang") return Erlang{mean, static_cast<int>(number(of, "shape", 1))};
  if (name == "gamma") return Gamma{mean, cv};
  if (name == "lognormal") return Lognormal{mean, cv};
  if (name == "weibull") {
    const double shape = number(of, "shape", 1);
    const Node* scale = of.find("scale");
    const Node* median = of.find("median");
    if ((scale == nullptr) == (median == nullptr)) {
      mistake(of, here, "a Weibull has a scale or a median", "give exactly one of `scale` and `median`");
      return Never{};
    }
    // The median is scale (ln 2)^(1/shape).
    return Weibull{shape,
                   scale != nullptr ? scale->number : median->number / std::pow(std::log(2.0), 1 / shape)};
  }
  if (name == "uniform" || name == "triangular") {
    const double low = number(of, "low", 0), high = number(of, "high", 0), mode = number(of, "mode", low);
    if (low >= high)
      mistake(of, here, "low is not below high");
    else if (mode < low || mode > high)
      mistake(of, here, "mode is not between low and high");
    if (name == "uniform") return Uniform{low, high};
    return Triangular{low, mode, high};
  }
  if (name == "empirical") {
    Empirical empirical;
    for (const Node& item : of.items) empirical.values.push_back(item.number);
    std::sort(empirical.values.begin(), empirical.values.end());
    return empirical;
  }
  Mixture mixture;
  for (std::size_t i = 0; i < of.items.size(); ++i) {
    const Node& part = of.items[i];
    mixture.parts.emplace_back(number(part, "weight", 0),
                               distribution(*part.find("of"), path_of(path_of(here, i), "of")));
  }
  return mixture;
}

Intervals Builder::day_hours(const Node& node, const std::string& path) {
  Intervals hours;
  for (const Node* part : one_or_many(node)) {
    Intervals more;
    read_hours(part->text, more);
    hours.insert(hours.end(), more.begin(), more.end());
  }
  std::sort(hours.begin(), hours.end(),
            [](const Interval& a, const Interval& b) { return a.from_s < b.from_s; });
  for (std::size_t i = 1; i < hours.size(); ++i) {
    if (hours[i].from_s < hours[i - 1].to_s) {
      mistake(node, path, "the hours overlap");
      break;
    }
  }
  return hours;
}

WeekHours Builder::week_hours(const Node& node, const std::string& path) {
  WeekHours week;
  if (node.kind != Node::Kind::map) {
    week.fill(day_hours(node, path));
    return week;
  }
  constexpr std::string_view names[] = {"saturday",  "sunday",   "monday", "tuesday",
                                        "wednesday", "thursday", "friday"};
  if (const Node* every = sound(node, "every-day")) week.fill(day_hours(*every, path_of(path, "every-day")));
  if (const Node* full = sound(node, "saturday-wednesday")) {
    std::fill(week.begin(), week.begin() + 5, day_hours(*full, path_of(path, "saturday-wednesday")));
  }
  for (std::size_t day = 0; day < week.size(); ++day) {
    if (const Node* one = sound(node, names[day])) week[day] = day_hours(*one, path_of(path, names[day]));
  }
  return week;
}

Balking Builder::balking(const Node& node, const std::string& path) {
  Balking balking;
  if (node.kind == Node::Kind::scalar) return balking;
  balking.per_clerk = text(node, "per") == "clerk";
  const Node* points = node.find("points");
  for (std::size_t i = 0; i < points->items.size(); ++i) {
    const Node& point = points->items[i];
    const double waiting = number(point, "waiting", 0);
    if (!balking.points.empty() && waiting <= balking.points.back().first) {
      mistake(point, path_of(path_of(path, "points"), i), "the points do not ascend in waiting",
              "order them from fewest to most waiting");
      return balking;
    }
    balking.points.emplace_back(waiting, number(point, "probability", 0));
  }
  return balking;
}

Closing Builder::closing(const Node& node) {
  return node.text == "send_away" ? Closing::send_away : Closing::serve_out;
}

}  // namespace pishkhan
