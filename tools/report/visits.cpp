#include "tools/report/visits.hpp"

#include <array>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "models/province/calendar.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/output_file.hpp"

namespace pishkhan {
namespace {

static_assert(std::is_trivially_copyable_v<VisitRecord>);

std::string_view to_text(Outcome outcome) {
  constexpr std::string_view names[] = {"served", "abandoned", "balked", "sent_away", "inside", "failed"};
  return names[static_cast<std::size_t>(outcome)];
}

struct VisitRow {
  std::size_t replication;
  const VisitRecord& visit;
};

/// What a visit's numbers stand for; remembers the dates of a day, as visits come day by day.
class VisitTexts {
 public:
  explicit VisitTexts(const Scenario& scenario) : scenario_(scenario) {
    if (scenario.province) {
      for (const Office& office : scenario.province->offices) stations_.push_back(office.id);
      for (const Counter& counter : scenario.province->counters) stations_.push_back(counter.id);
      for (const Service& service : scenario.province->services) services_.push_back(service.id);
      zones_.resize(scenario.province->places.size());
      for (const Zone& zone : scenario.province->zones)
        for (const PlaceId place : zone.places) zones_[place.index()] = zone.id;
    } else {
      for (const BareStation& station : scenario.stations) {
        stations_.push_back(station.id);
        for (const ArrivalStream& stream : station.streams) services_.push_back(stream.id);
      }
    }
  }

  /// Nothing in a run without days.
  std::optional<std::string_view> date(DayNumber day, CalendarKind calendar) {
    if (scenario_.run.length_s > 0) return std::nullopt;
    if (day != day_ || dates_[0].empty()) {
      day_ = day;
      for (const CalendarKind kind : {CalendarKind::solar_hijri, CalendarKind::gregorian})
        dates_[static_cast<std::size_t>(kind)] = format_date(day, kind);
    }
    return dates_[static_cast<std::size_t>(calendar)];
  }

  std::string citizen(const VisitRecord& visit) const {
    std::string key = std::to_string(visit.origin_day) + '/';
    if (scenario_.province)
      key.append(place(visit)).append("/").append(service(visit));
    else
      key += std::to_string(visit.service.index());
    return key + '/' + std::to_string(visit.index);
  }

  std::string_view place(const VisitRecord& visit) const {
    return scenario_.province->places[visit.place.index()].id;
  }
  std::string_view zone(const VisitRecord& visit) const { return zones_[visit.place.index()]; }
  std::string_view service(const VisitRecord& visit) const { return services_[visit.service.index()]; }
  std::optional<std::string_view> station(const VisitRecord& visit) const {
    if (visit.station == kNoStation) return std::nullopt;
    return stations_[visit.station.index()];
  }

