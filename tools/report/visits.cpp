#include "tools/report/visits.hpp"

#include <array>
#include <cmath>
#include <fstream>
#include <string>
#include <type_traits>
#include <utility>

#include "models/province/calendar.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/report/cells.hpp"
#include "tools/report/output_file.hpp"

namespace pishkhan {
namespace {

static_assert(std::is_trivially_copyable_v<VisitRecord>);

std::string_view to_text(Outcome outcome) {
  constexpr std::string_view names[] = {"served", "abandoned", "balked", "sent_away", "inside", "failed"};
  return names[static_cast<std::size_t>(outcome)];
}

/// Makes the row of a visit; remembers the day's dates, as visits come day by day.
class VisitRows {
 public:
  explicit VisitRows(const Scenario& scenario)
      : scenario_(scenario), evidence_(to_string(scenario.evidence)) {
    if (scenario.province) {
      for (const Office& office : scenario.province->offices) stations_.push_back(office.id);
      for (const Counter& counter : scenario.province->counters) stations_.push_back(counter.id);
      for (const Service& service : scenario.province->services) services_.push_back(service.id);
    } else {
      for (const BareStation& station : scenario.stations) {
        stations_.push_back(station.id);
        for (const ArrivalStream& stream : station.streams) services_.push_back(stream.id);
      }
    }
  }

  const Row& make(std::size_t replication, const VisitRecord& visit) {
    row_.clear();
    row_.push_back(integer_cell(replication));
    if (scenario_.run.length_s > 0) {
      row_.resize(3);
    } else {
      remember(visit.day);
      row_.emplace_back(solar_);
      row_.emplace_back(gregorian_);
    }
    add_citizen(visit);
    row_.push_back(integer_cell(visit.attempt));
    row_.emplace_back(services_[visit.service]);
    row_.push_back(visit.station < stations_.size() ? Cell(stations_[visit.station]) : Cell());
    row_.emplace_back(std::string(to_text(visit.outcome)));
    row_.push_back(integer_cell(visit.reworked ? 1 : 0));
    row_.push_back(number_cell(visit.arrival_s));
    row_.push_back(number_cell(visit.start_s));
    row_.push_back(number_cell(visit.end_s));
    row_.push_back(visit.clerk != UINT32_MAX ? integer_cell(visit.clerk) : Cell());
    row_.emplace_back(evidence_);
    return row_;
  }

 private:
  void remember(DayNumber day) {
    if (day == day_ && !solar_.empty()) return;
    day_ = day;
    solar_ = format_date(day, CalendarKind::solar_hijri);
    gregorian_ = format_date(day, CalendarKind::gregorian);
  }

  void add_citizen(const VisitRecord& visit) {
    std::string key = std::to_string(visit.origin_day) + '/';
    if (scenario_.province) {
      const std::string& zone = scenario_.province->zones[visit.zone].id;
      key += zone + '/';
      key += services_[visit.service] + '/' + std::to_string(visit.index);
      row_.emplace_back(std::move(key));
      row_.emplace_back(zone);
      row_.emplace_back(std::string(to_string(visit.channel)));
    } else {
      row_.emplace_back(key + std::to_string(visit.service) + '/' + std::to_string(visit.index));
    }
  }

  const Scenario& scenario_;
  std::string evidence_;
  std::vector<std::string> stations_, services_;
  DayNumber day_ = 0;
  std::string solar_, gregorian_;
  Row row_;
};

}  // namespace

TableHeader visits_header(bool province, Evidence evidence) {
  Table table{
      {"visits",
       "Visits (online: attempts) of the counted and the warm-up days, every one or a sample of citizens, "
       "where the scenario or --visits asks for them.",
       {}},
      {}};
  TableHeader& header = table.header;
  add_integer_column(header, "replication", "", "Replication, counting from 0.");
  add_text_column(header, "date_solar_hijri", "Date of the visit, Solar Hijri; empty in a run without days.");
  add_text_column(header, "date_gregorian", "Date of the visit, Gregorian; empty in a run without days.");
  if (province) {
    add_text_column(
        header, "citizen",
        "Who: day of the first attempt (days since 1970-01-01), zone, service and number. The same citizen "
        "has the same key in every scenario and replication of the same number.");
    add_text_column(header, "zone", "Id of the citizen's zone.");
    add_text_column(header, "channel", "traditional, office or online.");
  } else {
    add_text_column(header, "citizen",
                    "Who: day of the first attempt, stream (counting from 0 over all stations) and number.");
  }
  add_integer_column(header, "attempt", "", "0 for the first visit, then counting returns.");
  add_text_column(header, province ? "service" : "stream",
                  province ? "Id of the service." : "Id of the stream.");
  add_text_column(header, "station", "Id of the office, counter or bare station; empty online.");
  add_text_column(header, "outcome",
                  "served, abandoned, balked, sent_away, inside (when the run ended) or failed (an online "
                  "attempt; or sent home from the desk without an answer).");
  add_integer_column(header, "reworked", "", "1 when the papers were missing; else 0.");
  const auto add_time = [&](const char* name, const char* what) {
    header.columns.push_back({name, "s", CellType::real, what});
  };
  add_time("arrival_s", "Arrival, after midnight (after the start of a run without days); empty online.");
  add_time("start_s", "Start of handling; empty unless served or failed at a station.");
  add_time("end_s",
           "End of handling, when the citizen left the queue or was sent home; who was parked had no clerk "
           "all the time since start_s. Empty online.");
  add_integer_column(
      header, "clerk", "",
      "Number of the clerk within the station with whom handling began; empty unless served or failed.");
  add_evidence(table, evidence);
  return table.header;
}

struct VisitSpool::Part {
  explicit Part(const std::filesystem::path& path) : file(path) {}
  OutputFile file;
};

VisitSpool::VisitSpool(const Scenario& scenario, std::filesystem::path folder)
    : scenario_(scenario),
      folder_(std::move(folder)),
      parts_(static_cast<std::size_t>(scenario.run.replications)) {}

VisitSpool::~VisitSpool() = default;

std::filesystem::path VisitSpool::part_file(std::size_t replication) const {
  return folder_ / (".visits-" + std::to_string(replication));
}

VisitSink VisitSpool::sink(std::uint32_t replication) {
  parts_[replication] = std::make_unique<Part>(part_file(replication));
  return [&file = parts_[replication]->file](std::span<const VisitRecord> visits) {
    for (const VisitRecord& visit : visits) file.write({reinterpret_cast<const char*>(&visit), sizeof visit});
  };
}

void VisitSpool::close(std::uint32_t replication) {
  parts_[replication]->file.close();
  parts_[replication].reset();
}

std::uint64_t VisitSpool::write(const std::vector<std::unique_ptr<Writer>>& writers,
                                const std::function<bool()>& stop) const {
  for (const auto& writer : writers)
    writer->begin(visits_header(scenario_.province.has_value(), scenario_.evidence));
  std::uint64_t rows = 0;
  VisitRows make(scenario_);
  std::array<VisitRecord, 512> block;
  for (std::size_t replication = 0; replication < parts_.size(); ++replication) {
    const std::filesystem::path path = part_file(replication);
    std::ifstream file(path, std::ios::binary);
    if (!file) throw EnvironmentError("cannot read " + path.string());
    while (file) {
      if (stop && stop()) throw Interrupted();
      file.read(reinterpret_cast<char*>(block.data()), sizeof block);
      const std::size_t count = static_cast<std::size_t>(file.gcount()) / sizeof(VisitRecord);
      for (std::size_t i = 0; i < count; ++i) {
        const Row& row = make.make(replication, block[i]);
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
