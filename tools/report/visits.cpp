#include "tools/report/visits.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

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
    list.add_attribute(
        "channel", "traditional, office or online: where this visit is, whatever the citizen chose first.",
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

/// Calls `use(row)` for the visits in a file.
void read_visits(const std::filesystem::path& path, std::size_t replication, const ColumnList<VisitRow>& list,
                 const std::function<bool()>& stop, const auto& use) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw EnvironmentError("cannot read " + path.string());
  Row row;
  std::array<VisitRecord, 512> block;
  while (file) {
    if (stop && stop()) throw Interrupted();
    file.read(reinterpret_cast<char*>(block.data()), sizeof block);
    const std::size_t count = static_cast<std::size_t>(file.gcount()) / sizeof(VisitRecord);
    for (std::size_t i = 0; i < count; ++i) {
      row.clear();
      list.append_cells({replication, block[i]}, row);
      use(row);
    }
  }
}

/// Finds the columns whose cells are not the same in all rows; of one row, those that are not empty.
class DifferingColumns {
 public:
  explicit DifferingColumns(std::size_t columns) : differs_(columns, false) {}

  void add(const Row& row) {
    if (rows_++ == 0) first_ = row;
    for (std::size_t i = 0; i < row.size(); ++i)
      if (!differs_[i] && row[i] != first_[i]) differs_[i] = true;
  }
  [[nodiscard]] std::vector<bool> columns() const {
    if (rows_ != 1) return differs_;
    std::vector<bool> filled;
    for (const Cell& cell : first_) filled.push_back(!std::holds_alternative<std::monostate>(cell));
    return filled;
  }

 private:
  Row first_;
  std::vector<bool> differs_;
  std::uint64_t rows_ = 0;
};

/// Hands some columns of a table on, and nothing of a table without columns.
class ChosenColumns final : public Writer {
 public:
  ChosenColumns(Writer& to, std::vector<bool> chosen)
      : to_(to),
        chosen_(std::move(chosen)),
        any_(std::find(chosen_.begin(), chosen_.end(), true) != chosen_.end()) {}

  void begin(const TableHeader& header) override {
    if (any_) to_.begin({header.name, header.description, chosen_of<Column>(header.columns)});
  }
  void row(std::span<const Cell> cells) override {
    if (any_) to_.row(chosen_of<Cell>(cells));
  }
  void end() override {
    if (any_) to_.end();
  }
  void finish() override { to_.finish(); }

 private:
  template <typename T>
  [[nodiscard]] std::vector<T> chosen_of(std::span<const T> all) const {
    std::vector<T> chosen;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (chosen_[i]) chosen.push_back(all[i]);
    return chosen;
  }

  Writer& to_;
  std::vector<bool> chosen_;
  bool any_;
};

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

void VisitSpool::remove_files() const {
  for (std::size_t replication = 0; replication < files_.size(); ++replication)
    std::filesystem::remove(file_of(replication));
}

void VisitSpool::keep_first(std::size_t replications) { files_.resize(replications); }

std::uint64_t VisitSpool::write(const std::vector<std::unique_ptr<Writer>>& writers,
                                const Writer* of_short_form, const std::function<bool()>& stop) const {
  VisitTexts texts(scenario_);
  const ColumnList<VisitRow> list = visit_columns(scenario_, texts);
  const TableHeader header = header_of(list);
  const auto for_each_row = [&](const auto& use) {
    for (std::size_t replication = 0; replication < files_.size(); ++replication)
      read_visits(file_of(replication), replication, list, stop, use);
  };
  DifferingColumns differing(header.columns.size());
  if (of_short_form) for_each_row([&](const Row& row) { differing.add(row); });
  std::vector<std::unique_ptr<ChosenColumns>> chosen;
  std::vector<Writer*> all;
  for (const auto& writer : writers) {
    all.push_back(writer.get());
    if (writer.get() != of_short_form) continue;
    chosen.push_back(std::make_unique<ChosenColumns>(*writer, differing.columns()));
    all.back() = chosen.back().get();
  }
  for (Writer* writer : all) writer->begin(header);
  std::uint64_t rows = 0;
  for_each_row([&](const Row& row) {
    for (Writer* writer : all) writer->row(row);
    ++rows;
  });
  for (Writer* writer : all) writer->end();
  return rows;
}

}  // namespace pishkhan
