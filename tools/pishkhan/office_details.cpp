#include "tools/pishkhan/office_details.hpp"

#include <algorithm>
#include <map>
#include <ostream>

#include "models/demand/office_choice.hpp"
#include "models/province/calendar.hpp"
#include "models/province/position.hpp"
#include "tools/pishkhan/province_lists.hpp"
#include "tools/pishkhan/terminal.hpp"
#include "tools/report/sums.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kNeighbours = 10;

struct Neighbour {
  double km;
  const Office* office;
};

/// The nearest other offices, the nearest first.
std::vector<Neighbour> neighbours_of(const Office& office, const Province& province) {
  std::vector<Neighbour> all;
  for (const Office& other : province.offices) {
    if (&other != &office) {
      all.push_back(
          {distance_km(office.latitude, office.longitude, other.latitude, other.longitude), &other});
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Neighbour& a, const Neighbour& b) { return a.km < b.km; });
  all.resize(std::min(all.size(), kNeighbours));
  return all;
}

/// Ids of the services that the office may give, by agency.
std::map<std::string, std::vector<std::string>> services_of(const Office& office, const Province& province) {
  std::map<std::string, std::vector<std::string>> services;
  for (std::size_t i = 0; i < province.services.size(); ++i) {
    const Service& service = province.services[i];
    if (authorised(office, service, ServiceId(i)))
      services[province.agencies[service.agency.index()].id].push_back(service.id);
  }
  return services;
}

/// `08:00-14:00, 16:00-19:00`, or `closed`.
std::string hours_text(const Intervals& hours, const Texts& texts) {
  const auto time = [](double seconds) {
    const int minutes = static_cast<int>(seconds) / 60;
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return two(minutes / 60) + ':' + two(minutes % 60);
  };
  std::string text;
  for (const Interval& one : hours) {
    text += (text.empty() ? "" : texts.at("terminal.comma")) +
            set_number(time(one.from_s), texts.language()) + '-' +
            set_number(time(one.to_s), texts.language());
  }
  return text.empty() ? texts.at("terminal.office.closed") : text;
}

/// Days with the same hours stand together: `Saturday to Wednesday 08:00-14:00`.
std::string week_text(const WeekHours& week, const Texts& texts) {
  const auto name = [&](std::size_t day) {
    return texts.at("weekday." + std::string(weekday_name(static_cast<int>(day))));
  };
  std::string text;
  for (std::size_t first = 0; first < week.size();) {
    const std::string hours = hours_text(week[first], texts);
    std::size_t last = first;
    while (last + 1 < week.size() && hours_text(week[last + 1], texts) == hours) ++last;
    const std::string days =
        last == first ? name(first)
                      : texts.fill("terminal.office.days", {{"first", name(first)}, {"last", name(last)}});
    text += text.empty() ? "" : texts.at("terminal.and");
    text += texts.fill("terminal.office.hours_of", {{"days", days}, {"hours", hours}});
    first = last + 1;
  }
  return text;
}

std::string link_id(const Office& office, const Scenario& scenario) {
  const auto& kinds = scenario.backbone.link_kinds;
  return office.link_kind < kinds.size() ? kinds[office.link_kind].id : "";
}

std::string link_text(const Office& office, const Scenario& scenario, const Texts& texts) {
  const std::string id = link_id(office, scenario);
  if (id.empty()) return texts.at("terminal.office.no_link");
  const Link& link = scenario.backbone.link_kinds[office.link_kind].link;
  return texts.fill("terminal.office.link_of",
                    {{"link", texts.language() == Language::persian ? texts.at_or("link." + id, id) : id},
                     {"mbit", grouped(texts, link.up_bytes_s * 8 / 1e6, 1)},
                     {"ms", grouped(texts, link.latency_s * 1e3, 1)}});
}

/// A line an agency; adds to the count of services.
std::string services_text(const Office& office, const Province& province, const Texts& texts,
                          std::size_t& count) {
  std::string text;
  for (const auto& [agency, ids] : services_of(office, province)) {
    count += ids.size();
    text += "    " + agency + ": ";
    for (std::size_t i = 0; i < ids.size(); ++i) text += (i > 0 ? texts.at("terminal.comma") : "") + ids[i];
    text += '\n';
  }
  return text;
}

