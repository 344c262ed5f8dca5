#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "models/scenario/builder.hpp"
#include "models/scenario/units.hpp"

namespace pishkhan {
namespace {

constexpr double kSineStep_s = 60;
constexpr double kMostSteps = 2e6;

WeekHours every_day(Intervals hours) {
  WeekHours week;
  week.fill(std::move(hours));
  return week;
}

class StationBuilder {
 public:
  StationBuilder(Builder& builder, const Node& node, std::string path, const Run& run, RunForm form)
      : builder_(builder), node_(node), path_(std::move(path)), run_(run), form_(form) {}

  BareStation build() {
    const std::size_t before = builder_.mistakes().size();
    station_.id = Builder::text(node_, "id");
    if (Builder::text(node_, "discipline") == "processor_sharing")
      station_.discipline = Discipline::processor_sharing;
    station_.cores = static_cast<int>(Builder::number(node_, "cores", 1));
    station_.rules.room = static_cast<int>(Builder::number(node_, "room", INT32_MAX));
    station_.rules.balking = builder_.balking(*node_.find("balking"), path_of(path_, "balking"));
    station_.rules.closing = Builder::closing(*node_.find("closing"));
    doors();
    streams();
    if (station_.discipline == Discipline::processor_sharing) {
      shared_cores();
    } else {
      clerks();
      if (builder_.mistakes().size() == before) servable();
    }
    return std::move(station_);
  }

 private:
  /// While the run's own form is not known, the station's decides.
  [[nodiscard]] bool unbroken() const {
    return form_ == RunForm::unknown ? node_.find("doors") == nullptr : form_ == RunForm::unbroken;
  }

  void doors() {
    const Node* doors = node_.find("doors");
    if (unbroken() && doors != nullptr) {
      builder_.mistake(*doors, path_of(path_, "doors"), "doors in an unbroken run",
                       "doors open and close in a run by `days`");
    } else if (!unbroken() && doors == nullptr) {
      builder_.mistake(node_, path_, "no doors in a run by days",
                       "say when citizens may enter: `doors: 08:00-16:00`, or `doors: 00:00-24:00`");
    } else if (doors != nullptr) {
      station_.rules.doors = builder_.week_hours(*doors, path_of(path_, "doors"));
    }
  }

  void streams() {
    const Node* arrivals = node_.find("arrivals");
    const Node* list = node_.find("streams");
    if ((arrivals == nullptr) == (list == nullptr)) {
      builder_.mistake(
          node_, path_,
          arrivals == nullptr ? "neither `arrivals` nor `streams`" : "both `arrivals` and `streams`",
          "one stream is written `arrivals: 4.2 / min`, several under `streams`");
      return;
    }
    if (arrivals != nullptr) {
      stream(node_, path_, station_.id);
      return;
    }
    std::set<std::string> ids;
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      const std::string id = Builder::text(list->items[i], "id");
      if (!ids.insert(id).second) {
        builder_.mistake(list->items[i], path_of(path_of(path_, "streams"), i),
                         "duplicate id " + in_ticks(id), "streams of a station have ids of their own");
      }
      stream(list->items[i], path_of(path_of(path_, "streams"), i), id);
    }
  }

  void stream(const Node& node, const std::string& path, std::string id) {
    ArrivalStream stream;
    stream.id = std::move(id);
    const auto own_or_common = [&](const char* key) {
      const Node* own = node.find(key);
      return own != nullptr ? own : node_.find(key);
    };
    const auto path_of_found = [&](const char* key) {
      return path_of(node.find(key) != nullptr ? path : path_, key);
    };
    stream.rate = rate(*node.find("arrivals"), path_of(path, "arrivals"));
    if (const Node* handling = own_or_common("handling")) {
      stream.handling = builder_.distribution(*handling, path_of_found("handling"));
    } else {
      builder_.mistake(node, path, "the key `handling` is missing",
                       "say how long handling takes, for example `{exponential: {mean: 2 min}}`");
    }
    stream.patience = builder_.distribution(*own_or_common("patience"), path_of_found("patience"));
    stream.priority = static_cast<int>(own_or_common("priority")->number);
    station_.streams.push_back(std::move(stream));
  }

