#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "models/demand/station_index.hpp"
#include "models/scenario/scenario.hpp"

namespace pishkhan {

/// Where the citizens of a zone go for services that the same offices may give: offices with their
/// probabilities, and the office that a uniform word picks by inversion.
class OfficeTable {
 public:
  OfficeTable() = default;
  /// (office, weight), ascending offices; weights need not be normalised.
  explicit OfficeTable(std::vector<std::pair<StationIndex, double>> weights);

  [[nodiscard]] bool empty() const { return stretches_.empty(); }
  [[nodiscard]] StationIndex pick(std::uint32_t word) const {
    const Stretch* stretch = &stretches_[guide_[word >> guide_shift_]];
    while (stretch->last_word < word) ++stretch;
    return stretch->office;
  }
  // The offices that are picked with positive probability, in ascending order.
  [[nodiscard]] std::size_t size() const { return stretches_.size(); }
  [[nodiscard]] StationIndex office(std::size_t k) const { return stretches_[k].office; }
  [[nodiscard]] double probability(std::size_t k) const;
  /// The k-th most attractive office other than `first`, k from 0; of equally attractive ones the lower index
  /// comes first. kNoStation when there are fewer.
  [[nodiscard]] StationIndex alternative(StationIndex first, std::size_t k) const;

 private:
  /// The words that pick an office: those after the stretch before, up to last_word.
  struct Stretch {
    std::uint32_t last_word;
    StationIndex office;
  };
  std::vector<Stretch> stretches_;
  /// The words are cut into equal parts, somewhat more than there are offices: for each part, the first
  /// stretch that may hold its words.
  std::vector<std::uint16_t> guide_;
  int guide_shift_ = 0;
  std::vector<StationIndex> ranked_;  ///< the most attractive first
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

/// Whether the office may give the service and has a group of clerks who can.
bool authorised(const Office& office, const Service& service, ServiceId id);

}  // namespace pishkhan
