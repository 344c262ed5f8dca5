#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "models/province/province_columns.hpp"

namespace pishkhan::mazandaran {

struct CountyFact {
  std::string id, name_en, name_fa;
  double latitude = 0, longitude = 0;
};

/// A city or a rural district.
struct PlaceFact {
  std::string id, name_en, name_fa;
  std::size_t county = 0;
  Kind kind = Kind::urban;
  long long population = 0;
  Evidence population_evidence = Evidence::assumed;
  double latitude = 0, longitude = 0;
  Evidence position_evidence = Evidence::assumed;
};

/// What services of one class have in common.
struct HandlingClass {
  double mean_s = 0, cv = 0;  ///< human time at the agency's counter
  double work_s = 0;          ///< of a call, at the agency's system
  double request_bytes = 0, response_bytes = 0;
  double online_failure = 0, rework = 0;
};

using Shares = std::array<std::array<double, kChannels>, kKinds>;

struct ServiceFact : Authorisation {
  std::string id, name_en, name_fa;
  std::size_t agency = 0;
  HandlingClass handling;
  std::array<double, kKinds> visits_per_1000{};
  Shares shares{};
  bool calls_system = false, possible_online = true;
  double payment_day_factor = 1;  ///< of its visits on a day on which subsidies and pensions are paid
  double tariff_rial = 0;
  Evidence listing_evidence = Evidence::assumed;
};

/// Where an agency has counters of its own.
enum class Counters : std::uint8_t { every_county, every_city, by_load };

struct AgencyFact {
  std::string id, name_en, name_fa;
  Counters counters = Counters::by_load;
};

/// A kind of access link; the baseline says the same.
struct LinkFact {
  std::string id;
  double bytes_s = 0, latency_s = 0;
  double rural_share = 0;  ///< of rural offices; 0: none
};

/// Everything the maker knows, read from the tables in facts/.
struct Facts {
  std::vector<CountyFact> counties;
  std::vector<PlaceFact> places;  ///< cities, then rural districts; each by county, largest first
  std::vector<AgencyFact> agencies;
  std::vector<ServiceFact> services;
  std::vector<LinkFact>
      link_kinds;  ///< in the order of their rural users' distance from the county's capital
  std::vector<HolidayRow> holidays;
  std::vector<ProfileRow> profiles;
  std::vector<EvidenceEntry> evidence;

  /// A number of numbers.csv; throws UserError when there is none of that name.
  [[nodiscard]] double number(const std::string& key) const;
  /// Index of a kind of link; throws UserError when there is none of that name.
  [[nodiscard]] std::size_t link_kind(const std::string& id) const;

  std::map<std::string, double> numbers;
  /// An office's clerk takes so many times as long as the agency's own: solved, see staff_offices.
  double office_handling_factor = 1;
};

/// Throws UserError with every mistake in the tables.
Facts read_facts(const std::filesystem::path& folder);

}  // namespace pishkhan::mazandaran