  using Steps = std::vector<std::pair<double, double>>;

  Steps rate(const Node& node, const std::string& path) {
    if (node.kind == Node::Kind::scalar) return {{0.0, node.number}};
    if (node.kind == Node::Kind::list) return rate_by_steps(node, path);
    const Node* hourly = node.find("hourly");
    const Node* sine = node.find("sinusoidal");
    if ((hourly == nullptr) == (sine == nullptr)) {
      builder_.mistake(node, path, "arrivals by the hour or sinusoidal",
                       "give exactly one of `hourly` and `sinusoidal`");
      return {};
    }
    return hourly != nullptr ? rate_by_hours(node, path) : rate_by_sine(*sine, path_of(path, "sinusoidal"));
  }

  Steps rate_by_steps(const Node& node, const std::string& path) {
    Steps steps;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const Node& from = *node.items[i].find("from");
      const std::string here = path_of(path_of(path, i), "from");
      if (!steps.empty() && from.number <= steps.back().first) {
        builder_.mistake(from, here, in_ticks(from.text) + " is not after the step before",
                         "order the steps by time");
      } else if (!unbroken() && from.number >= kSecondsPerDay) {
        builder_.mistake(from, here, in_ticks(from.text) + " is outside a day",
                         "a run by days starts every day anew");
      }
      if (i == 0 && from.number > 0) steps.emplace_back(0.0, 0.0);
      steps.emplace_back(from.number, node.items[i].find("rate")->number);
    }
    return steps;
  }

  Steps rate_by_hours(const Node& node, const std::string& path) {
    const Node& weights = *node.find("hourly");
    const Node* total = node.find("total");
    if (total == nullptr) {
      builder_.mistake(node, path, "the key `total` is missing",
                       "hourly weights need the expected arrivals a day");
      return {};
    }
    const double from_s = Builder::number(node, "from", 0);
    double sum = 0;
    for (const Node& weight : weights.items) sum += weight.number;
    if (sum <= 0) {
      builder_.mistake(weights, path_of(path, "hourly"), "every weight is zero");
      return {};
    }
    const double end_s = from_s + kSecondsPerHour * static_cast<double>(weights.items.size());
    if (end_s > kSecondsPerDay) {
      builder_.mistake(weights, path_of(path, "hourly"),
                       std::to_string(weights.items.size()) + " hours do not fit in the day",
                       "at most 24 hours, from `from`");
      return {};
    }
    if (unbroken()) {
      builder_.mistake(node, path, "arrivals by the hour in an unbroken run",
                       "write a run by `days`, or steps `{from, rate}`");
      return {};
    }
    Steps steps;
    if (from_s > 0) steps.emplace_back(0.0, 0.0);
    double at_s = from_s;
    for (const Node& weight : weights.items) {
      steps.emplace_back(at_s, total->number * weight.number / sum / kSecondsPerHour);
      at_s += kSecondsPerHour;
    }
    if (at_s < kSecondsPerDay) steps.emplace_back(at_s, 0.0);
    return steps;
  }

  Steps rate_by_sine(const Node& node, const std::string& path) {
    const double mean = Builder::number(node, "mean", 0), amplitude = Builder::number(node, "amplitude", 0);
    const double period_s = Builder::number(node, "period", 1);
    if (amplitude > mean) {
      builder_.mistake(*node.find("amplitude"), path_of(path, "amplitude"), "the amplitude is above the mean",
                       "a rate cannot be negative");
      return {};
    }
    const double end_s = form_ == RunForm::unbroken ? run_.length_s : kSecondsPerDay;
    if (end_s / kSineStep_s > kMostSteps) {
      builder_.mistake(node, path, "the run is too long for a sinusoidal rate",
                       "at most " + number_text(kMostSteps) + " minutes");
      return {};
    }
    // The mean of the sine over a step is the difference of its antiderivative.
    const double omega = 2 * std::numbers::pi / period_s;
    Steps steps;
    for (int i = 0; i * kSineStep_s < end_s; ++i) {
      const double a = i * kSineStep_s, b = a + kSineStep_s;
      const double swing = (std::cos(omega * a) - std::cos(omega * b)) / (omega * kSineStep_s);
      steps.emplace_back(a, std::max(0.0, mean + amplitude * swing));
    }
    return steps;
  }