 private:
  const Scenario& scenario_;
  std::vector<std::string> stations_, services_;  ///< ids; of bare stations, streams are the services
  std::vector<std::string> zones_;                ///< ids, by place
  DayNumber day_ = 0;
  std::array<std::string, 2> dates_;  ///< of day_, index as CalendarKind
};

/// Who came, and when and for what.
void add_citizen_columns(ColumnList<VisitRow>& list, bool province, VisitTexts& texts) {
  list.add_identity("replication", "Replication, counting from 0.",
                    [](const VisitRow& row) { return row.replication; });
  list.add_attribute(
      "date_solar_hijri", "Date of the visit, Solar Hijri; empty in a run without days.",
      [&](const VisitRow& row) { return texts.date(row.visit.day, CalendarKind::solar_hijri); });
  list.add_attribute("date_gregorian", "Date of the visit, Gregorian; empty in a run without days.",
                     [&](const VisitRow& row) { return texts.date(row.visit.day, CalendarKind::gregorian); });
  list.add_identity("citizen",
                    province
                        ? "Who: day on which the citizen first wants the service, shut or not (days since "
                          "1970-01-01), place, service and number. The same "
                          "citizen has the same key in every scenario and replication of the same number."
                        : "Who: day on which the customer first wants the service, shut or not, stream "
                          "(counting from 0 over all stations) and number.",
                    [&](const VisitRow& row) { return texts.citizen(row.visit); });
  if (province) {
    list.add_attribute("place", "Id of the city or rural district where the citizen lives.",
                       [&](const VisitRow& row) { return texts.place(row.visit); });
    list.add_attribute("zone", "Id of the citizen's zone.",
                       [&](const VisitRow& row) { return texts.zone(row.visit); });
    list.add_attribute("channel", "traditional, office or online.",
                       [](const VisitRow& row) { return to_string(row.visit.channel); });
  }
  list.add_identity("attempt", "0 for the first visit, then counting returns.",
                    [](const VisitRow& row) { return row.visit.attempt; });
  list.add_attribute(province ? "service" : "stream", province ? "Id of the service." : "Id of the stream.",
                     [&](const VisitRow& row) { return texts.service(row.visit); });
}

/// What became of the visit. `texts` must outlive the list.
void add_outcome_columns(ColumnList<VisitRow>& list, const VisitTexts& texts) {
  list.add_attribute("station", "Id of the office, counter or bare station; empty online.",
                     [&](const VisitRow& row) { return texts.station(row.visit); });
  list.add_attribute("outcome",
                     "served, abandoned, balked, sent_away, inside (when the run ended) or failed (an online "
                     "attempt; or sent home from the desk without an answer).",
                     [](const VisitRow& row) { return to_text(row.visit.outcome); });
  list.add_attribute("reworked", "1 when the papers were missing; else 0.",
                     [](const VisitRow& row) { return row.visit.reworked; });
  const auto add_time = [&](const char* name, const char* description, double VisitRecord::*time_s) {
    list.add(ColumnKind::attribute, name, "s", description,
             [time_s](const VisitRow& row) { return row.visit.*time_s; });
  };
  add_time("arrival_s", "Arrival, after midnight (after the start of a run without days); empty online.",
           &VisitRecord::arrival_s);
  add_time("start_s", "Start of handling; empty unless served or failed at a station.",
           &VisitRecord::start_s);
  add_time("end_s",
           "End of handling, when the citizen left the queue or was sent home; who was parked had no clerk "
           "all the time since start_s. Empty online.",
           &VisitRecord::end_s);
  list.add_attribute(
      "clerk",
      "Number of the clerk within the station with whom handling began; empty unless served or failed.",
      [](const VisitRow& row) {
        return row.visit.clerk != kNoClerk ? std::optional(row.visit.clerk) : std::nullopt;
      });
}

ColumnList<VisitRow> visit_columns(const Scenario& scenario, VisitTexts& texts) {
  ColumnList<VisitRow> list;
  add_citizen_columns(list, scenario.province.has_value(), texts);
  add_outcome_columns(list, texts);
  list.add_evidence(scenario.evidence);
  return list;
}

TableHeader header_of(const ColumnList<VisitRow>& list) {
  return {"visits",
          "Visits (online: attempts) of the counted and the warm-up days, every one or a sample of citizens, "
          "where the scenario or --visits asks for them.",
          list.columns()};
}

}  // namespace

TableHeader visits_header(const Scenario& scenario) {
  VisitTexts texts(scenario);
  return header_of(visit_columns(scenario, texts));
}

struct VisitSpool::ReplicationFile {
  explicit ReplicationFile(const std::filesystem::path& path) : file(path) {}
  OutputFile file;
};

VisitSpool::VisitSpool(const Scenario& scenario, std::filesystem::path folder)
    : scenario_(scenario),
      folder_(std::move(folder)),
      files_(static_cast<std::size_t>(scenario.run.replications)) {}

VisitSpool::~VisitSpool() = default;

std::filesystem::path VisitSpool::file_of(std::size_t replication) const {
  return folder_ / (".visits-" + std::to_string(replication));
}

VisitSink VisitSpool::sink(std::uint32_t replication) {
  files_[replication] = std::make_unique<ReplicationFile>(file_of(replication));
  return [&file = files_[replication]->file](std::span<const VisitRecord> visits) {
    for (const VisitRecord& visit : visits) file.write({reinterpret_cast<const char*>(&visit), sizeof visit});
  };
}

void VisitSpool::close(std::uint32_t replication) {
  files_[replication]->file.close();
  files_[replication].reset();
}

std::uint64_t VisitSpool::write(const std::vector<std::unique_ptr<Writer>>& writers,
                                const std::function<bool()>& stop) const {
  VisitTexts texts(scenario_);
  const ColumnList<VisitRow> list = visit_columns(scenario_, texts);
  for (const auto& writer : writers) writer->begin(header_of(list));
  std::uint64_t rows = 0;
  Row row;
  std::array<VisitRecord, 512> block;
  for (std::size_t replication = 0; replication < files_.size(); ++replication) {
    const std::filesystem::path path = file_of(replication);
    std::ifstream file(path, std::ios::binary);
    if (!file) throw EnvironmentError("cannot read " + path.string());
    while (file) {
      if (stop && stop()) throw Interrupted();
      file.read(reinterpret_cast<char*>(block.data()), sizeof block);
      const std::size_t count = static_cast<std::size_t>(file.gcount()) / sizeof(VisitRecord);
      for (std::size_t i = 0; i < count; ++i) {
        row.clear();
        list.append_cells({replication, block[i]}, row);
        for (const auto& writer : writers) writer->row(row);
      }
      rows += count;
    }
    file.close();
    std::filesystem::remove(path);
  }
  for (const auto& writer : writers) writer->end();
  return rows;
}

}  // namespace pishkhan
