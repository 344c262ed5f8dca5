#include "tests/fuzz/keys_together.hpp"

#include <algorithm>
#include <charconv>

#include "models/province/calendar.hpp"
#include "models/scenario/language.hpp"

namespace pishkhan {
namespace {

using Keys = std::vector<std::string_view>;

/// Of the groups of keys one is written, and the keys of the others are not.
struct OneOf {
  std::string_view path;
  std::vector<Keys> groups;
};

const std::vector<OneOf>& all_one_of() {
  static const std::vector<OneOf> all = {
      {"<station>", {{"arrivals"}, {"streams"}, {"streams"}}},
      {"<station>", {{"clerks"}, {"clerks"}, {"clerks"}, {"clerks"}, {"discipline", "cores"}}},
      {"<arrivals>", {{"hourly", "total"}, {"sinusoidal"}, {"scheduled"}}},
      {"<special_days>", {{"dates"}, {"days_of_month"}, {"after_holiday"}, {"from", "to"}}},
      {"<redirect>", {{"speed"}, {"travel"}}},
      {"<stations>", {{"kind"}, {"county"}, {"place"}, {"office"}, {"rank"}, {"agency"}, {"kind", "county"}}},
      {"<services>", {{"agency"}, {"service"}, {"agency", "service"}}},
      {"<policy>", {{"retries", "pause"}, {"then"}, {"limit"}}},
      {"outages", {{"agency"}, {"link_of"}, {"county_link"}, {"power_of"}}},
      {"outages", {{"from", "for"}, {"mean_time_between_failures", "repair"}}},
      {"slow_downs", {{"from", "for"}, {"mean_time_between_failures", "repair"}}},
      {"handling", {{"factor"}, {"distribution"}}},
      {"authorise", {{"at"}, {"lowest_rank"}, {"rural"}, {"lowest_rank", "rural"}}},
      {"<distribution>.weibull", {{"scale"}, {"median"}}},
      {"<target>",
       {{"within"},
        {"within", "share"},
        {"wait"},
        {"wait", "percentile"},
        {"utilization"},
        {"abandoned"},
        {"overtime"}}},
  };
  return all;
}

void add_group(const OneOf& rule, const Keys& group, KeysTogether& keys) {
  for (const Keys& other : rule.groups) {
    for (const std::string_view key : other)
      if (std::find(group.begin(), group.end(), key) == group.end()) keys.barred.insert(key);
  }
  keys.needed.insert(group.begin(), group.end());
}

void add_root(const Habits& habits, KeysTogether& keys) {
  keys.barred.insert({"base", "without"});
  const std::vector<Field>& fields = language().keys.shape()->fields;
  for (std::size_t i = language().common; i < fields.size() && !habits.of_province; ++i)
    keys.barred.insert(fields[i].key);
  if (habits.of_province) {
    keys.needed.insert({"province", "demand"});
    keys.barred.insert({"stations", "holidays"});
    if (!habits.with_failures) keys.barred.insert({"outages", "slow_downs"});
    if (!habits.with_links) keys.barred.insert("links");
    if (habits.with_links) keys.needed.insert("backbone");
  } else {
    keys.needed.insert("stations");
    if (habits.unbroken) keys.barred.insert("holidays");
  }
}

void add_by_form(const std::string& path, const Habits& habits, bool intervals, Draws& draws,
                 KeysTogether& keys) {
  if (path == "<run>" && habits.unbroken) {
    keys = {{"length"}, {"days", "warm_up_days"}};
  } else if (path == "<run>") {
    keys = {{"days", "start"}, {"length", "warm_up"}};
    if (!habits.of_province) {
      keys.needed.erase("start");
      keys.barred.insert("inputs");
    }
  } else if (path == "<station>") {
    if (!habits.unbroken || draws.chance(0.4)) keys.needed.insert("doors");
    keys.needed.insert("handling");
    if (habits.unbroken) keys.barred.insert("busyness");
  } else if (path == "<arrivals>") {
    keys.barred.insert({"recorded", "file"});  // whose times are within the doors of the station
  } else if (path == "<clerks>" && intervals) {
    keys = {{"from", "to"}, {"id", "skills", "speed", "absence", "shifts"}};
  } else if (path == "<clerks>") {
    keys.barred.insert({"from", "to"});
    if (habits.unbroken) keys.barred.insert("absence");
  } else if (path == "<backbone>") {
    const Keys links = {"access", "county", "province", "data_centre", "web"};
    (habits.with_links ? keys.needed : keys.barred).insert(links.begin(), links.end());
    if (habits.with_links) keys.needed.insert({"model", "share_before"});
    if (!habits.with_links) keys.barred.insert("policy");
  } else if (path == "<hours>") {
    keys.needed.insert("every-day");
  } else if (path == "<output>" && !(habits.of_province && habits.with_failures)) {
    keys.barred.insert("costs");
  } else if (path == "<output>" && habits.unbroken) {
    keys.barred.insert("visits_on");
  } else if (path == "unserved") {
    keys.needed.insert("at_most");
  } else if (path == "<unserved_goes>") {
    keys.needed.insert("lost");
  } else if (path == "<target>") {
    if (habits.unbroken) keys.barred.insert("in");
    if (!habits.of_province) keys.barred.insert("at");
  } else if ((path == "open_offices" || path == "outages") && !habits.with_links) {
    keys.barred.insert("link");
  }
}

double number_of(const MadeValue* value, double otherwise) {
  double number = otherwise;
  if (value != nullptr) {
    const std::string& text = value->scalar.text;
    std::from_chars(text.data(), text.data() + text.size(), number);
  }
  return number;
}

void settle_run(MadeValue& run) {
  if (number_of(run.find("warm_up_days"), -1) >= number_of(run.find("days"), 1)) run.erase("warm_up_days");
  if (number_of(run.find("warm_up"), -1) >= number_of(run.find("length"), 1)) run.erase("warm_up");
}

std::vector<MadeValue*> values_of(MadeValue& map) {
  std::vector<MadeValue*> values;
  for (MadeValue::Entry& entry : map.entries) values.push_back(&entry.value);
  return values;
}

void settle_shares(const std::vector<MadeValue*>& shares);

/// A list of sizes has them ascending, and their shares add up to 100%.
void settle_batch(MadeValue* batch) {
  if (batch == nullptr || batch->kind != MadeValue::Kind::list) return;
  std::vector<MadeValue>& items = batch->items;
  const auto size_of = [](const MadeValue& item) {
    for (const MadeValue::Entry& entry : item.entries)
      if (entry.key == "size") return number_of(&entry.value, 0);
    return 0.0;
  };
  std::ranges::stable_sort(items, {}, size_of);
  items.erase(std::ranges::unique(items, {}, size_of).begin(), items.end());
  std::vector<MadeValue*> sharing;
  for (MadeValue& item : items)
    if (MadeValue* share = item.find("share")) sharing.push_back(share);
  settle_shares(sharing);
}

void settle_station(MadeValue& station) {
  settle_batch(station.find("batch"));
  if (MadeValue* streams = station.find("streams"))
    for (MadeValue& stream : streams->items) settle_batch(stream.find("batch"));
  if (station.find("doors") == nullptr) station.erase("closing");
  if (station.find("streams") != nullptr) station.erase("at_start");
  MadeValue* discipline = station.find("discipline");
  const bool shares = station.find("cores") != nullptr;
  if (discipline != nullptr) discipline->set(shares ? "processor_sharing" : "first_come_first_served");
  if (!shares) return;
  for (const char* key : {"patience", "priority", "room", "balking", "closing"}) station.erase(key);
  if (MadeValue* streams = station.find("streams")) {
    for (MadeValue& stream : streams->items)
      for (const char* key : {"patience", "priority"}) stream.erase(key);
  }
}

void settle_staffing(Draws& draws, MadeValue& item) {
  const bool own =
      item.find("shifts") != nullptr || item.find("skills") != nullptr || item.find("speed") != nullptr;
  MadeValue* clerks = item.find("clerks");
  if (own && clerks != nullptr) {
    const std::string& text = clerks->scalar.text;
    const bool added = text.starts_with('+') && !text.ends_with('%');
    if (!added) clerks->set('+' + std::to_string(draws.between(1, 3)));
  }
  MadeValue* ends = item.find("ends");
  if (ends != nullptr && item.find("starts") != nullptr && !ends->scalar.high)
    item.erase(draws.chance(0.5) ? "starts" : "ends");
}

void settle_migration(MadeValue& item, Draws& draws) {
  constexpr std::string_view channels[] = {"traditional", "office", "online"};
  const std::size_t from = draws.below(3), to = (from + 1 + draws.below(2)) % 3;
  if (MadeValue* of = item.find("from")) of->set(std::string(channels[from]));
  if (MadeValue* of = item.find("to")) of->set(std::string(channels[to]));
  if (item.find("starts") == nullptr) item.erase("ramp");
  if (channels[from] != "traditional" || channels[to] != "office") item.erase("transfer");
}

/// Makes the shares add up to 100%: one at that bound takes all, else those that are not at 0% share it.
void settle_shares(const std::vector<MadeValue*>& shares) {
  if (shares.empty()) return;
  std::vector<MadeValue*> sharing;
  MadeValue* all = nullptr;
  for (MadeValue* share : shares) {
    if (share->scalar.high) all = share;
    if (!share->scalar.low) sharing.push_back(share);
  }
  if (sharing.empty()) sharing.push_back(shares.front());
  const std::size_t each = 100 / sharing.size();
  for (std::size_t i = 0; i < sharing.size(); ++i) {
    if (sharing[i] == all) continue;
    const std::size_t rest = i + 1 == sharing.size() ? 100 - each * i : each;
    sharing[i]->set(std::to_string(all != nullptr ? 0 : rest) + '%');
  }
}

/// Steps after visits do not follow online attempts, and who may not come again is lost.
void settle_unserved(MadeValue& item) {
  MadeValue *const goes = item.find("goes"), *const after = item.find("after");
  const MadeValue* const at_most = item.find("at_most");
  if (goes == nullptr || after == nullptr || at_most == nullptr || goes->entries.empty()) return;
  const Keys of_visits{"same_today", "other_today", "same_later", "other_later"},
      of_online{"office", "counter", "online"};
  const bool online = std::any_of(of_online.begin(), of_online.end(),
                                  [&](std::string_view key) { return goes->find(key) != nullptr; });
  for (const std::string_view key : online ? of_visits : of_online) goes->erase(key);
  if (at_most->scalar.low) {
    for (const Keys& keys : {of_visits, of_online})
      for (const std::string_view key : keys) goes->erase(key);
  }
  settle_shares(values_of(*goes));
  if (online) {
    after->items.clear();
    after->kind = MadeValue::Kind::scalar;
    after->set("online");
    item.erase("at");
    return;
  }
  const auto visit = [](MadeValue& word) {
    if (word.scalar.text == "online") word.set("balked");
  };
  visit(*after);
  for (MadeValue& word : after->items) visit(word);
}

/// Puts the values of some keys in ascending order.
void sort_values(MadeValue& map, const Keys& keys) {
  std::vector<MadeValue> values;
  for (const std::string_view key : keys)
    if (const MadeValue* value = map.find(key)) values.push_back(*value);
  std::stable_sort(values.begin(), values.end(), [](const MadeValue& a, const MadeValue& b) {
    return number_of(&a, 0) < number_of(&b, 0);
  });
  auto next = values.begin();
  for (const std::string_view key : keys)
    if (MadeValue* value = map.find(key)) *value = *next++;
}

void settle_output(MadeValue& output) {
  const MadeValue* visits = output.find("visits");
  if (visits != nullptr && visits->scalar.text != "none" && number_of(visits, 1) > 0) return;
  output.erase("visits_at");
  output.erase("visits_on");
}

bool is_bound(const MadeValue* value) {
  return value != nullptr && (value->scalar.low || value->scalar.high);
}

/// Of visits of the calendar's first or last day, a run of that day; and the other way round.
void settle_visits(MadeValue& root) {
  MadeValue* run = root.find("run");
  MadeValue* output = root.find("output");
  MadeValue* start = run != nullptr ? run->find("start") : nullptr;
  MadeValue* dates = output != nullptr ? output->find("visits_on") : nullptr;
  if (start == nullptr || dates == nullptr) return;
  for (const MadeValue& date : dates->items) {
    if (!is_bound(&date)) continue;
    start->scalar = date.scalar;
    if (MadeValue* days = run->find("days")) days->set("1");
    run->erase("warm_up_days");
    break;
  }
  if (!is_bound(start)) return;
  for (MadeValue& date : dates->items) date.scalar = start->scalar;
}

/// An office at a bound of positions opens in the province that lies there (tiny_province.hpp).
void settle_positions(MadeValue& root) {
  MadeValue* offices = root.find("open_offices");
  MadeValue* province = root.find("province");
  if (offices == nullptr || province == nullptr) return;
  for (MadeValue& office : offices->items) {
    const MadeValue* latitude = office.find("latitude");
    const MadeValue* longitude = office.find("longitude");
    const MadeValue* bound = is_bound(latitude) ? latitude : longitude;
    if (!is_bound(bound)) continue;
    const std::string folder = bound->scalar.low ? "1" : "2";
    for (MadeValue::Entry& table : province->entries) {
      const std::string& file = table.value.scalar.text;
      if (!file.ends_with(".csv")) continue;
      table.value.set(folder + file.substr(std::min(file.find('/'), file.size())));
    }
    return;
  }
}

/// The table knows the holidays of some years.
void settle_holidays(MadeValue& root) {
  MadeValue* run = root.find("run");
  if (run == nullptr || run->find("start") == nullptr) root.erase("holidays");
}

void settle_root(MadeValue& root) {
  settle_holidays(root);
  settle_visits(root);
  settle_positions(root);
}

}  // namespace

KeysTogether keys_together(const std::string& path, const Habits& habits, bool intervals, Draws& draws) {
  KeysTogether keys;
  for (const OneOf& rule : all_one_of())
    if (rule.path == path) add_group(rule, draws.one_of(rule.groups), keys);
  if (path == "outages" && !habits.with_links &&
      (keys.needed.contains("link_of") || keys.needed.contains("county_link"))) {
    keys.needed.erase("link_of");
    keys.needed.erase("county_link");
    keys.needed.insert("power_of");
    keys.barred.erase("power_of");
  }
  if (path.empty()) add_root(habits, keys);
  add_by_form(path, habits, intervals, draws, keys);
  return keys;
}

void settle_map(const std::string& path, const Habits& habits, Draws& draws, MadeValue& map) {
  const auto set = [&map](std::string_view key, std::string text) {
    if (MadeValue* value = map.find(key)) value->set(std::move(text));
  };
  const auto is = [&map](std::string_view key, std::string_view text) {
    const MadeValue* value = map.find(key);
    return value != nullptr && value->scalar.text == text;
  };
  if (path.empty()) settle_root(map);
  if (path == "<run>") settle_run(map);
  if (path == "<station>") settle_station(map);
  if (path == "<staffing>") settle_staffing(draws, map);
  if (path == "<migration>") settle_migration(map, draws);
  if (path == "unserved") settle_unserved(map);
  if (path == "add_services.channels") settle_shares(values_of(map));
  if (path == "<output>") settle_output(map);
  if (path == "<target>" && is("of", "served")) map.erase("left");
  if (path == "<arrivals>.sinusoidal") sort_values(map, {"amplitude", "mean"});
  if (path == "<distribution>.uniform" || path == "<distribution>.triangular")
    sort_values(map, {"low", "mode", "high"});
  if (path == "<policy>" && map.find("pause") == nullptr) map.erase("retries");
  if (path == "handling" && is("channel", "online")) set("channel", "office");
  if ((path == "close_offices" || path == "authorise") && (is("at", "all") || is("at", "counters")))
    set("at", "offices");
  if (path == "<backbone>") {
    if (!habits.with_links) set("model", "ideal");
    if (is("model", "simgrid") && draws.chance(0.8)) set("model", "shared");
  }
}

void settle_list(std::string_view key, const Habits& habits, Draws& draws, MadeValue& list) {
  const std::size_t count = list.items.size();
  const auto share_of_day = [count](std::size_t i) { return static_cast<int>(1440 * i / count); };
  for (std::size_t i = 0; i < count; ++i) {
    MadeValue& item = list.items[i];
    const bool last_stays = i + 1 == count && draws.chance(0.1);
    MadeValue* from = item.find("from");
    if (key == "arrivals" && from != nullptr && !last_stays)
      from->set(std::to_string(share_of_day(i)) + " min");
    if (MadeValue* waiting = item.find("waiting");
        key == "points" && waiting != nullptr && !last_stays && i > 0)
      waiting->set(std::to_string(i * 3));
    if (MadeValue* to = item.find("to"); key == "clerks" && from != nullptr && to != nullptr && count > 1) {
      from->set(time_of_day_text(share_of_day(i)));
      to->set(time_of_day_text(share_of_day(i + 1)));
    }
    const auto day = static_cast<int>(draws.below(static_cast<std::size_t>(habits.days)));
    if (key == "visits_on" && draws.chance(0.8)) item.set(format_date(habits.start + day));
  }
}

}  // namespace pishkhan