  void shared_cores() {
    for (const char* key : {"clerks", "room"}) {
      if (const Node* value = node_.find(key)) {
        builder_.mistake(*value, path_of(path_, key), in_ticks(key) + " with processor sharing",
                         "the server is its `cores`");
      }
    }
    for (const auto& stream : station_.streams) {
      if (!std::holds_alternative<Never>(stream.patience) || stream.priority != 0) {
        builder_.mistake(node_, path_, "patience or priority with processor sharing",
                         "nobody waits where all are served at once");
        return;
      }
    }
  }

  void clerks() {
    if (const Node* cores = node_.find("cores")) {
      builder_.mistake(*cores, path_of(path_, "cores"), "`cores` without processor sharing",
                       "say `discipline: processor_sharing`, or give `clerks`");
    }
    const Node* clerks = node_.find("clerks");
    if (clerks == nullptr) {
      builder_.mistake(node_, path_, "the key `clerks` is missing",
                       "say how many clerks serve, for example `clerks: 3`");
      return;
    }
    const std::string path = path_of(path_, "clerks");
    if (clerks->kind == Node::Kind::scalar) {
      ClerkGroup group;
      group.id = "clerks";
      group.clerks = static_cast<int>(clerks->number);
      group.shifts = station_.rules.doors;
      station_.rules.groups.push_back(std::move(group));
      return;
    }
    const auto timed = [](const Node& item) {
      return item.find("from") != nullptr || item.find("to") != nullptr;
    };
    const auto count = std::count_if(clerks->items.begin(), clerks->items.end(), timed);
    if (count == 0) {
      groups(*clerks, path);
    } else if (static_cast<std::size_t>(count) == clerks->items.size()) {
      intervals(*clerks, path);
    } else {
      builder_.mistake(*clerks, path, "clerks by interval and groups of clerks are mixed",
                       "write groups with `shifts` instead of `from` and `to`");
    }
  }

