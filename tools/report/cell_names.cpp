#include "tools/report/cell_names.hpp"

namespace pishkhan {

std::string counter_name(const Province& province, const Counter& counter, const Texts& texts) {
  const Agency& agency = province.agencies[counter.agency.index()];
  const County& county = province.counties[counter.county.index()];
  const bool persian = texts.language() == Language::persian;
  if (counter.place) {
    const Place& place = province.places[counter.place->index()];
    return texts.fill("counter.name", {{"agency", persian ? agency.name_fa : agency.name_en},
                                       {"county", persian ? place.name_fa : place.name_en}});
  }
  return texts.fill("counter.name", {{"agency", persian ? agency.name_fa : agency.name_en},
                                     {"county", persian ? county.name_fa : county.name_en}});
}

std::string station_name(const Province& province, std::size_t station, const Texts& texts) {
  if (station >= province.offices.size())
    return counter_name(province, province.counters[station - province.offices.size()], texts);
  const Office& office = province.offices[station];
  return texts.language() == Language::persian ? office.name_fa : office.name_en;
}

CellNames::CellNames(std::span<const ComparedRun> runs) {
  const Texts persian(Language::persian), english(Language::english);
  for (const ComparedRun& run : runs) {
    for (const BareStation& station : run.scenario.stations) {
      by_level_["station"].try_emplace(station.id, CellName{station.name_fa, station.name_en, ""});
      for (const ArrivalStream& stream : station.streams) {
        by_level_["stream"].try_emplace(stream_id(station, stream),
                                        CellName{stream.name_fa, stream.name_en, ""});
      }
    }
    if (!run.scenario.province) continue;
    const Province& province = *run.scenario.province;
    for (const Office& office : province.offices) {
      by_level_["office"].try_emplace(
          office.id, CellName{office.name_fa, office.name_en, province.counties[office.county.index()].id});
    }
    for (const Counter& counter : province.counters) {
      by_level_["counter"].try_emplace(counter.id, CellName{counter_name(province, counter, persian),
                                                            counter_name(province, counter, english),
                                                            province.counties[counter.county.index()].id});
    }
    for (const Service& service : province.services)
      by_level_["service"].try_emplace(service.id, CellName{service.name_fa, service.name_en, ""});
  }
}

const CellName& CellNames::of(const CellKey& key) const {
  static const CellName none;
  const auto level = by_level_.find(key.level);
  if (level == by_level_.end()) return none;
  const auto found = level->second.find(key.id);
  return found == level->second.end() ? none : found->second;
}

}  // namespace pishkhan
