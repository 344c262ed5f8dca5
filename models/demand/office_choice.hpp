#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "models/scenario/scenario.hpp"

namespace pishkhan {

inline constexpr std::uint32_t kNoStation = UINT32_MAX;

/// Where the citizens of a zone go for services that the same offices may give: offices with their
/// probabilities, found for a uniform word by inversion.
class OfficeTable {
 public:
  OfficeTable() = default;
  /// (office, weight), ascending offices; weights need not be normalised.
  explicit OfficeTable(std::vector<std::pair<std::uint32_t, double>> weights);

  [[nodiscard]] bool empty() const { return stretches_.empty(); }
  [[nodiscard]] std::uint32_t pick(std::uint32_t word) const {
    const Stretch* stretch = &stretches_[guide_[word >> guide_shift_]];
    while (stretch->last_word < word) ++stretch;
    return stretch->office;
  }
  /// Offices with a chance, in ascending order: their number, the k-th and its probability.
  [[nodiscard]] std::size_t size() const { return stretches_.size(); }
  [[nodiscard]] std::uint32_t office(std::size_t k) const { return stretches_[k].office; }
  [[nodiscard]] double probability(std::size_t k) const;
  /// The k-th most attractive office (k from 0; of equals the lower number) that is not `first`; kNoStation
  /// when there are fewer.
  [[nodiscard]] std::uint32_t alternative(std::uint32_t first, std::size_t k) const;

 private:
  /// The words that pick an office, up to the last.
  struct Stretch {
    std::uint32_t last_word, office;
  };
  std::vector<Stretch> stretches_;
  std::vector<std::uint16_t>
      guide_;  ///< first candidate for each of equal parts of the words, some more than offices
  int guide_shift_ = 0;
  std::vector<std::uint32_t> ranked_;  ///< the most attractive first
};

/// Huff's gravity model (Huff 1964): among the offices authorised for a service, the probability
/// rises with size^alpha and falls with distance^-beta, averaged over the places of the zone by population.
class OfficeChooser {
 public:
  /// The offices open on `day`.
  OfficeChooser(const Scenario& scenario, DayNumber day);

  /// Table of a zone and service; empty when no office may give it.
  [[nodiscard]] const OfficeTable& table(std::size_t zone, std::size_t service) const {
    return tables_[class_of_service_[service] * zones_ + zone];
  }

 private:
  std::size_t zones_;
  std::vector<std::uint32_t> class_of_service_;
  std::vector<OfficeTable> tables_;
};

/// Whether the office may give the service and has a group that can.
bool authorised(const Office& office, const Service& service, ServiceId id);

/// Great-circle distance in km, to the metre.
double distance_km(double latitude_a, double longitude_a, double latitude_b, double longitude_b);

}  // namespace pishkhan
