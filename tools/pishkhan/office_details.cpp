#include "tools/pishkhan/office_details.hpp"

#include <algorithm>
#include <map>
#include <ostream>

#include "models/demand/office_choice.hpp"
#include "models/province/calendar.hpp"
#include "models/province/position.hpp"
#include "tools/pishkhan/province_lists.hpp"
#include "tools/report/sums.hpp"

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
std::string hours_text(const Intervals& hours) {
  const auto time = [](double seconds) {
    const int minutes = static_cast<int>(seconds) / 60;
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return two(minutes / 60) + ':' + two(minutes % 60);
  };
  std::string text;
  for (const Interval& one : hours)
    text += (text.empty() ? "" : ", ") + time(one.from_s) + '-' + time(one.to_s);
  return text.empty() ? "closed" : text;
}

/// Days with the same hours stand together: `Saturday to Wednesday 08:00-14:00`.
std::string week_text(const WeekHours& week) {
  std::string text;
  for (std::size_t first = 0; first < week.size();) {
    std::size_t last = first;
    while (last + 1 < week.size() && hours_text(week[last + 1]) == hours_text(week[first])) ++last;
    text += text.empty() ? "" : "; ";
    text += weekday_name(static_cast<int>(first));
    if (last > first) text += " to " + std::string(weekday_name(static_cast<int>(last)));
    text += ' ' + hours_text(week[first]);
    first = last + 1;
  }
  return text;
}

std::string link_id(const Office& office, const Scenario& scenario) {
  const auto& kinds = scenario.backbone.link_kinds;
  return office.link_kind < kinds.size() ? kinds[office.link_kind].id : "";
}

std::string link_text(const Office& office, const Scenario& scenario) {
  const std::string id = link_id(office, scenario);
  if (id.empty()) return "not described in this scenario";
  const Link& link = scenario.backbone.link_kinds[office.link_kind].link;
  return id + ", " + grouped(link.up_bytes_s * 8 / 1e6, 1) + " Mbit/s, " + grouped(link.latency_s * 1e3, 1) +
         " ms one way";
}

std::string office_text(const Office& office, const Scenario& scenario, const Province& province) {
  std::string text = office.id + ": " + office.name_en + " (" + office.name_fa + ")\n";
  const auto add = [&text](const std::string& what, const std::string& value) {
    text += "  " + what + std::string(12 - what.size(), ' ') + value + '\n';
  };
  add("kind", std::string(to_string(office.kind)));
  add("county", province.counties[office.county.index()].id);
  add("place", province.places[office.place.index()].id);
  add("stands at", grouped(office.latitude, 4) + " N, " + grouped(office.longitude, 4) + " E");
  add("rank", std::to_string(office.rank));
  add("clerks", std::to_string(clerks_of(office, scenario.run)));
  add("hours", week_text(office.rules.doors));
  add("link", link_text(office, scenario));
  std::size_t count = 0;
  std::string services;
  for (const auto& [agency, ids] : services_of(office, province)) {
    count += ids.size();
    services += "    " + agency + ": ";
    for (std::size_t i = 0; i < ids.size(); ++i) services += (i > 0 ? ", " : "") + ids[i];
    services += '\n';
  }
  add("services", std::to_string(count) + " of " + std::to_string(province.services.size()));
  text += services;
  TextTable table({"<neighbour", ">km", "<kind", ">rank", ">clerks", "<name"});
  for (const auto& [km, other] : neighbours_of(office, province)) {
    table.add({other->id, grouped(km, 1), std::string(to_string(other->kind)), std::to_string(other->rank),
               std::to_string(clerks_of(*other, scenario.run)), other->name_en});
  }
  return text + table.text();
}

nlohmann::ordered_json office_json(const Office& office, const Scenario& scenario, const Province& province) {
  nlohmann::ordered_json json{{"office", office.id},
                              {"name_en", office.name_en},
                              {"name_fa", office.name_fa},
                              {"kind", to_string(office.kind)},
                              {"county", province.counties[office.county.index()].id},
                              {"place", province.places[office.place.index()].id},
                              {"latitude", office.latitude},
                              {"longitude", office.longitude},
                              {"rank", office.rank},
                              {"clerks", clerks_of(office, scenario.run)}};
  for (std::size_t day = 0; day < office.rules.doors.size(); ++day)
    json["hours"][std::string(weekday_name(static_cast<int>(day)))] = hours_text(office.rules.doors[day]);
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
                       : office_text(office, scenario, province));
  return kDone;
}

}  // namespace pishkhan