  void groups(const Node& list, const std::string& path) {
    std::set<std::string> ids;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const Node& item = list.items[i];
      const std::string here = path_of(path, i);
      ClerkGroup group;
      group.id = Builder::text(item, "id", "clerks-" + std::to_string(i + 1));
      if (!ids.insert(group.id).second) {
        builder_.mistake(item, here, "duplicate id " + in_ticks(group.id),
                         "groups of a station have ids of their own");
      }
      group.clerks = static_cast<int>(Builder::number(item, "clerks", 0));
      group.speed = Builder::number(item, "speed", 1);
      group.absence = Builder::number(item, "absence", 0);
      group.shifts = station_.rules.doors;
      if (const Node* shifts = item.find("shifts")) {
        if (unbroken()) {
          builder_.mistake(*shifts, path_of(here, "shifts"), "shifts in an unbroken run",
                           "shifts need a run by `days`");
        } else {
          group.shifts = builder_.week_hours(*shifts, path_of(here, "shifts"));
        }
      }
      if (unbroken() && item.find("absence") != nullptr && group.absence > 0) {
        builder_.mistake(*item.find("absence"), path_of(here, "absence"), "absence in an unbroken run",
                         "absence is drawn for a day: write a run by `days`");
      }
      if (const Node* skills = item.find("skills"))
        group.skills = stream_ids(*skills, path_of(here, "skills"));
      station_.rules.groups.push_back(std::move(group));
    }
  }

  std::vector<ServiceId> stream_ids(const Node& node, const std::string& path) {
    std::set<ServiceId> ids;
    std::vector<std::string_view> known;
    for (const auto& stream : station_.streams) known.push_back(stream.id);
    for (const Node* item : Builder::one_or_many(node)) {
      const auto at = std::find(known.begin(), known.end(), item->text);
      if (at == known.end()) {
        builder_.unknown(*item, path, "stream", item->text, known);
      } else {
        ids.insert(ServiceId(static_cast<std::size_t>(at - known.begin())));
      }
    }
    return {ids.begin(), ids.end()};
  }

  struct Staffed {
    Interval interval;
    int clerks;
  };

  /// Clerks by interval become groups by level: the k-th clerk works wherever at least k are asked for,
  /// so that a clerk who stays over a boundary stays at the desk.
  void intervals(const Node& list, const std::string& path) {
    if (unbroken()) {
      builder_.mistake(list, path, "clerks by interval in an unbroken run", "intervals need a run by `days`");
      return;
    }
    std::vector<Staffed> staffed;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const Node& item = list.items[i];
      const std::string here = path_of(path, i);
      for (const char* key : {"id", "skills", "speed", "absence", "shifts"}) {
        if (const Node* value = item.find(key)) {
          builder_.mistake(*value, path_of(here, key), in_ticks(key) + " with clerks by interval",
                           "write groups with `shifts` instead of `from` and `to`");
        }
      }
      if (item.find("from") == nullptr || item.find("to") == nullptr) {
        builder_.mistake(item, here, "an interval needs `from` and `to`");
        continue;
      }
      const Interval interval{Builder::number(item, "from", 0), Builder::number(item, "to", 0)};
      if (interval.to_s <= interval.from_s) {
        builder_.mistake(item, here, "the interval ends before it starts",
                         "hours past midnight belong to the next day");
      } else if (!staffed.empty() && interval.from_s < staffed.back().interval.to_s) {
        builder_.mistake(item, here, "the interval overlaps the one before",
                         "order the intervals by time, without overlap");
      } else {
        staffed.push_back({interval, static_cast<int>(Builder::number(item, "clerks", 0))});
      }
    }
    std::set<int> levels;
    for (const Staffed& one : staffed) levels.insert(one.clerks);
    int below = 0;
    for (const int level : levels) {
      if (level == 0) continue;
      Intervals shift;
      for (const Staffed& one : staffed) {
        if (one.clerks < level) continue;
        if (!shift.empty() && shift.back().to_s == one.interval.from_s) {
          shift.back().to_s = one.interval.to_s;
        } else {
          shift.push_back(one.interval);
        }
      }
      ClerkGroup group;
      group.id = "clerks-" + std::to_string(below + 1);
      group.clerks = level - below;
      group.shifts = every_day(std::move(shift));
      station_.rules.groups.push_back(std::move(group));
      below = level;
    }
  }

  void servable() {
    for (std::size_t i = 0; i < station_.streams.size(); ++i) {
      const auto& stream = station_.streams[i];
      const bool comes = std::any_of(stream.rate.begin(), stream.rate.end(),
                                     [](const auto& step) { return step.second > 0; });
      const auto serves = [&](const ClerkGroup& group) {
        const bool works = unbroken() || std::any_of(group.shifts.begin(), group.shifts.end(),
                                                     [](const auto& day) { return !day.empty(); });
        return group.clerks > 0 && works && group.absence < 1 &&
               (group.skills.empty() ||
                std::binary_search(group.skills.begin(), group.skills.end(), ServiceId(i)));
      };
      if (comes && node_.find("clerks") != nullptr &&
          std::none_of(station_.rules.groups.begin(), station_.rules.groups.end(), serves)) {
        builder_.mistake(node_, path_, "no clerk can ever serve the stream " + in_ticks(stream.id),
                         "give a group the skill, or add clerks");
      }
    }
  }

  Builder& builder_;
  const Node& node_;
  std::string path_;
  const Run& run_;
  RunForm form_;
  BareStation station_;
};

}  // namespace

std::vector<BareStation> build_stations(Builder& builder, const Node& root, const Run& run, RunForm form) {
  std::vector<BareStation> stations;
  const Node& list = *root.find("stations");
  std::set<std::string> ids;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const Node& node = list.items[i];
    const std::string id = Builder::text(node, "id");
    if (!id.empty() && !ids.insert(id).second) {
      builder.mistake(node, path_of("stations", i), "duplicate id " + in_ticks(id),
                      "every station has an id of its own");
    }
    if (node.sound)
      stations.push_back(StationBuilder(builder, node, path_of("stations", i), run, form).build());
  }
  return stations;
}

}  // namespace pishkhan