std::string neighbours_text(const Office& office, const Scenario& scenario, const Province& province,
                            const Texts& texts) {
  TextTable table(texts, {"<neighbour", ">km", "<kind", ">rank", ">clerks", "<name"});
  for (const auto& [km, other] : neighbours_of(office, province)) {
    table.add({other->id, grouped(texts, km, 1), word(texts, to_string(other->kind)),
               grouped(texts, other->rank), grouped(texts, clerks_of(*other, scenario.run)),
               name_of(texts, *other)});
  }
  return table.text();
}

std::string office_text(const Office& office, const Scenario& scenario, const Province& province,
                        const Texts& texts) {
  const bool persian = texts.language() == Language::persian;
  std::string text =
      texts.fill("terminal.office.title", {{"id", office.id},
                                           {"name", name_of(texts, office)},
                                           {"other_name", persian ? office.name_en : office.name_fa}}) +
      '\n';
  const auto add = [&](const std::string& key, const std::string& value) {
    constexpr std::size_t kWidth = 12;
    const std::string& what = texts.at(key);
    text += "  " + what + std::string(kWidth - std::min(width_of(what), kWidth - 1), ' ') + value + '\n';
  };
  add("terminal.office.kind", word(texts, to_string(office.kind)));
  add("terminal.office.county", province.counties[office.county.index()].id);
  add("terminal.office.place", province.places[office.place.index()].id);
  add("terminal.office.stands_at",
      texts.fill("terminal.office.position", {{"latitude", grouped(texts, office.latitude, 4)},
                                              {"longitude", grouped(texts, office.longitude, 4)}}));
  add("terminal.office.rank", grouped(texts, office.rank));
  add("terminal.office.clerks", grouped(texts, clerks_of(office, scenario.run)));
  add("terminal.office.hours",
      week_text(office.rules.doors_on(scenario.run.start + scenario.run.warm_up_days), texts));
  add("terminal.office.link", link_text(office, scenario, texts));
  std::size_t count = 0;
  const std::string services = services_text(office, province, texts, count);
  add("terminal.office.services",
      texts.fill("terminal.office.of",
                 {{"n", grouped(texts, static_cast<double>(count))},
                  {"all", grouped(texts, static_cast<double>(province.services.size()))}}));
  return text + services + neighbours_text(office, scenario, province, texts);
}

nlohmann::ordered_json office_json(const Office& office, const Scenario& scenario, const Province& province) {
  nlohmann::ordered_json json = json_of_command("offices");
  json["office"] = office.id;
  json["name_en"] = office.name_en;
  json["name_fa"] = office.name_fa;
  json["kind"] = to_string(office.kind);
  json["county"] = province.counties[office.county.index()].id;
  json["place"] = province.places[office.place.index()].id;
  json["latitude"] = office.latitude;
  json["longitude"] = office.longitude;
  json["rank"] = office.rank;
  json["clerks"] = clerks_of(office, scenario.run);
  const WeekHours& doors = office.rules.doors_on(scenario.run.start + scenario.run.warm_up_days);
  for (std::size_t day = 0; day < doors.size(); ++day) {
    json["hours"][std::string(weekday_name(static_cast<int>(day)))] =
        hours_text(doors[day], terminal_texts("en"));
  }
  json["link"] = link_id(office, scenario);
  json["services"] = services_of(office, province);
  json["neighbours"] = nlohmann::ordered_json::array();
  for (const auto& [km, other] : neighbours_of(office, province))
    json["neighbours"].push_back({{"office", other->id}, {"km", km}});
  return json;
}

}  // namespace

ExitCode show_office(const Scenario& scenario, const ListOptions& options, std::ostream& out) {
  const Province& province = province_of(scenario);
  const Office& office = find_by_id("--office", options.office, province.offices);
  out << (options.json ? json_line(office_json(office, scenario, province))
                       : office_text(office, scenario, province, terminal_texts(options.language)));
  return kDone;
}

}  // namespace pishkhan
